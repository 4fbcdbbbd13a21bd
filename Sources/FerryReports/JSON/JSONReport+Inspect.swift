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
      "header_rows": .array((table.headerRows.map(Array.init) ?? []).map { .integer($0) }),
      "first_row": .integer(table.firstRowNumber),
      "last_row": table.lastRowNumber.map { .integer($0) } ?? .null,
      "rows": .integer(profile.rowCount),
      "data": .integer(profile.dataRowCount),
      "blank": .integer(profile.blankRowCount),
      "filtered": .integer(profile.filteredRowCount),
      "columns": .array(profile.columns.map(column)),
      "notes": findings(table.notes),
      "findings": findings(profile.findings),
    ]
  }

  private func column(_ column: ColumnProfile) -> JSONValue {
    let object: JSONValue = [
      "column": .string(CellAddress.columnName(column.column.columnIndex)),
      "name": .string(column.column.name),
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
