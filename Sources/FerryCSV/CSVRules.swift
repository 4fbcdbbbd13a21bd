public import FerryCore

extension Rule {
  static let unequalFieldCount = Rule(
    id: "csv.unequal-field-count", severity: .warning,
    message: Words(
      en: "the row has {1} cells where the table has {0}", zh: "该行有 {1} 个单元格，而表格为 {0} 列"),
    suggestion: Words(
      en: "Look for a delimiter that is part of a value and enclose that value in quotes.",
      zh: "请检查某个值中是否含有分隔符，并用引号将该值括起来。"))

  static let unclosedQuote = Rule(
    id: "csv.unclosed-quote", severity: .warning,
    message: Words(
      en: "a cell starts with a quote that is never closed; the quote was read as text",
      zh: "单元格以引号开头但没有结尾的引号，该引号已按普通文字读取"),
    suggestion: Words(
      en: "Close the quote or take it out.", zh: "请补上结尾的引号，或删除开头的引号。"))

  static let strayQuote = Rule(
    id: "csv.stray-quote", severity: .info,
    message: Words(
      en: "a quote inside a quoted cell is not doubled; it was read as text",
      zh: "带引号的单元格内有未成对的引号，已按普通文字读取"),
    suggestion: Words(
      en: "Double quotes that are part of a value.", zh: "请将值中的引号写成两个引号。"))

  static let undecodableBytes = Rule(
    id: "csv.undecodable-bytes", severity: .error,
    message: Words(
      en:
        "bytes in this cell are no text in the file's encoding; they are shown as \\x and two digits",
      zh: "该单元格中有无法按文件编码解读的字节，已显示为 \\x 加两位十六进制数"),
    suggestion: Words(
      en: "Correct the cell in the source, or name the right encoding.",
      zh: "请在源文件中更正该单元格，或指定正确的编码。"))

  static let nulBytes = Rule(
    id: "csv.nul-bytes", severity: .warning,
    message: Words(
      en: "a NUL byte was left out of this cell", zh: "该单元格中的空字节 (NUL) 已被去除"),
    suggestion: Words(
      en: "Check the value against the old system.", zh: "请与旧系统核对该值。"))

  static let mixedEncoding = Rule(
    id: "csv.mixed-encoding", severity: .warning,
    message: Words(
      en: "the line is not UTF-8 like the rest of the file; it was read as {0}",
      zh: "该行不是文件其余部分所用的 UTF-8 编码，已按 {0} 读取"),
    suggestion: Words(
      en: "Check the names in this row.", zh: "请核对该行中的文字。"))

  static let foundEncoding = Rule(
    id: "csv.encoding", severity: .info,
    message: Words(en: "the file was read as {0}", zh: "文件按 {0} 编码读取"),
    suggestion: Words(
      en: "Name the encoding in the mapping if names look wrong.",
      zh: "如果文字显示不正确，请在映射文件中指定编码。"))

  static let moreFindings = Rule(
    id: "csv.more-findings", severity: .warning,
    message: Words(
      en: "further findings of {0} in this file are not told one by one",
      zh: "此文件中其余的 {0} 问题不再逐条列出"),
    suggestion: Words(
      en: "Mend the cause of the first ones and read the file again.",
      zh: "请先解决前面各条的原因，然后重新读取文件。"))
}

extension CSVError {
  /// The error in words, with what to do.
  public var findings: [Finding] {
    let (rule, arguments) = words
    return [Finding(rule, at: Provenance(file: file), arguments: arguments)]
  }

  private var words: (Rule, [String]) {
    switch kind {
    case .unreadable(let number): (Self.unreadable, [systemMessage(number)])
    case .notAFile: (Self.notAFile, [])
    case .unknownEncoding(let name): (Self.unknownEncoding, [name])
    case .badOption(let text): (Self.badOption, [text])
    case .recordTooLong(let row): (Self.recordTooLong, [String(row)])
    case .tooManyColumns(let row):
      (Self.tooManyColumns, [String(row), String(CSVLimits.columnCount)])
    }
  }

  private static let unreadable = Rule(
    id: "csv.unreadable", severity: .error,
    message: Words(en: "the file can't be read: {0}", zh: "无法读取文件：{0}"),
    suggestion: Words(
      en: "Check the path and that you may read the file.", zh: "请检查路径以及读取权限。"))
  private static let notAFile = Rule(
    id: "csv.not-a-file", severity: .error,
    message: Words(
      en: "this is a folder, a pipe or a device, not a file", zh: "这是文件夹、管道或设备，不是文件"),
    suggestion: Words(en: "Name a file.", zh: "请指定一个文件。"))
  private static let unknownEncoding = Rule(
    id: "csv.unknown-encoding", severity: .error,
    message: Words(
      en: "this system knows no encoding called {0}", zh: "系统中没有名为 {0} 的编码"),
    suggestion: Words(
      en: "Use a name such as UTF-8, GB18030, Big5, Shift_JIS or Windows-1252.",
      zh: "请使用 UTF-8、GB18030、Big5、Shift_JIS 或 Windows-1252 等名称。"))
  private static let badOption = Rule(
    id: "csv.bad-option", severity: .error,
    message: Words(
      en: "a quote must be one ASCII character and a delimiter no line end; {0} can't be used",
      zh: "引号必须是一个 ASCII 字符，分隔符不能是换行符，不能使用 {0}"),
    suggestion: Words(
      en: "Leave it out; Ferry finds it from the file.", zh: "可以省略此项，Ferry 会自动识别。"))
  private static let recordTooLong = Rule(
    id: "csv.record-too-long", severity: .error,
    message: Words(
      en: "row {0} has no end within 8 MiB; this is hardly a table",
      zh: "第 {0} 行超过 8 MiB 仍未结束，这很可能不是表格"),
    suggestion: Words(
      en: "Check that the file is text with delimiters.", zh: "请确认文件是带分隔符的文本。"))
  private static let tooManyColumns = Rule(
    id: "csv.too-many-columns", severity: .error,
    message: Words(
      en: "row {0} has more than {1} cells", zh: "第 {0} 行的单元格超过 {1} 个"),
    suggestion: Words(
      en: "Check that the file is text with delimiters, and which.",
      zh: "请确认文件是带分隔符的文本，并检查分隔符。"))
}
