import FerryCore
import Foundation

/// The words of annotated workbooks; the client reads them, who knows no mapping.
enum AnnotationWords {
  static let title = Words(en: "Questions about {0}", zh: "关于 {0} 的问题")
  static let instructions = [
    Words(
      en:
        "Some cells of this workbook could not be read as they stand. They are coloured: red ones "
        + "stop a record, yellow ones leave a field out. The reason stands in the cell's comment.",
      zh: "本工作簿有些单元格无法按原样导入，已标色：红色的会使整条记录无法导入，黄色的会使该字段留空或存疑。原因见单元格批注。"),
    Words(
      en:
        "Either correct the coloured cells where they stand, or write what is meant into the yellow "
        + "column here. What is right as it stands: leave it.",
      zh: "请直接修改标色的单元格，或在本页黄色一栏填写正确的内容；确认无误的可不处理。"),
    Words(
      en: "Save the workbook under its name and send it back. Rows may be sorted; please leave the "
        + "headings as they are.",
      zh: "改好后请保存并发回。可以排序，但请不要改动表头。"),
  ]
  static let more = Words(
    en: "{0} further {0:question is|questions are} not listed.", zh: "另有 {0} 个问题未列出。")

  static let suggested = Words(en: "suggested: {0}", zh: "建议值：{0}")
  static let unmappedValue = Words(
    en: "this value is not among those that are known; which of them is meant?",
    zh: "此值不在已知的选项之中，应是哪一个？")
  static let unmappedSuggestion = Words(
    en: "Choose one of the values offered.", zh: "请从下拉列表中选择。")
  static let blankKey = Words(
    en: "the number or name that tells this row from others is missing",
    zh: "缺少用来区分各行的编号或名称")
  static let unresolvedLink = Words(
    en: "what this cell refers to was not found: {0}", zh: "找不到此单元格所指的内容：{0}")
  static let conflict = Words(
    en: "this differs from {0}, although both rows are about the same record; which is right?",
    zh: "此处与 {0} 不一致，但两行是同一条记录，以哪个为准？")
  static let mendEither = Words(
    en: "Correct the one that is wrong; until then the other cell counts.",
    zh: "请更正有误的一处；未更正前以另一处为准。")
  static let mendCell = Words(en: "Correct the cell.", zh: "请更正单元格。")
  static let checkSpelling = Words(
    en: "Check the spelling, or say which one is meant.", zh: "请核对写法，或写明应是哪一个。")

  /// What the heading of the hidden column of keys is.
  static let questionMark = "ferry-questions"

  /// Whether an answer says that the cell is right as it stands.
  static func leavesAsIs(_ answer: String) -> Bool {
    let said = answer.lowercased().trimmingCharacters(in: .punctuationCharacters)
    return asIs.contains(said)
  }

  private static let asIs: Set = [
    "ok", "yes", "correct", "right", "as is", "正确", "没问题", "无误", "对", "是", "不用改", "无需修改", "",
  ]

  /// What is the matter, as a client understands it.
  static func problem(_ finding: Finding, in language: Language) -> String {
    switch finding.rule.id {
    case "mapping.unmapped-value": unmappedValue[language]
    case "mapping.blank-key": blankKey[language]
    case "match.conflicting-values" where finding.arguments.count > 1:
      conflict.filled(with: [finding.arguments[1]], in: language)
    case "link.unresolved" where finding.arguments.count > 4:
      unresolvedLink.filled(with: [finding.arguments[4]], in: language)
    default: finding.message(in: language)
    }
  }

  /// What to do about it, as a client understands it.
  static func suggestion(_ finding: Finding, in language: Language) -> String {
    switch finding.rule.id {
    case "mapping.unmapped-value": unmappedSuggestion[language]
    case "link.unresolved": checkSpelling[language]
    case "match.conflicting-values": mendEither[language]
    // What speaks of the mapping is for those who write it.
    case _ where finding.rule.suggestion.english.contains("map"): mendCell[language]
    default: finding.suggestion(in: language)
    }
  }
}
