import FerryCore

/// The rules of the command itself.
enum CLIRules {
  /// Nothing to match by was found.
  static let noColumns = Rule(
    id: "match.no-columns", severity: .error,
    message: Words(
      en: "no column was found that tells who a row is about", zh: "没有找到能说明每行是谁的列"),
    suggestion: Words(
      en: "Name the columns and their kinds in a config: `columns: { NAME: person_name }`.",
      zh: "请在配置文件中写明列及其种类：`columns: { 列名: person_name }`。"))

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
