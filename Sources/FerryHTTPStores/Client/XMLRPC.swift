/// XML-RPC: a method and its words as XML, a value or a fault back.
///
/// Source: D. Winer, "XML-RPC Specification" (1999).
enum XMLRPC {
  /// A call's body; `nil` where a text holds a character that XML can't.
  static func call(_ method: String, _ words: [JSON]) -> [UInt8]? {
    var out = Array("<?xml version=\"1.0\"?><methodCall><methodName>\(method)</methodName>".utf8)
    out += "<params>".utf8
    for word in words {
      out += "<param>".utf8
      guard write(word, to: &out) else { return nil }
      out += "</param>".utf8
    }
    return out + "</params></methodCall>".utf8
  }

  /// What comes back.
  enum Answer: Hashable, Sendable {
    case value(JSON)
    case fault(code: String, text: String)
  }

  /// Reads an answer; `nil` for what is none.
  static func answer(_ body: [UInt8]) -> Answer? {
    guard let root = XMLElement(document: body), root.name == "methodResponse",
      let first = root.children.first
    else { return nil }
    switch first.name {
    case "params": return first.child("param")?.child("value").flatMap(value).map { .value($0) }
    case "fault":
      guard let fault = first.child("value").flatMap(value) else { return nil }
      return .fault(
        code: fault["faultCode"]?.text ?? "", text: fault["faultString"]?.text ?? "")
    default: return nil
    }
  }

  // MARK: - Writing

  private static func write(_ value: JSON, to out: inout [UInt8]) -> Bool {
    var isWhole = true
    out += "<value>".utf8
    switch value {
    // There is no null; what is empty is false where this is spoken.
    case .null: out += "<boolean>0</boolean>".utf8
    case .bool(let isTrue): out += "<boolean>\(isTrue ? 1 : 0)</boolean>".utf8
    case .number(let digits):
      let type = Int32(digits) == nil ? "double" : "int"
      out += "<\(type)>\(digits)</\(type)>".utf8
    case .string(let text):
      out += "<string>".utf8
      isWhole = write(text, to: &out)
      out += "</string>".utf8
    case .array(let items):
      out += "<array><data>".utf8
      for item in items where isWhole { isWhole = write(item, to: &out) }
      out += "</data></array>".utf8
    case .object(let members):
      out += "<struct>".utf8
      for (name, member) in members.sorted(by: { $0.key < $1.key }) where isWhole {
        out += "<member><name>".utf8
        isWhole = write(name, to: &out)
        out += "</name>".utf8
        isWhole = write(member, to: &out) && isWhole
        out += "</member>".utf8
      }
      out += "</struct>".utf8
    }
    out += "</value>".utf8
    return isWhole
  }

  /// Writes characters; a carriage return as a reference, or a reader would make it a line feed.
  ///
  /// Source: XML 1.0, sections 2.2 and 2.11.
  private static func write(_ text: String, to out: inout [UInt8]) -> Bool {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;".utf8
      case "<": out += "&lt;".utf8
      case ">": out += "&gt;".utf8
      case "\r": out += "&#13;".utf8
      case "\t", "\n", " "..."\u{FFFD}", "\u{10000}"...:
        out += UTF8.encode(scalar).map(Array.init) ?? []
      default: return false
      }
    }
    return true
  }

  // MARK: - Reading

  /// A value; `nil` for a type that is none.
  private static func value(_ element: XMLElement) -> JSON? {
    // What has no type is a text.
    guard let typed = element.children.first else { return .string(element.text) }
    switch typed.name {
    case "string", "base64", "dateTime.iso8601": return .string(typed.text)
    case "boolean": return .bool(word(typed) == "1")
    case "int", "i4", "i8": return Int(word(typed)).map { .number(String($0)) }
    case "double": return Double(word(typed)).map { _ in .number(word(typed)) }
    case "nil": return .null
    case "array":
      let items = (typed.child("data")?.children ?? []).map(value)
      return items.contains(nil) ? nil : .array(items.compactMap(\.self))
    case "struct":
      var members: [String: JSON] = [:]
      for member in typed.children {
        guard let name = member.child("name")?.text,
          let value = member.child("value").flatMap(value)
        else { return nil }
        members[name] = value
      }
      return .object(members)
    default: return nil
    }
  }

  private static func word(_ element: XMLElement) -> String {
    String(element.text.drop(while: \.isWhitespace).prefix { !$0.isWhitespace })
  }
}
