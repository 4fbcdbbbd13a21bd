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
      SourceArguments.encoding, SourceArguments.password,
    ],
    examples: [
      "ferry match contacts.csv --config match.yaml --pairs pairs.csv --clusters clusters.csv"
    ],
    run: run)

  private static func run(_ invocation: Invocation) async throws -> ExitStatus {
    let console = invocation.console
    guard let path = invocation.value("--config") else {
      throw UsageError(.missingArgument("--config CONFIG"), spec)
    }
    let config: MatchConfig? = try MatchConfig.load(path: path)
    let sources = try sources(invocation, config)
    let headers = sources.map(\.header)
    let columns = try config?.columns(in: headers) ?? []
    try config?.checkUses(of: columns)
    let files = try outputs(invocation)
    var table = MatchTable(columns: columns)
    let progress = ProgressLine(console)
    var counts: [Int] = []
    for source in sources {
      let before = table.rowCount
      let places = columns.compactMap { source.header.place(of: $0.header) }
      let findings = try source.forEachRow(columns: places) { bytes, cells in
        table.append(bytes, cells: cells)
        if table.rowCount & 1023 == 0 {
          progress.show(Words(en: "reading", zh: "读取"), table.rowCount, of: nil)
        }
        return true
      }
      counts.append(table.rowCount - before)
      progress.end()
      for finding in findings where finding.severity > .info {
        console.say(console.report.text(of: finding))
      }
    }
    let start = counts.count > 1 ? counts[0] : 0
    progress.show(Words(en: "matching", zh: "匹配"), counts.reduce(0, +), of: nil)
    let result = await MatchRun(
      table, otherSideStart: start, options: config?.options ?? MatchOptions()
    ).result()
    progress.end()
    try MatchOutput(files, otherSideStart: start).write(result)
    return .done
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

  private static func outputs(
    _ invocation: Invocation
  ) throws -> (pairs: WholeFile?, clusters: WholeFile?) {
    let given = ["--pairs", "--clusters"].compactMap { invocation.value($0) }
    let read = [
      invocation.positional(0), invocation.value("--with"), invocation.value("--config"),
    ]
    var seen = Set(read.compactMap { $0 }.map(resolved))
    for path in given {
      guard path.hasPrefix("/dev/") || seen.insert(resolved(path)).inserted else {
        throw UsageError(.outputTwice(path), spec)
      }
    }
    return try MatchOutput.open(
      pairs: invocation.value("--pairs"), clusters: invocation.value("--clusters"))
  }

  private static func resolved(_ path: String) -> String {
    URL(filePath: path).resolvingSymlinksInPath().standardizedFileURL.path
  }
}
