import FerryCore
import FerryMigration
import FerryReports
import Foundation

/// `ferry runs`: what ran here.
enum RunsCommand {
  static let spec = CommandSpec(
    "runs",
    summary: Words(
      en: "list what ran here and how it goes from run to run, or show one run",
      zh: "列出此处的运行记录与历次走势，或显示其中一次"),
    positionals: [PositionalSpec("RUN|PATH", optional: true)],
    options: [RunOptions.workspace, RunOptions.keyFile],
    examples: [
      "ferry runs", "ferry runs Mappings/onboarding.yaml", "ferry runs /srv/imports",
      "ferry runs 20260301T120000Z-4k2m9x7q",
    ],
    run: run)

  private static func run(_ invocation: Invocation) async throws -> ExitStatus {
    let context = try RunContext(invocation)
    let named = invocation.positional(0)
    if let named, !FileManager.default.fileExists(atPath: named) {
      guard !named.contains("/") else { throw UsageError(.noFile(named), spec) }
      return try await show(context)
    }
    let workspaces = named.map(context.workspaces) ?? context.knownWorkspaces
    let entries = try workspaces.flatMap { try RunHistory.runs(of: $0) }
      .sorted { $0.startedAt < $1.startedAt }
    let place = named ?? invocation.value("--workspace") ?? context.here
    list(entries.map { CountedRun(entry: $0, key: context.key) }, place, invocation.console)
    return .done
  }

  private static func list(_ runs: [CountedRun], _ place: String, _ console: Console) {
    if console.isJSON {
      let document = JSONValue.object([.init("runs", .array(runs.map(\.json)))])
      console.print(document.text() + "\n")
      return
    }
    guard !runs.isEmpty else {
      console.say(
        Words(
          en: "Nothing ran in the workspaces of {0} (*.ferry, there and one folder below).\n"
            + "fix: Begin with `ferry plan MAPPING --to STORE`, or name a mapping, a workspace or a "
            + "folder: `ferry runs PATH`.",
          zh: "{0} 的工作区（该文件夹及下一级文件夹中的 *.ferry）没有运行记录。\n"
            + "处理：先用 `ferry plan MAPPING --to STORE`，或指明映射文件、工作区或文件夹：`ferry runs 路径`。"), place)
      return
    }
    let titles = [
      Words(en: "run", zh: "运行"), Words(en: "command", zh: "命令"),
      Words(en: "outcome", zh: "结果"), Words(en: "started", zh: "开始"),
      Words(en: "store", zh: "目标库"),
    ]
    var table = TextTable(titles.map { .init($0[console.language]) })
    for entry in runs.map(\.entry) {
      table.add([entry.run, entry.command, entry.outcome.rawValue, entry.startedAt, entry.store])
    }
    console.print(table.text(width: console.width, indent: 0))
    for trend in CountedRun.trends(of: runs) {
      console.print("\n" + console.report.text(of: trend))
    }
  }

  private static func show(_ context: RunContext) async throws -> ExitStatus {
    let (workspace, entry) = try await RunLookup(context).find()
    let console = context.invocation.console
    guard !console.isJSON else {
      console.print(CountedRun(entry: entry, key: context.key).json.text() + "\n")
      return .done
    }
    let counts = workspace.countsPath(ofRun: entry.run)
    if let data = FileManager.default.contents(atPath: counts) {
      console.print("\(String(decoding: data, as: UTF8.self))\n\(counts)\n")
      return .done
    }
    if let plan = entry.planPath {
      var summary = try PlanFile(path: plan, key: context.key).summary()
      summary.command = entry.command
      summary.outcome = entry.outcome
      console.print(console.report.text(of: summary))
    }
    if let folder = entry.reportFolder { console.print("\(folder)/report.html\n") }
    return .done
  }
}
