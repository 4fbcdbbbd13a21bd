import FerryCore
import FerryMigration
import FerryReports
import Foundation

/// `ferry signoff`: a named person agrees to exactly the changes of a plan.
enum SignOffCommand {
  static let spec = CommandSpec(
    "signoff",
    summary: Words(
      en: "bind a name to a plan, its hash and its figures; `apply` refuses it once it changed",
      zh: "为计划签核：记下姓名、时间、计划的哈希与各项数字；计划一旦改变，`apply` 即拒绝执行"),
    positionals: [PositionalSpec("PLAN|WORKSPACE", optional: true)],
    options: [
      OptionSpec("--name", "NAME", en: "who signs off the plan", zh: "签核人"),
      OptionSpec(
        "--output", "FILE", en: "write the sign-off to FILE, too (-o FILE)",
        zh: "同时把签核书写到 FILE（-o FILE）"),
      OptionSpec(
        "--check", "FILE",
        en: "hold a sign-off against its plan and mapping; exit code 1 where they differ",
        zh: "用签核书核对计划与映射；不一致则退出码为 1"),
      RunOptions.workspace, RunOptions.keyFile,
    ],
    examples: [
      "ferry signoff Mappings/onboarding.ferry --name 'Li Na, sales operations'",
      "ferry signoff --check Mappings/onboarding.ferry/signoffs/RUN.yaml",
    ]
  ) { invocation in
    if let path = invocation.value("--check") {
      return try SignOffCheck(try RunContext(invocation), path: path).run()
    }
    return try sign(invocation)
  }

  private static func sign(_ invocation: Invocation) throws -> ExitStatus {
    guard let given = invocation.positional(0) else {
      throw UsageError(.missingArgument("PLAN"), spec)
    }
    guard let name = try personName(invocation, "--name", of: spec.name) else {
      throw UsageError(.missingArgument("--name NAME"), spec)
    }
    let context = try RunContext(invocation)
    let plan = try plan(given, context)
    let workspace = context.workspace(of: plan)
    let hash = try PlanDump(plan: plan).hash()
    let signOff = SignOff(
      name: name, at: Date().formatted(.iso8601), run: plan.run, planHash: hash,
      mappingHash: plan.mappingPath.flatMap { ContentDigest.ofFile(at: $0) },
      rehearsal: try rehearsal(of: hash, in: workspace))
    let summary = try plan.summary()
    let text = SignOffText(signOff, of: summary)
    let whole = text.sealed(with: ContentDigest.of(text.body))
    let path = try SignOffFolder(workspace: workspace).keep(whole, ofRun: plan.run)
    if let copy = invocation.value("--output") {
      let file = try WholeFile(path: copy)
      try file.write { $0.append(contentsOf: whole.utf8) }
      try file.finish()
    }
    tell(signOff, summary, path, invocation.console)
    return .done
  }

  /// The plan that a file is, or the last of a workspace that waits to be applied.
  private static func plan(_ path: String, _ context: RunContext) throws -> PlanFile {
    var isFolder: ObjCBool = false
    let isThere = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    guard isThere, isFolder.boolValue else { return try PlanFile(path: path, key: context.key) }
    let trimmed = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    let runs = try RunHistory.runs(of: Workspace(path: trimmed, key: context.key))
    guard let last = runs.last(where: { $0.outcome == .planned && $0.planPath != nil }),
      let plan = last.planPath
    else { throw SignOffFailure(SignOffRules.noPlan, trimmed, status: .wrongUsage) }
    return try PlanFile(path: plan, key: context.key)
  }

  private static func rehearsal(
    of hash: String, in workspace: Workspace
  ) throws -> SignOff.Rehearsed? {
    guard let last = try Rehearsal.last(in: workspace) else { return nil }
    let isThere = FileManager.default.fileExists(atPath: last.planPath)
    let rehearsed =
      isThere
      ? try PlanDump(plan: PlanFile(path: last.planPath, key: workspace.key)).hash() : nil
    return SignOff.Rehearsed(
      run: last.run, at: last.at, isSamePlan: rehearsed == hash, differences: last.differences,
      unequalControls: last.unequalControls, unmetGates: last.unmetGates)
  }

  private static func tell(
    _ signOff: SignOff, _ summary: RunSummary, _ path: String, _ console: Console
  ) {
    if console.isJSON {
      console.print(
        console.jsonReport.document(of: signOff, summary, path: path).text() + "\n")
    } else {
      console.say(console.report.text(of: signOff, summary, path: path))
    }
  }
}

/// A person's name in an option, on one line; `nil` where the option was not given.
func personName(
  _ invocation: Invocation, _ option: String, of command: String
) throws(UsageError) -> String? {
  guard let given = invocation.value(option) else { return nil }
  let name = given.trimmingCharacters(in: .whitespacesAndNewlines)
  let isName =
    !name.isEmpty && name.count <= longestName
    && name.unicodeScalars.allSatisfy { !CharacterSet.controlCharacters.contains($0) }
  guard isName else { throw UsageError(.badName(option), command) }
  return name
}

/// Longer than any name and title.
private let longestName = 200
