/// Texts as a mapping spells them.
enum YAMLScalar {
  /// As a plain value or a key of a block.
  static func block(_ text: String) -> String { isPlain(text) ? text : quoted(text) }

  /// As a value inside `{ … }` or `[ … ]`.
  static func flow(_ text: String) -> String {
    isPlain(text) && !text.contains(where: { ",[]{}".contains($0) }) ? text : quoted(text)
  }

  /// As a name in a condition.
  static func name(_ text: String) -> String {
    let isWord =
      text.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || $0 == "_" }
      && !["and", "or", "not", "is", "in", "present", "absent"].contains(text.lowercased())
    return isWord ? text : "\"\(text.replacing("\"", with: "\\\""))\""
  }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\0"..<" ", "\u{7F}"..<"\u{A0}", "\u{2028}", "\u{2029}", "\u{FEFF}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  // Source: YAML 1.1, 9.1.3 (plain style), narrowed to what no reader takes otherwise.
  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last,
      !text.contains(": "), !text.contains(" #"),
      !"-?:,[]{}#&*!|>'\"%@`~ ".unicodeScalars.contains(first),
      last != ":", last != " "
    else { return false }
    return text.unicodeScalars.allSatisfy { scalar in
      scalar >= " " && !(0x7F..<0xA0).contains(scalar.value) && scalar != "\""
        && scalar != "\u{2028}" && scalar != "\u{2029}" && scalar != "\u{FEFF}" && scalar != "\\"
    }
  }
}
