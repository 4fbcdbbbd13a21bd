import FerryMapping
import FerryRecords
import FerrySQLStores
import FerrySQLite
import FerryStores
import Foundation
import Testing

@testable import FerryMigration

/// What the journal knows belongs to a store's table, whatever URL led to it.
@Suite struct StoreNameTests {
  private func load(
    _ fixture: Fixture, _ url: String, _ sheets: [SheetRows], layout: StoreLayout = StoreLayout()
  ) async throws -> RunSummary {
    let path = String(url.dropFirst("sqlite:".count))
    let store = try SQLiteStore.open(path: path, access: .readWrite, layout: layout)
    var context = MigrationContext(
      workspace: fixture.workspace, storeURL: url, now: { Date() },
      randomBits: { UInt64.random(in: 0...UInt64.max) })
    context.retryDelays = []
    var policies = MigrationPolicies()
    policies.layout = layout
    let summary = try await Migration.runImport(
      Fixture.request(sheets, policies: policies), store: store, context: context
    ) { store }
    await store.close()
    return summary
  }

  @Test func `a store that is reached by two URLs is one`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let (file, link) = (fixture.folder + "/crm.db", fixture.folder + "/link.db")
    #expect(try await load(fixture, "sqlite:\(file)", Fixture.sales()).outcome == .applied)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file)
    // A person's change is known for one only where the last-loaded values are found.
    try Database(path: file, access: .readWrite).execute(
      "UPDATE deals SET amount = '9.00' WHERE ferry_id = 'D3'")
    let next = try await load(fixture, "sqlite:\(link)", Fixture.sales(changed: [3, 4]))
    #expect(next.counts("deal")?.conflicted == 1 && next.counts("deal")?.updated == 1)
    let same = try await load(fixture, "sqlite:\(file)", Fixture.sales(changed: [4]))
    #expect(same.entities.allSatisfy { $0.same == $0.records })
  }

  @Test func `two tables of one URL are two`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let file = fixture.folder + "/crm.db"
    let database = try Database(path: file, access: .create)
    func layout(_ name: String) throws -> StoreLayout {
      try database.execute(
        "CREATE TABLE \(name) (id INTEGER PRIMARY KEY, no TEXT UNIQUE, name TEXT, phone TEXT)")
      var table = TableLayout(StoreName(name, at: "m.yaml:1:1"))
      table.key = StoreName("no", at: "m.yaml:2:1")
      for field in ["name", "phone"] {
        table.columns[field] = ColumnLayout(StoreName(field, at: "m.yaml:3:1"))
      }
      var layout = StoreLayout(timeZone: "UTC")
      layout.tables["account"] = table
      return layout
    }
    var accounts = Fixture.sales()[0]
    accounts.fields = ["name", "phone"]
    let (old, new) = (try layout("customers_old"), try layout("customers_new"))
    _ = try await load(fixture, "sqlite:\(file)", [accounts], layout: old)
    // A row that the other table holds was loaded there by nobody: the source writes it.
    try database.execute("INSERT INTO customers_new (no, name) VALUES ('A1', '别的')")
    let moved = try await load(fixture, "sqlite:\(file)", [accounts], layout: new)
    #expect(moved.counts("account")?.created == 6 && moved.counts("account")?.updated == 1)
    #expect(moved.counts("account")?.conflicted == 0)
    try database.execute("UPDATE customers_old SET phone = '+861' WHERE no = 'A2'")
    accounts.rows[2]["phone"] = "+862"
    let back = try await load(fixture, "sqlite:\(file)", [accounts], layout: old)
    #expect(back.counts("account")?.conflicted == 1)
  }

  @Test func `an id that the store has no place for is rejected by the plan`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let file = fixture.folder + "/crm.db"
    try Database(path: file, access: .create).execute(
      "CREATE TABLE customers (id INTEGER PRIMARY KEY, no INTEGER UNIQUE, name TEXT)")
    var table = TableLayout(StoreName("customers", at: "m.yaml:1:1"))
    table.key = StoreName("no", at: "m.yaml:2:1")
    table.columns["name"] = ColumnLayout(StoreName("name", at: "m.yaml:3:1"))
    var layout = StoreLayout(timeZone: "UTC")
    layout.tables["account"] = table
    let rows = ["7", "007", "A7"].map { ["key": $0, "name": "甲\($0)"] }
    let sheet = SheetRows(entity: SalesChain.account, fields: ["name"], rows: rows)
    let summary = try await load(fixture, "sqlite:\(file)", [sheet], layout: layout)
    #expect(summary.counts("account")?.created == 1 && summary.counts("account")?.rejected == 2)
    var kinds: [String: String] = [:]
    try PlanFile(path: #require(summary.planPath)).forEachChange { kinds[$0.externalID] = $0.kind }
    #expect(kinds == ["7": "create", "007": "reject", "A7": "reject"])
    #expect(summary.outcome == .applied && summary.controls.allSatisfy(\.isEqual))
  }
}
