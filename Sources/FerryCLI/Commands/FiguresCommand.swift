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
    positionals: [PositionalSpec("STORE")],
    options: [
      OptionSpec(
        "--timezone", "NAME",
        en: "the time zone that months are counted in, Asia/Shanghai otherwise",
        zh: "按哪个时区划分月份，默认 Asia/Shanghai"),
      OptionSpec(
        "--mapping", "MAPPING",
        en: "a mapping whose store: section names the store's tables; its time zone counts, too",
        zh: "其 store: 一节说明目标库各表的映射文件；并采用其中的时区"),
    ],
    examples: [
      "ferry figures sqlite:demo/crm.db",
      "ferry figures postgres://crm@db/sales --mapping crm.yaml",
    ],
    run: run)

  private static func run(_ invocation: Invocation) async throws -> ExitStatus {
    let mapping = try invocation.value("--mapping").map {
      try Pipeline(mappingPath: $0, environment: invocation.environment).mapping
    }
    let name =
      invocation.value("--timezone") ?? mapping?.settings.timeZone.identifier ?? "Asia/Shanghai"
    guard let timeZone = TimeZone(identifier: name) else {
      throw UsageError(.badValue("--timezone", name, choices: ["Asia/Shanghai", "UTC"]), spec)
    }
    let url = invocation.positional(0) ?? ""
    let figures = try await StoreLocator.withStore(
      url, for: .readOnly, layout: mapping?.layout ?? StoreLayout()
    ) { store, _ in
      try await SalesFigures.reading(store, timeZone: timeZone)
    }
    let console = invocation.console
    if console.isJSON {
      console.print(console.jsonReport.document(of: figures).text() + "\n")
    } else {
      console.print(console.report.text(of: figures))
    }
    return .done
  }
}
