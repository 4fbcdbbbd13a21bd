import FerryCore
import FerryMigration
import FerryReports
import Foundation

/// `ferry forget`: remove people's data from a workspace.
enum ForgetCommand {
  static let spec = CommandSpec(
    "forget",
    summary: Words(
      en:
        "remove people's data from a workspace's runs: plans, reports, copies, old values; counts stay",
      zh: "删除工作区各次运行中的个人数据：计划、报告、副本、旧值；保留计数"),
    positionals: [PositionalSpec("WORKSPACE")],
    options: [RunOptions.keyFile],
    examples: ["ferry forget Mappings/onboarding.ferry"]
  ) { invocation in
    let workspace = Workspace(
      path: invocation.positional(0) ?? "", key: try invocation.sealKey())
    let done = try WorkspaceForgetting.forget(workspace, at: Date().formatted(.iso8601))
    let console = invocation.console
    if console.isJSON {
      let document: JSONValue = [
        "workspace": .string(workspace.path), "runs": .integer(done.runs),
        "files": .integer(done.files),
      ]
      console.print(document.text() + "\n")
    } else {
      console.say(
        Words(
          en:
            "\(workspace.path): \(done.runs) runs forgotten, \(done.files) files removed. Counts, "
            + "times and approvals stay; these runs can't be verified or undone any more.",
          zh: "\(workspace.path)：已清除 \(done.runs) 次运行，删除 \(done.files) 个文件。计数、时间与批准记录保留；"
            + "这些运行不能再核对或撤销。"))
    }
    return .done
  }
}
