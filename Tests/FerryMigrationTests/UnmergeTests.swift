import FerryCore
import FerryMapping
import FerryMatching
import FerryRecords
import FerrySQLite
import FerryStores
import FerryTestSupport
import Testing

@testable import FerryMigration

@Suite struct UnmergeTests {
  // Two ids under one credit code; the check digit is right, the company is not real.
  private static let code = "91310000MA1FL0001Q"
  private static let sheets = [
    SheetRows(
      entity: SalesChain.account, fields: ["name", "credit_code", "phone"],
      rows: [
        ["key": "A1", "name": "云腾有限公司", "credit_code": code],
        ["key": "B9", "name": "云腾贸易公司", "credit_code": code, "phone": "+8610800000"],
      ]),
    SheetRows(
      entity: SalesChain.contact, fields: ["name", "account"],
      rows: [
        ["key": "C1", "name": "王芳", "account": "A1"], ["key": "C2", "name": "李雷", "account": "B9"],
      ]),
  ]

  private func load(_ fixture: Fixture) async throws -> RunSummary {
    var request = Fixture.request(Self.sheets)
    let decisions = try ReviewDecisions.all(in: fixture.workspace)
    request.golden = await RecordMatcher(decisions: decisions).match(request.input.records)
    return try await Migration.runImport(
      request, store: fixture.reading, context: fixture.context(),
      openForWriting: { fixture.writing })
  }

  /// Decides on the only merged pair of the last plan.
  private func decide(isSame: Bool, _ summary: RunSummary, _ fixture: Fixture) throws {
    let items = try PlanFile(path: try #require(summary.planPath)).reviewItems()
    let item = try #require(items.first { $0.entity == "account" })
    try ReviewDecisions.remember(
      [(item.decision(isSame: isSame), isKept: true)], context: fixture.context())
  }

  @Test func `what a merge put together is taken apart, also after it was loaded`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let first = try await load(fixture)
    #expect(first.counts("account")?.merged == 1)
    let merge = try #require(first.changes.first { $0.kind == "merge" })
    // What the lost record told otherwise is kept in the plan.
    #expect(merge.fields.map(\.field) == ["name"])
    #expect(merge.fields[0].old == "云腾贸易公司" && merge.fields[0].new == "云腾有限公司")
    try decide(isSame: false, first, fixture)
    let second = try await load(fixture)
    #expect(second.outcome == .applied && second.has("decision.different"))
    let counts = try #require(second.counts("account"))
    #expect(counts.created == 1 && counts.merged == 0)
    let records = try await fixture.dump()
    #expect(records["account B9"]?["name"] == "云腾贸易公司")
    #expect(records["account B9"]?["phone"] == "+8610800000")
    #expect(records["contact C1"]?["account"] == "A1")
    #expect(records["contact C2"]?["account"] == "B9")
    #expect(records["account A1"]?["name"] == "云腾有限公司")
    // What the survivor had from the other one alone goes back with it.
    #expect(records["account A1"]?["phone"] == nil)
    let query = try Journal(reading: fixture.workspace).database.prepare(
      "SELECT kind, external_id, survivor FROM events ORDER BY id")
    var events: [String] = []
    while try query.step() {
      events.append((0..<3).map { query.string(at: $0) ?? "" }.joined(separator: " "))
    }
    #expect(events == ["merge B9 A1", "split B9 A1"])
    let third = try await load(fixture)
    #expect(third.counts("account")?.same == 2 && third.counts("contact")?.same == 2)
  }

  @Test func `a decision that is taken back is forgotten`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let first = try await load(fixture)
    try decide(isSame: false, first, fixture)
    #expect(try ReviewDecisions.all(in: fixture.workspace).count == 1)
    let decision = try ReviewDecisions.all(in: fixture.workspace)[0]
    try ReviewDecisions.remember([(decision, isKept: false)], context: fixture.context())
    #expect(try ReviewDecisions.all(in: fixture.workspace).isEmpty)
  }
}
