internal import FerryCore

extension Rule {
  static let scientificNotation = Rule(
    id: "damage.scientific-notation", severity: .warning,
    message: Words(
      en:
        "{0} {0:value|values} in {1} {0:is a number|are numbers} in the form 1.38E+10; digits are lost: {2}",
      zh: "{1} 列有 {0} 个值为 1.38E+10 这样的科学计数形式，原来的数字已丢失：{2}"),
    suggestion: Words(
      en: "Export the column again as text; these digits can't be brought back.",
      zh: "请将该列设为文本后重新导出，已丢失的数字无法恢复。"))
  static let lostDigits = Rule(
    id: "damage.lost-digits", severity: .warning,
    message: Words(
      en:
        "{0} long {0:number|numbers} in {1} {0:ends|end} in zeros behind the 15th digit, as Excel cuts them: {2}",
      zh: "{1} 列有 {0} 个长数字从第 16 位起全为 0，疑似被 Excel 截断：{2}"),
    suggestion: Words(
      en: "Take these numbers from the old system again, as text.",
      zh: "请从原系统以文本形式重新导出这些号码。"))
  static let longNumber = Rule(
    id: "damage.long-number", severity: .warning,
    message: Words(
      en:
        "{0} {0:number|numbers} of more than 16 digits in {1} {0:is|are} stored as a number, which keeps 15: {2}",
      zh: "{1} 列有 {0} 个 16 位以上的号码以数值形式存储，而数值只保留 15 位：{2}"),
    suggestion: Words(
      en: "Take these numbers from the old system again, as text.",
      zh: "请从原系统以文本形式重新导出这些号码。"))
  static let phoneAsDecimal = Rule(
    id: "damage.phone-as-decimal", severity: .info,
    message: Words(
      en:
        "{0} {0:phone|phones} in {1} went through a decimal and {0:ends|end} in .0, as in 13800000001.0: {2}",
      zh: "{1} 列有 {0} 个电话被当作小数，末尾带 .0（如 13800000001.0）：{2}"),
    suggestion: Words(
      en: "Check that the phones are read right, or export the column as text.",
      zh: "请确认电话读取正确，或将该列以文本形式重新导出。"))
  static let formulaError = Rule(
    id: "damage.formula-error", severity: .warning,
    message: Words(
      en: "{0} {0:cell|cells} in {1} {0:holds|hold} a formula's error such as #N/A: {2}",
      zh: "{1} 列有 {0} 个单元格是 #N/A 之类的公式错误：{2}"),
    suggestion: Words(
      en: "Mend the formulas, or clear these cells.", zh: "请修正公式，或清空这些单元格。"))
  static let mojibake = Rule(
    id: "damage.mojibake", severity: .warning,
    message: Words(
      en:
        "{0} {0:value|values} in {1} {0:holds|hold} characters that were lost in an earlier conversion: {2}",
      zh: "{1} 列有 {0} 个值含有早先转码时损坏的字符（如“锟斤拷”）：{2}"),
    suggestion: Words(
      en: "Export the data again in UTF-8.", zh: "请以 UTF-8 编码重新导出数据。"))
  static let cutText = Rule(
    id: "damage.cut-text", severity: .warning,
    message: Words(
      en:
        "{0} {0:value|values} in {1} {0:is|are} exactly {3} characters long and none is longer; cut, it seems: {2}",
      zh: "{1} 列有 {0} 个值恰好 {3} 个字符且没有更长的，疑似被截断：{2}"),
    suggestion: Words(
      en: "Compare these cells with the old system.", zh: "请与原系统核对这些单元格。"))
  static let numberAsText = Rule(
    id: "damage.number-as-text", severity: .info,
    message: Words(
      en:
        "{0} {0:number|numbers} in {1} {0:is|are} stored as text, {3} as {3:a number|numbers}: {2}",
      zh: "{1} 列有 {0} 个数字以文本形式存储，另有 {3} 个为数值：{2}"),
    suggestion: Words(
      en: "No action is needed; both are read.", zh: "无需处理，两种形式都能读取。"))
  static let mixedDates = Rule(
    id: "damage.mixed-dates", severity: .info,
    message: Words(
      en: "{0} {0:date|dates} in {1} {0:is|are} text, {3} {3:is a true date|are true dates}: {2}",
      zh: "{1} 列有 {0} 个日期是文本，另有 {3} 个是真正的日期：{2}"),
    suggestion: Words(
      en: "Check the order of day and month in the text.", zh: "请确认文本日期中日和月的顺序。"))
  static let dateAsNumber = Rule(
    id: "damage.date-as-number", severity: .warning,
    message: Words(
      en:
        "{0} {0:cell|cells} in {1} {0:is a date|are dates} that turned into {0:a day number|day numbers} such as 45356: {2}",
      zh: "{1} 列有 {0} 个单元格的日期变成了 45356 这样的天数：{2}"),
    suggestion: Words(
      en: "Give these cells a date format, or correct them.", zh: "请将这些单元格设为日期格式，或予以更正。"))
  static let roundedNumber = Rule(
    id: "damage.rounded-number", severity: .warning,
    message: Words(
      en:
        "{0} {0:number|numbers} in {1} {0:ends|end} in seven zeros or more, as 1.38E+10 does when it is read back: {2}",
      zh: "{1} 列有 {0} 个号码末尾有七个以上的零，像是由 1.38E+10 还原而来：{2}"),
    suggestion: Words(
      en: "Take these numbers from the old system again, as text.", zh: "请从原系统以文本形式重新导出这些号码。"))
  static let lostZeros = Rule(
    id: "damage.lost-leading-zeros", severity: .warning,
    message: Words(
      en:
        "{0} {0:code|codes} in {1} {0:is|are} one digit short, others begin with zero; it is lost, it seems: {2}",
      zh: "{1} 列有 {0} 个编号少一位，而其他编号以零开头，疑似丢失了前导零：{2}"),
    suggestion: Words(
      en: "Compare them with the old system; export the column as text.",
      zh: "请与原系统核对，并将该列以文本形式导出。"))
  static let shortPostcodes = Rule(
    id: "damage.lost-leading-zeros", severity: .warning,
    message: Words(
      en:
        "{0} {0:postcode|postcodes} in {1} {0:has|have} a digit less than {3}; a leading zero is lost, it seems: {2}",
      zh: "{1} 列有 {0} 个邮编不足 {3} 位，疑似丢失了前导零：{2}"),
    suggestion: Words(
      en: "Compare them with the old system; export the column as text.",
      zh: "请与原系统核对，并将该列以文本形式导出。"))
  static let hashMarks = Rule(
    id: "damage.hash-marks", severity: .warning,
    message: Words(
      en: "{0} {0:cell|cells} in {1} {0:says|say} #### instead of their value: {2}",
      zh: "{1} 列有 {0} 个单元格只有 ####：{2}"),
    suggestion: Words(
      en: "Widen the column in the old file and export it again.", zh: "请在原文件中加宽该列后重新导出。"))
  static let numberAsDate = Rule(
    id: "damage.number-as-date", severity: .warning,
    message: Words(
      en: "{0} {0:cell|cells} in {1} {0:is a date|are dates} where numbers or codes belong: {2}",
      zh: "{1} 列有 {0} 个单元格应为数字或编号，却成了日期：{2}"),
    suggestion: Words(
      en: "Take these cells from the old system again, as text.", zh: "请从原系统以文本形式重新导出这些单元格。"))
  static let dateOrder = Rule(
    id: "damage.date-order", severity: .warning,
    message: Words(
      en:
        "day and month stand in both orders among the dates of {1}; {0} {0:is|are} of the rarer one: {2}",
      zh: "{1} 列的日期中日和月的顺序不一致，有 {0} 个为较少的顺序：{2}"),
    suggestion: Words(
      en: "Bring the dates into one form, such as 2024-03-05.", zh: "请将日期统一为 2024-03-05 的形式。"))
  static let oddBlanks = Rule(
    id: "damage.odd-blanks", severity: .info,
    message: Words(
      en:
        "{0} {0:value|values} in {1} {0:begins or ends|begin or end} with a no-break, wide or invisible blank: {2}",
      zh: "{1} 列有 {0} 个值的首尾有不间断、全角或不可见的空白：{2}"),
    suggestion: Words(
      en: "No action is needed; such blanks are taken off.", zh: "无需处理，此类空白会被去除。"))
  static let controlCharacters = Rule(
    id: "damage.control-characters", severity: .info,
    message: Words(
      en: "{0} {0:value|values} in {1} {0:holds|hold} control characters, which are taken out: {2}",
      zh: "{1} 列有 {0} 个值含有控制字符，导入时会去除：{2}"),
    suggestion: Words(
      en: "Check that nothing else is missing there.", zh: "请确认这些值没有其他缺失。"))
}
