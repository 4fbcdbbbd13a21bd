public import FerryCore

extension SourceError {
  /// The error in words, with what to do.
  public var findings: [Finding] {
    if case .refused(let findings) = kind { return findings }
    let (rule, sheet, arguments) = words
    return [Finding(rule, at: Provenance(file: file, sheet: sheet), arguments: arguments)]
  }

  private var words: (rule: Rule, sheet: String?, arguments: [String]) {
    switch kind {
    case .missing: (Self.missing, nil, [])
    case .folder: (Self.folder, nil, [])
    case .notAFile: (Self.notAFile, nil, [])
    case .forbidden: (Self.forbidden, nil, [])
    case .unreadable(let text): (Self.unreadable, nil, [text])
    case .emptyFile: (Self.emptyFile, nil, [])
    case .notATable(.webPage): (Self.webPage, nil, [])
    case .notATable(.excel2003XML): (Self.excel2003XML, nil, [])
    case .notATable(let kind): (Self.notATable, nil, [kind.name])
    case .emptySheet(let sheet): (Self.emptySheet, sheet, [])
    case .noCells(let sheet): (Self.noCells, sheet, [])
    case .emptyRange(let sheet): (Self.emptyRange, sheet, [])
    case .noSuchSheet(let name, let available):
      (Self.noSuchSheet, nil, [name, available.joined(separator: ", ")])
    case .noSuchTable(let number, let sheet, let count):
      (Self.noSuchTable, sheet, [String(number), String(count)])
    case .refused: (Self.unreadable, nil, [])
    }
  }

  private static let missing = Rule(
    id: "source.missing", severity: .error,
    message: Words(en: "there is no such file", zh: "文件不存在"),
    suggestion: Words(
      en: "Check the path; in a mapping it is relative to the mapping.",
      zh: "请检查路径；映射文件中的路径相对于映射文件所在的文件夹。"))
  private static let folder = Rule(
    id: "source.folder", severity: .error,
    message: Words(en: "this is a folder, not a file", zh: "这是文件夹，不是文件"),
    suggestion: Words(en: "Name a file in it.", zh: "请指定其中的文件。"))
  private static let notAFile = Rule(
    id: "source.not-a-file", severity: .error,
    message: Words(en: "this is a pipe or a device, not a file", zh: "这是管道或设备，不是文件"),
    suggestion: Words(en: "Save the data to a file first.", zh: "请先将数据保存为文件。"))
  private static let forbidden = Rule(
    id: "source.forbidden", severity: .error,
    message: Words(en: "you may not read this file", zh: "没有读取此文件的权限"),
    suggestion: Words(
      en: "Ask its owner for the right to read it.", zh: "请向文件所有者申请读取权限。"))
  private static let unreadable = Rule(
    id: "source.unreadable", severity: .error,
    message: Words(en: "the file can't be read: {0}", zh: "无法读取文件：{0}"),
    suggestion: Words(en: "Copy the file anew and try again.", zh: "请重新复制文件后再试。"))
  private static let emptyFile = Rule(
    id: "source.empty-file", severity: .error,
    message: Words(en: "the file is empty", zh: "文件是空的"),
    suggestion: Words(
      en: "Export the data again; the export or the copy stopped early.",
      zh: "请重新导出数据，导出或复制可能提前中断。"))
  private static let notATable = Rule(
    id: "source.not-a-table", severity: .error,
    message: Words(
      en: "this is {0}, neither a workbook nor text with delimiters",
      zh: "这是 {0} 文件，既不是工作簿，也不是带分隔符的文本"),
    suggestion: Words(
      en: "Ask for the data as .xlsx or .csv.", zh: "请索取 .xlsx 或 .csv 格式的数据。"))
  private static let webPage = Rule(
    id: "source.web-page", severity: .error,
    message: Words(
      en: "this is a web page, whatever its name says; many systems export such a page as .xls",
      zh: "无论扩展名是什么，这其实是网页；许多系统会把网页导出为 .xls"),
    suggestion: Words(
      en: "Open it in Excel and save it as .xlsx.", zh: "请用 Excel 打开并另存为 .xlsx。"))
  private static let excel2003XML = Rule(
    id: "source.excel-2003-xml", severity: .error,
    message: Words(
      en: "this is an XML spreadsheet of Excel 2003, whatever its name says",
      zh: "无论扩展名是什么，这其实是 Excel 2003 的 XML 表格"),
    suggestion: Words(
      en: "Open it in Excel, WPS or LibreOffice and save it as .xlsx.",
      zh: "请用 Excel、WPS 或 LibreOffice 打开并另存为 .xlsx。"))
  private static let emptySheet = Rule(
    id: "source.empty-sheet", severity: .error,
    message: Words(en: "the sheet holds nothing", zh: "工作表是空的"),
    suggestion: Words(
      en: "Name another sheet, or leave this one out.", zh: "请指定其他工作表，或不使用此表。"))
  private static let noCells = Rule(
    id: "source.no-cells", severity: .error,
    message: Words(en: "the sheet is a chart and has no cells", zh: "此工作表是图表，没有单元格"),
    suggestion: Words(en: "Name a sheet with cells.", zh: "请指定有单元格的工作表。"))
  private static let emptyRange = Rule(
    id: "source.empty-range", severity: .error,
    message: Words(
      en: "the rows or the range given hold no header", zh: "指定的行或区域中没有表头"),
    suggestion: Words(
      en: "Correct the row numbers, or leave them out.", zh: "请更正行号，或省略以自动识别。"))
  private static let noSuchTable = Rule(
    id: "source.no-such-table", severity: .error,
    message: Words(
      en: "there is no table {0} in the sheet; it holds {1}", zh: "工作表中没有第 {0} 个表格，共有 {1} 个"),
    suggestion: Words(
      en: "Run ferry inspect to see them, and name one.", zh: "请用 ferry inspect 查看后指定其中之一。"))
  private static let noSuchSheet = Rule(
    id: "source.no-such-sheet", severity: .error,
    message: Words(
      en: "there is no sheet {0}; there are: {1}", zh: "没有名为 {0} 的工作表；现有：{1}"),
    suggestion: Words(en: "Name one of these.", zh: "请使用其中之一。"))
}

extension SourceError.ForeignKind {
  /// The kind as a word that reads in both languages.
  fileprivate var name: String {
    switch self {
    case .pdf: "PDF"
    case .richText: "RTF"
    case .image: "PNG/JPEG/GIF"
    case .archive: "GZ/RAR/7Z"
    case .database: "SQLite"
    case .xml, .excel2003XML: "XML"
    case .webPage: "HTML"
    }
  }
}
