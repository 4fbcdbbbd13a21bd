import FerryCore
import FerryRecords

/// The words of a closed set, ready to be compared as bytes.
struct ChoiceTable: Sendable {
  private let name: String
  private let values: [String]
  private let words: [(word: ContiguousArray<UInt8>, option: Int)]

  init(_ set: ValueSet) {
    name = set.name
    values = set.options.map(\.value)
    words = set.options.enumerated().flatMap { index, option in
      ([option.value, option.label.english, option.label.chinese] + option.synonyms).map {
        (ContiguousArray($0.lowercased().utf8), index)
      }
    }
  }

  /// The option that `text` names by value, label or synonym, the value first.
  func option(for text: Span<UInt8>) -> String? {
    for entry in words where text.isWord(entry.word) { return values[entry.option] }
    return nil
  }

  /// What to say of a word that the set does not have.
  func issue(for text: Span<UInt8>) -> NormalizationIssue {
    NormalizationIssue(.unknownChoice, text.string, values.joined(separator: ", "))
  }
}

extension FieldNormalizer {
  mutating func readChoice(_ text: Span<UInt8>, into output: inout ContiguousArray<UInt8>)
    -> NormalizationResult
  {
    guard let choices else { return copy(text, into: &output) }
    guard let value = choices.option(for: text) else { return .invalid(choices.issue(for: text)) }
    output.append(contentsOf: value.utf8)
    return .value
  }

  /// Reads 是/否, 在职/离职, Y/N, true/false, 1/0, √/× and their like to `1` and `0`.
  func readBoolean(_ text: Span<UInt8>, into output: inout ContiguousArray<UInt8>)
    -> NormalizationResult
  {
    for word in BooleanWords.yes where text.isWord(word) {
      output.append(UInt8(ascii: "1"))
      return .value
    }
    for word in BooleanWords.no where text.isWord(word) {
      output.append(UInt8(ascii: "0"))
      return .value
    }
    return .invalid(NormalizationIssue(.unreadableBoolean, text.string))
  }
}

/// What people write for yes and for no, in lower case.
enum BooleanWords {
  static let yes = bytes([
    "1", "true", "yes", "是", "y", "t", "有", "对", "真", "在职", "启用", "已启用", "有效", "正常", "激活",
    "已激活", "上架", "在售", "on", "active", "enabled", "1.0", "√", "✓", "✔", "☑", "v", "employed",
  ])
  static let no = bytes([
    "0", "false", "no", "否", "n", "f", "没有", "不", "错", "假", "离职", "已离职", "停用", "已停用", "禁用", "无效",
    "注销", "下架", "已下架", "停售", "off", "inactive", "disabled", "0.0", "×", "✗", "✘", "☐", "x", "left",
    "不是", "无",
  ])

  private static func bytes(_ words: [String]) -> [ContiguousArray<UInt8>] {
    words.map { ContiguousArray($0.utf8) }
  }
}
