/// Writes a workbook fixture as an .xls of Excel 97–2003.
///
/// Source: MS-XLS, with the records' numbers from section 2.3.
public struct LegacyFixture: Sendable {
  /// What is written.
  public var book: WorkbookFixture
  /// Bytes of a record before it is continued by another; 8,224 in real files.
  ///
  /// Where a text is cut, its second part is written two bytes a character.
  public var recordBytes = 8224
  /// The version of the format; 0x0600 is that of Excel 97.
  public var version = 0x0600
  /// Whether a record says that what follows is encrypted; it is not.
  public var claimsPassword = false
  /// Whether the table of texts says how many there are; some programs write 0.
  public var countsTexts = true
  /// Added to where each sheet is said to begin; 20 is behind its first record.
  public var offsetError = 0
  /// How many bytes the end lacks.
  public var lostBytes = 0

  private let tables: FixtureTables

  /// Takes a workbook; its raw cells and raw parts have no place in this format.
  public init(_ book: WorkbookFixture) {
    self.book = book
    tables = FixtureTables(book)
  }

  /// The file's bytes.
  public func bytes() -> [UInt8] { CompoundFixture([("Workbook", stream())]).bytes() }

  /// The stream of records.
  public func stream() -> [UInt8] {
    let sheets = book.sheets.map { sheet($0) }
    let length = globals(offsets: sheets.map { _ in 0 }).count
    var offsets: [Int] = []
    var place = length
    for sheet in sheets {
      offsets.append(place)
      place += sheet.count
    }
    return Array((globals(offsets: offsets) + sheets.joined()).dropLast(lostBytes))
  }

  private func globals(offsets: [Int]) -> [UInt8] {
    var stream = LegacyStreamWriter(recordBytes: recordBytes)
    stream.start(version: version, kind: 5)
    if claimsPassword { stream.record(0x002F) { $0.add16(0) } }
    stream.record(0x0022) { $0.add16(book.is1904 ? 1 : 0) }
    for format in tables.formats {
      guard let code = format.code else { continue }
      stream.record(0x041E) {
        $0.add16(format.id)
        Self.add(code, to: &$0)
      }
    }
    for format in tables.formats {
      stream.record(0x00E0) {
        $0.add16(0)
        $0.add16(format.id)
        for _ in 0..<8 { $0.add16(0) }
      }
    }
    for (sheet, offset) in zip(book.sheets, offsets) {
      let state = sheet.visibility == .visible ? 0 : sheet.visibility == .hidden ? 1 : 2
      stream.record(0x0085) {
        $0.add32(offset + offsetError)
        $0.add16(state)
        $0.add8(sheet.name.utf16.count)
        $0.add8(1)
        $0.add(sheet.name.utf16)
      }
    }
    stream.add(tables.texts, count: countsTexts ? tables.texts.count : 0)
    stream.record(0x000A) { _ in }
    return stream.bytes
  }

  private func sheet(_ sheet: WorkbookFixture.Sheet) -> [UInt8] {
    var stream = LegacyStreamWriter(recordBytes: recordBytes)
    stream.start(version: version, kind: 0x10)
    for columns in sheet.hiddenColumns {
      stream.record(0x007D) {
        for value in [columns.lowerBound, columns.upperBound, 2304, 0, 1, 0] { $0.add16(value) }
      }
    }
    for row in sheet.hiddenRows.sorted() {
      stream.record(0x0208) {
        for value in [row - 1, 0, 1, 255, 0, 0, 0x20, 0x0F] { $0.add16(value) }
      }
    }
    for (row, cells) in sheet.rows.enumerated() {
      for (column, cell) in cells.enumerated() {
        for record in records(of: cell, row, column) { stream.append(record.id, record.body.bytes) }
      }
    }
    stream.record(0x00E5) {
      $0.add16(sheet.merges.count)
      for merge in sheet.merges {
        let corners = FixtureTables.corners(of: merge)
        for value in [corners.firstRow, corners.lastRow, corners.firstColumn, corners.lastColumn] {
          $0.add16(value)
        }
      }
    }
    stream.record(0x000A) { _ in }
    return stream.bytes
  }

  private static func add(_ text: String, to body: inout FixtureBytes) {
    body.add16(text.utf16.count)
    body.add8(1)
    body.add(text.utf16)
  }
}

// MARK: - Cells

extension LegacyFixture {
  /// The records of a cell, each with its number.
  private func records(
    of cell: WorkbookFixture.Cell, _ row: Int, _ column: Int
  ) -> [(id: Int, body: FixtureBytes)] {
    var start = FixtureBytes()
    for value in [row, column, tables.style(of: cell)] { start.add16(value) }
    func record(
      _ id: Int, _ add: (inout FixtureBytes) -> Void
    ) -> [(id: Int, body: FixtureBytes)] {
      var body = start
      add(&body)
      return [(id, body)]
    }
    return switch cell {
    case .text(let text) where book.usesSharedStrings:
      record(0x00FD) { $0.add32(tables.index(of: text)) }
    case .text(let text): record(0x0204) { Self.add(text, to: &$0) }
    case .rich(let runs): record(0x00D6) { Self.add(runs.joined(), to: &$0) }
    case .number(let digits): [number(Double(digits) ?? 0, start)]
    case .formatted(let value, _), .builtIn(let value, _): [number(value, start)]
    case .boolean(let value): record(0x0205) { $0.add16(value ? 1 : 0) }
    case .error(let name):
      record(0x0205) { $0.add16(FixtureTables.number(ofError: name) | 0x100) }
    case .formula(_, let result): formula(result, start)
    case .blank, .iso, .raw: []
    }
  }

  // Whole numbers and hundredths of 30 bits have a short form.
  private func number(_ value: Double, _ start: FixtureBytes) -> (id: Int, body: FixtureBytes) {
    var body = start
    for (factor, mark) in [(1.0, 2), (100.0, 3)] {
      let scaled = (value * factor).rounded()
      guard abs(scaled) < Double(1 << 29), scaled / factor == value else { continue }
      body.add32(Int(scaled) << 2 | mark)
      return (0x027E, body)
    }
    body.add(value)
    return (0x0203, body)
  }

  private func formula(
    _ result: WorkbookFixture.Cell, _ start: FixtureBytes
  ) -> [(id: Int, body: FixtureBytes)] {
    var body = start
    // What a result is that is no number, and which.
    var mark: (kind: Int, value: Int)?
    var text: String?
    switch result {
    case .text(let string): (mark, text) = ((0, 0), string)
    case .boolean(let value): mark = (1, value ? 1 : 0)
    case .error(let name): mark = (2, FixtureTables.number(ofError: name))
    case .number(let digits): body.add(Double(digits) ?? 0)
    case .formatted(let value, _), .builtIn(let value, _): body.add(value)
    default: mark = (3, 0)
    }
    if let mark { for part in [mark.kind, mark.value, 0, 0xFFFF] { body.add16(part) } }
    for _ in 0..<4 { body.add16(0) }
    guard let text else { return [(0x0006, body)] }
    var string = FixtureBytes()
    Self.add(text, to: &string)
    return [(0x0006, body), (0x0207, string)]
  }
}

/// Records one after the other.
private struct LegacyStreamWriter {
  let recordBytes: Int
  private(set) var bytes: [UInt8] = []

  init(recordBytes: Int) { self.recordBytes = recordBytes }

  mutating func record(_ id: Int, _ body: (inout FixtureBytes) -> Void) {
    var content = FixtureBytes()
    body(&content)
    append(id, content.bytes)
  }

  mutating func start(version: Int, kind: Int) {
    record(0x0809) {
      for value in [version, kind, 0, 1996, 0, 0, 6, 0] { $0.add16(value) }
    }
  }

  /// The table of shared texts; the head of a text is never cut, its characters may be.
  mutating func add(_ texts: [String], count: Int) {
    var (id, body) = (0x00FC, FixtureBytes())
    body.add32(count)
    body.add32(count)
    func isFull(_ more: Int) -> Bool { body.bytes.count + more > recordBytes }
    for text in texts {
      let units = Array(text.utf16)
      var isWide = units.contains { $0 > 0xFF }
      if isFull(5) {
        append(id, body.bytes)
        (id, body) = (0x003C, FixtureBytes())
      }
      body.add16(units.count)
      body.add8(isWide ? 1 : 0)
      for unit in units {
        if isFull(2) {
          append(id, body.bytes)
          (id, body) = (0x003C, FixtureBytes())
          isWide = true
          body.add8(1)
        }
        if isWide { body.add16(Int(unit)) } else { body.add8(Int(unit)) }
      }
    }
    append(id, body.bytes)
  }

  mutating func append(_ id: Int, _ body: [UInt8]) {
    var head = FixtureBytes()
    head.add16(id)
    head.add16(body.count)
    bytes += head.bytes + body
  }
}
