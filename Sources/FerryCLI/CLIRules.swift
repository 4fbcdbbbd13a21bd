import FerryCore

/// The rules of the command itself.
enum CLIRules {
  /// Nothing to match by was found.
  static let noColumns = Rule(
    id: "match.no-columns", severity: .error,
    message: Words(
      en: "no column was found that tells who a row is about: {0}",
      zh: "没有找到能说明每行是谁的列：{1}"),
    suggestion: Words(
      en: "Name the columns and their kinds in a config: `columns: { NAME: person_name }`.",
      zh: "请在配置文件中写明列及其种类：`columns: { 列名: person_name }`。"))

  /// A file that the config names as a model is none.
  static let noModel = Rule(
    id: "match.no-model", severity: .error,
    message: Words(en: "this is no model that ferry match wrote", zh: "这不是 ferry match 写出的模型"),
    suggestion: Words(
      en: "Write one with --save-model, or leave 'model' out of the config.",
      zh: "请用 --save-model 写出模型，或从配置文件中删去 model。"))
  /// A model of other columns.
  static let otherModel = Rule(
    id: "match.other-model", severity: .error,
    message: Words(
      en: "the model is of other columns: {0}", zh: "模型对应的列不同：{0}"),
    suggestion: Words(
      en: "Name the same columns and kinds in the config, or leave 'model' out.",
      zh: "请在配置文件中写明相同的列与种类，或删去 model。"))

  /// A workbook that was made to be looked at.
  static let maskedReview = Rule(
    id: "review.masked", severity: .error,
    message: Words(
      en: "this workbook was made with --mask and does not say which records it is about",
      zh: "该工作簿以 --mask 导出，不含所涉记录的标识"),
    suggestion: Words(
      en: "Decide in one made without --mask; nothing was remembered.",
      zh: "请在不带 --mask 导出的工作簿中判断；未记录任何内容。"))

  /// The sample files are not where the command is.
  static let noSamples = Rule(
    id: "demo.no-samples", severity: .error,
    message: Words(en: "there are no sample files beside this ferry", zh: "此 ferry 旁没有示例文件"),
    suggestion: Words(
      en: "Install it with `make install` or the package, or run it in a clone of its project.",
      zh: "请用 `make install` 或安装包安装，或在项目目录中运行。"))
  /// A demo never touches what is there.
  static let demoExists = Rule(
    id: "demo.exists", severity: .error,
    message: Words(en: "this is there already", zh: "该路径已存在"),
    suggestion: Words(
      en: "Name a folder that isn't: `ferry demo FOLDER`.", zh: "请换一个不存在的文件夹：`ferry demo 文件夹`。"))

  /// An error that no room put into words: a bug, told with what is known of it.
  static func unforeseen(_ error: any Error) -> Rule {
    let text = String(describing: error).replacing("{", with: "(").replacing("}", with: ")")
    return Rule(
      id: "ferry.bug", severity: .error,
      message: Words(
        en: "Something that Ferry has no words for: \(text)", zh: "Ferry 未能说明的错误：\(text)"),
      suggestion: Words(
        en: "This is a bug in Ferry; report it with the command that you ran.",
        zh: "这是 Ferry 的缺陷，请连同所执行的命令一并反馈。"))
  }
}

/// An error that no room put into words: a bug in Ferry.
struct UnforeseenFailure: Failure {
  let findings: [Finding]
  var exitStatus: ExitStatus { .brokenInvariant }

  init(_ error: any Error) { findings = [Finding(CLIRules.unforeseen(error))] }
}
