import FerryCore
import FerryReports
import FerryTables
import Foundation

/// `ferry cat`: any sheet as csv, jsonl or cells.
enum CatCommand {
  static let spec = CommandSpec(
    "cat",
    summary: Words(
      en: "print a sheet as csv, jsonl or cells, just as it stands",
      zh: "按原样输出工作表，格式为 csv、jsonl 或 cells"),
    positionals: [PositionalSpec("FILE")],
    options: [
      OptionSpec(
        "--format", "FORMAT", choices: CatFormat.allCases.map(\.rawValue),
        en: "how to print it, csv otherwise", zh: "输出格式，默认 csv"),
      OptionSpec(
        "--sheet", "NAME", en: "the sheet to print, the first otherwise (cells: all)",
        zh: "要输出的工作表，默认第一个（cells 默认全部）"),
      SourceArguments.encoding, SourceArguments.password,
    ],
    examples: ["ferry cat SampleData/legacy-customers.xlsx --sheet 客户台账 --format jsonl"],
    run: run)

  private static func run(_ invocation: Invocation) async throws -> ExitStatus {
    let path = invocation.positional(0) ?? ""
    let isDocument = invocation.console.isJSON
    let format =
      isDocument ? .cells : invocation.value("--format").flatMap(CatFormat.init) ?? .csv
    let file = try SourceFile(path: path, options: try SourceArguments.options(invocation))
    for finding in file.findings where finding.severity > .info {
      invocation.console.say(invocation.console.report.text(of: finding))
    }
    var output = CatOutput(asDocumentOf: isDocument ? file.name : nil)
    for index in try sheets(of: file, format, invocation.value("--sheet")) {
      try copy(file, sheet: index, format, to: &output, invocation.console)
    }
    output.end()
    return .done
  }

  private static func sheets(
    of file: SourceFile, _ format: CatFormat, _ name: String?
  ) throws -> [Int] {
    let readable = file.sheets.indices.filter { file.sheets[$0].isWorksheet }
    guard let name else { return format == .cells ? readable : Array(readable.prefix(1)) }
    guard let index = readable.first(where: { file.sheets[$0].name == name }) else {
      let known = readable.map { file.sheets[$0].name }
      throw UsageError(.noSheet(name, file: file.name, known: known), spec)
    }
    return [index]
  }

  private static func copy(
    _ file: SourceFile, sheet index: Int, _ format: CatFormat, to output: inout CatOutput,
    _ console: Console
  ) throws {
    let reader = try file.rows(ofSheet: index)
    var writer = CatWriter(format: format, sheet: file.sheets[index].name)
    var batch = RowBatch()
    while try reader.read(into: &batch) {
      writer.append(batch)
      if writer.output.count > 1 << 18 {
        output.write(writer.output)
        writer.removeOutput()
      }
    }
    output.write(writer.output)
    for finding in reader.takeFindings() where finding.severity > .info {
      console.say(console.report.text(of: finding))
    }
  }
}
