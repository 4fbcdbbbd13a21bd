import FerryCore
import FerryRecords
import FerryStores
import FerryTestSupport
import Foundation
import Testing

@testable import FerryMigration

/// What a person did to a deal after a run had set its amount from 300.50 to 301.50.
struct SinceCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let field: String
  let now: String?
  /// What it holds after the undo.
  let after: String?
  let isKept: Bool

  static let all = [
    SinceCase(
      testDescription: "nothing: the old value comes back", field: "amount", now: "301.50",
      after: "300.50", isKept: false),
    SinceCase(
      testDescription: "another value is kept and named", field: "amount", now: "777.00",
      after: "777.00", isKept: true),
    SinceCase(
      testDescription: "the old value by hand needs nothing", field: "amount", now: "300.50",
      after: "300.50", isKept: false),
    SinceCase(
      testDescription: "another spelling of what was written is no change", field: "amount",
      now: "301.5", after: "300.50", isKept: false),
    SinceCase(
      testDescription: "emptied by hand stays empty", field: "amount", now: nil, after: nil,
      isKept: true),
    SinceCase(
      testDescription: "a field that the run left alone is nobody's business", field: "stage",
      now: "lost", after: "lost", isKept: false),
  ]
}

@Suite struct UndoTests {
  @Test(arguments: SinceCase.all)
  func `an update goes back field by field`(since: SinceCase) async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    _ = try await fixture.load(Fixture.sales())
    let run = try await fixture.load(Fixture.sales(changed: [3, 4])).run
    await fixture.contents.edit("deal", externalID: "D3", field: since.field, to: since.now)
    let undone = try await Migration.undo(
      run: run, store: fixture.writing, context: fixture.context())
    let records = try await fixture.dump()
    #expect(records["deal D3"]?[since.field] == since.after)
    #expect(records["deal D4"]?["amount"] == "400.50")
    #expect(undone.has("undo.changed-since") == since.isKept)
    #expect(undone.outcome == (since.isKept ? .partial : .applied))
    for counts in undone.entities { #expect(counts.isBalanced) }
    #expect(undone.counts("deal")?.conflicted == (since.isKept ? 1 : 0))
  }

  @Test func `an undone first run leaves nothing, and can be run again`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    for _ in 0..<2 {
      let run = try await fixture.load(Fixture.sales())
      #expect(run.counts("contact")?.created == 7)
      let undone = try await Migration.undo(
        run: run.run, store: fixture.writing, context: fixture.context())
      #expect(undone.counts("contact")?.removed == 7)
      #expect(try await fixture.dump().isEmpty)
    }
  }

  @Test func `a created record that a person changed stays, and what it links to`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let run = try await fixture.load(Fixture.sales()).run
    await fixture.contents.edit("contact", externalID: "A3|C", field: "title", to: "总监")
    let undone = try await Migration.undo(
      run: run, store: fixture.writing, context: fixture.context())
    #expect(undone.outcome == .partial)
    #expect(undone.has("undo.changed-since") && undone.has("undo.linked-since"))
    #expect(undone.differences.map(\.externalID) == ["A3|C", "A3"])
    #expect(undone.differences.first?.fields.map(\.field) == ["title"])
    let records = try await fixture.dump()
    #expect(records.keys.sorted() == ["account A3", "contact A3|C"])
    #expect(records["account A3"]?["parent"] == nil)
  }

  @Test func `what someone linked to since stays`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let run = try await fixture.load(Fixture.sales()).run
    let other = SheetRows(
      entity: SalesChain.payment, fields: ["amount", "account"],
      rows: [["key": "P1", "amount": "5.00", "account": "A5"]])
    _ = try await fixture.load([other])
    let undone = try await Migration.undo(
      run: run, store: fixture.writing, context: fixture.context())
    #expect(undone.differences.map(\.externalID) == ["A5"])
    #expect(try await fixture.dump().keys.sorted() == ["account A5", "payment P1"])
  }

  @Test func `an undo that kept something does the rest when asked again`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let run = try await fixture.load(Fixture.sales()).run
    await fixture.contents.edit("deal", externalID: "D1", field: "amount", to: "1.00")
    let first = try await Migration.undo(
      run: run, store: fixture.writing, context: fixture.context())
    #expect(first.outcome == .partial)
    await fixture.contents.edit("deal", externalID: "D1", field: "amount", to: "100.50")
    let second = try await Migration.undo(
      run: run, store: fixture.writing, context: fixture.context())
    #expect(second.outcome == .applied && second.run != first.run)
    #expect(try await fixture.dump().isEmpty)
    let third = try await Migration.undo(
      run: run, store: fixture.writing, context: fixture.context())
    #expect(third.has("run.nothing-to-do"))
  }

  @Test func `what was never applied can't be undone`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let plan = try await Migration.plan(
      Fixture.request(Fixture.sales()), store: fixture.reading, context: fixture.context())
    let error = await #expect(throws: MigrationError.self) {
      _ = try await Migration.undo(
        run: plan.run, store: fixture.writing, context: fixture.context())
    }
    #expect(error?.exitStatus == .wrongUsage)
    #expect(error?.findings.first?.rule.id == "run.not-applied")
  }
}
