/// A language that messages and reports come in.
public enum Language: String, Hashable, Sendable, CaseIterable {
  case english = "en"
  case chinese = "zh"
}

/// One text in every language Ferry speaks; `{0}`, `{1}` … stand for arguments.
///
/// `{0:value is|values are}` is the first form where argument 0 is `1`, else the second.
public struct Words: Hashable, Sendable {
  /// The English text.
  public let english: String
  /// The Chinese text.
  public let chinese: String

  /// Pairs the two texts.
  public init(en english: String, zh chinese: String) {
    self.english = english
    self.chinese = chinese
  }

  /// The text in `language`, as it stands.
  public subscript(language: Language) -> String {
    switch language {
    case .english: english
    case .chinese: chinese
    }
  }

  /// The text in `language` with `{0}`, `{1}` … replaced by `arguments`.
  ///
  /// A brace in an argument is never taken for a place holder.
  public func filled(with arguments: [String], in language: Language) -> String {
    let text = self[language]
    // By bytes: braces are no part of another character, and characters are slow to count.
    let bytes = text.utf8
    var result = ""
    var start = bytes.startIndex
    while let open = bytes[start...].firstIndex(of: UInt8(ascii: "{")) {
      result += text[start..<open]
      start = bytes.index(after: open)
      guard let close = bytes[start...].firstIndex(of: UInt8(ascii: "}")),
        let value = Self.value(text[start..<close], arguments)
      else {
        result += "{"
        continue
      }
      result += value
      start = bytes.index(after: close)
    }
    return result + text[start...]
  }

  /// What a place holder, without its braces, stands for; `nil` where it is none.
  private static func value(_ holder: Substring, _ arguments: [String]) -> Substring? {
    if let digit = holder.utf8.first, holder.utf8.count == 1 {
      let number = Int(digit) - 0x30
      return arguments.indices.contains(number) ? arguments[number][...] : nil
    }
    let parts = holder.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let number = parts.first.flatMap({ Int($0) }), arguments.indices.contains(number) else {
      return nil
    }
    guard parts.count > 1 else { return arguments[number][...] }
    let forms = parts[1].split(separator: "|", omittingEmptySubsequences: false)
    return arguments[number] == "1" ? forms.first : forms.last
  }
}
