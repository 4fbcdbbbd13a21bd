import FerryCore
import FerryMatching
import FerryReports
import FerryTables
import Foundation

/// `ferry match`: the duplicates of a table, or the links between two.
enum MatchCommand {
  static let spec = CommandSpec(
    "match",
    summary: Words(
      en: "deduplicate a table, or link two: pairs and clusters out",
      zh: "为一张表去重，或关联两张表：输出匹配对与聚类"),
    positionals: [PositionalSpec("FILE")],
    options: [
      OptionSpec(
        "--with", "FILE2", en: "the table to link FILE with; pairs are made across only",
        zh: "与 FILE 关联的另一张表；只在两表之间配对"),
      OptionSpec(
        "--config", "CONFIG", en: "the columns' kinds, and what is fixed; found otherwise",
        zh: "各列的种类与固定的设置，默认自动判断"),
      OptionSpec(
        "--pairs", "FILE", en: "write left,right,probability there", zh: "匹配对输出到此 CSV 文件"),
      OptionSpec(
        "--clusters", "FILE", en: "write row,cluster of every row there", zh: "每行所属聚类输出到此 CSV 文件"),
      OptionSpec(
        "--sheet", "NAME", en: "the sheet of FILE, the first otherwise",
        zh: "FILE 的工作表，默认第一个"),
      OptionSpec(
        "--with-sheet", "NAME", en: "the sheet of FILE2, the first otherwise",
        zh: "FILE2 的工作表，默认第一个"),
      OptionSpec(
        "--explain", "A B", en: "tell why rows A and B are the same, or not (B of FILE2)",
        zh: "说明第 A 行与第 B 行为何相同或不同（有 FILE2 时 B 为其中的行）"),
      OptionSpec(
        "--save-model", "FILE", en: "write what was learned, for 'model' in a config",
        zh: "将学到的模型写入此文件，供配置中的 model 使用"),
      OptionSpec(
        "--mask", en: "taken for scripts that give it everywhere: match never shows a value",
        zh: "便于脚本统一使用：match 本就不显示任何值"),
      SourceArguments.encoding, SourceArguments.password,
    ],
    examples: [
      "ferry match SampleData/crm-export-contacts.csv --pairs pairs.csv --clusters clusters.csv"
    ],
    run: run)

  private static func run(_ invocation: Invocation) async throws -> ExitStatus {
    let console = invocation.console
    let config = try invocation.value("--config").map { try MatchConfig.load(path: $0) }
    let input = try MatchInput(try sources(invocation, config), config: config)
    if !input.guesses.isEmpty { console.say(console.report.config(of: input.guesses)) }
    let files = try outputs(invocation)
    let progress = ProgressLine(console)
    let (table, counts) = try input.read(console, progress)
    let asked = try ExplainedRows(invocation, input.sources, counts)
    // Where the first of two tables has no row, none of the second's has a partner.
    let start = counts.count > 1 ? (counts[0] > 0 ? counts[0] : counts[1]) : 0
    let run = MatchRun(table, otherSideStart: start, options: input.options)
    progress.show(Words(en: "learning", zh: "学习"), counts.reduce(0, +), of: nil)
    let model = try await MatchModelFile.model(of: run, input.options)
    progress.show(Words(en: "matching", zh: "匹配"), counts.reduce(0, +), of: nil)
    let result = await run.result(by: model)
    progress.end()
    try files.write(result, model, otherSideStart: start)
    let summary = MatchSummary(
      tables: zip(input.sources, counts).map { $0.summary(rowCount: $1) }, columns: input.columns,
      guesses: input.guesses, options: input.options, result: result,
      explanation: asked.map { $0.explanation(run, model) })
    report(summary, invocation)
    return .done
  }

  private static func report(_ summary: MatchSummary, _ invocation: Invocation) {
    let console = invocation.console
    if console.isJSON {
      console.print(console.jsonReport.document(of: summary).text() + "\n")
    } else if let explanation = summary.explanation {
      console.print(console.report.text(of: explanation))
    }
    console.say(console.report.text(of: summary, written: outputPaths(invocation)))
  }

  private static func outputPaths(_ invocation: Invocation) -> [String] {
    ["--pairs", "--clusters", "--save-model"].compactMap { invocation.value($0) }
  }

  private static func sources(
    _ invocation: Invocation, _ config: MatchConfig?
  ) throws -> [MatchSource] {
    let options = try SourceArguments.options(invocation)
    var sources = [
      try MatchSource(
        path: invocation.positional(0) ?? "", sheet: invocation.value("--sheet"), options: options,
        config: config)
    ]
    if let other = invocation.value("--with") {
      sources.append(
        try MatchSource(
          path: other, sheet: invocation.value("--with-sheet"), options: options, config: config))
    }
    return sources
  }

  private static func outputs(_ invocation: Invocation) throws -> MatchOutput {
    let read = [
      invocation.positional(0), invocation.value("--with"), invocation.value("--config"),
    ]
    var seen = Set(read.compactMap { $0 }.map(FilePlace.resolved))
    for path in outputPaths(invocation) {
      guard path.hasPrefix("/dev/") || seen.insert(FilePlace.resolved(path)).inserted else {
        throw UsageError(.outputTwice(path), spec)
      }
    }
    return try MatchOutput(
      pairs: invocation.value("--pairs"), clusters: invocation.value("--clusters"),
      model: invocation.value("--save-model"))
  }
}
