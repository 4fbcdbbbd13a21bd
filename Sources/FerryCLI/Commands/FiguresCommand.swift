import FerryCore
import FerryMapping
import FerryMigration
import FerryRecords
import FerryReports
import FerryStores
import Foundation

/// `ferry figures`: what a CRM says of sales.
enum FiguresCommand {
  static let spec = CommandSpec(
    "figures",
    summary: Words(
      en: "lead conversion, win rate, average deal, sales cycle, funnel and forecast of a store",
      zh: "统计线索转化率、赢单率、平均成交额、销售周期、漏斗与预测"),
    positionals: [PositionalSpec("STORE|PLAN")],
    options: [
      OptionSpec(
        "--compare", "STORE|PLAN",
        en: "hold other figures against them; exit code 1 where any differs",
        zh: "与另一份指标比较；有不同则退出码为 1"),
      OptionSpec(
        "--timezone", "NAME",
        en: "the time zone that months are counted in, Asia/Shanghai otherwise",
        zh: "按哪个时区划分月份，默认 Asia/Shanghai"),
      OptionSpec(
        "--mapping", "MAPPING",
        en: "a mapping whose store: section names the store's tables; its time zone counts, too",
        zh: "其 store: 一节说明目标库各表的映射文件；并采用其中的时区"),
      OptionSpec(
        "--mask", en: "no name of an owner or a source: ‹1›, ‹2› … instead",
        zh: "不显示负责人与来源的名称，以 ‹1›、‹2›… 代替"),
      RunOptions.keyFile,
    ],
    examples: [
      "ferry figures sqlite:demo/crm.db",
      "ferry figures RUN.ferryplan --compare sqlite:crm.db",
      "ferry figures postgres://crm@db/sales --mapping crm.yaml",
    ],
    run: run)

  private static func run(_ invocation: Invocation) async throws -> ExitStatus {
    let mapping = try invocation.value("--mapping").map {
      try Pipeline(mappingPath: $0, environment: invocation.environment).mapping
    }
    let first = try FigureSource(invocation.positional(0) ?? "", invocation, mapping)
    let second = try invocation.value("--compare").map { try FigureSource($0, invocation, mapping) }
    let name =
      invocation.value("--timezone") ?? mapping?.settings.timeZone.identifier
      ?? first.timeZone ?? second?.timeZone ?? "Asia/Shanghai"
    guard let timeZone = TimeZone(identifier: name) else {
      throw UsageError(.badValue("--timezone", name, choices: ["Asia/Shanghai", "UTC"]), spec)
    }
    var mask = ValueMask()
    func figures(_ source: FigureSource) async throws -> SalesFigures {
      let figures = try await source.figures(timeZone)
      return invocation.has("--mask") ? mask.masked(figures) : figures
    }
    let console = invocation.console
    let left = try await figures(first)
    guard let second else {
      tell(left, first, console)
      return .done
    }
    let comparison = FigureComparison(left, try await figures(second), in: console.language)
    if console.isJSON {
      let document = console.jsonReport.document(
        of: comparison, left: first.name, right: second.name)
      console.print(document.text() + "\n")
    } else {
      console.print(console.report.text(of: comparison, left: first.name, right: second.name))
    }
    return comparison.isEqual ? .done : .doneWithFindings
  }

  private static func tell(_ figures: SalesFigures, _ source: FigureSource, _ console: Console) {
    if console.isJSON {
      console.print(console.jsonReport.document(of: figures).text() + "\n")
      return
    }
    if source.isPlan {
      console.say(
        Words(
          en: "Figures as they will be in {0} once the plan is applied:",
          zh: "执行该计划之后 {0} 中的指标："), source.storeURL)
    }
    console.print(console.report.text(of: figures))
  }
}

/// What figures are read from: a store as it is, or as a plan will leave it.
struct FigureSource {
  /// As people see it.
  let name: String
  let storeURL: String
  private let plan: PlanFile?
  private let layout: StoreLayout

  /// Whether they are of what will be.
  var isPlan: Bool { plan != nil }
  /// The time zone that a plan counts months in.
  var timeZone: String? { plan?.timeZone }

  init(_ text: String, _ invocation: Invocation, _ mapping: Mapping?) throws {
    guard text.hasSuffix(".ferryplan") || FileManager.default.fileExists(atPath: text) else {
      plan = nil
      storeURL = text
      name = StoreLocator.displayed(text)
      layout = mapping?.layout ?? StoreLayout()
      return
    }
    let plan = try PlanFile(path: text, key: invocation.sealKey())
    self.plan = plan
    (storeURL, layout, name) = (plan.store, plan.layout, text)
  }

  func figures(_ timeZone: TimeZone) async throws -> SalesFigures {
    try await StoreLocator.withStore(storeURL, for: .readOnly, layout: layout) { store, _ in
      guard let plan else { return try await SalesFigures.reading(store, timeZone: timeZone) }
      return try await SalesFigures.after(plan, in: store, timeZone: timeZone)
    }
  }
}
