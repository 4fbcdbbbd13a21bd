import FerryCore
import FerryMigration
import FerryStores
import Foundation

/// `ferry resume`, `ferry verify` and `ferry undo`: what is done with a run by its id.
enum RunCommands {
  static let resume = CommandSpec(
    "resume",
    summary: Words(
      en: "go on with a run after a crash, a stop or an outage",
      zh: "在崩溃、中断或停机后继续一次运行"),
    positionals: [PositionalSpec("RUN")],
    options: [RunOptions.workspace, RunOptions.keyFile, RunOptions.mask, RunOptions.showValues],
    examples: ["ferry resume 20260301T120000Z-4k2m9x7q"]
  ) { invocation in
    let (task, id) = try await task(invocation, for: .readWrite)
    if let path = task.planPath, FileManager.default.fileExists(atPath: path) {
      // A plan that was signed and changed half way is not gone on with.
      let plan = try PlanFile(path: path, key: task.run.key)
      let entry = try RunHistory.run(id, in: task.workspace)
      // One that was begun has passed the gate.
      let isNew = entry?.outcome == .planned && entry?.command == "plan"
      _ = try SignOffFolder(workspace: task.workspace)
        .signers(of: plan, isRequired: isNew && plan.requiresSignOff)
    }
    return try await task.end { store, context in
      try await Migration.resume(run: id, store: store, context: context)
    }
  }

  static let verify = CommandSpec(
    "verify",
    summary: Words(
      en: "re-read the store; compare every mapped field and control total",
      zh: "重新读取目标库，逐字段核对并比对控制总数"),
    positionals: [PositionalSpec("RUN", optional: true)],
    options: [
      RunOptions.to, RunOptions.workspace, RunOptions.keyFile, RunOptions.mask,
      RunOptions.showValues,
    ],
    examples: [
      "ferry verify 20260301T120000Z-4k2m9x7q",
      "ferry verify --to sqlite:crm.db --workspace Mappings/onboarding.ferry",
    ]
  ) { invocation in
    let (task, id) = try await task(invocation, for: .readOnly)
    return try await task.end { store, context in
      try await Migration.verify(run: id, store: store, context: context)
    }
  }

  static let undo = CommandSpec(
    "undo",
    summary: Words(
      en: "take a run back, keeping what people changed since",
      zh: "撤销一次运行，保留此后人工修改的内容"),
    positionals: [PositionalSpec("RUN")],
    options: [
      planOnly, UndoOptions.entity, UndoOptions.record, UndoOptions.force, RunOptions.workspace,
      RunOptions.keyFile, RunOptions.mask, RunOptions.showValues,
    ],
    examples: [
      "ferry undo 20260301T120000Z-4k2m9x7q",
      "ferry undo 20260301T120000Z-4k2m9x7q --plan",
      "ferry undo 20260301T120000Z-4k2m9x7q --record account:C0042 --force",
    ]
  ) { invocation in
    let scope = try UndoOptions.scope(of: invocation)
    let isPlan = invocation.has("--plan")
    let (task, id) = try await task(invocation, for: isPlan ? .readOnly : .readWrite)
    return try await task.end { store, context in
      try await Migration.undo(
        run: id, scope: scope, planOnly: isPlan, store: store, context: context)
    }
  }

  private static let planOnly = OptionSpec(
    "--plan", en: "only write the plan of the undo and show it; `ferry apply` does it",
    zh: "只写出撤销计划并展示；用 `ferry apply` 执行")

  /// The task of the run that the command line names, or the last one into `--to STORE`.
  private static func task(
    _ invocation: Invocation, for access: StoreAccess
  ) async throws -> (RunTask, run: String) {
    let run = try RunContext(invocation)
    let (workspace, entry) = try await RunLookup(run).find()
    let url = invocation.value("--to") ?? entry.store
    let task = RunTask(
      run, workspace, store: url, layout: entry.layout, for: access, planPath: entry.planPath)
    return (task, entry.run)
  }
}
