/// A JSON value as the wire carries it: a number keeps its digits, and text is never a number.
///
/// The doubles are strict about types, so that `"100.01"` and `100.01` must stay apart.
public enum WireValue: Hashable, Sendable {
  case null
  case bool(Bool)
  /// A number with the digits that were sent.
  case number(String)
  case string(String)
  case list([WireValue])
  /// Members in no order; they are written sorted by name.
  case object([String: WireValue])

  /// The text, where it is text.
  public var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// The whole number, where it is one.
  public var integer: Int? {
    guard case .number(let digits) = self else { return nil }
    return Int(digits)
  }

  /// The truth value, where it is one.
  public var bool: Bool? {
    guard case .bool(let isTrue) = self else { return nil }
    return isTrue
  }

  /// The elements, where it is a list.
  public var list: [WireValue]? {
    guard case .list(let elements) = self else { return nil }
    return elements
  }

  /// The members, where it is an object.
  public var object: [String: WireValue]? {
    guard case .object(let members) = self else { return nil }
    return members
  }

  /// The texts, where it is a list of nothing but texts.
  public var strings: [String]? {
    guard let list else { return nil }
    let texts = list.compactMap(\.string)
    return texts.count == list.count ? texts : nil
  }

  /// The member of that name, where this is an object that has it.
  public subscript(name: String) -> WireValue? {
    get { object?[name] }
    set {
      guard case .object(var members) = self else { return }
      members[name] = newValue
      self = .object(members)
    }
  }

  /// The element there, where this is a list that is long enough.
  public subscript(index: Int) -> WireValue? {
    guard let list, list.indices.contains(index) else { return nil }
    return list[index]
  }
}

// MARK: - Literals

extension WireValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
  ExpressibleByNilLiteral
{
  /// `nil` is `null`.
  public init(nilLiteral: ()) { self = .null }

  /// A text.
  public init(stringLiteral value: String) { self = .string(value) }

  /// A whole number.
  public init(integerLiteral value: Int) { self = .number(String(value)) }

  /// A truth value.
  public init(booleanLiteral value: Bool) { self = .bool(value) }

  /// A list.
  public init(arrayLiteral elements: WireValue...) { self = .list(elements) }

  /// An object; of two members with one name the later counts.
  public init(dictionaryLiteral elements: (String, WireValue)...) {
    self = .object(Dictionary(elements) { _, later in later })
  }

  /// A whole number.
  public init(_ value: Int) { self = .number(String(value)) }

  /// A list of texts.
  public init(_ texts: [String]) { self = .list(texts.map { .string($0) }) }
}

// MARK: - Writing

extension WireValue {
  /// The value as JSON text in UTF-8, members sorted by name, no blanks.
  public var bytes: [UInt8] {
    var out: [UInt8] = []
    write(to: &out)
    return out
  }

  private func write(to out: inout [UInt8]) {
    switch self {
    case .null: out += "null".utf8
    case .bool(let isTrue): out += (isTrue ? "true" : "false").utf8
    case .number(let digits): out += digits.utf8
    case .string(let text): Self.write(text, to: &out)
    case .list(let elements):
      out.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        element.write(to: &out)
      }
      out.append(UInt8(ascii: "]"))
    case .object(let members):
      out.append(UInt8(ascii: "{"))
      for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        Self.write(member.key, to: &out)
        out.append(UInt8(ascii: ":"))
        member.value.write(to: &out)
      }
      out.append(UInt8(ascii: "}"))
    }
  }

  private static func write(_ text: String, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        out.append(UInt8(ascii: "\\"))
        out.append(byte)
      case 0..<0x20:
        let digits = String(byte, radix: 16)
        out += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
      default: out.append(byte)
      }
    }
    out.append(UInt8(ascii: "\""))
  }
}
