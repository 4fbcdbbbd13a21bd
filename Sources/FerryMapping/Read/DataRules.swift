import FerryCore

// What mapping finds in the data, in words.
extension Rule {
  /// A cell of the key is blank.
  static let mappingBlankKey = Rule(
    id: "mapping.blank-key", severity: .error,
    message: Words(
      en: "no {0} was made: its key is blank in column '{1}'", zh: "未生成 {0}：键列“{1}”为空"),
    suggestion: Words(
      en: "Fill the cell, or add 'when: {1} is present' where such rows are to be passed over.",
      zh: "请填写该单元格；若这类行应跳过，请加“when: {1} is present”。"))
  /// An activity has neither parent, time nor text.
  static let mappingEmptyActivity = Rule(
    id: "mapping.empty-activity", severity: .error,
    message: Words(
      en: "no activity was made: it has neither a parent nor a time nor a text",
      zh: "未生成跟进记录：没有所属对象、时间和内容"),
    suggestion: Words(
      en: "Fill the row, or pass it over with 'when'.", zh: "请补全该行，或用“when”跳过。"))
  /// A value that no line of a map covers.
  static let mappingUnmappedValue = Rule(
    id: "mapping.unmapped-value", severity: .error,
    message: Words(en: "no line of the map of {0} covers the value", zh: "{0} 的 map 没有覆盖该值"),
    suggestion: Words(
      en: "Add a line to the map, or say what to do 'otherwise'.",
      zh: "请在 map 中添加一行，或写明“otherwise”。"))
  /// A cell holds several phones or e-mails.
  static let mappingFurtherValues = Rule(
    id: "mapping.further-values", severity: .info,
    message: Words(
      en: "the cell holds {1} values: the first went to {0}, the others to custom '{2}'",
      zh: "单元格有 {1} 个值：第一个存入 {0}，其余存入自定义字段“{2}”"),
    suggestion: Words(
      en: "Give the others a column of their own if they matter.", zh: "如有需要，请为其余的值另设一列。"))
  /// Addresses gave province, city and district.
  static let mappingAddressSplit = Rule(
    id: "mapping.address-split", severity: .info,
    message: Words(
      en: "{0} addresses gave a province, city or district, which the mapping maps to no column",
      zh: "从 {0} 个地址中拆出了省、市、区（映射未指定对应列）"),
    suggestion: Words(
      en: "Map province, city and district if the sheet has columns for them.",
      zh: "若表中有省、市、区列，请在映射中指定。"))
  /// A value is longer than a record can hold.
  static let mappingTooLong = Rule(
    id: "mapping.value-too-long", severity: .error,
    message: Words(en: "the value of {0} takes more than 16 MiB", zh: "{0} 的值超过 16 MiB"),
    suggestion: Words(en: "Shorten the cell.", zh: "请缩短该单元格。"))
  /// Sheets that no source reads.
  static let mappingSheetsUnread = Rule(
    id: "mapping.sheets-unread", severity: .info,
    message: Words(en: "no source reads these sheets: {0}", zh: "以下工作表没有来源读取：{0}"),
    suggestion: Words(
      en: "Add a source for a sheet that holds customers' data.", zh: "若其中有客户数据，请为该工作表添加来源。"))
  /// A table of a sheet that lacks the columns.
  static let mappingTableUnread = Rule(
    id: "mapping.table-unread", severity: .warning,
    message: Words(
      en: "a further table in {0} lacks the mapping's columns and is not read",
      zh: "{0} 处的另一张表缺少映射所需的列，未读取"),
    suggestion: Words(
      en: "Add a source with 'range' if it holds customers' data; where it is no table of its own, "
        + "write 'header' in this source.",
      zh: "若其中有客户数据，请用“range”添加来源；若它并非独立的表，请在此来源中写明“header”。"))
  /// A note of a free-form cell has no date.
  static let mappingNoteNoDate = Rule(
    id: "mapping.note-no-date", severity: .warning,
    message: Words(
      en: "a note has no date, so the activity has no time", zh: "一条跟进没有日期，活动时间为空"),
    suggestion: Words(en: "Write the date before the note.", zh: "请在该条内容前写上日期。"))
  /// A note's date has no year.
  static let mappingNoteNoYear = Rule(
    id: "mapping.note-no-year", severity: .warning,
    message: Words(
      en: "a note's date has no year, so the activity has no time; its date stays in the text",
      zh: "一条跟进的日期没有年份，活动时间为空，日期保留在内容中"),
    suggestion: Words(
      en: "Say the year in the mapping, in 'notes': 'year: 2024'.",
      zh: "请在映射的“notes”中写明年份，如“year: 2024”。"))
  /// A note's date stands behind a comma.
  static let mappingNoteComma = Rule(
    id: "mapping.note-comma", severity: .warning,
    message: Words(
      en: "{0} stands behind a comma: it was taken for the beginning of a note",
      zh: "{0} 前是逗号，已按新的一条跟进处理"),
    suggestion: Words(
      en: "Check it; end the note before with a semicolon, or write the date within its sentence.",
      zh: "请核对；若是新的一条，前一条请以分号结尾。"))
  /// A note's year was inferred.
  static let mappingNoteNewYear = Rule(
    id: "mapping.note-new-year", severity: .warning,
    message: Words(
      en: "{0}: the year was inferred, since the notes pass the turn of a year",
      zh: "{0}：各条跟进跨年，年份为推断所得"),
    suggestion: Words(en: "Check it, or write the year.", zh: "请核对，或写明年份。"))
}
