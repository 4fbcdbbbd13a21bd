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
  static let headerOfSeveralRows = Rule(
    id: "tables.header-of-several-rows", severity: .info,
    message: Words(
      en: "the header takes rows {0} to {1}; their names were joined",
      zh: "表头占第 {0} 至 {1} 行，各行名称已合并"),
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
      en: "Write 'table: {1}' or a 'range' in the mapping to pick this one.",
      zh: "如需只用此表格，请在映射文件中写“table: {1}”或“range”。"))
  static let formSheet = Rule(
    id: "tables.form", severity: .warning,
    message: Words(
      en: "this looks like a form, labels beside their values, and not like a table",
      zh: "这里像是表单（标签与内容并排），而不是表格"),
    suggestion: Words(
      en: "Copy the values into rows under a header, or name the header row if this is a table.",
      zh: "请将内容整理成带表头的行；如果确实是表格，请在映射文件中指定表头行。"))
  static let hiddenColumns = Rule(
    id: "tables.hidden-columns", severity: .info,
    message: Words(
      en: "{0} columns are hidden in the sheet and are read like the others: {1}",
      zh: "有 {0} 列在工作表中被隐藏，仍照常读取：{1}"),
    suggestion: Words(
      en: "Write 'hidden: drop' in the mapping if they are not meant.",
      zh: "如果不需要这些列，请在映射文件中写“hidden: drop”。"))
  static let hiddenColumnsDropped = Rule(
    id: "tables.hidden-columns", severity: .info,
    message: Words(
      en: "{0} columns are hidden in the sheet and were left out, as the mapping says: {1}",
      zh: "有 {0} 列在工作表中被隐藏，已按映射文件略过：{1}"),
    suggestion: Words(
      en: "Write 'hidden: keep' in the mapping to read them.", zh: "如需读取，请在映射文件中写“hidden: keep”。"))
  static let hiddenRows = Rule(
    id: "tables.hidden-rows", severity: .warning,
    message: Words(
      en: "{0} rows are hidden or filtered away in the sheet and are read like the others: {1}",
      zh: "有 {0} 行在工作表中被隐藏或筛掉，仍照常读取：{1}"),
    suggestion: Words(
      en: "Write 'hidden: drop' in the mapping if they are not meant.",
      zh: "如果不需要这些行，请在映射文件中写“hidden: drop”。"))
  static let mergedCellsKept = Rule(
    id: "tables.merged-cells", severity: .info,
    message: Words(
      en: "{0} merged areas touch the table's rows; only the first cell of each has its value, "
        + "first {1}",
      zh: "数据行中有 {0} 处合并单元格，只有各区域的首个单元格有值，第一处为 {1}"),
    suggestion: Words(
      en: "Write 'merged: fill' in the mapping to give each row the value.",
      zh: "如需让每一行都得到该值，请在映射文件中写“merged: fill”。"))
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
      en: "Write 'totals: keep' or its row under 'rows: keep' in the mapping if it is a record.",
      zh: "如果该行是数据，请在映射文件中写“totals: keep”，或将其行号写入“rows: keep”。"))
  static let noteRow = Rule(
    id: "tables.note-row", severity: .info,
    message: Words(en: "the row is a remark and was left out", zh: "该行是说明文字，已略过"),
    suggestion: Words(
      en: "Write 'notes: keep' or its row under 'rows: keep' in the mapping if it is a record.",
      zh: "如果该行是数据，请在映射文件中写“notes: keep”，或将其行号写入“rows: keep”。"))
  static let repeatedHeader = Rule(
    id: "tables.repeated-header", severity: .info,
    message: Words(
      en: "the row repeats the header or the title and was left out", zh: "该行重复了表头或标题，已略过"),
    suggestion: Words(
      en:
        "No action is needed; printed pages leave such rows. 'repeated: keep' takes them as data.",
      zh: "无需处理，分页打印常会产生此类行；如需作为数据，请写“repeated: keep”。"))
  static let hiddenRow = Rule(
    id: "tables.hidden-row", severity: .info,
    message: Words(
      en: "the row is hidden in the sheet and was left out, as the mapping says",
      zh: "该行在工作表中被隐藏，已按映射文件略过"),
    suggestion: Words(
      en: "Write 'hidden: keep' in the mapping to read it.", zh: "如需读取，请在映射文件中写“hidden: keep”。"))
  static let droppedRow = Rule(
    id: "tables.dropped-row", severity: .info,
    message: Words(en: "the mapping leaves this row out", zh: "映射文件指定略过该行"),
    suggestion: Words(
      en: "Take it out of 'rows: drop' to read it.", zh: "如需读取，请从“rows: drop”中去掉。"))
  static let moreNotes = Rule(
    id: "tables.more-notes", severity: .info,
    message: Words(
      en: "further rows of {0} in this table are not told one by one",
      zh: "此表格中其余的 {0} 行不再逐条列出"),
    suggestion: Words(en: "See the count of filtered rows.", zh: "请参见略过行数的统计。"))
}
