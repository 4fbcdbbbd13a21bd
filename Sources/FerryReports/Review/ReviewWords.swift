import FerryCore

/// The words of the review workbook.
enum ReviewWords {
  static let sheet = Words(en: "Review", zh: "审核")
  static let title = Words(en: "Doubtful duplicates: {0} {0:pair|pairs}", zh: "疑似重复：{0} 对")
  static let likely = Words(en: "likely the same; not merged", zh: "可能相同，未合并")
  static let start = Words(en: "before looking", zh: "比较之前")
  static let same = Words(en: "same", zh: "相同")
  static let different = Words(en: "different", zh: "不同")
  static let skip = Words(en: "skip", zh: "跳过")
  static let group = Words(en: "group {0} · {1}", zh: "第 {0} 组 · {1}")

  static let instructions = [
    Words(
      en: "Choose in each yellow cell: same (one record), different (two), or skip (decide later; "
        + "takes an earlier decision back).",
      zh: "请在每个黄色单元格中选择：相同（合并为一条）、不同（保持两条）、跳过（暂不判断，并撤回先前的判断）。"),
    Words(
      en:
        "A cell that is left blank changes nothing. Differences are coloured; positive bits speak "
        + "for one record, negative ones against.",
      zh: "留空则不作改动。有差异的值已标色；证据为正表示支持“相同”，为负表示反对。"),
    Words(
      en:
        "Where two are the same and a value differs, choose in the pale cell whose is kept; blank: "
        + "what the mapping says.",
      zh: "判为“相同”且某字段有差异时，可在浅黄色单元格选择保留哪条记录的值；留空则按映射的规则。"),
    Words(
      en: "Keep the rows together, save, then run: ferry review import {0}",
      zh: "请勿拆散各组的行；保存后执行：ferry review import {0}"),
  ]

  /// The two records, as columns and as what is kept of both.
  static let sides = [Words(en: "one", zh: "记录一"), Words(en: "other", zh: "记录二")]

  static let columns = [
    Words(en: "decision", zh: "判断"), Words(en: "field", zh: "字段"), sides[0], sides[1],
    Words(en: "evidence", zh: "依据"), Words(en: "bits, probability", zh: "证据（比特）、概率"),
  ]

  static func choices(_ language: Language) -> [String] {
    [same, different, skip].map { $0[language] }
  }

  static let unknownDecision = Rule(
    id: "review.unknown-decision", severity: .error,
    message: Words(en: "this decision can't be read", zh: "无法识别此处的判断"),
    suggestion: Words(
      en: "Choose same, different or skip, or leave the cell blank.",
      zh: "请选择“相同”“不同”或“跳过”，或留空。"))

  static let pickAlone = Rule(
    id: "review.pick-alone", severity: .error,
    message: Words(
      en: "a value is picked here, but the two records were not called the same",
      zh: "此处选择了要保留的值，但两条记录未判为“相同”"),
    suggestion: Words(
      en: "Choose same in the yellow cell above, or clear this cell.",
      zh: "请在上方黄色单元格选择“相同”，或清空此单元格。"))

  static let noReview = Rule(
    id: "review.no-workbook", severity: .error,
    message: Words(
      en: "this is no workbook that `ferry review export` wrote",
      zh: "此文件不是 `ferry review export` 导出的工作簿"),
    suggestion: Words(
      en: "Name the workbook that was exported, saved as .xlsx with its hidden columns.",
      zh: "请指定导出的工作簿，保存为 .xlsx 并保留隐藏列。"))
}
