import FerryCore
import FerryMapping
import FerryMatching
import FerryRecords
import FerryStores
import FerryTestSupport
import Testing

@testable import FerryMigration

/// Records that go into others although each has a record of its own in the store.
@Suite struct LoadedMergeTests {
  // The check digit is right, the company is not real.
  private static let code = "91310000MA1FL0001Q"

  private func sheets(areOne: Bool) -> [SheetRows] {
    [
      SheetRows(
        entity: SalesChain.account, fields: ["name", "credit_code", "phone"],
        rows: [
          ["key": "A1", "name": "云腾有限公司", "credit_code": Self.code],
          [
            "key": "B9", "name": "云腾贸易公司", "credit_code": areOne ? Self.code : "",
            "phone": "+8610800000",
          ],
        ]),
      SheetRows(
        entity: SalesChain.contact, fields: ["name", "account"],
        rows: [
          ["key": "C1", "name": "王芳", "account": "A1"],
          ["key": "C2", "name": "李雷", "account": "B9"],
        ]),
    ]
  }

  private func load(_ fixture: Fixture, _ sheets: [SheetRows]) async throws -> RunSummary {
    var policies = MigrationPolicies()
    policies.removesLoaded = ["account"]
    let summary = try await fixture.load(sheets, policies: policies)
    for counts in summary.entities { #expect(counts.isBalanced) }
    return summary
  }

  /// Both are loaded apart, a payment of nobody's sheet links to the second; then they are one.
  private func merged(_ fixture: Fixture) async throws -> (
    before: [String: [String: String]], RunSummary
  ) {
    _ = try await load(fixture, sheets(areOne: false))
    let payment = SheetRows(
      entity: SalesChain.payment, fields: ["amount", "account"],
      rows: [["key": "P1", "amount": "5.00", "account": "B9"]])
    _ = try await fixture.load([payment])
    let before = try await fixture.dump()
    return (before, try await load(fixture, sheets(areOne: true)))
  }

  @Test func `what links to the lost record moves, and its record goes`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let (before, summary) = try await merged(fixture)
    #expect(summary.outcome == .applied && summary.differences.isEmpty)
    let counts = try #require(summary.counts("account"))
    #expect(counts.merged == 1 && counts.goneRemoved == 1)
    #expect(summary.counts("payment")?.goneMarked == 1 && summary.counts("payment")?.records == 0)
    #expect(!summary.has("merge.already-loaded"))
    let records = try await fixture.dump()
    #expect(records["account B9"] == nil)
    #expect(records["contact C2"]?["account"] == "A1" && records["payment P1"]?["account"] == "A1")
    #expect(records["account A1"]?["phone"] == "+8610800000")
    // The day after there is nothing to do.
    let next = try await load(fixture, sheets(areOne: true))
    #expect(next.entities.allSatisfy { $0.created + $0.updated + $0.gone == 0 })
    let proof = try await Migration.verify(
      run: summary.run, store: fixture.reading, context: fixture.context())
    #expect(proof.differences.isEmpty && proof.controls.allSatisfy(\.isEqual))
    #expect(before.count == records.count + 1)
  }

  @Test func `an undo makes the lost record again, and its children go back to it`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let (before, summary) = try await merged(fixture)
    let merged = try await fixture.dump()
    let undone = try await Migration.undo(
      run: summary.run, store: fixture.writing, context: fixture.context())
    #expect(undone.outcome == .applied && undone.counts("account")?.created == 1)
    #expect(try await fixture.dump() == before)
    let journal = try Journal(reading: fixture.workspace)
    #expect(try journal.earlierMerges(of: "account", store: "memory").isEmpty)
    let again = try await Migration.undo(
      run: undone.run, store: fixture.writing, context: fixture.context())
    #expect(again.outcome == .applied)
    #expect(try await fixture.dump() == merged)
    #expect(try journal.earlierMerges(of: "account", store: "memory")["B9"] != nil)
  }

  @Test func `a lost record that a person changed stays, and is named`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    _ = try await load(fixture, sheets(areOne: false))
    await fixture.contents.edit("account", externalID: "B9", field: "description", to: "老客户")
    let summary = try await load(fixture, sheets(areOne: true))
    #expect(summary.outcome == .applied && summary.has("merge.changed-since"))
    #expect(summary.counts("account")?.goneKept == 1)
    let records = try await fixture.dump()
    #expect(records["account B9"]?["description"] == "老客户")
    #expect(records["contact C2"]?["account"] == "A1")
  }

  @Test func `a kill anywhere in it costs nothing`() async throws {
    let calm = try Fixture()
    defer { calm.remove() }
    let expected = try await {
      _ = try await merged(calm)
      return try await calm.dump()
    }()
    for step in 1... {
      let fixture = try Fixture()
      defer { fixture.remove() }
      _ = try await load(fixture, sheets(areOne: false))
      let payment = SheetRows(
        entity: SalesChain.payment, fields: ["amount", "account"],
        rows: [["key": "P1", "amount": "5.00", "account": "B9"]])
      _ = try await fixture.load([payment])
      var policies = MigrationPolicies()
      policies.removesLoaded = ["account"]
      let plan = try await Migration.plan(
        Fixture.request(sheets(areOne: true), policies: policies), store: fixture.reading,
        context: fixture.context())
      do {
        _ = try await Migration.resume(
          run: plan.run, store: fixture.writing, context: fixture.context().brokenOff(at: step))
        break
      } catch is BrokenOff {
        let done = try await Migration.resume(
          run: plan.run, store: fixture.writing, context: fixture.context())
        #expect(done.outcome == .applied, "step \(step)")
        #expect(try await fixture.dump() == expected, "step \(step)")
      }
    }
  }
}
