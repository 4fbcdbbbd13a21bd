public import FerryCore

extension Rule {
  /// No date.
  public static let unreadableDate = Rule(
    id: "dates.unreadable", severity: .warning,
    message: Words(
      en: "'{0}' is no date that can be read, such as 2024-03-05 or 2024年3月5日",
      zh: "“{0}”不是可识别的日期；可识别的写法如 2024-03-05、2024年3月5日"),
    suggestion: Words(
      en: "Write one date as 2024-03-05, and move remarks to a column of their own.",
      zh: "请按 2024-03-05 的格式填写一个日期，备注请另放一列。"))
  /// 30 February.
  public static let impossibleDate = Rule(
    id: "dates.impossible", severity: .warning,
    message: Words(en: "there is no such day or time as {0}", zh: "{0} 是不存在的日期或时间"),
    suggestion: Words(en: "Correct the cell.", zh: "请更正单元格。"))
  /// 3月5日.
  public static let yearMissing = Rule(
    id: "dates.year-missing", severity: .warning,
    message: Words(en: "'{0}' names no year", zh: "“{0}”没有写年份"),
    suggestion: Words(en: "Add the year.", zh: "请补上年份。"))
  /// 2024年3月.
  public static let dayMissing = Rule(
    id: "dates.day-missing", severity: .info,
    message: Words(
      en: "'{0}' names no day; the first of the month was taken", zh: "“{0}”没有写日，已取该月 1 日"),
    suggestion: Words(en: "Add the day where it matters.", zh: "如果日期重要，请补上具体的日。"))
  /// A number in a column of dates.
  public static let serialDate = Rule(
    id: "dates.serial", severity: .info,
    message: Words(
      en: "the number {0} was read as a spreadsheet's serial date", zh: "数字 {0} 已按电子表格的日期序号读取"),
    suggestion: Words(
      en: "Format the column as a date in the workbook.", zh: "请在工作簿中把该列设为日期格式。"))
  /// A time of day in a date field.
  public static let timeDropped = Rule(
    id: "dates.time-dropped", severity: .info,
    message: Words(
      en: "the time of day in '{0}' was left out: the field holds dates", zh: "字段只保存日期，“{0}”中的时间未导入"
    ),
    suggestion: Words(
      en: "Map the column to a field that holds times where it matters.",
      zh: "如果时间重要，请把该列映射到带时间的字段。"))
  /// 0204 or 2204.
  public static let implausibleYear = Rule(
    id: "dates.implausible-year", severity: .warning,
    message: Words(en: "the year {1} in '{0}' is hardly meant", zh: "“{0}”中的年份 {1} 不太可能是真的"),
    suggestion: Words(en: "Check the year.", zh: "请核对年份。"))
  /// A cell that goes against the order the mapping gives.
  public static let otherDateOrder = Rule(
    id: "dates.other-order", severity: .warning,
    message: Words(
      en: "'{0}' can't be read {1}, as the mapping says; its only other reading was taken",
      zh: "“{0}”无法按映射指定的顺序（{1}）读取，已按唯一可行的顺序读取"),
    suggestion: Words(en: "Check the cell.", zh: "请核对单元格。"))
  /// Nothing in a column tells day from month.
  public static let ambiguousDateColumn = Rule(
    id: "dates.ambiguous-column", severity: .warning,
    message: Words(
      en:
        "in {0} cells nothing tells day, month and year apart; they were read {1}, as is the custom of the region",
      zh: "有 {0} 个单元格无法区分年、月、日的先后，已按地区习惯（{1}）读取"),
    suggestion: Words(
      en: "State the order in the mapping, or export the column as 2024-03-05.",
      zh: "请在映射中写明顺序，或按 2024-03-05 的格式重新导出该列。"))
  /// A column writes dates in several orders.
  public static let mixedDateOrder = Rule(
    id: "dates.mixed-order", severity: .warning,
    message: Words(
      en: "the column writes its dates in several orders; {0} cells in doubt were read {1}",
      zh: "该列的日期有多种先后顺序，其中 {0} 个存疑的单元格按 {1} 读取"),
    suggestion: Words(
      en: "Split the column by its sources, or export it as 2024-03-05.",
      zh: "请按来源拆分该列，或按 2024-03-05 的格式重新导出。"))
}
