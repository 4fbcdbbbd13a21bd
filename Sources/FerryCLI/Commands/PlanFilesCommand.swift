import FerryCore
import FerryMigration
import FerryReports

/// `ferry plan --diff` and `--dump`: plans that are there already.
enum PlanFilesCommand {
  static let diff = OptionSpec(
    "--diff", "PLAN1 PLAN2",
    en: "compare two plans record by record; exit code 1 where they differ",
    zh: "逐条比较两份计划；不同则退出码为 1")
  static let dump = OptionSpec(
    "--dump", "PLAN",
    en: "print a plan as lines of JSON, the same for each plan of the same input and store",
    zh: "以 JSON 行输出计划；输入与目标库相同则输出相同")
  static let showValues = OptionSpec(
    "--show-values",
    en: "show the values that findings, or with --diff records, are about: customers' data",
    zh: "显示问题或（与 --diff 连用时）有差异的记录所涉及的值（属于客户数据）")

  /// Does what was asked for; `nil` where neither was.
  static func run(_ invocation: Invocation) throws -> ExitStatus? {
    if let paths = invocation.values["--diff"]?.suffix(2), let left = paths.first,
      let right = paths.last
    {
      return try compare(left, right, invocation)
    }
    guard let path = invocation.value("--dump") else { return nil }
    try dump(PlanFile(path: path, key: invocation.sealKey()))
    return .done
  }

  private static func compare(
    _ left: String, _ right: String, _ invocation: Invocation
  ) throws -> ExitStatus {
    let key = try invocation.sealKey()
    let diff = try PlanDiff(PlanFile(path: left, key: key), PlanFile(path: right, key: key))
    let console = invocation.console
    if console.isJSON {
      var report = console.jsonReport
      report.showsValues = invocation.has("--show-values")
      console.print(report.document(of: diff, left: left, right: right).text() + "\n")
    } else {
      var report = console.report
      report.showsValues = invocation.has("--show-values")
      console.print(report.text(of: diff))
    }
    return diff.isEmpty ? .done : .doneWithFindings
  }

  private static func dump(_ plan: PlanFile) throws {
    var output = StandardOutput()
    var bytes = ContiguousArray<UInt8>()
    try PlanDump(plan: plan).forEachLine { line in
      bytes.append(contentsOf: line.utf8)
      guard bytes.count > 1 << 16 else { return }
      output.write(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
    output.write(bytes)
  }
}
