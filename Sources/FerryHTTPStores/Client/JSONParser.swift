// How it works: recursive descent over bytes. Text without escapes is taken in one piece; the depth
// is limited, since what comes in is a stranger's.

/// Bytes that are no JSON; the first place that shows it.
struct JSONError: Error, Hashable {
  /// Zero-based.
  let byteOffset: Int
}

extension JSON {
  /// The deepest nesting that is read; CRM answers have about ten levels.
  static let deepestNesting = 128

  /// Reads one value; blanks around it are passed over.
  init(_ bytes: [UInt8]) throws(JSONError) {
    var parser = JSONParser(bytes)
    self = try parser.document()
  }
}

private struct JSONParser {
  private let bytes: [UInt8]
  private var index = 0
  private var depth = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(JSONError) -> JSON {
    let value = try value()
    skipBlanks()
    guard index == bytes.count else { throw problem }
    return value
  }

  private var problem: JSONError { JSONError(byteOffset: index) }
  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || (0x09...0x0D).contains(byte) { index += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    index += 1
    return true
  }

  private mutating func value() throws(JSONError) -> JSON {
    skipBlanks()
    switch next {
    case UInt8(ascii: "{"): return try nested { (self) throws(JSONError) in try self.object() }
    case UInt8(ascii: "["): return try nested { (self) throws(JSONError) in try self.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func nested(
    _ body: (inout JSONParser) throws(JSONError) -> JSON
  ) throws(JSONError) -> JSON {
    guard depth < JSON.deepestNesting else { throw problem }
    depth += 1
    index += 1
    let value = try body(&self)
    depth -= 1
    return value
  }

  private mutating func word(_ text: String, _ value: JSON) throws(JSONError) -> JSON {
    guard bytes[index...].starts(with: text.utf8) else { throw problem }
    index += text.utf8.count
    return value
  }

  private mutating func number() throws(JSONError) -> JSON {
    let start = index
    while let byte = next, "+-.0123456789eE".utf8.contains(byte) { index += 1 }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    guard Double(text) != nil else {
      index = start
      throw problem
    }
    return .number(text)
  }

  private mutating func array() throws(JSONError) -> JSON {
    var items: [JSON] = []
    skipBlanks()
    if take(UInt8(ascii: "]")) { return .array(items) }
    repeat {
      items.append(try value())
      skipBlanks()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw problem }
    return .array(items)
  }

  private mutating func object() throws(JSONError) -> JSON {
    var members: [String: JSON] = [:]
    skipBlanks()
    if take(UInt8(ascii: "}")) { return .object(members) }
    repeat {
      skipBlanks()
      let name = try string()
      skipBlanks()
      guard take(UInt8(ascii: ":")) else { throw problem }
      members[name] = try value()
      skipBlanks()
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw problem }
    return .object(members)
  }

  private mutating func string() throws(JSONError) -> String {
    guard take(UInt8(ascii: "\"")) else { throw problem }
    var text = ""
    while true {
      let start = index
      while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { index += 1 }
      text += String(decoding: bytes[start..<index], as: UTF8.self)
      guard let byte = next else { throw problem }
      index += 1
      if byte == UInt8(ascii: "\"") { return text }
      text.unicodeScalars.append(try escaped())
    }
  }

  private mutating func escaped() throws(JSONError) -> Unicode.Scalar {
    guard let byte = next else { throw problem }
    index += 1
    switch byte {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "u"): return try character()
    default: throw problem
    }
  }

  /// One character by its number, or by the two halves of one beyond U+FFFF.
  private mutating func character() throws(JSONError) -> Unicode.Scalar {
    let high = try codeUnit()
    guard (0xD800..<0xDC00).contains(high) else { return Unicode.Scalar(high) ?? "\u{FFFD}" }
    guard bytes[index...].starts(with: "\\u".utf8) else { return "\u{FFFD}" }
    index += 2
    let low = try codeUnit()
    guard (0xDC00..<0xE000).contains(low) else { return "\u{FFFD}" }
    return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
  }

  private mutating func codeUnit() throws(JSONError) -> UInt32 {
    guard bytes.count - index >= 4 else { throw problem }
    let text = String(decoding: bytes[index..<index + 4], as: UTF8.self)
    guard let number = UInt32(text, radix: 16) else { throw problem }
    index += 4
    return number
  }
}
