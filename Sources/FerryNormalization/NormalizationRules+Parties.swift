public import FerryCore

extension Rule {
  // MARK: Credit codes

  /// Not 18 signs of the alphabet.
  public static let creditCodeShape = Rule(
    id: "credit-code.shape", severity: .warning,
    message: Words(
      en:
        "'{0}' is no 统一社会信用代码: 18 digits and capital letters without I, O, S, V, Z are wanted, {1} signs found",
      zh: "“{0}”不是统一社会信用代码：应为 18 位数字和大写字母（不含 I、O、S、V、Z），实际 {1} 位"),
    suggestion: Words(en: "Copy the code from the business licence.", zh: "请按营业执照填写。"))
  /// The last sign does not fit the others.
  public static let creditCodeCheckDigit = Rule(
    id: "credit-code.check-digit", severity: .warning,
    message: Words(
      en: "the check digit of '{0}' does not fit: at least one sign is wrong",
      zh: "“{0}”的校验位不符：至少有一位写错了"),
    suggestion: Words(en: "Copy the code from the business licence.", zh: "请按营业执照核对。"))
  /// O for 0, I for 1.
  public static let creditCodeLookalike = Rule(
    id: "credit-code.lookalike", severity: .warning,
    message: Words(
      en: "'{0}' holds letters that no credit code has; {1} was likely meant",
      zh: "“{0}”含有代码中不会出现的字母，很可能应为 {1}"),
    suggestion: Words(en: "Check it, and write {1}.", zh: "请核对后改为 {1}。"))
  /// A number of the time before 2015.
  public static let creditCodeOld = Rule(
    id: "credit-code.old-number", severity: .warning,
    message: Words(
      en: "'{0}' is a 15-digit number of the old registry, no 统一社会信用代码",
      zh: "“{0}”是 15 位旧注册号，不是统一社会信用代码"),
    suggestion: Words(en: "Look up the company's present code.", zh: "请查询该企业现在的统一社会信用代码。"))
}

extension Rule {
  // MARK: Names

  /// An honorific was taken off a name.
  public static let honorificSplit = Rule(
    id: "person.honorific", severity: .info,
    message: Words(en: "'{1}' was taken off the name '{0}'", zh: "已从姓名“{0}”中去掉称谓“{1}”"),
    suggestion: Words(
      en: "Map the honorific to the title where it matters.", zh: "如需保留称谓，请映射到职务字段。"))
  /// A family name and an honorific only.
  public static let familyNameOnly = Rule(
    id: "person.family-name-only", severity: .info,
    message: Words(
      en: "'{0}' holds a family name and an honorific only; it was kept whole",
      zh: "“{0}”只有姓和称谓，已原样保留"),
    suggestion: Words(en: "Ask for the full name.", zh: "请补充全名。"))
  /// Several names in one cell.
  public static let severalNames = Rule(
    id: "person.several", severity: .warning,
    message: Words(en: "'{0}' may hold the names of several people", zh: "“{0}”可能包含多个人名"),
    suggestion: Words(
      en: "Split the cell in the mapping with `split:`, or give each person a row.",
      zh: "请在映射中用 split 拆分，或每人一行。"))
}
