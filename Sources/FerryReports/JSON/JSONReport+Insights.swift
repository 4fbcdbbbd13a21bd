import FerryCore
public import FerryDrafting
public import FerryTables
import Foundation

extension JSONReport {
  /// Keys, links, doubles and personal data as members of inspect's document.
  public func document(of insights: FolderInsights, _ profiles: [TableProfile]) -> JSONValue {
    func place(_ place: FolderInsights.Place) -> JSONValue {
      let profile = profiles[place.table]
      let column = profile.columns[place.column].column
      return [
        "file": .string(profile.table.file), "sheet": .string(profile.table.sheet),
        "table": .integer(profile.table.number),
        "column": .string(CellAddress.columnName(column.columnIndex)),
        "name": .string(column.name),
      ]
    }
    return [
      "keys": .array(insights.keys.map(place)),
      "links": .array(
        insights.links.map { link in
          [
            "from": place(link.from), "to": place(link.to),
            "share": .number(NumberText.fixed(Decimal(link.share), digits: 4)),
          ]
        }),
      "doubles": .array(
        insights.doubles.map { ["place": place($0.place), "rows": .integer($0.rowCount)] }),
      "personal": .array(
        insights.personal.map {
          [
            "place": place($0.place), "kind": .string($0.kind.rawValue),
            "cells": .integer($0.count),
          ]
        }),
    ]
  }
}
