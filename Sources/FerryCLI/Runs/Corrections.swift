import FerryCore
import FerryMigration
import FerryReports

/// Takes corrections out of annotated workbooks that came back.
enum Corrections {
  static let option = OptionSpec(
    "--corrections", "FILE",
    en: "an annotated workbook that came back: what was corrected in it is remembered in the "
      + "workspace, and holds for later sheets, too",
    zh: "客户改好发回的批注工作簿：其中的更正记入工作区，对以后的表格同样有效")

  /// Remembers what `--corrections` names.
  ///
  /// - Returns: What a person must know of it, such as cells that contradict each other.
  static func remember(_ invocation: Invocation, _ context: MigrationContext) throws -> [Finding] {
    guard let path = invocation.value("--corrections") else { return [] }
    let reader = try CorrectionReader(path: path)
    guard reader.findings.allSatisfy({ $0.severity < .error }) else {
      throw CorrectionFailure(findings: reader.findings)
    }
    if !reader.corrections.isEmpty {
      try CorrectionDecisions.remember(reader.corrections, context: context)
    }
    invocation.console.say(
      Words(
        en: "Corrections read from {0}: {1}.", zh: "从 {0} 读到 {1} 处更正。"),
      path, String(reader.corrections.count))
    return reader.findings
  }
}

/// A workbook that holds no corrections; nothing was remembered.
struct CorrectionFailure: Failure {
  let findings: [Finding]
  var exitStatus: ExitStatus { .wrongUsage }
}
