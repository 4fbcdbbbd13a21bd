import FerryCore

/// The rules of the command itself.
enum CLIRules {
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
