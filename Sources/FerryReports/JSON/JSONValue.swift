/// A JSON value that keeps the order of its keys.
///
/// Written by hand, since a report must come out the same, byte for byte, whenever its input is.
/// Literals make values: `["run": "r1", "rows": 3, "plan": nil]`.
public enum JSONValue: Hashable, Sendable {
  /// One key of an object with its value.
  public struct Member: Hashable, Sendable {
    /// The key.
    public let key: String
    /// Its value.
    public let value: JSONValue

    /// Pairs them.
    public init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  case null
  case boolean(Bool)
  case integer(Int)
  /// A number as it is written: a plain decimal such as `37.50`.
  case number(String)
  case string(String)
  case array([JSONValue])
  /// The members in the order that they are written; keys are not checked for doubles.
  case object([Member])

  /// A text, or null where there is none.
  public static func string(orNull text: String?) -> JSONValue {
    text.map { .string($0) } ?? .null
  }

  /// An object with one more member at its end; any other value as it is.
  public func adding(_ key: String, _ value: JSONValue) -> JSONValue {
    guard case .object(let members) = self else { return self }
    return .object(members + [Member(key, value)])
  }

  /// The value of the first member of that name; `nil` where there is none.
  public subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }
}

// MARK: - Writing

extension JSONValue {
  /// The value as JSON text in UTF-8, without a line break at its end.
  ///
  /// Indented, members and elements stand on lines of their own, two spaces a level; otherwise
  /// all is one line.
  public func text(isIndented: Bool = false) -> String {
    var out = ContiguousArray<UInt8>()
    write(into: &out, level: isIndented ? 0 : nil)
    return String(decoding: out, as: UTF8.self)
  }

  private func write(into out: inout ContiguousArray<UInt8>, level: Int?) {
    switch self {
    case .null: out.append(contentsOf: "null".utf8)
    case .boolean(let value): out.append(contentsOf: (value ? "true" : "false").utf8)
    case .integer(let value): out.append(contentsOf: String(value).utf8)
    case .number(let value): out.append(contentsOf: value.utf8)
    case .string(let value): Self.writeString(value, into: &out)
    case .array(let values):
      Self.writeList(values, between: "[", and: "]", into: &out, level: level) {
        value, out, level in
        value.write(into: &out, level: level)
      }
    case .object(let members):
      Self.writeList(members, between: "{", and: "}", into: &out, level: level) {
        member, out, level in
        Self.writeString(member.key, into: &out)
        out.append(contentsOf: (level == nil ? ":" : ": ").utf8)
        member.value.write(into: &out, level: level)
      }
    }
  }

  private static func writeList<Element>(
    _ elements: [Element], between open: Unicode.Scalar, and close: Unicode.Scalar,
    into out: inout ContiguousArray<UInt8>, level: Int?,
    write: (Element, inout ContiguousArray<UInt8>, Int?) -> Void
  ) {
    out.append(UInt8(ascii: open))
    for (index, element) in elements.enumerated() {
      if index > 0 { out.append(UInt8(ascii: ",")) }
      if let level { startLine(level: level + 1, in: &out) }
      write(element, &out, level.map { $0 + 1 })
    }
    if let level, !elements.isEmpty { startLine(level: level, in: &out) }
    out.append(UInt8(ascii: close))
  }

  private static func startLine(level: Int, in out: inout ContiguousArray<UInt8>) {
    out.append(UInt8(ascii: "\n"))
    out.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * level))
  }

  // RFC 8259, section 7: quote, backslash and everything below U+0020 must be escaped. DEL is
  // escaped too, so that no control byte reaches a terminal.
  private static func writeString(_ text: String, into out: inout ContiguousArray<UInt8>) {
    out.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): out.append(contentsOf: "\\\"".utf8)
      case UInt8(ascii: "\\"): out.append(contentsOf: "\\\\".utf8)
      case UInt8(ascii: "\n"): out.append(contentsOf: "\\n".utf8)
      case UInt8(ascii: "\r"): out.append(contentsOf: "\\r".utf8)
      case UInt8(ascii: "\t"): out.append(contentsOf: "\\t".utf8)
      case 0..<0x20, 0x7F:
        let digits = String(byte, radix: 16)
        out.append(contentsOf: ("\\u" + String(repeating: "0", count: 4 - digits.count)).utf8)
        out.append(contentsOf: digits.utf8)
      default: out.append(byte)
      }
    }
    out.append(UInt8(ascii: "\""))
  }
}

// MARK: - Literals

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  /// Makes a text.
  public init(stringLiteral value: String) { self = .string(value) }
  /// Makes a whole number.
  public init(integerLiteral value: Int) { self = .integer(value) }
  /// Makes true or false.
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  /// Makes null.
  public init(nilLiteral: ()) { self = .null }
  /// Makes an array.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// Makes an object whose members keep their order.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { Member($0.0, $0.1) })
  }
}
