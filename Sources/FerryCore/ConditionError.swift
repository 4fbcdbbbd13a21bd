/// A condition that can't be read, with the place.
public struct ConditionError: Error, Hashable, Sendable {
  /// Where the fault lies: how many Unicode scalars stand before it, as a YAML mark counts columns.
  public let offset: Int
  /// What could stand there.
  public let expected: Words
  /// What stands there instead, as the text spells it; `nil` at its end.
  public let found: String?

  /// States a fault.
  public init(offset: Int, expected: Words, found: String?) {
    self.offset = offset
    self.expected = expected
    self.found = found
  }

  /// The whole complaint in one clause, such as `expected a value, found ")"`.
  public func message(in language: Language) -> String {
    let place = found.map { "\"\($0)\"" }
    return switch language {
    case .english: "expected \(expected.english), found \(place ?? "the end")"
    case .chinese: "此处应为\(expected.chinese)，却是\(place ?? "结尾")"
    }
  }
}

// What the grammar waits for, in words.
extension Words {
  static let conditionName = Words(
    en: "the name of a column or field; one that is no plain word stands in double quotes",
    zh: "列名或字段名（含空格或括号的名称请加双引号）")
  static let conditionPredicate = Words(
    en:
      "\"is present\", \"is absent\", \"in (…)\" or one of = != < <= > >=; a name of several words "
      + "stands in double quotes",
    zh: "“is present”“is absent”“in (…)”或 = != < <= > >= 之一（由几个词组成的名称请加双引号）")
  static let conditionOneLink = Words(
    en: "one of \"and\" and \"or\" in a list of names, not both; use parentheses",
    zh: "同一串名称里只用“and”或只用“or”；要混用请加括号")
  static let conditionPresence = Words(en: "\"present\" or \"absent\"", zh: "“present”或“absent”")
  static let conditionValue = Words(
    en: "a value; one that is no plain word or number stands in quotes",
    zh: "一个值（不是单个词或数字的请加引号）")
  static let conditionList = Words(
    en: "a list of values in parentheses", zh: "用括号括起来的一组值")
  static let conditionListEnd = Words(en: "\",\" or \")\"", zh: "“,”或“)”")
  static let conditionIn = Words(en: "\"in (…)\" after \"not\"", zh: "“not”之后的“in (…)”")
  static let conditionEnd = Words(
    en: "\"and\", \"or\" or the end; text of several words stands in quotes",
    zh: "“and”“or”或结尾（由几个词组成的文字请加引号）")
  static let conditionClose = Words(
    en: "\")\", \"and\" or \"or\"; text of several words stands in quotes",
    zh: "“)”“and”或“or”（由几个词组成的文字请加引号）")
  static let conditionQuote = Words(en: "a closing quote", zh: "结束的引号")
  static let conditionNotEqual = Words(en: "\"!=\"", zh: "“!=”")
  static let conditionDepth = Words(
    en: "at most 64 conditions inside each other", zh: "最多 64 层嵌套")
}
