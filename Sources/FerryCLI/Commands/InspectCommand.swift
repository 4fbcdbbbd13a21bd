import FerryCore
import FerryReports
import FerryTables

/// `ferry inspect`: what is in these files.
enum InspectCommand {
  static let spec = CommandSpec(
    "inspect",
    summary: Words(
      en: "what is in these files: tables, columns, types, fill, damage",
      zh: "查看文件内容：表格、列、类型、填充率与损坏的单元格"),
    positionals: [PositionalSpec("FILE", repeated: true)],
    options: [
      OptionSpec(
        "--sheet", "NAME", en: "only the sheet of that name", zh: "只看此名称的工作表"),
      OptionSpec(
        "--show-values", en: "show each column's most frequent values, which are customers' data",
        zh: "显示各列最常见的值（属于客户数据）"),
      SourceArguments.encoding, SourceArguments.password,
    ],
    examples: ["ferry inspect SampleData/legacy-customers.xlsx"],
    run: run)

  private static func run(_ invocation: Invocation) async throws -> ExitStatus {
    let console = invocation.console
    let progress = ProgressLine(console)
    var profiles: [TableProfile] = []
    var notes: [Finding] = []
    for path in invocation.positionals {
      progress.show(Words(en: "inspecting", zh: "查看"), profiles.count, of: nil)
      try profile(path, invocation, into: &profiles, &notes)
    }
    progress.end()
    if console.isJSON {
      var report = console.jsonReport
      report.showsValues = invocation.has("--show-values")
      let document = report.document(of: profiles)
      console.print(document.adding("notes", console.jsonReport.findings(notes)).text() + "\n")
    } else {
      var report = console.report
      report.showsValues = invocation.has("--show-values")
      console.print(report.text(of: profiles))
      if !notes.isEmpty { console.say(console.report.text(of: notes)) }
    }
    return .done
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
