import FerryCore
import FerryRecords
import FerrySQLStores
import FerryStores
import FerryTestSupport
import Foundation
import Testing

@testable import FerryMigration

/// An undo is a run like any other: planned, shown, resumed, and taken back itself.
@Suite struct UndoAgainTests {
  private func undo(
    _ run: String, _ fixture: Fixture, scope: UndoScope = UndoScope(), planOnly: Bool = false
  ) async throws -> RunSummary {
    try await Migration.undo(
      run: run, scope: scope, planOnly: planOnly,
      store: planOnly ? fixture.reading : fixture.writing, context: fixture.context())
  }

  @Test func `an undo of an undo makes everything again, links and all`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let run = try await fixture.load(Fixture.sales()).run
    let loaded = try await fixture.dump()
    var last = run
    for turn in 0..<3 {
      let undone = try await undo(last, fixture)
      #expect(undone.outcome == .applied && undone.undoneRun == last, "turn \(turn)")
      #expect(undone.counts("contact")?.removed == 7)
      #expect(try await fixture.dump().isEmpty)
      let again = try await undo(undone.run, fixture)
      #expect(again.outcome == .applied && again.counts("contact")?.created == 7)
      let now = try await fixture.dump()
      #expect(now == loaded, "turn \(turn)")
      for counts in again.entities { #expect(counts.isBalanced) }
      // By the first run's name as well as by the last one's.
      last = turn == 1 ? again.run : run
      if last == run { last = try await standing(run, fixture) }
    }
    // And it is known as loaded: the same sheets change nothing.
    let same = try await fixture.load(Fixture.sales())
    #expect(same.entities.allSatisfy { $0.created + $0.updated + $0.conflicted == 0 })
  }

  private func standing(_ run: String, _ fixture: Fixture) async throws -> String {
    let journal = try Journal(reading: fixture.workspace)
    let record = try #require(try journal.run(run))
    return try UndoRun(journal: journal, context: fixture.context()).standing(record).run
  }

  @Test func `updates go back and forth, and what a person did between is kept`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    _ = try await fixture.load(Fixture.sales())
    let run = try await fixture.load(Fixture.sales(accounts: 9, changed: [3, 4])).run
    let loaded = try await fixture.dump()
    let first = try await undo(run, fixture)
    await fixture.contents.edit("deal", externalID: "D3", field: "amount", to: "9.00")
    let again = try await undo(first.run, fixture)
    #expect(again.outcome == .partial && again.differences.map(\.externalID) == ["D3"])
    var expected = loaded
    expected["deal D3"]?["amount"] = "9.00"
    #expect(try await fixture.dump() == expected)
    // The run by its own name: what was done again is taken back again.
    let last = try await undo(run, fixture)
    #expect(last.undoneRun == again.run && last.counts("account")?.removed == 2)
  }

  @Test func `an undo is planned and shown before anything is written`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let run = try await fixture.load(Fixture.sales()).run
    let loaded = try await fixture.dump()
    let plan = try await undo(run, fixture, planOnly: true)
    #expect(plan.outcome == .planned && plan.command == "undo")
    #expect(plan.counts("deal")?.removed == 7)
    #expect(plan.changes.contains { $0.kind == "delete" && $0.externalID == "D3" })
    #expect(try await fixture.dump() == loaded)
    // A person changes a record that the plan removes: it is left alone.
    await fixture.contents.edit("deal", externalID: "D3", field: "amount", to: "9.00")
    let done = try await Migration.apply(
      planPath: try #require(plan.planPath), store: fixture.writing, context: fixture.context())
    #expect(done.command == "undo" && done.outcome == .partial && done.has("record.moved"))
    // The deal's account is kept with it, since the deal links to it.
    #expect(try await fixture.dump().keys.sorted() == ["account A3", "deal D3"])
    let proof = try await Migration.verify(
      run: done.run, store: fixture.reading, context: fixture.context())
    #expect(proof.differences.isEmpty)
  }

  @Test func `one entity or one record alone is taken back`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let run = try await fixture.load(Fixture.sales()).run
    let loaded = try await fixture.dump()
    let deals = try await undo(run, fixture, scope: UndoScope(entity: "deal"))
    #expect(deals.outcome == .applied && deals.entities.map(\.entity) == ["deal"])
    #expect(try await fixture.dump().count == 14)
    let account = UndoScope(entity: "account", externalID: "A2")
    let linked = try await undo(run, fixture, scope: account)
    #expect(linked.outcome == .partial && linked.has("undo.linked-since"))
    let contact = UndoScope(entity: "contact", externalID: "A2|C")
    #expect(try await undo(run, fixture, scope: contact).outcome == .applied)
    #expect(try await undo(run, fixture, scope: account).outcome == .applied)
    #expect(try await fixture.dump().count == 12)
    // The rest, and then nothing.
    #expect(try await undo(run, fixture).outcome == .applied)
    #expect(try await fixture.dump().isEmpty)
    let error = await #expect(throws: MigrationError.self) {
      _ = try await undo(run, fixture, scope: UndoScope(entity: "deal", externalID: "D99"))
    }
    #expect(error?.findings.first?.rule.id == "undo.nothing-in-scope")
    #expect(loaded.count == 21)
  }

  @Test func `with force what is linked to goes, its links are cleared, and both come back`()
    async throws
  {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let run = try await fixture.load(Fixture.sales()).run
    let payment = SheetRows(
      entity: SalesChain.payment, fields: ["amount", "account"],
      rows: [["key": "P1", "amount": "5.00", "account": "A5"]])
    _ = try await fixture.load([payment])
    let before = try await fixture.dump()
    let forced = try await undo(run, fixture, scope: UndoScope(isForced: true))
    #expect(forced.outcome == .applied && forced.has("undo.link-cleared"))
    let records = try await fixture.dump()
    #expect(records.keys.sorted() == ["payment P1"] && records["payment P1"]?["account"] == nil)
    let again = try await undo(forced.run, fixture)
    #expect(again.outcome == .applied)
    #expect(try await fixture.dump() == before)
  }

  @Test func `a link that was made after the undo was planned keeps its record`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let run = try await fixture.load(Fixture.sales()).run
    let plan = try await undo(run, fixture, planOnly: true)
    let payment = SheetRows(
      entity: SalesChain.payment, fields: ["amount", "account"],
      rows: [["key": "P1", "amount": "5.00", "account": "A5"]])
    _ = try await fixture.load([payment])
    let done = try await Migration.apply(
      planPath: try #require(plan.planPath), store: fixture.writing, context: fixture.context())
    #expect(done.outcome == .partial && done.has("undo.linked-since"))
    #expect(try await fixture.dump().keys.sorted() == ["account A5", "payment P1"])
  }

  @Test func `an undo of an undo that is cut off anywhere ends the same`() async throws {
    for step in 1... {
      let fixture = try Fixture()
      defer { fixture.remove() }
      let run = try await fixture.load(Fixture.sales()).run
      let loaded = try await fixture.dump()
      let undone = try await undo(run, fixture)
      do {
        _ = try await Migration.undo(
          run: undone.run, store: fixture.writing, context: fixture.context().brokenOff(at: step))
        break
      } catch is BrokenOff {
        let done = try await undo(undone.run, fixture)
        #expect(done.outcome == .applied, "step \(step)")
        #expect(try await fixture.dump() == loaded, "step \(step)")
      }
    }
  }

  @Test func `what a store refuses ends an undo so that it can be gone on with`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let run = try await fixture.load(Fixture.sales()).run
    await fixture.contents.failWrites(after: 2)
    let failed = try await undo(run, fixture)
    #expect(failed.outcome == .failed && failed.has("test.failing"))
    await fixture.contents.failWrites(after: nil)
    let done = try await Migration.resume(
      run: failed.run, store: fixture.writing, context: fixture.context())
    #expect(done.outcome == .applied && done.command == "undo")
    #expect(try await fixture.dump().isEmpty)
  }

  @Test func `records that link to later ones go and come back with their links`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let lead = SheetRows(
      entity: SalesChain.lead, fields: ["name", "converted_deal"],
      rows: [["key": "L1", "name": "王芳", "converted_deal": "D2"]])
    let run = try await fixture.load(Fixture.sales() + [lead]).run
    let loaded = try await fixture.dump()
    #expect(loaded["lead L1"]?["converted_deal"] == "D2")
    let undone = try await undo(run, fixture)
    #expect(undone.outcome == .applied && undone.findings.isEmpty)
    #expect(try await fixture.dump().isEmpty)
    #expect(try await undo(undone.run, fixture).outcome == .applied)
    #expect(try await fixture.dump() == loaded)
  }

  @Test func `SQLite makes removed records again as the one in memory does`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let store = try SQLiteStore.open(path: fixture.folder + "/crm.db", access: .readWrite)
    let run = try await Migration.runImport(
      Fixture.request(Fixture.sales()), store: store, context: fixture.context()
    ) { store }
    let loaded = try await fixture.dump(store)
    let undone = try await Migration.undo(
      run: run.run, store: store, context: fixture.context())
    #expect(try await fixture.dump(store).isEmpty && undone.outcome == .applied)
    let again = try await Migration.undo(
      run: undone.run, store: store, context: fixture.context())
    #expect(again.outcome == .applied && again.findings.isEmpty)
    #expect(try await fixture.dump(store) == loaded)
    await store.close()
  }
}
