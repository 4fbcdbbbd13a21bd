public import FerryCore

extension Rule {
  // MARK: Phones

  /// 1.38E+10.
  public static let phoneDigitsLost = Rule(
    id: "phone.digits-lost", severity: .warning,
    message: Words(
      en: "the phone {0} was cut by a spreadsheet: only its first digits are left",
      zh: "电话 {0} 已被电子表格改成科学计数法，只剩前几位数字"),
    suggestion: Words(
      en: "Export the column again, formatted as text, from the system it came from.",
      zh: "请把该列设为文本格式，从原系统重新导出。"))
  /// No number at all.
  public static let notAPhone = Rule(
    id: "phone.not-a-number", severity: .warning,
    message: Words(en: "'{0}' is no phone number", zh: "“{0}”不是电话号码"),
    suggestion: Words(en: "Correct the cell, or map the column to notes.", zh: "请更正单元格，或把该列映射到备注。"))
  /// Digits or the area code are missing.
  public static let phoneTooShort = Rule(
    id: "phone.too-short", severity: .warning,
    message: Words(
      en: "the phone '{0}' is too short: digits or the area code are missing",
      zh: "电话“{0}”位数不足：缺少号码或区号"),
    suggestion: Words(en: "Add the area code or the missing digits.", zh: "请补上区号或缺少的数字。"))
  /// More digits than its country has.
  public static let phoneTooLong = Rule(
    id: "phone.too-long", severity: .warning,
    message: Words(
      en: "the phone '{0}' has more digits than its country's numbers",
      zh: "电话“{0}”的位数超过该国家或地区的号码长度"),
    suggestion: Words(
      en: "Take out the digits too many, or put a separator between two numbers.",
      zh: "请去掉多余的数字；如果是两个号码，请用分隔符隔开。"))
  /// No such country code.
  public static let phoneUnknownCountry = Rule(
    id: "phone.unknown-country", severity: .warning,
    message: Words(en: "no country has the code that '{0}' begins with", zh: "“{0}”开头的国家代码不存在"),
    suggestion: Words(
      en: "Correct the country code, or name the region in the mapping.",
      zh: "请更正国家代码，或在映射中写明 region。"))
  /// The right length, but no such number.
  public static let phoneNoSuchNumber = Rule(
    id: "phone.no-such-number", severity: .warning,
    message: Words(
      en: "'{0}' is no number of its country: the area code is missing, or there is no such prefix",
      zh: "“{0}”不是有效号码：缺少区号，或没有这个号段"),
    suggestion: Words(en: "Add the area code, or correct the number.", zh: "请补上区号，或更正号码。"))
  /// A complete number of a range that is not known.
  public static let phoneUnknownRange = Rule(
    id: "phone.unknown-range", severity: .warning,
    message: Words(
      en: "'{0}' is complete, but in no range of numbers that is known; it was kept",
      zh: "“{0}”位数完整，但不属于已知号段；已保留"),
    suggestion: Words(en: "Check the number.", zh: "请核对号码。"))
  /// Words beside the number.
  public static let phoneRemark = Rule(
    id: "phone.remark", severity: .info,
    message: Words(
      en: "words beside the phone number in '{0}' were left out", zh: "“{0}”中号码以外的文字未导入"),
    suggestion: Words(en: "Map the column to notes too where they matter.", zh: "如需保留，请同时把该列映射到备注。")
  )

  // MARK: E-mail and web addresses

  /// No @.
  public static let emailWithoutAt = Rule(
    id: "email.no-at", severity: .warning,
    message: Words(en: "the e-mail address '{0}' has no @", zh: "邮箱“{0}”缺少 @"),
    suggestion: Words(en: "Correct the cell, or map the column to notes.", zh: "请更正单元格，或把该列映射到备注。"))
  /// An @, and something else is wrong.
  public static let badEmail = Rule(
    id: "email.bad-address", severity: .warning,
    message: Words(
      en: "'{0}' is no e-mail address: name@domain.tld is wanted",
      zh: "“{0}”不是有效的邮箱地址，应为 name@domain.com 的形式"),
    suggestion: Words(en: "Correct the cell.", zh: "请更正单元格。"))
  /// No web address.
  public static let badURL = Rule(
    id: "url.unreadable", severity: .warning,
    message: Words(
      en: "'{0}' is no web address, such as www.example.com", zh: "“{0}”不是网址；网址形如 www.example.com"),
    suggestion: Words(en: "Correct the cell, or map the column to notes.", zh: "请更正单元格，或把该列映射到备注。"))
}
