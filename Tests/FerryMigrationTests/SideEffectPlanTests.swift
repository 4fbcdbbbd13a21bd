import FerryCore
import FerryRecords
import FerrySQLStores
import FerrySQLite
import FerryStores
import Foundation
import Testing

@testable import FerryMigration

@Suite struct SideEffectPlanTests {
  @Test func `a plan tells what the store will start by itself, and for how many`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let file = fixture.folder + "/crm.db"
    let load = { (sheets: [SheetRows]) in
      let store = try SQLiteStore.open(path: file, access: .readWrite)
      let summary = try await Migration.runImport(
        Fixture.request(sheets), store: store, context: fixture.context()
      ) { store }
      await store.close()
      return summary
    }
    #expect(try await !load(Fixture.sales()).has("store.side-effect"))
    try Database(path: file, access: .readWrite).execute(
      """
      CREATE TABLE mails (x);
      CREATE TRIGGER mail AFTER UPDATE ON deals BEGIN INSERT INTO mails VALUES (new.id); END
      """)
    let quiet = try await load(Fixture.sales())
    #expect(!quiet.has("store.side-effect"), "nothing is written, so nothing starts")
    let summary = try await load(Fixture.sales(changed: [1, 2]))
    let told = summary.findings.filter { $0.rule.id == "store.side-effect" }
    #expect(told.map(\.arguments) == [["trigger mail", "deal", "2"]])
    #expect(told.allSatisfy { $0.severity == .warning })
    // To take it back starts it again, and the plan for that says so.
    let store = try SQLiteStore.open(path: file, access: .readWrite)
    let undo = try await Migration.undo(
      run: summary.run, planOnly: true, store: store, context: fixture.context())
    await store.close()
    #expect(
      undo.findings.filter { $0.rule.id == "store.side-effect" }.map(\.arguments)
        == [["trigger mail", "deal", "2"]])
  }
}
