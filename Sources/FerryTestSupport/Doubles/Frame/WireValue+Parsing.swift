/// JSON that can't be read, and at which byte.
public struct WireValueFault: Error, Hashable {
  /// Zero-based.
  public let offset: Int
}

extension WireValue {
  /// Reads JSON text in UTF-8 (RFC 8259), strictly: no member twice, nothing after the value.
  public init(parsing bytes: [UInt8]) throws(WireValueFault) {
    var parser = WireParser(bytes: bytes)
    self = try parser.value(depth: 0)
    parser.skipBlanks()
    guard parser.isAtEnd else { throw WireValueFault(offset: parser.offset) }
  }

  /// Reads JSON text.
  public init(parsing text: String) throws(WireValueFault) {
    try self.init(parsing: Array(text.utf8))
  }
}

private struct WireParser {
  /// Deeper nesting than any vendor's is refused, so that a hostile body can't end the program.
  private static let deepest = 64

  let bytes: [UInt8]
  private(set) var offset = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { offset == bytes.count }
  private var fault: WireValueFault { WireValueFault(offset: offset) }
  private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  mutating func skipBlanks() {
    while let next, [0x20, 0x09, 0x0A, 0x0D].contains(next) { offset += 1 }
  }

  mutating func value(depth: Int) throws(WireValueFault) -> WireValue {
    skipBlanks()
    guard depth < Self.deepest, let next else { throw fault }
    switch next {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try list(depth: depth)
    case UInt8(ascii: "\""): return .string(try text())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func take(_ byte: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard next == UInt8(ascii: byte) else { return false }
    offset += 1
    return true
  }

  private mutating func expect(_ byte: Unicode.Scalar) throws(WireValueFault) {
    guard take(byte) else { throw fault }
  }

  private mutating func word(_ word: String, _ value: WireValue) throws(WireValueFault) -> WireValue
  {
    guard bytes[offset...].starts(with: word.utf8) else { throw fault }
    offset += word.utf8.count
    return value
  }

  private mutating func object(depth: Int) throws(WireValueFault) -> WireValue {
    try expect("{")
    var members: [String: WireValue] = [:]
    if take("}") { return .object(members) }
    repeat {
      skipBlanks()
      let name = try text()
      try expect(":")
      guard members[name] == nil else { throw fault }
      members[name] = try value(depth: depth + 1)
    } while take(",")
    try expect("}")
    return .object(members)
  }

  private mutating func list(depth: Int) throws(WireValueFault) -> WireValue {
    try expect("[")
    var elements: [WireValue] = []
    if take("]") { return .list(elements) }
    repeat { elements.append(try value(depth: depth + 1)) } while take(",")
    try expect("]")
    return .list(elements)
  }

  private mutating func number() throws(WireValueFault) -> WireValue {
    let start = offset
    if next == UInt8(ascii: "-") { offset += 1 }
    let whole = digits()
    guard whole > 0, whole == 1 || bytes[offset - whole] != UInt8(ascii: "0") else { throw fault }
    if next == UInt8(ascii: ".") {
      offset += 1
      guard digits() > 0 else { throw fault }
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      offset += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { offset += 1 }
      guard digits() > 0 else { throw fault }
    }
    return .number(String(decoding: bytes[start..<offset], as: UTF8.self))
  }

  private mutating func digits() -> Int {
    let start = offset
    while let next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(next) { offset += 1 }
    return offset - start
  }

  private mutating func text() throws(WireValueFault) -> String {
    guard next == UInt8(ascii: "\"") else { throw fault }
    offset += 1
    var units: [UInt8] = []
    while let byte = next {
      offset += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: units, as: UTF8.self) else { throw fault }
        return text
      case UInt8(ascii: "\\"): try escape(into: &units)
      case 0..<0x20: throw fault
      default: units.append(byte)
      }
    }
    throw fault
  }

  private mutating func escape(into units: inout [UInt8]) throws(WireValueFault) {
    guard let byte = next else { throw fault }
    offset += 1
    let plain: [UInt8: UInt8] = [
      UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13,
      UInt8(ascii: "t"): 9, UInt8(ascii: "\""): byte, UInt8(ascii: "\\"): byte,
      UInt8(ascii: "/"): byte,
    ]
    if let unit = plain[byte] { return units.append(unit) }
    guard byte == UInt8(ascii: "u") else { throw fault }
    var code = try hexUnit()
    if (0xD800..<0xDC00).contains(code) {
      guard bytes[offset...].starts(with: #"\u"#.utf8) else { throw fault }
      offset += 2
      let low = try hexUnit()
      guard (0xDC00..<0xE000).contains(low) else { throw fault }
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw fault }
    units += String(Character(scalar)).utf8
  }

  private mutating func hexUnit() throws(WireValueFault) -> UInt32 {
    guard offset + 4 <= bytes.count,
      let unit = UInt32(String(decoding: bytes[offset..<offset + 4], as: UTF8.self), radix: 16)
    else { throw fault }
    offset += 4
    return unit
  }
}
