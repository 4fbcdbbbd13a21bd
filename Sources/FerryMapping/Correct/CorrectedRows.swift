public import FerryCore
import FerryTables

/// A correction, and the cells that were read otherwise because of it.
public struct AppliedCorrection: Hashable, Sendable {
  /// The correction.
  public let correction: CellCorrection
  /// The cells, in the order of the sources.
  public var places: [Provenance] = []

  /// Starts with no cell.
  public init(_ correction: CellCorrection) { self.correction = correction }
}

/// The rows of a table with people's corrections in the place of what cells hold.
///
/// Rows without a corrected cell pass as they are.
final class CorrectedRows: RowReader {
  /// The corrections of one column.
  private struct ColumnCorrections {
    var byValue: [String: Int] = [:]
    var byRow: [String: [(columns: [(index: Int, value: String)], correction: Int)]] = [:]
  }

  private let inner: any RowReader
  private let table: Table
  private let corrections: [CellCorrection]
  private var columns: [Int: ColumnCorrections] = [:]
  /// The cells that were corrected, by the correction's place in the list.
  private(set) var places: [Int: [Provenance]] = [:]
  /// Merged cells whose first row was corrected as a row, by column: their other rows are the same cell.
  private var merged: [Int: (rows: ClosedRange<Int>, value: String, correction: Int)] = [:]
  private let merges: [CellAddress: CellRange]

  /// Reads `inner`; `nil` where no correction can concern the table.
  init?(_ inner: any RowReader, _ table: Table, _ corrections: [CellCorrection]) {
    self.inner = inner
    self.table = table
    self.corrections = corrections
    merges = Dictionary(
      table.mergedRanges.map { ($0.first, $0) }, uniquingKeysWith: { first, _ in first })
    let named = Dictionary(grouping: table.columns) { $0.name }
    for (index, correction) in corrections.enumerated() {
      for column in named[correction.column] ?? [] {
        let key = correction.row.compactMap { part in
          named[part.column]?.first.map { (index: $0.columnIndex, value: part.value) }
        }
        guard key.count == correction.row.count else { continue }
        var own = columns[column.columnIndex] ?? ColumnCorrections()
        if key.isEmpty {
          own.byValue[correction.value] = index
        } else {
          own.byRow[correction.value, default: []].append((key, index))
        }
        columns[column.columnIndex] = own
      }
    }
    guard !columns.isEmpty else { return nil }
  }

  func takeFindings() -> [Finding] { inner.takeFindings() }

  func read(into batch: inout RowBatch) throws -> Bool {
    guard try inner.read(into: &batch) else { return false }
    var changed: [Int: [Int: Int]] = [:]
    for index in batch.rows.indices where batch.rows[index].role == .data {
      let cells = corrected(index, batch)
      if !cells.isEmpty { changed[index] = cells }
    }
    if !changed.isEmpty { batch = rebuilt(batch, changed) }
    return true
  }

  /// By column, the correction of each cell of a row that has one.
  private func corrected(_ row: Int, _ batch: RowBatch) -> [Int: Int] {
    var found: [Int: Int] = [:]
    var texts: [Int: String] = [:]
    func text(_ column: Int) -> String {
      if let known = texts[column] { return known }
      let cell = batch.cells(ofRow: row).first { Int($0.columnIndex) == column }
      let text = cell.map { RowKeyPart.trimmed(batch.text(of: $0)) } ?? ""
      texts[column] = text
      return text
    }
    for (column, own) in columns {
      let value = text(column)
      // What is said of a row counts more than what is said of a value.
      let ofRow = own.byRow[value]?.first { $0.columns.allSatisfy { text($0.index) == $0.value } }
      let number = Int(batch.rows[row].rowNumber)
      if let index = ofRow?.correction ?? ofMerge(column, number, value) ?? own.byValue[value] {
        found[column] = index
      }
      if let index = ofRow?.correction { rememberMerge(column, number, value, index) }
    }
    return found
  }

  /// The correction of the merged cell that a row's cell is a part of.
  private func ofMerge(_ column: Int, _ row: Int, _ value: String) -> Int? {
    guard let known = merged[column], known.rows.contains(row), known.value == value else {
      return nil
    }
    return known.correction
  }

  private func rememberMerge(_ column: Int, _ row: Int, _ value: String, _ correction: Int) {
    let address = CellAddress(columnIndex: column, rowNumber: row)
    guard let range = merges[address], range.last.rowNumber > row else { return }
    merged[column] = (row...range.last.rowNumber, value, correction)
  }

  private func rebuilt(_ batch: RowBatch, _ changed: [Int: [Int: Int]]) -> RowBatch {
    var result = RowBatch()
    for (index, row) in batch.rows.enumerated() {
      result.startRow(
        number: Int(row.rowNumber), role: row.role, isHidden: row.isHidden, width: Int(row.width))
      var own = changed[index] ?? [:]
      for cell in batch.cells(ofRow: index) {
        if let correction = own.removeValue(forKey: Int(cell.columnIndex)) {
          put(correction, Int(cell.columnIndex), Int(row.rowNumber), &result)
        } else {
          let value = batch.bytes.span.extracting(cell.range)
          result.append(value, kind: cell.kind, columnIndex: Int(cell.columnIndex))
        }
      }
      guard !own.isEmpty else { continue }
      // Cells that were blank stand nowhere yet.
      for (column, correction) in own { put(correction, column, Int(row.rowNumber), &result) }
      result.sortLastRow()
    }
    return result
  }

  private func put(_ index: Int, _ column: Int, _ row: Int, _ result: inout RowBatch) {
    places[index, default: []].append(
      Provenance(file: table.file, sheet: table.sheet, rowNumber: row, columnIndex: column))
    let replacement = corrections[index].replacement
    if !replacement.isEmpty { result.append(replacement, columnIndex: column) }
  }
}

// What became of corrections, in words. Values are people's data and stand in no message.
extension Rule {
  static let correctionApplied = Rule(
    id: "correction.applied", severity: .info,
    message: Words(
      en:
        "correction {0}: {1} {1:cell|cells} of column '{2}' {1:is|are} read as a person corrected "
        + "{1:it|them}",
      zh: "更正 {0}：“{2}”列有 {1} 个单元格按人工更正读取"),
    suggestion: Words(
      en: "Nothing needs to be done; the sheet itself still holds the old value.",
      zh: "无需处理；原表中仍是旧值。"))

  static let correctionStale = Rule(
    id: "correction.stale", severity: .info,
    message: Words(
      en: "correction {0} of column '{1}' fits no cell any more", zh: "更正 {0}（“{1}”列）已没有对应的单元格"),
    suggestion: Words(
      en: "Nothing needs to be done where the sheet was mended since.",
      zh: "若原表已修正，则无需处理。"))
}

extension Mapping {
  /// Findings about what became of corrections, in their order; at most three places each.
  static func findings(about applied: [AppliedCorrection]) -> [Finding] {
    applied.map { applied in
      let correction = applied.correction
      guard let first = applied.places.first else {
        return Finding(.correctionStale, arguments: [correction.id, correction.column])
      }
      return Finding(
        .correctionApplied, at: first,
        arguments: [correction.id, String(applied.places.count), correction.column])
    }
  }
}
