import FerryCore

/// Rules as other rooms state them, with words of their own so that goldens stand alone.
enum SampleRules {
  static let stage = Rule(
    id: "mapping.unmapped-value", severity: .error,
    message: Words(
      en: "no line of the map covers '{0}' for {1}", zh: "{1} 的映射表中没有“{0}”这一取值"),
    suggestion: Words(
      en: "Add '{0}' to the map in the mapping, or give it an otherwise.",
      zh: "请在映射文件的 map 中补上“{0}”，或用 otherwise 指定默认值。"))

  static let amount = Rule(
    id: "money.not-a-number", severity: .error,
    message: Words(en: "expected an amount, found words", zh: "此处应为金额，实际是文字"),
    suggestion: Words(
      en: "Correct the cell, or leave it empty.", zh: "请改正该单元格，或将其留空。"))

  static let email = Rule(
    id: "email.no-at", severity: .warning,
    message: Words(en: "the e-mail has no @", zh: "邮箱地址缺少 @"),
    suggestion: Words(
      en: "Correct the cell, or map the column to description.",
      zh: "请改正该单元格，或将此列映射到备注。"))

  static let unit = Rule(
    id: "money.unit-in-cell", severity: .info,
    message: Words(
      en: "the cell says {0}, the column {1}; the cell was taken",
      zh: "单元格注明单位“{0}”，与列的单位“{1}”不同，已按单元格计算"),
    suggestion: Words(en: "Check the amount.", zh: "请核对金额。"))

  static let encoding = Rule(
    id: "csv.encoding-detected", severity: .info,
    message: Words(en: "read as {0}", zh: "按 {0} 编码读取"),
    suggestion: Words(
      en: "Name the encoding in the mapping where that is wrong.", zh: "如不正确，请在映射文件中指定编码。"))

  static let title = Rule(
    id: "tables.title-row", severity: .info,
    message: Words(en: "a title, left out: {0}", zh: "标题行，未导入：{0}"),
    suggestion: Words(en: "Nothing to do.", zh: "无需处理。"))

  static let merged = Rule(
    id: "tables.merged-cells", severity: .info,
    message: Words(en: "{0} merged ranges filled in", zh: "已展开 {0} 处合并单元格"),
    suggestion: Words(en: "Nothing to do.", zh: "无需处理。"))

  static let footer = Rule(
    id: "tables.footer", severity: .info,
    message: Words(en: "a footer, left out: {0}", zh: "合计行，未导入：{0}"),
    suggestion: Words(en: "Nothing to do.", zh: "无需处理。"))
}

/// An error of the work, as other rooms throw it.
struct SampleFailure: Failure {
  let findings: [Finding]
  let exitStatus = ExitStatus.wrongUsage

  static let missingColumn = SampleFailure(findings: [
    Finding(
      Rule(
        id: "mapping.unknown-column", severity: .error,
        message: Words(
          en: "no column '{0}' in {1}; did you mean '{2}'?",
          zh: "{1} 中没有“{0}”这一列，是否应为“{2}”？"),
        suggestion: Words(
          en: "Write the column's name as the sheet has it.", zh: "请按表头原样填写列名。")),
      arguments: ["手机号", "客户台账", "手机"])
  ])
}
