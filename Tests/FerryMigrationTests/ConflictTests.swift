import FerryCore
import FerryMapping
import FerryRecords
import FerryStores
import FerryTestSupport
import Foundation
import Testing

@testable import FerryMigration

/// A deal loaded with 300.50; then source, store or both say something else.
struct ConflictCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let source: String
  let store: String
  let rule: ConflictRule?
  let kind: String
  let after: String

  static let all = [
    ConflictCase(
      testDescription: "nobody changed: same", source: "300.50", store: "300.50", rule: nil,
      kind: "same", after: "300.50"),
    ConflictCase(
      testDescription: "only the source changed: written", source: "301.50", store: "300.50",
      rule: nil, kind: "update", after: "301.50"),
    ConflictCase(
      testDescription: "only a person changed: the person's value stays", source: "300.50",
      store: "9.00", rule: nil, kind: "same", after: "9.00"),
    ConflictCase(
      testDescription: "only a person changed: also where the source would win",
      source: "300.50", store: "9.00", rule: .source, kind: "same", after: "9.00"),
    ConflictCase(
      testDescription: "both changed alike: same", source: "9.00", store: "9.00", rule: nil,
      kind: "same", after: "9.00"),
    ConflictCase(
      testDescription: "both changed: a conflict", source: "301.50", store: "9.00", rule: nil,
      kind: "conflict", after: "9.00"),
    ConflictCase(
      testDescription: "both changed, ask: a conflict", source: "301.50", store: "9.00",
      rule: .ask, kind: "conflict", after: "9.00"),
    ConflictCase(
      testDescription: "both changed, source wins: written", source: "301.50", store: "9.00",
      rule: .source, kind: "update", after: "301.50"),
    ConflictCase(
      testDescription: "both changed, store wins: same", source: "301.50", store: "9.00",
      rule: .store, kind: "same", after: "9.00"),
  ]
}

@Suite struct ConflictTests {
  @Test(arguments: ConflictCase.all)
  func `source, store and last load decide on a field`(conflict: ConflictCase) async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    var sheets = Fixture.sales()
    _ = try await fixture.load(sheets)
    sheets[2].rows[3]["amount"] = conflict.source
    await fixture.contents.edit("deal", externalID: "D3", field: "amount", to: conflict.store)
    var policies = MigrationPolicies()
    policies.conflictRules["deal"] = conflict.rule.map { ["amount": $0] }
    let summary = try await fixture.load(sheets, policies: policies)
    let plan = try PlanFile(path: #require(summary.planPath))
    var kinds: [String: String] = [:]
    try plan.forEachChange { kinds[$0.externalID] = $0.kind }
    #expect(kinds["D3"] == conflict.kind)
    #expect(try await fixture.dump()["deal D3"]?["amount"] == conflict.after)
    #expect(summary.has("record.conflict") == (conflict.kind == "conflict"))
    let counts = try #require(summary.counts("deal"))
    #expect(counts.isBalanced && counts.conflicted == (conflict.kind == "conflict" ? 1 : 0))
  }

  @Test func `a record that moves between plan and apply is left and named`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    _ = try await fixture.load(Fixture.sales())
    let plan = try await Migration.plan(
      Fixture.request(Fixture.sales(changed: [3, 4])), store: fixture.reading,
      context: fixture.context())
    await fixture.contents.edit("deal", externalID: "D3", field: "amount", to: "9.00")
    await fixture.contents.edit("deal", externalID: "D4", field: "name", to: "别的")
    let done = try await Migration.resume(
      run: plan.run, store: fixture.writing, context: fixture.context())
    #expect(done.outcome == .partial && done.has("record.moved"))
    #expect(done.counts("deal")?.updated == 1 && done.counts("deal")?.conflicted == 1)
    let records = try await fixture.dump()
    #expect(records["deal D3"]?["amount"] == "9.00")
    #expect(records["deal D4"]?["amount"] == "401.50" && records["deal D4"]?["name"] == "别的")
    let again = try await Migration.resume(
      run: plan.run, store: fixture.writing, context: fixture.context())
    #expect(again.has("run.nothing-to-do") && again.outcome == .partial)
    #expect(again.counts("deal")?.conflicted == 1 && again.counts("deal")?.isBalanced == true)
  }

  /// `other` is the deal's name, which the plan writes, too.
  @Test(arguments: [
    (ConflictRule.source, "301.50", "新名", "record.moved-overruled"),
    (.store, "9.00", "新名", "record.moved-kept"), (.ask, "9.00", "项目3", "record.moved"),
  ])
  func `on_conflict decides on a field that moves between plan and apply`(
    rule: ConflictRule, amount: String, name: String, finding: String
  ) async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    _ = try await fixture.load(Fixture.sales())
    var sheets = Fixture.sales(changed: [3, 4])
    sheets[2].rows[3]["name"] = "新名"
    let plan = try await Migration.plan(
      Fixture.request(
        sheets, policies: MigrationPolicies(conflictRules: ["deal": ["amount": rule]])),
      store: fixture.reading, context: fixture.context())
    for number in [3, 4] {
      await fixture.contents.edit("deal", externalID: "D\(number)", field: "amount", to: "9.00")
    }
    let before = try await fixture.dump()
    let done = try await Migration.resume(
      run: plan.run, store: fixture.writing, context: fixture.context())
    let after = try await fixture.dump()
    let deal = try #require(after["deal D3"])
    #expect(deal["amount"] == amount && deal["name"] == name)
    #expect(done.outcome == (rule == .ask ? .partial : .applied) && done.has(finding))
    let counts = try #require(done.counts("deal"))
    #expect(counts.isBalanced && counts.moved.records == 2)
    #expect(counts.updated == [.source: 2, .store: 1, .ask: 0][rule])
    #expect(counts.moved.left == counts.conflicted)
    #expect(counts.conflicted == (rule == .ask ? 2 : 0))
    let named = try #require(done.differences.first { $0.externalID == "D3" })
    #expect(named.fields.first { $0.field == "amount" }?.old == "9.00")
    let again = try await Migration.resume(
      run: plan.run, store: fixture.writing, context: fixture.context())
    #expect(again.counts("deal") == counts)
    let undone = try await Migration.undo(
      run: plan.run, store: fixture.writing, context: fixture.context())
    #expect(undone.outcome == .applied)
    #expect(try await fixture.dump() == before)
  }

  @Test func `a record that appears between plan and apply is not overwritten`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let plan = try await Migration.plan(
      Fixture.request(Fixture.sales()), store: fixture.reading, context: fixture.context())
    let other = try Fixture()
    defer { other.remove() }
    let rival = SheetRows(
      entity: SalesChain.account, fields: ["name"], rows: [["key": "A1", "name": "对手"]])
    let writing = fixture.writing
    _ = try await Migration.runImport(
      Fixture.request([rival]), store: fixture.reading, context: other.context()
    ) { writing }
    let done = try await Migration.resume(
      run: plan.run, store: fixture.writing, context: fixture.context())
    #expect(done.counts("account")?.conflicted == 1 && done.has("record.moved"))
    #expect(done.has("link.not-loaded"))
    let records = try await fixture.dump()
    #expect(records["account A1"]?["name"] == "对手")
    #expect(records["contact A1|C"] != nil)
  }

  @Test func `blank means keep, an empty text means clear`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    var sheets = Fixture.sales()
    _ = try await fixture.load(sheets)
    sheets[0].rows[1]["phone"] = nil
    sheets[0].rows[2]["phone"] = ""
    sheets[0].rows[3]["parent"] = ""
    let summary = try await fixture.load(sheets)
    #expect(summary.counts("account")?.updated == 2)
    let records = try await fixture.dump()
    #expect(records["account A1"]?["phone"] != nil)
    #expect(records["account A2"]?["phone"] == nil)
    #expect(records["account A3"]?["parent"] == nil)
    #expect(try await fixture.load(sheets).counts("account")?.same == 7)
  }

  /// What another workspace loaded before is known after the first run, though it wrote nothing.
  @Test(arguments: [false, true])
  func `what a first run finds as it should be is a person's to change`(changed: Bool) async throws
  {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let other = try Fixture()
    defer { other.remove() }
    let writing = fixture.writing
    _ = try await Migration.runImport(
      Fixture.request(Fixture.sales()), store: fixture.reading, context: other.context()
    ) { writing }
    let first = try await fixture.load(Fixture.sales())
    #expect(first.entities.allSatisfy { $0.same == $0.records } && first.outcome == .applied)
    let batches = try Journal(reading: fixture.workspace).batches(of: first.run)
    #expect(!batches.isEmpty && batches.allSatisfy { $0.kind == "agree" })
    await fixture.contents.edit("deal", externalID: "D3", field: "amount", to: "9.00")
    await fixture.contents.edit("contact", externalID: "A3|C", field: "account", to: nil)
    let next = try await fixture.load(Fixture.sales(changed: changed ? [3] : []))
    #expect(next.counts("deal")?.conflicted == (changed ? 1 : 0))
    #expect(next.entities.allSatisfy { $0.updated == 0 })
    #expect(try await fixture.dump()["deal D3"]?["amount"] == "9.00")
    let batchCount = try Journal(reading: fixture.workspace).batches(of: next.run).count
    #expect(batchCount == 0)
    // Nothing was written by it, so that there is nothing to take back.
    let before = try await fixture.dump()
    let undone = try await Migration.undo(
      run: first.run, store: fixture.writing, context: fixture.context())
    #expect(undone.outcome == .applied && undone.entities.isEmpty)
    #expect(try await fixture.dump() == before)
  }

  @Test func `what both sides came to alike counts as loaded`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    var sheets = Fixture.sales()
    _ = try await fixture.load(sheets)
    sheets[2].rows[3]["amount"] = "9.00"
    await fixture.contents.edit("deal", externalID: "D3", field: "amount", to: "9.00")
    #expect(try await fixture.load(sheets).counts("deal")?.same == 7)
    // A person changes it again, the source does not: the person's value stays.
    await fixture.contents.edit("deal", externalID: "D3", field: "amount", to: "11.00")
    #expect(try await fixture.load(sheets).counts("deal")?.same == 7)
    // The store goes back, the source moves on: written.
    await fixture.contents.edit("deal", externalID: "D3", field: "amount", to: "9.00")
    sheets[2].rows[3]["amount"] = "300.50"
    let last = try await fixture.load(sheets)
    #expect(last.counts("deal")?.updated == 1 && !last.has("record.conflict"))
  }
}
