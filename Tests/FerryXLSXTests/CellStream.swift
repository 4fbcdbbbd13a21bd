import FerryCore

@testable import FerryXLSX

/// The cells of a workbook, one at a time, read in one of the ways that must agree.
///
/// Holds one batch, so that several can run side by side over a workbook of any size.
struct CellStream {
  /// What comes next.
  enum Step: Hashable {
    case cell(DumpedCell)
    /// The rule of what the reader found about a sheet.
    case finding(String)
    /// The rule by which the workbook was refused.
    case refused(String)
    case end
  }

  let way: ReadingWay
  private let open: () throws(XLSXError) -> Workbook
  private var workbook: Workbook?
  private var reader: XLSXRowReader?
  private var batch = RowBatch()
  private var (sheetIndex, rowIndex, cellIndex) = (-1, 0, 0)
  private var findings: [Finding] = []

  init(_ way: ReadingWay, open: @escaping () throws(XLSXError) -> Workbook) {
    self.way = way
    self.open = open
  }

  /// Where the first of `streams` and another one differ; `nil` where they don't.
  ///
  /// libxml2 refuses what is not well-formed; the scanner is more lenient, and then there is
  /// nothing to compare.
  static func firstDifference(of streams: [CellStream]) -> String? {
    var streams = streams
    while true {
      let steps = streams.indices.map { streams[$0].next() }
      if steps.contains(.refused("xlsx.malformed-xml")) { return nil }
      if let other = steps.firstIndex(where: { $0 != steps[0] }) {
        return "\(streams[0].way): \(steps[0]); \(streams[other].way): \(steps[other])"
      }
      guard case .refused = steps[0] else {
        if steps[0] == .end { return nil }
        continue
      }
      return nil
    }
  }

  /// The next cell, finding, or the end.
  mutating func next() -> Step {
    do {
      return try advanced()
    } catch {
      return .refused(error.findings.first?.rule.id ?? "no rule")
    }
  }

  private mutating func advanced() throws(XLSXError) -> Step {
    if self.workbook == nil { self.workbook = try open() }
    guard let workbook = self.workbook else { return .end }
    while true {
      if let cell = nextCell(of: workbook) { return .cell(cell) }
      if let finding = findings.popLast() { return .finding(finding.rule.id) }
      if try reader?.readBatch(into: &batch) == true {
        (rowIndex, cellIndex) = (0, 0)
        continue
      }
      findings = reader?.takeFindings().reversed() ?? []
      if !findings.isEmpty { continue }
      reader = nil
      sheetIndex += 1
      guard sheetIndex < workbook.sheets.count else { return .end }
      guard workbook.sheets[sheetIndex].isWorksheet else { continue }
      reader = try workbook.rows(ofSheet: sheetIndex, way: way)
    }
  }

  private mutating func nextCell(of workbook: Workbook) -> DumpedCell? {
    while rowIndex < batch.rows.count {
      let cells = batch.cells(ofRow: rowIndex)
      guard cellIndex < cells.count else {
        (rowIndex, cellIndex) = (rowIndex + 1, 0)
        continue
      }
      let cell = cells[cells.startIndex + cellIndex]
      cellIndex += 1
      let address = CellAddress(
        columnIndex: Int(cell.columnIndex), rowNumber: Int(batch.rows[rowIndex].rowNumber))
      return DumpedCell(
        sheet: workbook.sheets[sheetIndex].name, address: address.description, kind: cell.kind,
        value: batch.text(of: cell), isRowHidden: batch.rows[rowIndex].isHidden)
    }
    return nil
  }
}
