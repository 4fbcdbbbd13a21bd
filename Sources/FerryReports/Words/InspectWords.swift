import FerryCore

/// The words of `ferry inspect`.
enum InspectWords {
  static let headerRow = Words(en: "header in row {0}", zh: "表头在第 {0} 行")
  static let headerRows = Words(en: "header in rows {0} to {1}", zh: "表头在第 {0} 至 {1} 行")
  static let titles = Words(
    en: "title rows above, left out ({0}): {1}", zh: "表头之上的标题行，已略过（{0}）：{1}")
  static let totals = Words(en: "totals, left out ({0}): {1}", zh: "合计行，已略过（{0}）：{1}")
  static let remarks = Words(en: "remarks, left out ({0}): {1}", zh: "说明行，已略过（{0}）：{1}")
  static let repeated = Words(
    en: "repeated headers, left out ({0}): {1}", zh: "重复的表头，已略过（{0}）：{1}")
  static let hiddenRows = Words(
    en: "hidden rows, read like the others ({0}): {1}", zh: "隐藏的行，照常读取（{0}）：{1}")
  static let hiddenColumns = Words(
    en: "hidden columns, read like the others ({0}): {1}", zh: "隐藏的列，照常读取（{0}）：{1}")
  static let noHeader = Words(en: "no header", zh: "没有表头")
  static let rowsHead = Words(en: "rows", zh: "行数")
  static let rows = Words(
    en: "rows {0} = data {1} + blank {2} + left out {3}",
    zh: "共 {0} 行 = 数据 {1} + 空行 {2} + 略过 {3}")
  static let column = Words(en: "col", zh: "列")
  static let header = Words(en: "header", zh: "表头")
  static let kind = Words(en: "kind", zh: "类型")
  static let filled = Words(en: "filled", zh: "非空")
  static let distinct = Words(en: "distinct", zh: "不同值")
  static let range = Words(en: "from … to", zh: "范围")
  static let topValues = Words(en: "most frequent", zh: "常见值")
  static let hidden = Words(
    en: "Values are customers' data: --show-values shows the most frequent ones.",
    zh: "具体取值属于客户数据，如需查看常见值请加 --show-values。")
  static let nothing = Words(en: "No table was found.", zh: "没有找到表格。")

  static func kind(_ word: String) -> Words {
    switch word {
    case "empty": Words(en: "empty", zh: "空")
    case "text": Words(en: "text", zh: "文本")
    case "number": Words(en: "number", zh: "数字")
    case "date": Words(en: "date", zh: "日期")
    case "phone": Words(en: "phone", zh: "电话")
    case "email": Words(en: "e-mail", zh: "邮箱")
    case "url": Words(en: "web address", zh: "网址")
    case "identifier": Words(en: "code", zh: "编号")
    case "boolean": Words(en: "yes/no", zh: "是/否")
    case "mixed": Words(en: "mixed", zh: "混合")
    default: Words(en: word, zh: word)
    }
  }
}
