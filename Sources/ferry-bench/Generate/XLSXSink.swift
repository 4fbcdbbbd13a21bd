import CZlib

/// A workbook with one sheet, its texts shared as Excel writes them, or inline as exporters do.
///
/// Source: ECMA-376 Part 1, 18.3 (worksheets), 18.4 (shared strings), 18.8 (styles).
final class XLSXSink: TableSink {
  private static let flushSize = 1 << 18
  /// What a sheet can hold.
  static let mostRows = 1_048_576

  private let zip: ZipWriter
  private let strings: SharedStrings?
  private var buffer: [UInt8] = []
  private var rowNumber = 0

  init(path: String, isShared: Bool, level: Int32 = 6) throws {
    zip = try ZipWriter(path: path, level: level)
    strings = isShared ? try SharedStrings(level: level) : nil
    try zip.startEntry("xl/worksheets/sheet1.xml")
    append(XLSXParts.sheetHead)
  }

  func write(_ row: [BenchCell]) throws {
    rowNumber += 1
    let number = String(rowNumber)
    append("<row r=\"\(number)\" spans=\"1:\(row.count)\">")
    for (column, cell) in row.enumerated() { try append(cell, "\(Self.letter(column))\(number)") }
    append("</row>")
    if buffer.count >= Self.flushSize { try flush() }
  }

  func close() throws {
    append("</sheetData></worksheet>")
    try flush()
    if let strings { try strings.add(to: zip) }
    for (name, body) in XLSXParts.others(hasSharedStrings: strings != nil) {
      try zip.startEntry(name)
      try zip.write(Array((XLSXParts.declaration + body).utf8))
    }
    try zip.close()
  }

  private static func letter(_ column: Int) -> Unicode.Scalar {
    Unicode.Scalar(UInt8(ascii: "A") + UInt8(column))
  }

  private func append(_ cell: BenchCell, _ reference: String) throws {
    switch cell {
    case .blank: break
    case .text(let text): try append(text, at: reference)
    case .number(let digits): append("<c r=\"\(reference)\"><v>\(digits)</v></c>")
    case .date(let day): append("<c r=\"\(reference)\" s=\"1\"><v>\(day)</v></c>")
    case .dateTime(let day, let minute):
      append("<c r=\"\(reference)\" s=\"2\"><v>\(Double(day) + Double(minute) / 1440)</v></c>")
    }
  }

  private func append(_ text: String, at reference: String) throws {
    if let strings {
      append("<c r=\"\(reference)\" t=\"s\"><v>\(try strings.index(of: text))</v></c>")
    } else {
      append("<c r=\"\(reference)\" t=\"inlineStr\"><is>\(XLSXParts.element(text))</is></c>")
    }
  }

  private func append(_ text: String) { buffer.append(contentsOf: text.utf8) }

  private func flush() throws {
    try zip.write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }
}

/// The table of shared strings, deflated while it grows.
///
/// The number of strings stands at the head of the part and is known at its end, so the head is
/// a stored block of its own before the deflated rest. Texts are told apart by a hash of 128
/// bits, so that a million rows need no copy of each text.
final class SharedStrings {
  private struct Key: Hashable {
    let high: UInt64
    let low: UInt64
  }

  private let deflater: Deflater
  private var packed: [UInt8] = []
  private var indexes: [Key: Int32] = [:]
  private var useCount = 0

  init(level: Int32) throws { deflater = try Deflater(level: level) }

  /// The index of a text, added where it is new.
  func index(of text: String) throws -> Int32 {
    useCount += 1
    let key = Self.key(of: text)
    if let known = indexes[key] { return known }
    let index = Int32(indexes.count)
    indexes[key] = index
    try deflater.write(Array("<si>\(XLSXParts.element(text))</si>".utf8)) { self.packed += $0 }
    return index
  }

  /// Completes the part and adds it.
  func add(to zip: ZipWriter) throws {
    try deflater.write(Array("</sst>".utf8), isLast: true) { self.packed += $0 }
    let head = Array(XLSXParts.stringsHead(count: useCount, uniqueCount: indexes.count).utf8)
    let count = UInt16(head.count)
    // A stored block that is not the last: type 00, the length and its complement.
    let block = [
      0, UInt8(count & 0xFF), UInt8(count >> 8), UInt8(~count & 0xFF), UInt8(~count >> 8),
    ]
    let headChecksum = unsafe head.withUnsafeBufferPointer {
      unsafe crc32(0, $0.baseAddress, UInt32($0.count))
    }
    try zip.add(
      "xl/sharedStrings.xml", deflated: block + head + packed, count: head.count + deflater.count,
      checksum: crc32_combine(headChecksum, deflater.checksum, deflater.count))
  }

  // Two FNV-1a hashes with different starts, each mixed at the end.
  private static func key(of text: String) -> Key {
    var (high, low): (UInt64, UInt64) = (0xCBF2_9CE4_8422_2325, 0x8422_2325_CBF2_9CE4)
    for byte in text.utf8 {
      high = (high ^ UInt64(byte)) &* 0x100_0000_01B3
      low = (low &+ UInt64(byte)) &* 0x9E37_79B9_7F4A_7C15
    }
    return Key(high: high ^ (high >> 32), low: low ^ (low >> 29))
  }
}
