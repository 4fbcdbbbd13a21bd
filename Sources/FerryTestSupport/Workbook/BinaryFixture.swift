/// Writes a workbook fixture as an .xlsb.
///
/// Source: MS-XLSB, with the records' numbers from section 2.3.
public struct BinaryFixture: Sendable {
  private let book: WorkbookFixture
  private let tables: FixtureTables

  /// Takes a workbook; its raw cells and raw parts have no place in this format.
  public init(_ book: WorkbookFixture) {
    self.book = book
    tables = FixtureTables(book)
  }

  /// The archive, to be broken further.
  public func archive() -> ZipFixture {
    let sheets = book.sheets.enumerated().map { index, sheet in
      ZipFixture.Entry("xl/worksheets/sheet\(index + 1).bin", bytes(of: sheet))
    }
    return ZipFixture(
      [
        ZipFixture.Entry(
          "_rels/.rels", Self.relationships([("officeDocument", "xl/workbook.bin")])),
        ZipFixture.Entry("xl/_rels/workbook.bin.rels", Self.relationships(targets)),
        ZipFixture.Entry("xl/workbook.bin", workbook()),
        ZipFixture.Entry("xl/styles.bin", styles()),
        ZipFixture.Entry("xl/sharedStrings.bin", strings()),
      ] + sheets)
  }

  private var targets: [(String, String)] {
    book.sheets.indices.map { ("worksheet", "worksheets/sheet\($0 + 1).bin") }
      + [("styles", "styles.bin"), ("sharedStrings", "sharedStrings.bin")]
  }

  private static func relationships(_ targets: [(kind: String, target: String)]) -> String {
    let type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    let lines = targets.enumerated().map { index, target in
      "<Relationship Id=\"r\(index + 1)\" Type=\"\(type)/\(target.kind)\" "
        + "Target=\"\(target.target)\"/>"
    }
    return "<?xml version=\"1.0\"?><Relationships "
      + "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
      + lines.joined() + "</Relationships>"
  }

  private func workbook() -> [UInt8] {
    var part = BinaryPartWriter()
    part.record(131) { _ in }
    part.record(153) { body in
      body.add32(book.is1904 ? 1 : 0)
      body.add32(0)
    }
    for (index, sheet) in book.sheets.enumerated() {
      part.record(156) { body in
        body.add32(sheet.visibility == .visible ? 0 : sheet.visibility == .hidden ? 1 : 2)
        body.add32(index + 1)
        Self.add("r\(index + 1)", to: &body)
        Self.add(sheet.name, to: &body)
      }
    }
    part.record(132) { _ in }
    return part.bytes
  }

  private func styles() -> [UInt8] {
    var part = BinaryPartWriter()
    for format in tables.formats {
      guard let code = format.code else { continue }
      part.record(44) { body in
        body.add16(format.id)
        Self.add(code, to: &body)
      }
    }
    // Styles of another list, which cells don't use.
    part.record(626) { $0.add32(1) }
    part.record(47) { body in for value in [0, 14, 0, 0, 0, 0, 0, 0] { body.add16(value) } }
    part.record(627) { _ in }
    part.record(617) { $0.add32(tables.formats.count) }
    for format in tables.formats {
      part.record(47) { body in
        for value in [0, format.id, 0, 0, 0, 0, 0, 0] { body.add16(value) }
      }
    }
    part.record(618) { _ in }
    return part.bytes
  }

  private func strings() -> [UInt8] {
    var part = BinaryPartWriter()
    part.record(159) { body in for _ in 0..<2 { body.add32(tables.texts.count) } }
    for text in tables.texts {
      part.record(19) { body in
        body.add8(0)
        Self.add(text, to: &body)
      }
    }
    part.record(160) { _ in }
    return part.bytes
  }

  private static func add(_ text: String, to body: inout FixtureBytes) {
    body.add32(text.utf16.count)
    body.add(text.utf16)
  }
}

// MARK: - Sheets

extension BinaryFixture {
  private func bytes(of sheet: WorkbookFixture.Sheet) -> [UInt8] {
    var part = BinaryPartWriter()
    for columns in sheet.hiddenColumns {
      part.record(60) { body in
        for value in [columns.lowerBound, columns.upperBound, 2304, 0] { body.add32(value) }
        body.add16(1)
      }
    }
    part.record(145) { _ in }
    for (row, cells) in sheet.rows.enumerated() where !cells.isEmpty {
      part.record(0) { body in
        body.add32(row)
        body.add32(0)
        body.add16(300)
        body.add8(0)
        body.add8(sheet.hiddenRows.contains(row + 1) ? 0x10 : 0)
        body.add8(0)
        body.add32(0)
      }
      for (column, cell) in cells.enumerated() { add(cell, column, to: &part) }
    }
    part.record(146) { _ in }
    for merge in sheet.merges {
      let corners = FixtureTables.corners(of: merge)
      part.record(176) { body in
        for value in [corners.firstRow, corners.lastRow, corners.firstColumn, corners.lastColumn] {
          body.add32(value)
        }
      }
    }
    return part.bytes
  }

  private func add(
    _ cell: WorkbookFixture.Cell, _ column: Int, to part: inout BinaryPartWriter
  ) {
    let style = tables.style(of: cell)
    // A formula's record is the plain one's, six further on.
    var (content, shift) = (cell, 0)
    if case .formula(_, let result) = cell { (content, shift) = (result, 6) }
    func record(_ id: Int, _ value: (inout FixtureBytes) -> Void) {
      part.record(id) { body in
        body.add32(column)
        body.add32(style)
        value(&body)
      }
    }
    switch content {
    case .text(let text) where shift == 0 && book.usesSharedStrings:
      record(7) { $0.add32(tables.index(of: text)) }
    case .text(let text): record(shift == 0 ? 6 : 8) { Self.add(text, to: &$0) }
    case .rich(let runs):
      record(62) { body in
        body.add8(0)
        Self.add(runs.joined(), to: &body)
      }
    case .number(let digits): record(shift == 0 ? 5 : 9) { $0.add(Double(digits) ?? 0) }
    case .formatted(let value, _), .builtIn(let value, _):
      record(shift == 0 ? 5 : 9) { $0.add(value) }
    case .boolean(let value): record(4 + shift) { $0.add8(value ? 1 : 0) }
    case .error(let name):
      record(shift == 0 ? 3 : 11) { $0.add8(FixtureTables.number(ofError: name)) }
    case .blank, .iso, .raw, .formula: break
    }
  }
}

/// Records one after the other, their numbers and lengths in seven bits a byte.
private struct BinaryPartWriter {
  private(set) var bytes: [UInt8] = []

  mutating func record(_ id: Int, _ body: (inout FixtureBytes) -> Void) {
    var content = FixtureBytes()
    body(&content)
    append(id)
    append(content.bytes.count)
    bytes += content.bytes
  }

  private mutating func append(_ number: Int) {
    var rest = number
    while rest > 0x7F {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
