import FerryCore
import Foundation

/// `ferry demo`: a folder of made-up sheets to play with.
enum DemoCommand {
  static let spec = CommandSpec(
    "demo",
    summary: Words(
      en: "put made-up sheets and their mapping into a folder to play with",
      zh: "生成一个练习文件夹：虚构的表格与配套映射"),
    positionals: [PositionalSpec("FOLDER", optional: true)],
    examples: ["ferry demo", "ferry demo /tmp/try-ferry"],
    run: run)

  /// What a demo consists of, as it lies in a checkout and in an installed `share/ferry`.
  private static let parts = ["SampleData", "Mappings"]

  private static func run(_ invocation: Invocation) async throws -> ExitStatus {
    let folder = invocation.positional(0) ?? "ferry-demo"
    let files = FileManager.default
    guard let source = samples() else { throw DemoFailure(.noSamples, folder) }
    guard !files.fileExists(atPath: folder) else { throw DemoFailure(.exists, folder) }
    for part in parts { try copy("\(source)/\(part)", to: "\(folder)/\(part)") }
    invocation.console.print(steps(in: folder)[invocation.console.language])
    return .done
  }

  /// Copies what a folder holds; the copies are the caller's own, whoever owns the samples.
  private static func copy(_ source: String, to target: String) throws {
    let files = FileManager.default
    do {
      try files.createDirectory(atPath: target, withIntermediateDirectories: true)
      for name in try files.contentsOfDirectory(atPath: source) {
        var isFolder: ObjCBool = false
        let isThere = unsafe files.fileExists(
          atPath: "\(source)/\(name)", isDirectory: &isFolder)
        // Only files: a workspace that a run left beside a mapping is none of the samples.
        guard isThere, !isFolder.boolValue else { continue }
        let bytes = try Data(contentsOf: URL(filePath: "\(source)/\(name)"))
        try bytes.write(to: URL(filePath: "\(target)/\(name)"))
      }
    } catch {
      throw UsageError(.unwritable(target), spec)
    }
  }

  /// Beside the installed command, or in the checkout that it was built in.
  private static func samples() -> String? {
    guard let executable = Bundle.main.executableURL?.resolvingSymlinksInPath() else { return nil }
    let installed = executable.deletingLastPathComponent().appending(path: "../share/ferry")
    var places = [installed.standardizedFileURL.path]
    var folder = executable.deletingLastPathComponent()
    while folder.path.count > 1 {
      places.append(folder.path)
      folder.deleteLastPathComponent()
    }
    return places.first { place in
      parts.allSatisfy { FileManager.default.fileExists(atPath: "\(place)/\($0)") }
    }
  }

  private static func steps(in folder: String) -> Words {
    let commands = { (notes: [String]) in
      zip(
        [
          "cd \(folder)",
          "ferry inspect SampleData/legacy-customers.xlsx",
          "ferry plan Mappings/onboarding.yaml --to sqlite:crm.db",
          "ferry import Mappings/onboarding.yaml --to sqlite:crm.db",
          "ferry figures sqlite:crm.db",
          "ferry runs --workspace Mappings/onboarding.ferry",
          "ferry undo RUN --workspace Mappings/onboarding.ferry",
        ], notes
      ).map { "  \($0)\($1.isEmpty ? "" : "    # \($1)")\n" }.joined()
    }
    return Words(
      en:
        "A small client's sheets are in \(folder); nobody in them is real. Try, in this order:\n\n"
        + commands([
          "", "what is in the workbook", "the dry run: a plan and a report, nothing is written",
          "plan, apply and verify in one", "what the CRM says now", "what ran; take RUN from here",
          "take it all back",
        ]),
      zh: "\(folder) 中是一家小客户的表格，内容全部虚构。依次试试：\n\n"
        + commands([
          "", "看看工作簿里有什么", "试运行：只出计划与报告，不写入", "计划、执行、核对一步完成",
          "CRM 现在的数字", "运行记录，RUN 取自这里", "全部撤销",
        ]))
  }
}

/// Why there is no demo.
private struct DemoFailure: Failure {
  enum Kind { case noSamples, exists }
  let kind: Kind
  let folder: String

  init(_ kind: Kind, _ folder: String) {
    self.kind = kind
    self.folder = folder
  }

  var exitStatus: ExitStatus { .wrongUsage }
  var findings: [Finding] {
    [
      Finding(
        kind == .exists ? CLIRules.demoExists : CLIRules.noSamples, at: Provenance(file: folder))
    ]
  }
}
