import FerryCore
import FerryNormalization
import FerryTables

/// One table of a file, read once from its first row to its last.
struct TableSurvey {
  /// The file as it was given.
  let path: String
  let table: Table
  /// Whether a mapping must say which sheet it is in.
  let needsSheet: Bool
  /// Whether a mapping must say which of the sheet's tables it is.
  let needsNumber: Bool
  private(set) var columns: [ColumnSurvey]
  /// Rows of data.
  private(set) var rowCount = 0

  init(
    _ table: Table, of file: SourceFile, path: String, needsSheet: Bool, needsNumber: Bool,
    region: String
  ) throws {
    self.path = path
    self.table = table
    self.needsSheet = needsSheet
    self.needsNumber = needsNumber
    columns = table.columns.map { ColumnSurvey($0) }
    let reader = try file.rows(of: table)
    var batch = RowBatch()
    while try reader.read(into: &batch) { take(batch) }
    for index in columns.indices { columns[index].finish(region: region) }
  }

  private mutating func take(_ batch: RowBatch) {
    let bytes = batch.bytes.span
    var cells = [RawCell?](repeating: nil, count: table.columnIndexes.upperBound + 1)
    for row in batch.rows.indices where batch.rows[row].role == .data {
      rowCount += 1
      for cell in batch.cells(ofRow: row) where Int(cell.columnIndex) < cells.count {
        cells[Int(cell.columnIndex)] = cell
      }
      for index in columns.indices {
        let place = columns[index].column.columnIndex
        defer { cells[place] = nil }
        guard let cell = cells[place], cell.kind != .error else {
          columns[index].take("", .text, 0)
          continue
        }
        let value = bytes.extracting(cell.range)
        let trimmed = value.extracting(value.rangeWithoutBlanks)
        let text = trimmed.text
        if trimmed.isEmpty || Placeholders.contains(text) {
          columns[index].take("", .text, 0)
        } else {
          columns[index].take(text, cell.kind, max(1, stableHash(trimmed)))
        }
      }
    }
  }

  /// A name by which a mapping finds the column: with its number where several bear it.
  func columnName(_ position: Int) -> String {
    let names = table.columns.map { Self.canonical($0.name) }
    let same = names.indices.filter { names[$0] == names[position] }
    guard same.count > 1, let place = same.firstIndex(of: position) else { return names[position] }
    return "\(names[position])#\(place + 1)"
  }

  private static func canonical(_ name: String) -> String {
    name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
