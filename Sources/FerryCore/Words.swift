/// A language that messages and reports come in.
public enum Language: String, Hashable, Sendable, CaseIterable {
  case english = "en"
  case chinese = "zh"
}

/// One text in every language Ferry speaks; `{0}`, `{1}` … stand for arguments.
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
      guard let close = rest.firstIndex(of: "}"), let number = Int(rest[..<close]),
        arguments.indices.contains(number)
      else {
        result += "{"
        continue
      }
      result += arguments[number]
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}
