import FerryCore
import FerryMapping
import FerryRecords
import FerryStores
import FerryTestSupport
import Foundation
import Testing

@testable import FerryMigration

/// Rows that are gone from the sources: their records stay, are marked, or go.
@Suite struct GoneTests {
  private func policies(
    _ action: GonePolicy.Action, _ entities: [String] = ["deal"], limit: Decimal = 100
  ) -> MigrationPolicies {
    var policies = MigrationPolicies()
    for entity in entities {
      policies.gone[entity] = GonePolicy(
        action, values: action == .mark ? ["stage": "lost"] : [:],
        limit: Gate(
          entity: entity, count: .gone, limit: limit, isPercent: true, text: "\(limit)%"))
    }
    return policies
  }

  /// The sales of the fixture without the rows of these deals.
  private func sales(without deals: Set<Int>) -> [SheetRows] {
    var sheets = Fixture.sales()
    sheets[2].rows.removeAll { row in deals.contains { row["key"] == "D\($0)" } }
    return sheets
  }

  @Test(arguments: [nil, .keep] as [GonePolicy.Action?])
  func `they stay unless the mapping says otherwise`(action: GonePolicy.Action?) async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    _ = try await fixture.load(Fixture.sales())
    let before = try await fixture.dump()
    let policies = action.map { self.policies($0) } ?? .init()
    let summary = try await fixture.load(sales(without: [2, 3]), policies: policies)
    #expect(summary.outcome == .applied && summary.has("gone.kept") == (action != nil))
    #expect(summary.counts("deal")?.gone == (action == nil ? 0 : 2))
    #expect(try await fixture.dump() == before)
  }

  @Test func `they are removed, those aside that people changed or link to, and come back`()
    async throws
  {
    let fixture = try Fixture()
    defer { fixture.remove() }
    _ = try await fixture.load(Fixture.sales())
    await fixture.contents.edit("deal", externalID: "D4", field: "amount", to: "9.00")
    let quote = SheetRows(
      entity: SalesChain.quote, fields: ["number", "account", "deal"],
      rows: [["key": "Q1", "number": "Q1", "account": "A5", "deal": "D5"]])
    let other = try Fixture()
    defer { other.remove() }
    let writing = fixture.writing
    _ = try await Migration.runImport(
      Fixture.request([quote]), store: fixture.reading, context: other.context()
    ) { writing }
    let before = try await fixture.dump()
    let plan = try await Migration.plan(
      Fixture.request(sales(without: [2, 4, 5]), policies: policies(.delete)),
      store: fixture.reading, context: fixture.context())
    let counts = try #require(plan.counts("deal"))
    #expect(counts.records == 4 && counts.isBalanced)
    #expect(counts.gone == 3 && counts.goneRemoved == 1 && counts.goneKept == 2)
    #expect(plan.has("gone.changed-since") && plan.has("gone.linked"))
    #expect(plan.changes.contains { $0.kind == "delete" && $0.externalID == "D2" })
    let done = try await Migration.resume(
      run: plan.run, store: fixture.writing, context: fixture.context())
    #expect(done.outcome == .applied && done.counts("deal") == counts)
    var expected = before
    expected["deal D2"] = nil
    #expect(try await fixture.dump() == expected)
    let proof = try await Migration.verify(
      run: plan.run, store: fixture.reading, context: fixture.context())
    #expect(proof.differences.isEmpty && !proof.controls.contains { !$0.isEqual })
    // Taken back, it is there again; the next night it is gone again.
    let undone = try await Migration.undo(
      run: plan.run, store: fixture.writing, context: fixture.context())
    #expect(undone.outcome == .applied && undone.counts("deal")?.created == 1)
    #expect(try await fixture.dump() == before)
    let next = try await fixture.load(sales(without: [2, 4, 5]), policies: policies(.delete))
    #expect(next.counts("deal")?.goneRemoved == 1)
    let last = try await fixture.load(sales(without: [2, 4, 5]), policies: policies(.delete))
    #expect(last.counts("deal")?.goneRemoved == 0 && last.counts("deal")?.gone == 2)
  }

  @Test func `a whole branch goes, children first`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let sheets = Fixture.sales()
    _ = try await fixture.load(sheets)
    var rest = sheets
    for sheet in rest.indices {
      rest[sheet].rows.removeAll { row in
        ["A5", "A5|C", "D5"].contains(row["key"])
      }
    }
    let policies = self.policies(.delete, ["account", "contact", "deal"])
    let summary = try await fixture.load(rest, policies: policies)
    #expect(summary.outcome == .applied)
    #expect(summary.entities.allSatisfy { $0.goneRemoved == 1 && $0.isBalanced })
    let records = try await fixture.dump()
    #expect(records.count == 18 && records["account A5"] == nil)
  }

  @Test func `a mark is set once, and a row that comes back takes it off`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    _ = try await fixture.load(Fixture.sales())
    let before = try await fixture.dump()
    await fixture.contents.edit("deal", externalID: "D4", field: "stage", to: "negotiation")
    let first = try await fixture.load(sales(without: [2, 4]), policies: policies(.mark))
    #expect(first.outcome == .applied && first.counts("deal")?.goneMarked == 1)
    #expect(first.has("gone.changed-since") && first.has("gone.marked"))
    #expect(try await fixture.dump()["deal D2"]?["stage"] == "lost")
    let again = try await fixture.load(sales(without: [2, 4]), policies: policies(.mark))
    #expect(again.counts("deal")?.goneMarked == 0 && again.counts("deal")?.gone == 2)
    let back = try await fixture.load(Fixture.sales(), policies: policies(.mark))
    #expect(back.counts("deal")?.updated == 1 && back.counts("deal")?.gone == 0)
    #expect(try await fixture.dump()["deal D2"] == before["deal D2"])
    // A person takes the mark off a record that is still gone: it stays off.
    _ = try await fixture.load(sales(without: [3]), policies: policies(.mark))
    await fixture.contents.edit("deal", externalID: "D3", field: "stage", to: "won")
    let kept = try await fixture.load(sales(without: [3]), policies: policies(.mark))
    #expect(kept.counts("deal")?.goneMarked == 0 && kept.has("gone.changed-since"))
    #expect(try await fixture.dump()["deal D3"]?["stage"] == "won")
  }

  @Test(arguments: [GonePolicy.Action.mark, .delete])
  func `an undo takes marks and removals back`(action: GonePolicy.Action) async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    _ = try await fixture.load(Fixture.sales())
    let before = try await fixture.dump()
    let run = try await fixture.load(sales(without: [1, 2]), policies: policies(action))
    #expect(try await fixture.dump() != before)
    let undone = try await Migration.undo(
      run: run.run, store: fixture.writing, context: fixture.context())
    #expect(undone.outcome == .applied)
    #expect(try await fixture.dump() == before)
  }

  @Test func `a source that lost too much stops the import before anything is written`()
    async throws
  {
    let fixture = try Fixture()
    defer { fixture.remove() }
    _ = try await fixture.load(Fixture.sales())
    let before = try await fixture.dump()
    let summary = try await fixture.load(
      sales(without: [0, 1, 2]), policies: policies(.delete, limit: 40))
    #expect(summary.outcome == .planned && summary.has("gate.not-met"))
    let gate = try #require(summary.gates.first)
    #expect(gate.name == "deal.gone" && gate.limit == "40%" && gate.actual == "42.86%")
    #expect(try await fixture.dump() == before)
  }

  @Test func `a record that went into another one is not gone with its row`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    var known = KnownTests.huaxin
    known["email"] = nil
    try await KnownTests.load([("A1", known)], into: fixture)
    try await KnownTests.load([("X7", KnownTests.short)], into: fixture)
    let before = try await fixture.dump()
    var request = Fixture.request(
      KnownTests.sheets([("A1", known)]), policies: policies(.delete, ["account", "contact"]))
    request.policies.gone["contact"] = nil
    let summary = try await Migration.runImport(
      request, store: fixture.reading, context: fixture.context(),
      openForWriting: { fixture.writing })
    #expect(summary.counts("account")?.gone == 0)
    #expect(try await fixture.dump() == before)
  }
}
