public import FerryCore

extension Rule {
  // MARK: Money

  /// No amount of money.
  public static let unreadableAmount = Rule(
    id: "money.unreadable", severity: .error,
    message: Words(
      en: "'{0}' is no amount that can be read, such as 1,200.50, ￥3.5万 or 壹佰元整",
      zh: "“{0}”不是可识别的金额；可识别的写法如 1,200.50、￥3.5万、壹佰元整"),
    suggestion: Words(
      en: "Write one number with its currency and unit, and move remarks to a column of their own.",
      zh: "请只填写一个数字（可带币种和单位），备注请另放一列。"))
  /// A range where one amount is wanted.
  public static let amountRange = Rule(
    id: "money.range", severity: .error,
    message: Words(en: "'{0}' is a range, and one amount is wanted", zh: "“{0}”是一个区间，此处需要一个确定的金额"),
    suggestion: Words(
      en: "Decide on one amount, or map the column to a text field.", zh: "请确定一个金额，或把该列映射到文本字段。"))
  /// More places than the currency has.
  public static let amountRounded = Rule(
    id: "money.rounded", severity: .warning,
    message: Words(
      en: "{0} was rounded to {1}: {2} has {3} digits behind the point",
      zh: "{0} 已四舍五入为 {1}：{2} 只有 {3} 位小数"),
    suggestion: Words(
      en: "Correct the cell if the lost part matters, or map the column to a decimal field.",
      zh: "如果尾数有意义，请更正单元格，或把该列映射到小数字段。"))
  /// The unit in a cell beats the column's.
  public static let unitInCell = Rule(
    id: "money.unit-in-cell", severity: .info,
    message: Words(
      en: "'{0}' names its own unit, which was used instead of the column's {1}",
      zh: "“{0}”自带单位，已按单元格的单位计算，没有再乘列单位 {1}"),
    suggestion: Words(
      en: "Check that the cell is not meant in the column's unit.", zh: "请确认该单元格不是按列单位填写的。"))
  /// A cell names another currency than the field's.
  public static let otherCurrency = Rule(
    id: "money.other-currency", severity: .warning,
    message: Words(
      en: "the cell is in {0}, the field in {1}; nothing was converted",
      zh: "单元格的币种是 {0}，字段的币种是 {1}；没有换算"),
    suggestion: Words(
      en: "Map the record's currency from a column, or convert the amount.", zh: "请从某一列映射币种，或先换算金额。"
    ))
  /// 约 or about stands before an amount.
  public static let aboutAmount = Rule(
    id: "money.about", severity: .info,
    message: Words(
      en: "'{0}' is told as a rough amount, and was taken as exact", zh: "“{0}”是约数，已按确数导入"),
    suggestion: Words(en: "Check the amount.", zh: "请核对金额。"))
  /// No currency.
  public static let unknownCurrency = Rule(
    id: "currency.unknown", severity: .warning,
    message: Words(
      en: "'{0}' is no currency of ISO 4217 and no known name of one",
      zh: "“{0}”不是 ISO 4217 币种代码，也不是已知的币种名称"),
    suggestion: Words(en: "Write a code such as CNY or USD.", zh: "请填写代码，例如 CNY、USD。"))

  // MARK: Plain numbers

  /// No number.
  public static let unreadableNumber = Rule(
    id: "number.unreadable", severity: .error,
    message: Words(en: "'{0}' is no number that can be read", zh: "“{0}”不是可识别的数字"),
    suggestion: Words(en: "Write plain digits such as 1200.5.", zh: "请填写普通数字，例如 1200.5。"))
  /// A fraction where a whole number is wanted.
  public static let notWhole = Rule(
    id: "number.not-whole", severity: .error,
    message: Words(en: "{0} has a fraction, and a whole number is wanted", zh: "{0} 带有小数，此处需要整数"),
    suggestion: Words(
      en: "Correct the cell, or map the column to a decimal field.", zh: "请更正单元格，或把该列映射到小数字段。"))
  /// A number written with an exponent.
  public static let scientificNumber = Rule(
    id: "number.scientific", severity: .warning,
    message: Words(
      en: "{0} is in scientific notation, which may have cost it digits", zh: "{0} 是科学计数法，可能已丢失部分数字"
    ),
    suggestion: Words(
      en: "Check the value against the system it came from.", zh: "请与原系统核对该数值。"))
  /// 台 in 10台.
  public static let measureWord = Rule(
    id: "number.measure-word", severity: .info,
    message: Words(en: "'{1}' behind the number in '{0}' was left out", zh: "“{0}”中数字后面的“{1}”未导入"),
    suggestion: Words(en: "Map the unit from a column of its own.", zh: "如需保留单位，请另设一列。"))
  /// No percentage.
  public static let unreadablePercent = Rule(
    id: "percent.unreadable", severity: .error,
    message: Words(en: "'{0}' is no percentage that can be read", zh: "“{0}”不是可识别的百分比"),
    suggestion: Words(en: "Write 30% or 30.", zh: "请填写 30% 或 30。"))
  /// Below 0 or above 100.
  public static let percentOutOfRange = Rule(
    id: "percent.out-of-range", severity: .error,
    message: Words(en: "{0} does not lie between 0 and 100 percent", zh: "{0} 不在 0 到 100 之间"),
    suggestion: Words(en: "Correct the cell.", zh: "请更正单元格。"))
  /// 0.3 read as 30 %.
  public static let readAsFraction = Rule(
    id: "percent.read-as-fraction", severity: .info,
    message: Words(
      en: "{0} has no percent sign and was read as a fraction of 1", zh: "{0} 没有百分号，已按小数（占 1 的比例）读取"
    ),
    suggestion: Words(
      en: "Write a percent sign where the number is meant in percent.",
      zh: "如果本来就是百分数，请写上百分号。"))
}
