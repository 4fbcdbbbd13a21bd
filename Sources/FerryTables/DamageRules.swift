internal import FerryCore

extension Rule {
  static let scientificNotation = Rule(
    id: "damage.scientific-notation", severity: .warning,
    message: Words(
      en: "{0} values in {1} are numbers in the form 1.38E+10; their digits are lost",
      zh: "{1} 列有 {0} 个值为 1.38E+10 这样的科学计数形式，原来的数字已丢失"),
    suggestion: Words(
      en: "Export the column again as text; these digits can't be brought back.",
      zh: "请将该列设为文本后重新导出，已丢失的数字无法恢复。"))
  static let lostDigits = Rule(
    id: "damage.lost-digits", severity: .warning,
    message: Words(
      en: "{0} long numbers in {1} end in zeros behind the 15th digit, as Excel cuts them",
      zh: "{1} 列有 {0} 个长数字从第 16 位起全为 0，疑似被 Excel 截断"),
    suggestion: Words(
      en: "Take these numbers from the old system again, as text.",
      zh: "请从原系统以文本形式重新导出这些号码。"))
  static let formulaError = Rule(
    id: "damage.formula-error", severity: .warning,
    message: Words(
      en: "{0} cells in {1} hold a formula's error such as #N/A",
      zh: "{1} 列有 {0} 个单元格是 #N/A 之类的公式错误"),
    suggestion: Words(
      en: "Mend the formulas, or clear these cells.", zh: "请修正公式，或清空这些单元格。"))
  static let mojibake = Rule(
    id: "damage.mojibake", severity: .warning,
    message: Words(
      en: "{0} values in {1} hold characters that were lost in an earlier conversion",
      zh: "{1} 列有 {0} 个值含有早先转码时损坏的字符（如“锟斤拷”）"),
    suggestion: Words(
      en: "Export the data again in UTF-8.", zh: "请以 UTF-8 编码重新导出数据。"))
  static let cutText = Rule(
    id: "damage.cut-text", severity: .warning,
    message: Words(
      en: "{0} values in {1} are exactly 255 characters long and none is longer; they seem cut",
      zh: "{1} 列有 {0} 个值恰好 255 个字符且没有更长的，疑似被截断"),
    suggestion: Words(
      en: "Compare these cells with the old system.", zh: "请与原系统核对这些单元格。"))
  static let numberAsText = Rule(
    id: "damage.number-as-text", severity: .info,
    message: Words(
      en: "{0} numbers in {1} are stored as text, {2} as numbers",
      zh: "{1} 列有 {0} 个数字以文本形式存储，另有 {2} 个为数值"),
    suggestion: Words(
      en: "No action is needed; both are read.", zh: "无需处理，两种形式都能读取。"))
  static let mixedDates = Rule(
    id: "damage.mixed-dates", severity: .info,
    message: Words(
      en: "{0} dates in {1} are text, {2} are true dates",
      zh: "{1} 列有 {0} 个日期是文本，另有 {2} 个是真正的日期"),
    suggestion: Words(
      en: "Check the order of day and month in the text.", zh: "请确认文本日期中日和月的顺序。"))
  static let dateAsNumber = Rule(
    id: "damage.date-as-number", severity: .warning,
    message: Words(
      en: "{0} cells in {1} are plain numbers among dates",
      zh: "{1} 列有 {0} 个单元格在日期中显示为数字"),
    suggestion: Words(
      en: "Give these cells a date format, or correct them.", zh: "请将这些单元格设为日期格式，或予以更正。"))
}
