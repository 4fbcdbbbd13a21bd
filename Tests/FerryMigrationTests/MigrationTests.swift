import FerryCore
import FerryMapping
import FerryRecords
import FerryStores
import FerryTestSupport
import Foundation
import Testing

@testable import FerryMigration

extension RunSummary {
  func counts(_ entity: String) -> EntityCounts? { entities.first { $0.entity == entity } }

  func has(_ rule: String) -> Bool { findings.contains { $0.rule.id == rule } }
}

@Suite struct MigrationTests {
  @Test func `a plan only reads, and its apply loads each record once`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let plan = try await Migration.plan(
      Fixture.request(Fixture.sales()), store: fixture.reading, context: fixture.context())
    #expect(plan.outcome == .planned)
    #expect(plan.counts("deal")?.created == 7 && plan.counts("deal")?.records == 7)
    #expect(try await fixture.dump().isEmpty)
    let path = try #require(plan.planPath)
    let done = try await Migration.apply(
      planPath: path, store: fixture.writing, context: fixture.context())
    #expect(done.outcome == .applied && done.run == plan.run)
    #expect(done.counts("account")?.created == 7)
    let records = try await fixture.dump()
    #expect(records.count == 21)
    #expect(records["account A2"]?["parent"] == "A6")
    #expect(records["account A3"]?["parent"] == "A0")
    #expect(records["deal D3"]?["account"] == "A3")
    #expect(records["deal D3"]?["amount"] == "300.50")
  }

  @Test func `a plan applied twice and a finished run resumed do nothing`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let plan = try await Migration.plan(
      Fixture.request(Fixture.sales()), store: fixture.reading, context: fixture.context())
    let path = try #require(plan.planPath)
    _ = try await Migration.resume(
      run: plan.run, store: fixture.writing, context: fixture.context())
    let before = try await fixture.dump()
    for _ in 0..<2 {
      let again = try await Migration.apply(
        planPath: path, store: fixture.writing, context: fixture.context())
      #expect(again.findings.map(\.rule.id) == ["run.nothing-to-do"])
      #expect(again.outcome == .applied && again.counts("contact")?.created == 7)
    }
    let resumed = try await Migration.resume(
      run: plan.run, store: fixture.writing, context: fixture.context())
    #expect(resumed.has("run.nothing-to-do"))
    #expect(try await fixture.dump() == before)
  }

  @Test func `a second import of the same sheets changes nothing`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    for turn in 0..<3 {
      let summary = try await fixture.load(Fixture.sales())
      #expect(summary.findings.isEmpty && summary.differences.isEmpty)
      for counts in summary.entities where turn > 0 {
        #expect(counts.same == 7 && counts.created == 0 && counts.updated == 0)
      }
      #expect(!summary.controls.contains { !$0.isEqual })
    }
    let changed = try await fixture.load(Fixture.sales(changed: [1, 5]))
    #expect(changed.counts("deal")?.updated == 2 && changed.counts("deal")?.same == 5)
    let change = try #require(changed.changes.first { $0.kind == "update" })
    #expect(change.fields.map(\.field) == ["amount"])
    #expect(change.fields.first?.old == "100.50" && change.fields.first?.new == "101.50")
    #expect(change.fields.first?.provenance?.description == "test.csv 'deal'!D3")
  }

  @Test func `another run is kept out and told who is at work`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let lock = try WorkspaceLock(fixture.workspace, command: "import", run: "r-1", since: "now")
    defer { lock.release() }
    let error = await #expect(throws: MigrationError.self) {
      _ = try await fixture.load(Fixture.sales())
    }
    #expect(error?.exitStatus == .workspaceLocked)
    #expect(error?.findings.first?.arguments.last?.contains("import r-1") == true)
  }

  @Test func `a gate that is not met stops an import before the first write`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let gate = Gate(entity: nil, count: .created, limit: 50, isPercent: true, text: "50%")
    let summary = try await fixture.load(
      Fixture.sales(), policies: MigrationPolicies(gates: [gate]))
    #expect(summary.outcome == .planned && summary.has("gate.not-met"))
    #expect(summary.gates.map(\.actual) == ["100%"])
    #expect(try await fixture.dump().isEmpty)
  }

  @Test func `records that lack a required field or link are rejected and counted`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    var sheets = Fixture.sales()
    sheets[0].rows[2]["name"] = nil
    sheets[1].rows[3]["account"] = "nobody"
    let summary = try await fixture.load(sheets)
    #expect(summary.counts("account")?.rejected == 1 && summary.counts("account")?.created == 6)
    #expect(summary.counts("contact")?.created == 7)
    #expect(summary.has("record.required-field") && summary.has("link.unresolved"))
    #expect(summary.has("link.to-rejected"))
    let records = try await fixture.dump()
    #expect(records["contact A3|C"]?["account"] == nil)
    #expect(records["deal D2"] != nil && records["deal D2"]?["account"] == nil)
  }

  @Test func `owners are found in the store, or their text is kept`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let users = SheetRows(
      entity: SalesChain.user, fields: ["name"],
      rows: [
        ["key": "u1", "name": "王芳"], ["key": "u2", "name": "李雷"], ["key": "u3", "name": "李雷"],
      ])
    _ = try await fixture.load([users])
    let owners = ["王芳", "公海", "公海", "李雷"]
    let accounts = SheetRows(
      entity: SalesChain.account, fields: ["name", "owner"],
      rows: owners.enumerated().map { ["key": "A\($0)", "name": "公司\($0)", "owner": $1] })
    for turn in 0..<2 {
      let summary = try await fixture.load([accounts])
      #expect(summary.counts("account")?.same == (turn == 0 ? 0 : 4))
      #expect(summary.findings.map(\.rule.id).sorted() == ["link.ambiguous", "owner.unresolved"])
    }
    let records = try await fixture.dump()
    #expect(records["account A0"]?["owner"] == "u1" && records["account A0"]?["custom"] == nil)
    #expect(records["account A1"]?["owner"] == nil)
    #expect(records["account A1"]?["custom"] == #"{"owner":"公海"}"#)
    #expect(records["account A3"]?["owner"] == nil)
  }

  @Test func `control totals agree by group, and a lost cent shows`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let control = ControlDefinition(
      entity: "deal", sumField: "amount", groupField: "stage", period: nil,
      text: "sum deal.amount by stage")
    let owners = ControlDefinition(
      entity: "deal", sumField: nil, groupField: "account", period: nil,
      text: "count deal by account")
    let summary = try await fixture.load(
      Fixture.sales(), policies: MigrationPolicies(controls: [control, owners]))
    let won = summary.controls.first { $0.name == "sum deal.amount by stage: won" }
    #expect(won?.source == "901.50" && won?.store == "901.50")
    #expect(summary.controls.contains { $0.name == "count deal by account: A3" && $0.isEqual })
    await fixture.contents.edit("deal", externalID: "D3", field: "amount", to: "300.51")
    let proof = try await Migration.verify(
      run: summary.run, store: fixture.reading, context: fixture.context())
    #expect(proof.controls.filter { !$0.isEqual }.map(\.store) == ["901.51"])
    #expect(proof.has("control.differs") && proof.has("verify.differs"))
    #expect(proof.differences.map(\.externalID) == ["D3"])
  }
}

extension Fixture {
  /// Plans, applies and verifies.
  func load(_ sheets: [SheetRows], policies: MigrationPolicies = .init()) async throws -> RunSummary
  {
    let writing = writing
    return try await Migration.runImport(
      Self.request(sheets, policies: policies), store: reading, context: context()
    ) { writing }
  }
}
