internal import FerryCore

extension Rule {
  static let titleRow = Rule(
    id: "tables.title-row", severity: .info,
    message: Words(
      en: "the row stands above the table's header and was left out: {0}",
      zh: "该行位于表头之上，已作为标题略过：{0}"),
    suggestion: Words(
      en: "Name the header row in the mapping if this is wrong.",
      zh: "如判断有误，请在映射文件中指定表头所在行。"))
  static let headerRow = Rule(
    id: "tables.header", severity: .info,
    message: Words(
      en: "the header is in row {0}, {1} columns from {2} to {3}",
      zh: "表头在第 {0} 行，共 {1} 列，从 {2} 列到 {3} 列"),
    suggestion: Words(
      en: "Name the header row in the mapping if this is wrong.",
      zh: "如判断有误，请在映射文件中指定表头所在行。"))
  static let noHeader = Rule(
    id: "tables.no-header", severity: .warning,
    message: Words(
      en: "no row looks like a header; the columns are called by their letters",
      zh: "没有找到表头，列名以列标字母代替"),
    suggestion: Words(
      en: "Name the header row in the mapping, or add one.", zh: "请在映射文件中指定表头行，或补上表头。"))
  static let headerOfTwoRows = Rule(
    id: "tables.header-of-two-rows", severity: .info,
    message: Words(
      en: "the header takes rows {0} and {1}; their names were joined",
      zh: "表头占第 {0} 行和第 {1} 行，两行名称已合并"),
    suggestion: Words(
      en: "Name the header row in the mapping if this is wrong.",
      zh: "如判断有误，请在映射文件中指定表头所在行。"))
  static let unnamedColumn = Rule(
    id: "tables.unnamed-column", severity: .info,
    message: Words(
      en: "the column holds values and has no header; it is called {0}",
      zh: "该列有数据但没有表头，以列标 {0} 命名"),
    suggestion: Words(en: "Give the column a header.", zh: "请为该列补上表头。"))
  static let severalTables = Rule(
    id: "tables.several-tables", severity: .info,
    message: Words(
      en: "the sheet holds {0} tables; this one is number {1}, {2}",
      zh: "工作表中有 {0} 个表格，这是第 {1} 个，位置 {2}"),
    suggestion: Words(
      en: "Name a range in the mapping to pick one.", zh: "请在映射文件中用区域指定要用的表格。"))
  static let mergedCells = Rule(
    id: "tables.merged-cells", severity: .info,
    message: Words(
      en: "{0} merged areas touch the table's rows; each of their rows gets the value, first {1}",
      zh: "数据行中有 {0} 处合并单元格，已按行填充，第一处为 {1}"),
    suggestion: Words(
      en: "Unmerge cells that are only decoration.", zh: "仅用于排版的合并单元格请取消合并。"))

  static let totalRow = Rule(
    id: "tables.total-row", severity: .info,
    message: Words(en: "the row is a total and was left out", zh: "该行是合计行，已略过"),
    suggestion: Words(
      en: "Change the label if the row is a record.", zh: "如果该行是数据，请修改其首个单元格。"))
  static let noteRow = Rule(
    id: "tables.note-row", severity: .info,
    message: Words(en: "the row is a remark and was left out", zh: "该行是说明文字，已略过"),
    suggestion: Words(
      en: "Change the text if the row is a record.", zh: "如果该行是数据，请修改其文字。"))
  static let repeatedHeader = Rule(
    id: "tables.repeated-header", severity: .info,
    message: Words(
      en: "the row repeats the header or the title and was left out", zh: "该行重复了表头或标题，已略过"),
    suggestion: Words(
      en: "No action is needed; printed pages leave such rows.", zh: "无需处理，分页打印常会产生此类行。"))
  static let moreNotes = Rule(
    id: "tables.more-notes", severity: .info,
    message: Words(
      en: "further rows of {0} in this table are not told one by one",
      zh: "此表格中其余的 {0} 行不再逐条列出"),
    suggestion: Words(en: "See the count of filtered rows.", zh: "请参见略过行数的统计。"))
}
