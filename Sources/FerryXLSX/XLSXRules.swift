import FerryCore

/// The words of this room: why a workbook can't be read, and what is odd in one that can.
enum XLSXRules {
  private static let saveAgain = Words(
    en: "Open it in Excel, WPS or LibreOffice, save it again as .xlsx, and try that file.",
    zh: "请用 Excel、WPS 或 LibreOffice 打开，另存为 .xlsx，再用新文件重试。")
  private static let fetchAgain = Words(
    en: "Copy or download the file again; check its size against the original.",
    zh: "请重新复制或下载该文件，并与原文件核对大小。")

  private static let untrusted = Words(
    en: "No spreadsheet program writes this: check where the file came from. "
      + "If you trust it, open it in Excel, WPS or LibreOffice and save it again as .xlsx.",
    zh: "正常的表格软件不会这样写：请确认文件来源。若可信，请用 Excel、WPS 或 LibreOffice 打开并另存为 .xlsx。")

  static let unreadable = Rule(
    id: "xlsx.unreadable", severity: .error,
    message: Words(en: "the file can't be opened: {0}", zh: "无法打开文件：{0}"),
    suggestion: Words(
      en: "Check the path and whether you may read the file.", zh: "请检查路径以及是否有读取权限。"))
  static let empty = Rule(
    id: "xlsx.empty", severity: .error,
    message: Words(en: "the file is empty (0 bytes)", zh: "文件是空的（0 字节）"),
    suggestion: fetchAgain)
  static let notAWorkbook = Rule(
    id: "xlsx.not-a-workbook", severity: .error,
    message: Words(
      en: "this is not an Excel workbook: an .xlsx is a ZIP archive, and this file is none",
      zh: "这不是 Excel 工作簿：.xlsx 应是 ZIP 压缩包，而该文件不是"),
    suggestion: Words(
      en: "If it holds comma- or tab-separated text, name it .csv; otherwise save it as .xlsx.",
      zh: "若内容是逗号或制表符分隔的文本，请改名为 .csv；否则请另存为 .xlsx。"))
  static let truncated = Rule(
    id: "xlsx.truncated", severity: .error,
    message: Words(
      en: "the workbook is cut off: its end, with the list of its parts, is missing",
      zh: "工作簿不完整：文件末尾（部件目录）缺失"),
    suggestion: fetchAgain)
  static let damagedArchive = Rule(
    id: "xlsx.damaged-archive", severity: .error,
    message: Words(
      en: "the workbook is damaged: the list of its parts does not fit the file",
      zh: "工作簿已损坏：部件目录与文件内容不符"),
    suggestion: fetchAgain)
  static let legacyWorkbook = Rule(
    id: "xlsx.legacy-xls", severity: .error,
    message: Words(
      en: "this .xls is encrypted with a password or older than Excel 97; LibreOffice reads those "
        + "for Ferry, and is not installed",
      zh: "此 .xls 设有打开密码或早于 Excel 97；这类文件由 LibreOffice 代为读取，但本机未安装"),
    suggestion: Words(
      en: "Open it in Excel or WPS and save it as “Excel Workbook (.xlsx)”; or install "
        + "LibreOffice, and Ferry reads it directly.",
      zh: "请用 Excel 或 WPS 打开，另存为“Excel 工作簿 (.xlsx)”；或安装 LibreOffice，之后 Ferry 可直接读取。"))
  static let damagedRecords = Rule(
    id: "xlsx.damaged-xls", severity: .error,
    message: Words(
      en: "this is a damaged .xls, whatever its name says: what it holds can't be followed",
      zh: "无论扩展名是什么，这是一个已损坏的 .xls：内容无法解读"),
    suggestion: fetchAgain)
  static let binaryWorkbook = Rule(
    id: "xlsx.xlsb", severity: .error,
    message: Words(
      en: "this is a binary workbook (.xlsb), not an .xlsx", zh: "这是二进制工作簿（.xlsb），不是 .xlsx"),
    suggestion: saveAgain)
  static let openDocument = Rule(
    id: "xlsx.ods", severity: .error,
    message: Words(
      en: "this is an OpenDocument spreadsheet, not an .xlsx",
      zh: "这是 OpenDocument 电子表格，不是 .xlsx"),
    suggestion: saveAgain)
  static let encryptedDocument = Rule(
    id: "xlsx.ods-password", severity: .error,
    message: Words(
      en: "this OpenDocument spreadsheet is protected with a password, which Ferry can't open",
      zh: "此 OpenDocument 电子表格设有打开密码，Ferry 无法打开"),
    suggestion: Words(
      en: "Open it in LibreOffice and save it as .xlsx, with a password if it must have one.",
      zh: "请用 LibreOffice 打开，另存为 .xlsx（如有需要可设密码）。"))
  static let otherCompound = Rule(
    id: "xlsx.other-document", severity: .error,
    message: Words(
      en: "this is a document of another program (an old Word file, a mail, an installer …), not a "
        + "workbook",
      zh: "这是其他程序的文档（旧版 Word、邮件、安装包等），不是工作簿"),
    suggestion: Words(
      en: "Ask for the data as .xlsx or .csv.", zh: "请索取 .xlsx 或 .csv 格式的数据。"))
  static let otherDocument = Rule(
    id: "xlsx.no-workbook-inside", severity: .error,
    message: Words(
      en: "this ZIP archive holds no workbook: no part says that it is one",
      zh: "该 ZIP 压缩包中没有工作簿"),
    suggestion: Words(
      en: "If workbooks are packed inside, unpack them first; otherwise save it as .xlsx again.",
      zh: "若压缩包内装有工作簿，请先解压；否则请重新另存为 .xlsx。"))
  static let missingPart = Rule(
    id: "xlsx.missing-part", severity: .error,
    message: Words(
      en: "the workbook refers to a part that it does not hold: {0}",
      zh: "工作簿引用了不存在的部件：{0}"),
    suggestion: saveAgain)
  static let damagedPart = Rule(
    id: "xlsx.damaged-part", severity: .error,
    message: Words(
      en: "the workbook is damaged: {0} can't be unpacked", zh: "工作簿已损坏：{0} 无法解压"),
    suggestion: fetchAgain)
  static let unknownMethod = Rule(
    id: "xlsx.unknown-compression", severity: .error,
    message: Words(
      en: "{0} is compressed by method {1}; a workbook uses 0 (stored) or 8 (deflated)",
      zh: "{0} 使用了压缩方法 {1}；工作簿应使用 0（存储）或 8（deflate）"),
    suggestion: saveAgain)
  static let encryptedPart = Rule(
    id: "xlsx.encrypted-part", severity: .error,
    message: Words(
      en: "{0} is encrypted inside the archive", zh: "压缩包内的 {0} 已加密"),
    suggestion: Words(
      en: "Unpack the archive with its password and pack it again without one.",
      zh: "请用密码解压后重新打包，不设密码。"))
  static let malformedXML = Rule(
    id: "xlsx.malformed-xml", severity: .error,
    message: Words(
      en: "the XML of {0} is broken at byte {1}: {2}", zh: "{0} 的 XML 在第 {1} 字节处有误：{2}"),
    suggestion: saveAgain)
  static let tooLarge = Rule(
    id: "xlsx.too-large", severity: .error,
    message: Words(
      en: "{0} is larger than a workbook's part may be: the limit is {1}",
      zh: "{0} 超出了允许的大小：上限为 {1}"),
    suggestion: Words(
      en: "Check where the file came from; split a workbook that is truly this large.",
      zh: "请确认文件来源；若确实如此之大，请拆分工作簿。"))
  static let documentType = Rule(
    id: "xlsx.dtd", severity: .error,
    message: Words(
      en: "{0} has a document type declaration (DTD), which a workbook may not have",
      zh: "{0} 含有文档类型声明（DTD），工作簿中不允许出现"),
    suggestion: untrusted)
  static let tooDeep = Rule(
    id: "xlsx.too-deep", severity: .error,
    message: Words(
      en: "the XML of {0} has more than {1} elements inside each other",
      zh: "{0} 的 XML 元素嵌套超过 {1} 层"),
    suggestion: untrusted)
  static let cellOutside = Rule(
    id: "xlsx.cell-outside-sheet", severity: .error,
    message: Words(
      en: "there is a cell where no sheet has one: rows end at 1,048,576, columns at XFD",
      zh: "此处不应有单元格：工作表最多到第 1,048,576 行、XFD 列"),
    suggestion: saveAgain)
  static let wrongSize = Rule(
    id: "xlsx.wrong-size", severity: .error,
    message: Words(
      en: "the workbook is damaged: {0} is not as long as the list of parts says",
      zh: "工作簿已损坏：{0} 的长度与部件目录不符"),
    suggestion: fetchAgain)
  static let overlap = Rule(
    id: "xlsx.overlapping-parts", severity: .error,
    message: Words(
      en: "the workbook is damaged: {0} and {1} lie on the same bytes of the file",
      zh: "工作簿已损坏：{0} 与 {1} 占用了文件中的同一段字节"),
    suggestion: untrusted)
  static let bomb = Rule(
    id: "xlsx.packed-too-tight", severity: .error,
    message: Words(
      en: "{0} would unpack to {1} MiB, more than {2} times what it takes in the file",
      zh: "{0} 解压后将达到 {1} MiB，超过压缩大小的 {2} 倍"),
    suggestion: untrusted)
  static let noWorksheet = Rule(
    id: "xlsx.no-worksheet", severity: .error,
    message: Words(
      en: "the sheet {0} has no cells: it is a chart or a dialog",
      zh: "工作表 {0} 没有单元格：它是图表或对话框"),
    suggestion: Words(en: "Choose another sheet.", zh: "请选择其他工作表。"))

  static let missingSheet = Rule(
    id: "xlsx.missing-sheet", severity: .warning,
    message: Words(
      en: "the workbook lists this sheet but does not hold it", zh: "工作簿列出了该工作表，但其内容不存在"),
    suggestion: saveAgain)
  static let wrongChecksum = Rule(
    id: "xlsx.wrong-checksum", severity: .error,
    message: Words(
      en: "the sheet was read, but its checksum is wrong: some values may have been damaged",
      zh: "工作表已读取，但校验和不符：部分数值可能已损坏"),
    suggestion: fetchAgain)
  static let cutOffSheet = Rule(
    id: "xlsx.cut-off-sheet", severity: .error,
    message: Words(
      en: "the sheet ends before its last record, so rows may be missing",
      zh: "工作表在最后一条记录之前中断，可能缺行"),
    suggestion: fetchAgain)
  static let missingString = Rule(
    id: "xlsx.missing-shared-string", severity: .error,
    message: Words(
      en: "the cell refers to shared text number {0}; the workbook has {1}; it was left empty",
      zh: "单元格引用了第 {0} 条共享文本，但工作簿只有 {1} 条；该单元格按空处理"),
    suggestion: saveAgain)
  static let unorderedRows = Rule(
    id: "xlsx.unordered-rows", severity: .warning,
    message: Words(
      en: "row {0} stands after row {1} in the file; the rows from there on were put in order",
      zh: "文件中第 {0} 行排在第 {1} 行之后；此后的行已按行号排序"),
    suggestion: saveAgain)
  static let longText = Rule(
    id: "xlsx.long-text", severity: .warning,
    message: Words(
      en: "the text has {0} characters; Excel itself holds 32,767 and would cut the rest",
      zh: "文本有 {0} 个字符；Excel 单元格最多 32,767 个，超出部分会被截断"),
    suggestion: Words(
      en: "Nothing was cut here; shorten it before the file goes through Excel.",
      zh: "此处未截断；若文件还要经过 Excel，请先缩短文本。"))
}
