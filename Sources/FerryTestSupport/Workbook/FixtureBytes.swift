import Foundation

/// Bytes of binary formats, low byte first.
struct FixtureBytes {
  var bytes: [UInt8] = []

  init(_ bytes: [UInt8] = []) { self.bytes = bytes }

  mutating func add8(_ value: Int) { bytes.append(UInt8(truncatingIfNeeded: value)) }

  mutating func add16(_ value: Int) {
    add8(value)
    add8(value >> 8)
  }

  mutating func add32(_ value: Int) {
    add16(value)
    add16(value >> 16)
  }

  mutating func add(_ value: Double) {
    let bits = value.bitPattern
    add32(Int(bits & 0xFFFF_FFFF))
    add32(Int(bits >> 32))
  }

  mutating func add(_ units: some Sequence<UInt16>) {
    for unit in units { add16(Int(unit)) }
  }
}

/// What the binary formats need of a fixture's cells: styles by number, texts by number.
struct FixtureTables {
  /// The number format of each style: its id, and its code where it is no built-in one.
  private(set) var formats: [(id: Int, code: String?)] = [(0, nil)]
  private(set) var texts: [String] = []
  private var textIndexes: [String: Int] = [:]

  private static let firstCustomID = 164

  init(_ book: WorkbookFixture) {
    for cell in book.sheets.flatMap(\.rows).joined() { note(cell) }
  }

  private mutating func note(_ cell: WorkbookFixture.Cell) {
    switch cell {
    case .formatted(_, let code) where style(code: code) == nil:
      formats.append((Self.firstCustomID + formats.count, code))
    case .builtIn(_, let id) where style(id: id) == nil: formats.append((id, nil))
    case .text(let text) where textIndexes[text] == nil:
      textIndexes[text] = texts.count
      texts.append(text)
    default: break
    }
  }

  func index(of text: String) -> Int { textIndexes[text] ?? 0 }

  private func style(code: String) -> Int? { formats.firstIndex { $0.code == code } }

  private func style(id: Int) -> Int? { formats.firstIndex { $0.id == id } }

  /// The style of a cell.
  func style(of cell: WorkbookFixture.Cell) -> Int {
    switch cell {
    case .formatted(_, let code): style(code: code) ?? 0
    case .builtIn(_, let id): style(id: id) ?? 0
    case .formula(_, let result): style(of: result)
    default: 0
    }
  }

  /// The number that Excel's binary formats give an error.
  static func number(ofError name: String) -> Int {
    let numbers = [
      "#NULL!": 0x00, "#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D,
      "#NUM!": 0x24, "#N/A": 0x2A,
    ]
    return numbers[name] ?? 0x2A
  }

  /// The corners of a range such as `A1:C2`, zero-based.
  static func corners(
    of range: String
  ) -> (firstRow: Int, lastRow: Int, firstColumn: Int, lastColumn: Int) {
    let corners = range.split(separator: ":").map { corner -> (row: Int, column: Int) in
      let letters = corner.prefix { $0.isLetter }
      let column = letters.unicodeScalars.reduce(0) { $0 * 26 + Int($1.value) - 64 } - 1
      return ((Int(corner.dropFirst(letters.count)) ?? 1) - 1, column)
    }
    let (first, last) = (corners[0], corners[corners.count - 1])
    return (first.row, last.row, first.column, last.column)
  }
}
