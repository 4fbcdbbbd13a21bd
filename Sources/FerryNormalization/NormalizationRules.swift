public import FerryCore

// The room's words. `{0}` is mostly the value or the part of it that matters; the severity is that
// of a value that was kept, or left empty, unless a mapping says otherwise.

extension Rule {
  // MARK: Any cell

  /// A cell holds an error such as `#REF!`.
  public static let formulaError = Rule(
    id: "cell.formula-error", severity: .warning,
    message: Words(
      en: "the cell holds the formula error {0} instead of a value", zh: "单元格的内容是公式错误 {0}，不是有效值"),
    suggestion: Words(
      en: "Mend the formula in the workbook, or type the value.", zh: "请在工作簿中修正公式，或直接填写数值。"))
  /// A number of more than 15 digits stands in a number cell.
  public static let digitsLost = Rule(
    id: "number.digits-lost", severity: .warning,
    message: Words(
      en: "{0} has more than 15 digits but stands in a number cell, so its last digits are lost",
      zh: "{0} 超过 15 位却存成了数字格式，末尾几位已经丢失"),
    suggestion: Words(
      en: "Get the value from the system it came from, in a column formatted as text.",
      zh: "请把该列设为文本格式，从原系统重新导出。"))
  /// A word is not in a closed set.
  public static let unknownChoice = Rule(
    id: "choice.unknown", severity: .warning,
    message: Words(en: "'{0}' is none of {1}", zh: "“{0}”不在可选值之内：{1}"),
    suggestion: Words(
      en: "Add a line for it under `map:`, or correct the cell.", zh: "请在映射的 map 中为它加一行，或更正单元格。"))
  /// Neither yes nor no.
  public static let unreadableBoolean = Rule(
    id: "boolean.unreadable", severity: .error,
    message: Words(en: "'{0}' says neither yes nor no", zh: "“{0}”既不表示是，也不表示否"),
    suggestion: Words(
      en: "Write 是/否, yes/no or 1/0, or map the word under `map:`.",
      zh: "请填写 是/否、yes/no 或 1/0，或在 map 中给出对应。"))
}

/// All rules of the room, for documentation and its tests.
public enum NormalizationRules {
  /// Every rule that a value can break, in the order of the room's files.
  public static let all: [Rule] = [
    .formulaError,
    .digitsLost,
    .unknownChoice,
    .unreadableBoolean,
    .unreadableAmount,
    .amountRange,
    .amountRounded,
    .unitInCell,
    .otherCurrency,
    .aboutAmount,
    .unknownCurrency,
    .unreadableNumber,
    .notWhole,
    .scientificNumber,
    .measureWord,
    .unreadablePercent,
    .percentOutOfRange,
    .readAsFraction,
    .unreadableDate,
    .impossibleDate,
    .yearMissing,
    .dayMissing,
    .serialDate,
    .timeDropped,
    .implausibleYear,
    .otherDateOrder,
    .ambiguousDateColumn,
    .mixedDateOrder,
    .phoneDigitsLost,
    .notAPhone,
    .phoneTooShort,
    .phoneTooLong,
    .phoneUnknownCountry,
    .phoneNoSuchNumber,
    .phoneUnknownRange,
    .phoneRemark,
    .emailWithoutAt,
    .badEmail,
    .badURL,
    .creditCodeShape,
    .creditCodeCheckDigit,
    .creditCodeLookalike,
    .creditCodeOld,
    .honorificSplit,
    .familyNameOnly,
    .severalNames,
  ]
}
