import FerryCore
import FerryMatching
import FerryMigration
import FerryReports
import Foundation

/// `ferry review`: doubtful duplicates as a workbook for a person to decide.
enum ReviewCommand {
  static let spec = CommandSpec(
    "review",
    summary: Words(
      en: "doubtful duplicates as a workbook: export them, decide, import the decisions",
      zh: "疑似重复的工作簿：导出、由人判断、再导入判断"),
    positionals: [
      PositionalSpec("export|import"), PositionalSpec("WORKBOOK"),
      PositionalSpec("RUN", optional: true),
    ],
    options: [
      OptionSpec(
        "--merged", en: "export also what was merged without a person's word",
        zh: "同时导出未经人工判断而合并的记录"),
      OptionSpec(
        "--mask", en: "a workbook to show, without any value of a cell; it can't be imported",
        zh: "仅供展示的工作簿，不含单元格的值；不能再导入"),
      RunOptions.workspace, RunOptions.keyFile,
    ],
    examples: [
      "ferry review export review.xlsx", "ferry review import review.xlsx",
      "ferry review export review.xlsx onboarding.ferry/plans/RUN.ferryplan --merged",
    ],
    run: run)

  private static func run(_ invocation: Invocation) async throws -> ExitStatus {
    let context = try RunContext(invocation)
    let path = invocation.positional(1) ?? ""
    switch invocation.positional(0) {
    case "export": return try export(to: path, context)
    case "import": return try load(path, context)
    case let word:
      throw UsageError(
        .badValue("ferry review", word ?? "", choices: ["export", "import"]), spec)
    }
  }

  // MARK: - Export

  private static func export(to path: String, _ context: RunContext) throws -> ExitStatus {
    guard FilePlace.isFree(path) else { throw UsageError(.unwritable(path), spec) }
    let invocation = context.invocation
    let plan = try plan(context)
    let items = try plan.reviewItems().filter {
      $0.state != .merged || invocation.has("--merged")
    }
    var mask = ValueMask()
    let shown = invocation.has("--mask") ? items.map { mask.masked($0) } : items
    let workbook = ReviewWorkbook(language: invocation.console.language)
    let partial = path + ".partial"
    let failure = workbook.write(
      shown, run: plan.run, to: partial, name: (path as NSString).lastPathComponent)
    guard failure == nil, unsafe rename(partial, path) == 0 else {
      // What is left of an unfinished workbook does no harm where it can't be removed.
      try? FileManager.default.removeItem(atPath: partial)
      throw UsageError(.unwritable(path), spec)
    }
    // It holds customers' data, as the workspace does.
    try? FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    tellExport(items, of: plan, path, isMasked: invocation.has("--mask"), invocation.console)
    return .done
  }

  private static func tellExport(
    _ items: [ReviewItem], of plan: PlanFile, _ path: String, isMasked: Bool, _ console: Console
  ) {
    let open = items.count { $0.state == .open }
    if console.isJSON {
      let document: JSONValue = [
        "run": .string(plan.run), "workbook": .string(path), "pairs": .integer(items.count),
        "open": .integer(open),
      ]
      console.print(document.text() + "\n")
      return
    }
    guard !isMasked else {
      console.say(
        Words(
          en: "{0}: {1} {1:pair|pairs} without their values, to show; it can't be imported.",
          zh: "{0}：共 {1} 对，不含其值，仅供展示；不能再导入。"), path, String(items.count))
      return
    }
    console.say(
      Words(
        en: "{0}: {1} {1:pair|pairs}, {2} of them not decided yet. Fill in the yellow cells, then "
          + "run `ferry review import {0}`.",
        zh: "{0}：共 {1} 对，其中 {2} 对尚未判断。填好黄色单元格后执行 `ferry review import {0}`。"),
      path, String(items.count), String(open))
  }

  /// The plan that was named, or the newest of the workspaces at hand.
  private static func plan(_ context: RunContext) throws -> PlanFile {
    let named = context.invocation.positional(2)
    if let named, FileManager.default.fileExists(atPath: named) {
      return try PlanFile(path: named, key: context.key)
    }
    let entries = try context.knownWorkspaces.flatMap { try RunHistory.runs(of: $0) }
    let planned = entries.filter { entry in
      entry.command != "undo" && (named == nil || entry.run == named)
        && entry.planPath.map { FileManager.default.fileExists(atPath: $0) } ?? false
    }
    guard let path = planned.max(by: { ($0.startedAt, $0.run) < ($1.startedAt, $1.run) })?.planPath
    else {
      let folder =
        context.invocation.value("--workspace") ?? FileManager.default.currentDirectoryPath
      throw UsageError(.noRun(named ?? "plan", folder: folder), spec)
    }
    return try PlanFile(path: path, key: context.key)
  }

  // MARK: - Import

  private static func load(_ path: String, _ context: RunContext) throws -> ExitStatus {
    let console = context.invocation.console
    let reader = try ReviewReader(path: path)
    guard let run = reader.run, reader.findings.isEmpty else {
      throw ReviewFailure(findings: reader.findings)
    }
    let isMasked = reader.answers.contains { answer in
      switch answer {
      case .decision(let decision), .skip(let decision): decision.digests.contains("")
      }
    }
    guard !isMasked else { throw ReviewFailure(findings: [Finding(CLIRules.maskedReview)]) }
    let workspace = try context.workspace(holding: context.invocation.positional(2) ?? run)
    try ReviewDecisions.remember(
      reader.answers.map { answer in
        switch answer {
        case .decision(let decision): (decision, isKept: true)
        case .skip(let decision): (decision, isKept: false)
        }
      }, context: context.context(workspace, store: ""))
    tellImport(reader, workspace, console)
    return .done
  }

  private static func tellImport(
    _ reader: ReviewReader, _ workspace: Workspace, _ console: Console
  ) {
    let same = reader.answers.count { answer in
      if case .decision(let decision) = answer { decision.isSame } else { false }
    }
    let different = reader.answers.count { answer in
      if case .decision(let decision) = answer { !decision.isSame } else { false }
    }
    let skipped = reader.answers.count - same - different
    if console.isJSON {
      let document: JSONValue = [
        "workspace": .string(workspace.path), "same": .integer(same),
        "different": .integer(different), "skipped": .integer(skipped),
        "blank": .integer(reader.blankCount),
      ]
      console.print(document.text() + "\n")
      return
    }
    console.say(
      Words(
        en: "Remembered in {0}: {1} same, {2} different; {3} skipped, {4} left blank. The next "
          + "`ferry plan` applies them.",
        zh: "已记入 {0}：相同 {1} 对，不同 {2} 对；跳过 {3} 对，留空 {4} 对。下次 `ferry plan` 时生效。"),
      workspace.path, String(same), String(different), String(skipped),
      String(reader.blankCount))
  }
}

/// A workbook whose decisions can't all be read; nothing was remembered.
struct ReviewFailure: Failure {
  let findings: [Finding]
  var exitStatus: ExitStatus { .wrongUsage }
}
