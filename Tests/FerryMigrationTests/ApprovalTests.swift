import FerryCore
import FerryMigration
import Testing

@Suite struct ApprovalTests {
  private static let name = "李娜, sales operations"

  private static func plan(_ fixture: Fixture) async throws -> String {
    let summary = try await Migration.plan(
      Fixture.request(Fixture.sales()), store: fixture.reading, context: fixture.context())
    return try #require(summary.planPath)
  }

  @Test func `who approved stands in the journal before anything is written`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let path = try await Self.plan(fixture)
    // Stopped before its first batch.
    let stopped = try await Migration.apply(
      planPath: path, approvedBy: Self.name, store: fixture.writing,
      context: fixture.context(stopAfter: 0))
    #expect(stopped.outcome == .stopped)
    let resumed = try await Migration.resume(
      run: stopped.run, store: fixture.writing, context: fixture.context())
    let verified = try await Migration.verify(
      run: stopped.run, store: fixture.reading, context: fixture.context())
    for summary in [stopped, resumed, verified] {
      #expect(summary.approvals.map(\.name) == [Self.name])
      #expect(summary.approvals.map(\.at) == ["2023-11-14T22:13:20Z"])
    }
  }

  @Test func `a plan that nobody approved says so, and one that is done is not approved again`()
    async throws
  {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let path = try await Self.plan(fixture)
    let apply = { name in
      try await Migration.apply(
        planPath: path, approvedBy: name, store: fixture.writing, context: fixture.context())
    }
    #expect(try await apply(nil).approvals.isEmpty)
    #expect(try await apply(Self.name).approvals.isEmpty)
  }
}
