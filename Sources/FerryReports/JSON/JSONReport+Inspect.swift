import FerryCore
public import FerryTables

extension JSONReport {
  /// What the tables of files hold, as one document.
  public func document(of profiles: [TableProfile]) -> JSONValue {
    ["tables": .array(profiles.map(table))]
  }

  private func table(_ profile: TableProfile) -> JSONValue {
    let table = profile.table
    return [
      "file": .string(table.file),
      "sheet": .string(table.sheet),
      "table": .integer(table.number),
      "range": .string(profile.range.description),
      "is_form": .boolean(table.isForm),
      "title_rows": .array(table.titleRows.map { .integer($0) }),
      "header_rows": .array((table.headerRows.map(Array.init) ?? []).map { .integer($0) }),
      "first_row": .integer(table.firstRowNumber),
      "last_row": table.lastRowNumber.map { .integer($0) } ?? .null,
      "rows": .integer(profile.rowCount),
      "data": .integer(profile.dataRowCount),
      "blank": .integer(profile.blankRowCount),
      "filtered": .integer(profile.filteredRowCount),
      "totals": runs(profile.totalRows),
      "remarks": runs(profile.noteRows),
      "repeated": runs(profile.repeatedRows),
      "hidden": runs(profile.hiddenRows),
      "damage": .array(profile.damages.map { damage($0, in: table) }),
      "columns": .array(profile.columns.map(column)),
      "notes": findings(table.notes),
      "findings": findings(profile.findings),
    ]
  }

  /// Rows with their count; of more than eight runs the first are named.
  private func runs(_ runs: RowRuns) -> JSONValue {
    [
      "count": .integer(runs.count),
      "rows": .array(
        runs.runs.map { .array([.integer($0.lowerBound), .integer($0.upperBound)]) }),
    ]
  }

  private func damage(_ damage: Damage, in table: Table) -> JSONValue {
    [
      "rule": .string(damage.rule.id),
      "severity": .string(damage.rule.severity.rawValue),
      "column": .string(CellAddress.columnName(damage.column.columnIndex)),
      "name": .string(damage.column.name),
      "count": .integer(damage.count),
      "cells": .array(damage.cells.map { .string($0.description) }),
      "message": .string(damage.finding(in: table).message(in: language)),
    ]
  }

  private func column(_ column: ColumnProfile) -> JSONValue {
    let object: JSONValue = [
      "column": .string(CellAddress.columnName(column.column.columnIndex)),
      "name": .string(column.column.name),
      "hidden": .boolean(column.column.isHidden),
      "kind": .string(column.kind.rawValue),
      "filled": .integer(column.filledCount),
      "distinct": .integer(column.distinctCount),
      "distinct_is_estimate": .boolean(column.isDistinctEstimated),
      "minimum": .string(orNull: column.minimum),
      "maximum": .string(orNull: column.maximum),
    ]
    guard showsValues else { return object }
    return object.adding(
      "top_values",
      .array(
        column.topValues.map { ["value": .string($0.value), "count": .integer($0.count)] }))
  }
}
