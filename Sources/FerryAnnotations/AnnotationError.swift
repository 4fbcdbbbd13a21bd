public import FerryCore

/// Why an annotated workbook can't be written.
public struct AnnotationError: Failure, Hashable {
  /// What is the matter.
  public enum Kind: Hashable, Sendable {
    /// The file can't be created or written.
    case unwritable(String)
    /// The copy would reach 4 GiB.
    case tooLarge
    /// The system has no memory left.
    case noMemory
    /// A part of the workbook is written in a way that can't be patched; its name.
    case oddPart(String)
  }

  /// What is the matter.
  public let kind: Kind

  static func unwritable(_ path: String) -> Self { Self(kind: .unwritable(path)) }
  static func oddPart(_ name: String) -> Self { Self(kind: .oddPart(name)) }
  static var tooLarge: Self { Self(kind: .tooLarge) }
  static var noMemory: Self { Self(kind: .noMemory) }

  /// The kind in words.
  public var findings: [Finding] {
    switch kind {
    case .unwritable(let path):
      [Finding(AnnotationRules.unwritable, at: Provenance(file: path))]
    case .tooLarge: [Finding(AnnotationRules.tooLarge)]
    case .noMemory: [Finding(AnnotationRules.noMemory)]
    case .oddPart(let name): [Finding(AnnotationRules.oddPart, arguments: [name])]
    }
  }

  /// Always 4: what could not be written is no fault of the source.
  public var exitStatus: ExitStatus { .storeFailed }
}

/// The rules of annotated workbooks.
public enum AnnotationRules {
  static let unwritable = Rule(
    id: "annotate.unwritable", severity: .error,
    message: Words(en: "the annotated workbook can't be written", zh: "无法写入批注工作簿"),
    suggestion: Words(
      en: "Name a folder that is there and may be written to, with room on its disk.",
      zh: "请指定一个已存在、可写且磁盘有余量的目录。"))

  static let tooLarge = Rule(
    id: "annotate.too-large", severity: .error,
    message: Words(
      en: "the annotated workbook would be larger than 4 GiB", zh: "批注工作簿将超过 4 GiB"),
    suggestion: Words(
      en: "Split the workbook by sheets.", zh: "请按工作表拆分该工作簿。"))

  static let noMemory = Rule(
    id: "annotate.no-memory", severity: .error,
    message: Words(en: "there is no memory left", zh: "内存不足"),
    suggestion: Words(en: "Close other programs and try again.", zh: "请关闭其他程序后重试。"))

  static let oddPart = Rule(
    id: "annotate.odd-part", severity: .error,
    message: Words(
      en: "the part {0} of the workbook is written in a way that can't be patched",
      zh: "工作簿的部件 {0} 写法特殊，无法在其上修改"),
    suggestion: Words(
      en: "Open the workbook in a spreadsheet program and save it again.",
      zh: "请用表格软件打开并重新保存该工作簿。"))

  /// The source is no workbook that could be patched: a new one holds its values.
  public static let newWorkbook = Rule(
    id: "annotate.new-workbook", severity: .info,
    message: Words(
      en: "the annotated copy is a new workbook with the values of this file alone",
      zh: "批注副本是只含该文件数值的新工作簿"),
    suggestion: Words(
      en: "Where formats, formulas and charts matter, save the file as .xlsx to have it annotated "
        + "itself.",
      zh: "如需保留格式、公式与图表，请先另存为 .xlsx，再在其上批注。"))

  /// The same for a workbook that could have been patched but for an oddity.
  public static let oddWorkbook = Rule(
    id: "annotate.odd-workbook", severity: .warning,
    message: Words(
      en: "the annotated copy is a new workbook with the values of this one: formats, formulas and "
        + "charts are not in it, since {0}",
      zh: "批注副本是只含该文件数值的新工作簿，不含其格式、公式与图表；原因：{0}"),
    suggestion: Words(
      en: "Open the workbook in a spreadsheet program, save it again, and plan again.",
      zh: "请用表格软件打开并重新保存该文件，再重新制定计划。"))

  /// The source was encrypted, and its annotated copy is not.
  public static let decrypted = Rule(
    id: "annotate.decrypted", severity: .warning,
    message: Words(
      en: "the file has a password; its annotated copy, and its reject file, have none",
      zh: "原文件有密码，批注副本与拒绝文件没有密码"),
    suggestion: Words(
      en: "Set a password before they leave this machine.", zh: "离开本机之前请设置密码。"))

  /// More cells than a copy takes.
  public static let cellsLeftOut = Rule(
    id: "annotate.cells-left-out", severity: .info,
    message: Words(
      en: "{0} {0:cell is|cells are} not marked in the annotated copy, which takes {1}",
      zh: "批注副本最多标记 {1} 个单元格，另有 {0} 个未标记"),
    suggestion: Words(
      en: "Have the marked cells mended first, then plan again.",
      zh: "请先修正已标记的单元格，再重新制定计划。"))
}
