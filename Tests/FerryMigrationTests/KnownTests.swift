import FerryCore
import FerryMapping
import FerryMatching
import FerryRecords
import FerryStores
import FerryTestSupport
import Testing

@testable import FerryMigration

/// Tomorrow's sheet against what the store and the journal hold already.
@Suite struct KnownTests {
  static let fields = ["name", "phone", "email", "website", "address"]
  static let huaxin = [
    "name": "北京华信科技有限公司", "phone": "+861062778899", "email": "office@huaxin.cn",
    "website": "https://www.huaxin.cn", "address": "北京市海淀区中关村大街1号",
  ]
  static let short = [
    "name": "北京华信科技有限责任公司", "phone": "+861062778899", "email": "office@huaxin.cn",
    "address": "北京市海淀区中关村大街1号",
  ]

  /// Accounts by key, each with a contact.
  static func sheets(_ accounts: [(key: String, fields: [String: String])]) -> [SheetRows] {
    [
      SheetRows(
        entity: SalesChain.account, fields: fields + ["credit_code"],
        rows: accounts.map { $0.fields.merging(["key": $0.key]) { $1 } }),
      SheetRows(
        entity: SalesChain.contact, fields: ["name", "account"],
        rows: accounts.map { ["key": "\($0.key)|C", "name": "人\($0.key)", "account": $0.key] }),
    ]
  }

  /// Plans, applies and verifies, matching against the store as the command does.
  @discardableResult
  static func load(
    _ accounts: [(key: String, fields: [String: String])], into fixture: Fixture,
    settings: MatchSettings? = MatchSettings(review: 0.05, merge: 0.3), applies: Bool = true
  ) async throws -> RunSummary {
    var request = Fixture.request(sheets(accounts))
    let matcher = RecordMatcher(
      settings: settings.map { ["account": $0] } ?? [:],
      decisions: try ReviewDecisions.all(in: fixture.workspace))
    let known = StoredRecords(fixture.reading, name: "memory", workspace: fixture.workspace)
    request.golden = try await matcher.match(request.input.records, against: known)
    guard applies else {
      return try await Migration.plan(request, store: fixture.reading, context: fixture.context())
    }
    let summary = try await Migration.runImport(
      request, store: fixture.reading, context: fixture.context(),
      openForWriting: { fixture.writing })
    #expect(summary.outcome == .applied && summary.differences.isEmpty)
    return summary
  }

  private static func merges(_ fixture: Fixture) throws -> [String: EarlierMerge] {
    try Journal(reading: fixture.workspace).earlierMerges(of: "account", store: "memory")
  }

  @Test func `a new row goes into the record of the store that it surely is`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    var known = Self.huaxin
    known["email"] = nil
    try await Self.load([("A1", known)], into: fixture)
    let summary = try await Self.load([("X7", Self.short)], into: fixture)
    let counts = try #require(summary.counts("account"))
    #expect(counts.records == 1 && counts.updated == 1 && counts.created == 0)
    let change = try #require(summary.changes.first { $0.entity == "account" })
    #expect(change.externalID == "X7" && change.survivorID == "A1")
    #expect(change.rule?.hasPrefix("match.model 0.") == true)
    // The store's record was there first: only what it lacked is filled in.
    #expect(change.fields.map(\.field) == ["email"])
    let records = try await fixture.dump()
    #expect(records["account X7"] == nil && records["account A1"]?["name"] == known["name"])
    #expect(records["account A1"]?["email"] == "office@huaxin.cn")
    #expect(records["contact X7|C"]?["account"] == "A1")
    #expect(try Self.merges(fixture)["X7"]?.survivor == "A1")

    // The same sheet again: found by its id, without any comparing, and nothing to do.
    let again = try await Self.load([("X7", Self.short)], into: fixture, settings: .init(merge: 1))
    #expect(again.counts("account")?.same == 1 && again.counts("contact")?.same == 1)

    // Taking it back restores the store's record and forgets what was learned.
    let undone = try await Migration.undo(
      run: summary.run, store: fixture.writing, context: fixture.context())
    #expect(undone.outcome == .applied)
    #expect(try await fixture.dump()["account A1"]?["email"] == nil)
    #expect(try Self.merges(fixture).isEmpty)
  }

  @Test func `a record that no run loaded keeps its ids`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    var page = RecordPage(EntityFields(SalesChain.account, SalesChain.account.fields))
    let record = page.append(storeID: nil, externalID: nil)
    for (index, field) in SalesChain.account.fields.enumerated() {
      if field.name != "phone" { page.set(Self.huaxin[field.name], field: index, of: record) }
    }
    _ = try await fixture.writing.write(WriteBatch(.create, page))
    let summary = try await Self.load([("X7", Self.short)], into: fixture)
    #expect(summary.counts("account")?.updated == 1)
    let change = try #require(summary.changes.first { $0.entity == "account" })
    #expect(change.survivorID?.hasPrefix("#") == true)
    let records = try await fixture.dump()
    #expect(records["account ?"]?["phone"] == Self.short["phone"])
    #expect(records.keys.filter { $0.hasPrefix("account") } == ["account ?"])
  }

  @Test func `of two in the store that look alike none is guessed, and both are for review`()
    async throws
  {
    let fixture = try Fixture()
    defer { fixture.remove() }
    try await Self.load([("A1", Self.huaxin)], into: fixture, settings: nil)
    try await Self.load([("A2", Self.huaxin)], into: fixture, settings: nil)
    let summary = try await Self.load([("X7", Self.short)], into: fixture, applies: false)
    #expect(summary.counts("account")?.created == 1)
    #expect(summary.reviews.first?.open == 2)
    let items = try PlanFile(path: try #require(summary.planPath)).reviewItems()
    #expect(items.map(\.state) == [.open, .open])
    #expect(Set(items.map(\.left.externalID)) == ["A1", "A2"])
    #expect(items[0].left.place.hasPrefix("memory account #"))
    #expect(items[0].fields.contains { $0.field == "name" && $0.left == Self.huaxin["name"] })
  }

  @Test func `what is likely is for a person, whose word holds in the next run`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let careful = MatchSettings(review: 0.05, merge: 1)
    try await Self.load([("A1", Self.huaxin)], into: fixture)
    let plan = try await Self.load(
      [("X7", Self.short)], into: fixture, settings: careful, applies: false)
    #expect(plan.counts("account")?.created == 1 && plan.has("match.review"))
    let items = try PlanFile(path: try #require(plan.planPath)).reviewItems()
    let item = try #require(items.first)
    try ReviewDecisions.remember(
      [(item.decision(isSame: true), isKept: true)], context: fixture.context())
    let same = try await Self.load([("X7", Self.short)], into: fixture, settings: careful)
    #expect(same.has("decision.same") && same.counts("account")?.same == 1)
    #expect(try Self.merges(fixture)["X7"]?.rule == "decision.same")

    // Taken apart again, after it was loaded: its own record, and its children go there.
    try ReviewDecisions.remember(
      [(item.decision(isSame: false), isKept: true)], context: fixture.context())
    let apart = try await Self.load([("X7", Self.short)], into: fixture)
    #expect(apart.has("merge.taken-apart"))
    #expect(apart.has("decision.different") && apart.counts("account")?.created == 1)
    let records = try await fixture.dump()
    #expect(records["account X7"]?["name"] == Self.short["name"])
    #expect(records["contact X7|C"]?["account"] == "X7")
    #expect(try Self.merges(fixture).isEmpty)
    let last = try await Self.load([("X7", Self.short)], into: fixture)
    #expect(last.counts("account")?.same == 1 && last.counts("contact")?.same == 1)
  }

  @Test func `a person picks whose value the store's record gets`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let careful = MatchSettings(review: 0.05, merge: 1)
    try await Self.load([("A1", Self.huaxin)], into: fixture)
    let plan = try await Self.load(
      [("X7", Self.short)], into: fixture, settings: careful, applies: false)
    let items = try PlanFile(path: try #require(plan.planPath)).reviewItems()
    let item = try #require(items.first)
    try ReviewDecisions.remember(
      [(item.decision(isSame: true, picks: ["name": item.right.digest]), isKept: true)],
      context: fixture.context())
    for turn in 0..<2 {
      let summary = try await Self.load([("X7", Self.short)], into: fixture, settings: careful)
      #expect(summary.counts("account")?.updated == (turn == 0 ? 1 : 0))
      let name = try await fixture.dump()["account A1"]?["name"]
      #expect(name == Self.short["name"])
    }
  }

  @Test func `of two that are one, the one that the store knows survives`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let code = ["credit_code": "91310000MA1FL0001Q"]
    let old = Self.huaxin.merging(code) { $1 }
    try await Self.load([("B9", old)], into: fixture, settings: nil)
    let new = Self.short.merging(code) { $1 }
    let summary = try await Self.load([("A1", new), ("B9", old)], into: fixture, settings: nil)
    let counts = try #require(summary.counts("account"))
    #expect(counts.merged == 1 && counts.created == 0 && counts.same + counts.updated == 1)
    #expect(!summary.has("merge.already-loaded"))
    let merge = try #require(summary.changes.first { $0.kind == "merge" })
    #expect(merge.externalID == "A1" && merge.survivorID == "B9")
    #expect(try await fixture.dump()["contact A1|C"]?["account"] == "B9")

    // The day after, without the row that it went into: still the same record.
    let next = try await Self.load([("A1", new)], into: fixture)
    #expect(next.counts("account")?.created == 0)
    #expect(try await fixture.dump()["account A1"] == nil)
  }
}
