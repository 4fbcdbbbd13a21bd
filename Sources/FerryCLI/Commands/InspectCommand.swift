import FerryCore
import FerryDrafting
import FerryReports
import FerryTables

/// `ferry inspect`: what is in these files.
enum InspectCommand {
  static let spec = CommandSpec(
    "inspect",
    summary: Words(
      en: "what is in these files: tables, columns, types, fill, damage, keys, links, doubles",
      zh: "查看文件内容：表格、列、类型、填充率、损坏、主键、关联与重复"),
    positionals: [PositionalSpec("FILE", repeated: true)],
    options: [
      OptionSpec(
        "--output", "PAGE", en: "write a page with charts too (-o), such as inspect.html",
        zh: "另写一份带图表的页面（-o），如 inspect.html"),
      OptionSpec(
        "--sheet", "NAME", en: "only the sheet of that name", zh: "只看此名称的工作表"),
      OptionSpec(
        "--show-values", en: "show each column's most frequent values, which are customers' data",
        zh: "显示各列最常见的值（属于客户数据）"),
      OptionSpec(
        "--mask", en: "no value of any cell, to show to others: ‹1›, ‹2› … instead",
        zh: "不显示任何单元格的值，以 ‹1›、‹2›… 代替，便于给他人查看"),
      SourceArguments.encoding, SourceArguments.password,
    ],
    examples: ["ferry inspect SampleData -o inspect.html"],
    run: run)

  private static func run(_ invocation: Invocation) async throws -> ExitStatus {
    let console = invocation.console
    let progress = ProgressLine(console)
    var profiles: [TableProfile] = []
    var notes: [Finding] = []
    var unread: [any Failure] = []
    for path in try SourceFolders.files(of: invocation.positionals) {
      progress.show(Words(en: "inspecting", zh: "查看"), profiles.count, of: nil)
      do {
        try profile(path, invocation, into: &profiles, &notes)
      } catch let failure as any Failure where failure.exitStatus == .unreadableSource {
        // The other files of a folder are shown all the same.
        unread.append(failure)
      }
    }
    progress.end()
    if let first = unread.first, profiles.isEmpty { throw first }
    notes += unread.flatMap(\.findings)
    let insights = FolderInsights(profiles)
    if invocation.has("--mask") {
      var mask = ValueMask()
      profiles = profiles.map { mask.masked($0) }
    }
    let showsValues = invocation.has("--show-values")
    if console.isJSON {
      var report = console.jsonReport
      report.showsValues = showsValues
      let document = report.document(of: profiles)
        .adding("insights", report.document(of: insights, profiles))
        .adding("notes", report.findings(notes))
      console.print(document.text() + "\n")
    } else {
      var report = console.report
      report.showsValues = showsValues
      console.print(report.text(of: profiles) + report.text(of: insights, profiles))
      if !notes.isEmpty { console.say(console.report.text(of: notes)) }
    }
    if let path = invocation.value("--output") {
      let page = InspectPage(language: console.language, showsValues: showsValues)
      let file = try WholeFile(path: path)
      try file.write { $0.append(contentsOf: page.page(of: profiles, insights).utf8) }
      try file.finish()
      console.say(InsightReportWords.pageWritten, path)
    }
    return unread.isEmpty ? .done : .doneWithFindings
  }

  private static func profile(
    _ path: String, _ invocation: Invocation, into profiles: inout [TableProfile],
    _ notes: inout [Finding]
  ) throws {
    let file = try SourceFile(path: path, options: try SourceArguments.options(invocation))
    notes += file.findings
    let wanted = invocation.value("--sheet")
    let sheets = file.sheets.indices.filter { index in
      file.sheets[index].isWorksheet && (wanted == nil || wanted == file.sheets[index].name)
    }
    if let wanted, sheets.isEmpty {
      let known = file.sheets.map(\.name)
      throw UsageError(.noSheet(wanted, file: file.name, known: known), spec)
    }
    for index in sheets {
      do {
        profiles += try file.profiles(ofSheet: index)
      } catch let failure as any Failure where sheets.count > 1 {
        // One sheet without a table says so; the others are shown all the same.
        notes += failure.findings.map {
          Finding(
            $0.rule, at: $0.provenance, value: $0.value, arguments: $0.arguments,
            severity: .warning)
        }
      }
    }
  }
}

/// The words of the command itself.
private enum InsightReportWords {
  static let pageWritten = Words(en: "The page is {0}.", zh: "页面已写入 {0}。")
}
