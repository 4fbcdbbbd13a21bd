import FerryCore
import FerryMapping
import FerryRecords
import FerryTestSupport
import Foundation
import Testing

@testable import FerryMigration

/// Verify reads every mapped field again, also those that the run had no need to write.
@Suite struct HeldFieldsTests {
  private func verify(_ fixture: Fixture, _ run: String) async throws -> RunSummary {
    try await Migration.verify(run: run, store: fixture.reading, context: fixture.context())
  }

  @Test func `a record that stayed the same is told of when it moves later`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    _ = try await fixture.load(Fixture.sales())
    let second = try await fixture.load(Fixture.sales())
    #expect(second.entities.allSatisfy { $0.same == $0.records })
    #expect(try await verify(fixture, second.run).differences.isEmpty)
    await fixture.contents.edit("account", externalID: "A1", field: "name", to: "人改的名")
    let proof = try await verify(fixture, second.run)
    #expect(proof.differences.map(\.externalID) == ["A1"])
    #expect(proof.differences.first?.fields.map(\.field) == ["name"])
    #expect(proof.findings.map(\.rule.id) == ["verify.moved"])
  }

  @Test func `fields beside those that an update wrote are told of too`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    _ = try await fixture.load(Fixture.sales())
    let second = try await fixture.load(Fixture.sales(changed: [3]))
    await fixture.contents.edit("deal", externalID: "D3", field: "name", to: "人改的名")
    let proof = try await verify(fixture, second.run)
    #expect(proof.differences.map(\.externalID) == ["D3"])
    #expect(proof.differences.first?.fields.map(\.field) == ["name"])
  }

  @Test func `what a person changed before the plan, and kept, is no difference`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    _ = try await fixture.load(Fixture.sales())
    await fixture.contents.edit("account", externalID: "A1", field: "name", to: "人改的名")
    await fixture.contents.edit("account", externalID: "A2", field: "level", to: "VIP")
    let second = try await fixture.load(Fixture.sales())
    await fixture.contents.edit("account", externalID: "A2", field: "level", to: "普通")
    #expect(try await verify(fixture, second.run).differences.isEmpty)
  }

  @Test func `a record that moved before apply is still counted in the store`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    _ = try await fixture.load(Fixture.sales())
    let plan = try await Migration.plan(
      Fixture.request(Fixture.sales(changed: [3])), store: fixture.reading,
      context: fixture.context())
    await fixture.contents.edit("deal", externalID: "D3", field: "amount", to: "9.00")
    _ = try await Migration.apply(
      planPath: #require(plan.planPath), store: fixture.writing, context: fixture.context())
    let proof = try await verify(fixture, plan.run)
    #expect(proof.controls.allSatisfy { $0.isEqual && $0.store == "7" })
  }
}
