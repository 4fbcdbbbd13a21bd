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
    var result = ""
    var rest = self[language][...]
    while let open = rest.firstIndex(of: "{") {
      result += rest[..<open]
      rest = rest[rest.index(after: open)...]
      guard let close = rest.firstIndex(of: "}"), let value = Self.value(rest[..<close], arguments)
      else {
        result += "{"
        continue
      }
      result += value
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }

  /// What a place holder, without its braces, stands for; `nil` where it is none.
  private static func value(_ holder: Substring, _ arguments: [String]) -> Substring? {
    let parts = holder.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let number = parts.first.flatMap({ Int($0) }), arguments.indices.contains(number) else {
      return nil
    }
    guard parts.count > 1 else { return arguments[number][...] }
    let forms = parts[1].split(separator: "|", omittingEmptySubsequences: false)
    return arguments[number] == "1" ? forms.first : forms.last
  }
}
