internal import FerryCore

/// The words about files that LibreOffice reads for Ferry.
enum ForeignRules {
  static let converted = Rule(
    id: "source.converted", severity: .warning,
    message: Words(
      en: "{0} turned this .xls into .xlsx first, and calculated its formulas anew; numbers have "
        + "15 digits",
      zh: "此 .xls 先由 {0} 转换为 .xlsx，公式已重新计算，数值保留 15 位有效数字"),
    suggestion: Words(
      en: "Compare what formulas give with the file in Excel: TODAY(), and links to other files.",
      zh: "请与 Excel 中的结果核对公式单元格，如 TODAY() 和引用其他文件的公式。"))
  static let cutOff = Rule(
    id: "source.cut-off", severity: .error,
    message: Words(
      en: "the workbook is not whole: a sheet ends before its last record, so rows may be missing",
      zh: "工作簿不完整：有工作表在最后一条记录之前中断，可能缺行"),
    suggestion: fetchAgain)

  private static let fetchAgain = Words(
    en: "Copy or download the file again; check its size against the original.",
    zh: "请重新复制或下载该文件，并与原文件核对大小。")
  private static let saveAgain = Words(
    en: "Open it in Excel or WPS, save it as .xlsx, and try that file.",
    zh: "请用 Excel 或 WPS 打开，另存为 .xlsx，再用新文件重试。")

  /// The rule that tells of a fault, and what fills its words.
  static func words(of fault: OfficeFault) -> (rule: Rule, arguments: [String]) {
    switch fault {
    case .noFolder(let reason): (noFolder, [reason])
    case .notStarted(let reason): (notStarted, [reason])
    case .tooSlow(let seconds): (tooSlow, [String(seconds)])
    case .stopped: (stopped, [])
    case .crashed: (crashed, [])
    case .refused: (refused, [])
    case .noPassword: (noPassword, [])
    case .wrongPassword: (wrongPassword, [])
    }
  }

  private static let noFolder = Rule(
    id: "source.no-temporary-folder", severity: .error,
    message: Words(
      en: "the file has to be converted, and there is no folder to do it in: {0}",
      zh: "需要转换该文件，但无法建立临时文件夹：{0}"),
    suggestion: Words(
      en: "Make room, or let TMPDIR name a folder that you may write to.",
      zh: "请腾出空间，或将 TMPDIR 设为可写入的文件夹。"))
  private static let notStarted = Rule(
    id: "source.converter-not-started", severity: .error,
    message: Words(
      en: "LibreOffice, which has to read this .xls, can't be started: {0}",
      zh: "此 .xls 需由 LibreOffice 读取，但 LibreOffice 无法启动：{0}"),
    suggestion: saveAgain)
  private static let tooSlow = Rule(
    id: "source.converter-too-slow", severity: .error,
    message: Words(
      en: "LibreOffice, which has to read this .xls, did not get through it in {0} s",
      zh: "此 .xls 需由 LibreOffice 读取，但 {0} 秒内未能处理完"),
    suggestion: saveAgain)
  private static let stopped = Rule(
    id: "source.stopped", severity: .error,
    message: Words(
      en: "stopped while LibreOffice was reading this .xls; nothing was done yet",
      zh: "LibreOffice 读取此 .xls 时被中止；尚未执行任何操作"),
    suggestion: Words(en: "Run the command again.", zh: "请重新运行该命令。"))
  private static let crashed = Rule(
    id: "source.converter-failed", severity: .error,
    message: Words(
      en: "LibreOffice, which has to read this .xls, ended without a result",
      zh: "此 .xls 需由 LibreOffice 读取，但 LibreOffice 未给出结果便退出"),
    suggestion: saveAgain)
  private static let refused = Rule(
    id: "source.converter-refused", severity: .error,
    message: Words(
      en: "this .xls can't be read: LibreOffice, which has to, finds it damaged",
      zh: "此 .xls 无法读取：负责读取的 LibreOffice 认为文件已损坏"),
    suggestion: Words(
      en: "Copy or download the file again; or open it in Excel or WPS and save it as .xlsx.",
      zh: "请重新复制或下载该文件；或用 Excel、WPS 打开后另存为 .xlsx。"))
  private static let noPassword = Rule(
    id: "source.password", severity: .error,
    message: Words(
      en: "this .xls is protected with a password, so its content is encrypted",
      zh: "此 .xls 设有打开密码，内容已加密"),
    suggestion: Words(
      en: "Put the password into an environment variable and name that: --password-env NAME, "
        + "or password_env: NAME in a mapping.",
      zh: "请把密码放入环境变量，并指明变量名：--password-env NAME；映射文件中写 password_env: NAME。"))
  private static let wrongPassword = Rule(
    id: "source.wrong-password", severity: .error,
    message: Words(
      en: "this .xls is encrypted, and LibreOffice can't open it with the password given",
      zh: "此 .xls 已加密，LibreOffice 用所给密码无法打开"),
    suggestion: Words(
      en: "Try the password in Excel; letter case and blanks count. If it is right, save the "
        + "workbook as .xlsx with the same password.",
      zh: "请先在 Excel 中试该密码（区分大小写和空格）；若密码正确，请以同一密码另存为 .xlsx。"))
}
