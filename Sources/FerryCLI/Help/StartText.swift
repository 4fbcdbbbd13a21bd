import FerryCore
import FerryMigration
import Foundation

/// What `ferry` alone says: what to do first, by what lies in the folder.
struct StartText {
  /// Files that look like a client's, in order.
  private let sources: [String]
  /// Mappings in the folder or in `Mappings`.
  private let mappings: [String]
  /// The last plan that waits to be applied.
  private let plan: String?

  private static let endings: Set = ["xlsx", "xlsm", "xls", "xlsb", "ods", "csv", "tsv"]
  /// More are not looked at: it is a hint, not a search.
  private static let mostFiles = 500
  private static let mostMappings = 3

  init(folder: String) {
    func names(_ path: String) -> [String] {
      // A folder that is not there holds nothing.
      ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [])
        .filter { !$0.hasPrefix(".") && !$0.hasPrefix("~$") }.sorted().prefix(Self.mostFiles)
        .map { $0 }
    }
    let here = names(folder)
    sources = here.filter { name in
      Self.endings.contains(URL(filePath: name).pathExtension.lowercased())
    }
    let candidates = here + names("\(folder)/Mappings").map { "Mappings/\($0)" }
    mappings = candidates.filter { name in
      name.hasSuffix(".yaml") && Self.isMapping("\(folder)/\(name)")
    }
    let runs = Workspace.all(in: folder).flatMap { workspace in
      // One that is sealed, or damaged, is no hint.
      (try? RunHistory.runs(of: workspace)) ?? []
    }
    let last = runs.max { $0.startedAt < $1.startedAt }
    plan = last.flatMap { $0.outcome == .planned ? $0.planPath : nil }.map { path in
      path.hasPrefix("\(folder)/") ? String(path.dropFirst(folder.count + 1)) : path
    }
  }

  private static func isMapping(_ path: String) -> Bool {
    guard let file = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? file.close() }
    let head = String(decoding: (try? file.read(upToCount: 4096)) ?? Data(), as: UTF8.self)
    return head.split(separator: "\n").contains { $0.hasPrefix("ferry:") }
  }

  /// The lines, ending in a line break.
  func text(in language: Language) -> String {
    let lines = [Self.intro[language], "", Self.first[language]] + steps(language)
    return lines.joined(separator: "\n") + "\n\n" + Self.more[language] + "\n"
  }

  private func steps(_ language: Language) -> [String] {
    func quoted(_ name: String) -> String { ScheduledJob.shellWord(name) }
    var steps: [(String, Words)] = []
    if let plan {
      steps.append(("ferry signoff \(quoted(plan)) --name NAME", Self.sign))
      steps.append(("ferry apply \(quoted(plan))", Self.apply))
    }
    for mapping in mappings.prefix(Self.mostMappings) {
      steps.append(("ferry plan \(quoted(mapping)) --to sqlite:crm.db", Self.plan))
    }
    if mappings.isEmpty, !sources.isEmpty {
      let what = sources.count == 1 ? quoted(sources[0]) : "."
      steps.append(("ferry inspect \(what)", Self.inspect))
      steps.append(("ferry draft \(what) -o mapping.yaml", Self.draft))
      steps.append(("ferry plan mapping.yaml --to sqlite:crm.db", Self.plan))
    }
    if steps.isEmpty {
      steps.append(("ferry demo", Self.demo))
      steps.append(("ferry inspect FOLDER", Self.inspect))
      steps.append(("ferry draft FOLDER -o mapping.yaml", Self.draft))
    }
    let width = steps.map(\.0.count).max() ?? 0
    return steps.map { line, words in
      "  \(line)\(String(repeating: " ", count: width - line.count))  \(words[language])"
    }
  }

  private static let intro = Words(
    en: "ferry carries customers from legacy sheets into a CRM: plan, apply, verify, undo.",
    zh: "ferry 把旧表格里的客户数据搬进 CRM：先出计划，再执行，再核对，可撤销。")
  private static let first = Words(en: "What to do first, here:", zh: "在此文件夹中，可先：")
  private static let more = Words(
    en: "All commands: ferry help. One of them: ferry help COMMAND.",
    zh: "全部命令：ferry help。单个命令：ferry help 命令。")
  private static let demo = Words(
    en: "a folder of made-up sheets to play with", zh: "一个可供试用的示例文件夹")
  private static let inspect = Words(en: "what is in the files", zh: "查看文件内容")
  private static let draft = Words(en: "write a first mapping", zh: "写出映射初稿")
  private static let plan = Words(
    en: "the dry run; the CRM is only read", zh: "预演；对 CRM 只读")
  private static let apply = Words(en: "do exactly that plan", zh: "严格按该计划执行")
  private static let sign = Words(en: "have it signed off", zh: "请人签核")
}
