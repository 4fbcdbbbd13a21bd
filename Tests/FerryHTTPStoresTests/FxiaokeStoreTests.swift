import FerryCore
import FerryRecords
import FerryStores
import FerryTestSupport
import Foundation
import Testing

@testable import FerryHTTPStores

@Suite struct FxiaokeStoreTests {
  private let time = VirtualTime()

  /// Opens stores of one double, whose clock is the client's.
  private func world(
    _ faults: FaultPlan = FaultPlan(), isOld: Bool = false, isUnique: Bool = false,
    quota: Int? = nil
  ) throws -> (server: DoubleServer, open: @Sendable (StoreAccess) throws(StoreError) -> HTTPStore)
  {
    var settings = FxiaokeDouble.Settings()
    settings.keepsKeysUnique = isUnique
    if let quota { settings.dailyQuota = quota }
    let time = time
    let clock = time.doubleClock
    let server = try DoubleServer(
      FxiaokeDouble(settings), faults: faults, clock: clock, keepsExchanges: true)
    var profile = StoreProfile(product: "fxiaoke", name: "crm", path: "crm.yaml")
    profile.settings = [
      "url": Secret(server.url), "app_id": Secret("FSAID_double"),
      "app_secret": Secret("double-secret"), "permanent_code": Secret("double-code"),
      "user": Secret(isOld ? "13800001000" : "1000"),
      "external_id": Secret("migration_ext_id__c"),
    ]
    if isOld { profile.settings["sign_in"] = Secret("old") }
    let made = profile
    return (
      server,
      { (access) throws(StoreError) in
        try HTTPProduct.fxiaoke.make(made, time.surroundings, CurlTransport(), access)
      }
    )
  }

  private func accounts(_ count: Int) throws -> RecordPage {
    let name = try #require(SalesChain.account.field("name"))
    let owner = try #require(SalesChain.account.field("owner"))
    var page = RecordPage(EntityFields(SalesChain.account, [name, owner]))
    for number in 0..<count {
      let index = page.append(storeID: nil, externalID: "A\(number)")
      page.set("客户\(number)", field: 0, of: index)
      page.set("1001", field: 1, of: index)
    }
    return page
  }

  private func written(_ results: [WriteResult]) -> Set<String> {
    Set(results.compactMap { if case .written(let id) = $0 { id } else { nil } })
  }

  @Test func `is never refused for its pace, and reaches nine tenths of it`() async throws {
    let (server, open) = try world()
    defer { server.stop() }
    let store = try open(.readWrite)
    let start = time.elapsed
    for _ in 0..<4 {
      let page = try accounts(100)
      #expect(written(try await store.write(WriteBatch(.create, page))).count == 100)
      #expect(written(try await store.write(WriteBatch(.create, page))).count == 100)
      let ids = try await store.records(of: page.shape, withExternalIDs: (0..<100).map { "A\($0)" })
      let all = (0..<100).compactMap { ids.storeID(of: $0) }
      var gone = RecordPage(page.shape)
      for id in all { gone.append(storeID: id, externalID: nil) }
      #expect(written(try await store.write(WriteBatch(.delete, gone))).count == 100)
    }
    let refused = server.exchanges.filter { exchange in
      String(decoding: exchange.response.body, as: UTF8.self).contains("\"errorCode\":30004")
    }
    #expect(refused.isEmpty)
    // 400 creates, 400 updates and 400 voids at 5 a second would take 240 s.
    let spent = time.elapsed - start
    #expect(spent < .seconds(240 / 0.9))
    await store.close()
  }

  @Test(arguments: [false, true])
  func `a record whose answer is lost is made once`(isUnique: Bool) async throws {
    let script = (1...6).map { ScriptedFault(.storedThenDrop, path: "/create", callNumber: $0) }
    let (server, open) = try world(
      FaultPlan(script: script, lagReads: 1), isUnique: isUnique)
    defer { server.stop() }
    let store = try open(.readWrite)
    let page = try accounts(10)
    #expect(written(try await store.write(WriteBatch(.create, page))).count == 10)
    // What is new is found a read later.
    _ = try await store.page(of: page.shape, after: nil)
    var stored = 0
    var cursor: String?
    repeat {
      let found = try await store.page(of: page.shape, after: cursor)
      stored += found.records.count
      cursor = found.next
    } while cursor != nil
    #expect(stored == 10)
    await store.close()
  }

  @Test(arguments: [false, true])
  func `a batch that was cut off is made once although searches lag`(isUnique: Bool) async throws {
    let (server, open) = try world(FaultPlan(lagReads: 2), isUnique: isUnique)
    defer { server.stop() }
    let page = try accounts(10)
    let first = try open(.readWrite)
    let made = written(try await first.write(WriteBatch(.create, page)))
    await first.close()
    let second = try open(.readWrite)
    let again = try await second.write(WriteBatch(.create, page, isRedone: true))
    #expect(written(again) == made)
    await second.close()
  }

  @Test func `a record that is there already is found, one that is bad is told`() async throws {
    // The first look-up does not find what an earlier run made.
    let (server, open) = try world(FaultPlan(lagReads: 2), isUnique: true)
    defer { server.stop() }
    let store = try open(.readWrite)
    var page = try accounts(2)
    let made = written(try await store.write(WriteBatch(.create, page)))
    let bad = page.append(storeID: nil, externalID: "bad")
    page.set("客户", field: 0, of: bad)
    page.set("no-such-user", field: 1, of: bad)
    let results = try await store.write(WriteBatch(.create, page))
    #expect(written(results) == made)
    guard case .refused(let finding) = results[2] else {
      Testing.Issue.record("a bad record is refused")
      return
    }
    #expect(finding.message(in: .english).contains("no-such-user"))
    await store.close()
  }

  @Test func `says when a quota that is used up begins anew`() async throws {
    let (server, open) = try world(quota: 5)
    defer { server.stop() }
    let store = try open(.readWrite)
    let page = try accounts(10)
    let error = await #expect(throws: StoreError.self) {
      try await store.write(WriteBatch(.create, page))
    }
    #expect(error?.kind == .full && error?.isTransient == false)
    // Midnight in Beijing, after the test's 2023-11-14T22:13:20Z.
    #expect(error?.findings[0].suggestion(in: .english).contains("2023-11-15T16:00:00Z") == true)
    await store.close()
  }

  @Test(arguments: [1, 2, 3])
  func `one call in five fails, and all records are there once`(seed: UInt64) async throws {
    let (server, open) = try world(
      FaultPlan(
        seed: seed, share: 0.2,
        kinds: [.throttle, .serverError, .drop, .storedThenDrop, .expiredToken]))
    defer { server.stop() }
    let store = try open(.readWrite)
    let page = try accounts(20)
    #expect(try await writtenAtLast(WriteBatch(.create, page), store) == 20)
    let found = try await store.records(
      of: page.shape, withExternalIDs: (0..<20).map { "A\($0)" })
    #expect(found.count == 20)
    #expect(Set((0..<20).compactMap { found.externalID(of: $0) }).count == 20)
    await store.close()
  }

  /// Writes a batch again, as a resumed run does, while the store says that trying later may help.
  private func writtenAtLast(_ batch: WriteBatch, _ store: HTTPStore) async throws -> Int {
    for _ in 0..<10 {
      do {
        return written(try await store.write(batch)).count
      } catch {
        guard error.isTransient else { throw error }
      }
    }
    return 0
  }

  @Test func `finds owners by name`() async throws {
    let name = try #require(SalesChain.user.field("name"))
    let (server, open) = try world()
    defer { server.stop() }
    let store = try open(.readOnly)
    let shape = EntityFields(SalesChain.user, [name])
    let found = try await store.records(of: shape, where: name, isOneOf: ["张伟", "nobody"])
    #expect((0..<found.count).map { found.storeID(of: $0) } == ["1001"])
    await store.close()
  }

  @Test func `signs in the old way, too`() async throws {
    let (server, open) = try world(isOld: true)
    defer { server.stop() }
    let store = try open(.readOnly)
    #expect(try await store.check().contains { $0.subject == "account" && $0.isSound })
    await store.close()
  }

  @Test func `says what the product has no place for`() async throws {
    let (server, open) = try world()
    defer { server.stop() }
    let store = try open(.readOnly)
    let found = try await store.description(of: SalesChain.entities)
    #expect(found.entities["case"]?.place == EntityDescription.Place.none)
    #expect(found.entities["user"]?.place == .lookedUp)
    #expect(found.entities["contact"]?.place == .loaded)
    #expect(found.entities["contact"]?.fields["wechat"] == nil)
    #expect(found.entities["contact"]?.fields["owner"]?.isRequired == true)
    #expect(found.entities["deal"]?.fields["stage"]?.options?.contains("won") == true)
    await store.close()
  }

  @Test func `no secret is in what goes wrong`() async throws {
    let (server, open) = try world()
    defer { server.stop() }
    let store = try open(.readWrite)
    var page = try accounts(1)
    page.set("double-secret", field: 1, of: 0)
    let results = try await store.write(WriteBatch(.create, page))
    guard case .refused(let finding) = results[0] else {
      Testing.Issue.record("an owner that is none is refused")
      return
    }
    #expect(!finding.message(in: .english).contains("double-secret"))
    await store.close()
  }
}
