import FerryCore

// What validation says to people. Arguments are field names, entities, counts and rules, never
// values.
extension Rule {
  static let requiredFieldAbsent = Rule(
    id: "validation.required-field", severity: .error,
    message: Words(
      en: "{0} is blank, but a record can't be without it", zh: "“{0}”为空，而这是必填字段"),
    suggestion: Words(
      en: "Fill the cell, or give the field a default: in the mapping.",
      zh: "请补上该单元格，或在映射里为此字段写 default:。"))

  static let linkUnresolved = Rule(
    id: "validation.link-unresolved", severity: .warning,
    message: Words(
      en: "{0} names a record of {1} that is neither in the input nor in the store",
      zh: "“{0}”所指的 {1} 记录既不在来源中，也不在目标库中"),
    suggestion: Words(
      en:
        "Correct the cell, add the missing record, or say what to do with otherwise: in the mapping.",
      zh: "请改正该单元格、补上缺少的记录，或在映射里用 otherwise: 说明如何处理。"))

  static let linkAmbiguous = Rule(
    id: "validation.link-ambiguous", severity: .warning,
    message: Words(
      en: "{0} fits {2} records of {1}; Ferry does not guess which one is meant",
      zh: "“{0}”对应 {2} 条 {1} 记录，无法确定是哪一条"),
    suggestion: Words(
      en: "Use a value that only one record has, such as its key, or merge the records.",
      zh: "请改用唯一的值（例如编号），或先合并这些记录。"))

  static let linkToRejected = Rule(
    id: "validation.link-to-rejected", severity: .warning,
    message: Words(
      en: "{0} points to a record of {1} that is rejected",
      zh: "“{0}”所指的 {1} 记录已被拒绝"),
    suggestion: Words(
      en: "Correct the rejected record first; its own finding says what is wrong.",
      zh: "请先改正被拒绝的记录，原因见该记录自己的提示。"))

  static let unknownChoice = Rule(
    id: "validation.unknown-choice", severity: .error,
    message: Words(
      en: "{0} is none of the words it may be: {1}", zh: "“{0}”不在可选值之内：{1}"),
    suggestion: Words(
      en: "Add a line for this value to the field's map: in the mapping.",
      zh: "请在映射里为此值在 map: 下加一行。"))

  static let percentOutOfRange = Rule(
    id: "validation.percent-range", severity: .error,
    message: Words(
      en: "{0} is not between 0 and 100", zh: "“{0}”不在 0 到 100 之间"),
    suggestion: Words(
      en: "Correct the cell, or map the column to a custom field.",
      zh: "请改正该单元格，或把此列映射为自定义字段。"))

  static let negativeAmount = Rule(
    id: "validation.negative-amount", severity: .warning,
    message: Words(en: "{0} is below zero", zh: "“{0}”小于零"),
    suggestion: Words(
      en: "Check the sign; if negative amounts are right here, nothing needs to be done.",
      zh: "请核对正负号；如确为负数，则无需处理。"))

  static let datesReversed = Rule(
    id: "validation.dates-reversed", severity: .warning,
    message: Words(en: "{0} lies before {1}", zh: "“{0}”早于“{1}”"),
    suggestion: Words(
      en: "Check both dates; day and month may be swapped.", zh: "请核对两个日期，可能月与日颠倒。"))

  static let ruleBroken = Rule(
    id: "validation.rule-broken", severity: .error,
    message: Words(
      en: "the record breaks the rule \"{0}\"", zh: "记录不符合规则“{0}”"),
    suggestion: Words(
      en: "Correct the cells that the rule speaks of, or change it under rules: in the mapping.",
      zh: "请改正规则涉及的单元格，或在映射的 rules: 里修改该规则。"))
}
