import FerryCore
import FerryRecords
import FerryStores
import FerryTestSupport
import Foundation
import Synchronization
import Testing

@testable import FerryMigration

/// A server whose throw-away databases can be made, and dropped only where nothing holds them.
private final class FakeServer: RehearsableStore {
  let inner: InMemoryStore
  let original: InMemoryRecords
  let copies = Mutex<[String: InMemoryRecords]>([:])
  let isStuck = Mutex(true)
  let copyExtension = "dump"

  init(_ records: InMemoryRecords) {
    original = records
    inner = InMemoryStore(records, access: .readOnly)
  }

  var capabilities: StoreCapabilities { inner.capabilities }
  var names: [String] { copies.withLock { $0.keys.sorted() } }

  func copy(to path: String) async throws(StoreError) {}
  nonisolated func restoring(from path: String) -> String { "" }
  func prepare(_ entities: [EntityFields]) async throws(StoreError) {}
  func page(of request: EntityFields, after cursor: String?) async throws(StoreError) -> StoredPage
  {
    try await inner.page(of: request, after: cursor)
  }
  func records(
    of request: EntityFields, withExternalIDs ids: [String]
  ) async throws(StoreError) -> RecordPage {
    try await inner.records(of: request, withExternalIDs: ids)
  }
  func records(
    of request: EntityFields, withStoreIDs ids: [String]
  ) async throws(StoreError) -> RecordPage {
    try await inner.records(of: request, withStoreIDs: ids)
  }
  func records(
    of request: EntityFields, where field: Field, isOneOf values: [String]
  ) async throws(StoreError) -> RecordPage {
    try await inner.records(of: request, where: field, isOneOf: values)
  }
  func write(_ batch: WriteBatch) async throws(StoreError) -> [WriteResult] { [] }
  func close() async {}

  func makeThrowAwayCopy(named name: String, from path: String) async throws(StoreError) {
    copies.withLock { $0[name] = InMemoryRecords() }
  }
  func openThrowAwayCopy(
    named name: String, for access: StoreAccess, layout: StoreLayout
  ) async throws(StoreError) -> any CRMStore {
    InMemoryStore(copies.withLock { $0[name] } ?? InMemoryRecords(), access: access)
  }
  func removeThrowAwayCopy(named name: String) async throws(StoreError) {
    guard isStuck.withLock({ $0 }) else {
      copies.withLock { _ = $0.removeValue(forKey: name) }
      return
    }
    let rule = Rule(
      id: "test.held", severity: .error, message: Words(en: "it is in use", zh: "使用中"),
      suggestion: Words(en: "Wait.", zh: "请等待。"))
    throw StoreError(.refused, isTransient: false, finding: Finding(rule))
  }
}

@Suite("rehearsals on a server")
struct RehearsalServerTests {
  @Test func `a database that can't be dropped is named, and the next rehearsal drops it`()
    async throws
  {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let server = FakeServer(fixture.contents)
    func rehearse() async throws -> RunSummary {
      try await Rehearsal.run(
        HeldRequest(Fixture.request(Fixture.sales())), store: server, context: fixture.context(),
        planned: { _, _ in }, open: { _, _ in server.inner })
    }
    let first = try await rehearse()
    #expect(first.outcome == .applied && first.rehearsal != nil)
    let left = try #require(first.findings.first { $0.rule.id == "rehearse.left" })
    #expect(left.severity == .warning && left.message(in: .english).contains("it is in use"))
    let name = try #require(server.names.first)
    #expect(left.suggestion(in: .chinese).contains("DROP DATABASE \(name)"))
    // Still held: both are named. Then let go: all of them go.
    let second = try await rehearse()
    #expect(second.findings.filter { $0.rule.id == "rehearse.left" }.count == 2)
    #expect(server.names.count == 2)
    server.isStuck.withLock { $0 = false }
    let third = try await rehearse()
    #expect(!third.findings.contains { $0.rule.id == "rehearse.left" })
    #expect(server.names == [])
    #expect(
      !FileManager.default.fileExists(atPath: fixture.workspace.path + "/rehearsal/database"))
    #expect(await fixture.contents.count(of: "deal") == 0)
  }
}
