import FerryCore
import FerryRecords
import FerryStores
import FerryTestSupport
import Foundation
import Testing

@testable import FerryHTTPStores

@Suite struct HubSpotStoreTests {
  private func world(
    _ faults: FaultPlan = FaultPlan(), _ settings: [String: String] = [:], more: [String] = []
  ) throws -> ProductWorld {
    var account = HubSpotDouble.Settings()
    account.properties =
      ["companies", "contacts", "deals", "notes"].map { "\($0) ferry_id=" }
      + ["contacts ferry_lead_id="] + more
    return try ProductWorld(
      .hubSpot, HubSpotDouble(account), ["token": HubSpotDouble.token].merging(settings) { $1 },
      faults)
  }

  @Test(arguments: ["v3", "2026-03"])
  func `an upsert is one however often it is sent`(version: String) async throws {
    let script = [ScriptedFault(.serverError, path: "/batch/upsert", callNumber: 2)]
    let world = try world(FaultPlan(script: script), ["version": version])
    defer { world.server.stop() }
    let store = try world.open(.readWrite)
    let page = try SomeRecords.accounts(250)
    let first = try await store.write(WriteBatch(.create, page)).map(\.id)
    let second = try await store.write(WriteBatch(.create, page)).map(\.id)
    #expect(first == second)
    #expect(Set(first.compactMap(\.self)).count == 250)
    var (all, cursor) = (0, String?.none)
    repeat {
      let found = try await store.page(of: page.shape, after: cursor)
      all += found.records.count
      cursor = found.next
    } while cursor != nil
    #expect(all == 250)
    // More of one value than one search shows.
    let phone = try #require(SalesChain.account.field("phone"))
    let found = try await store.records(of: page.shape, where: phone, isOneOf: ["+8621555"])
    #expect(found.count == 250)
    await store.close()
  }

  @Test func `values come back as they were sent`() async throws {
    let world = try world()
    defer { world.server.stop() }
    let store = try world.open(.readWrite)
    let values = SomeRecords.hostile
    let page = try SomeRecords.page(
      SalesChain.account, ["name", "description"],
      values.enumerated().map { (nil, "K\($0)'\"|\($1)", [$1, $1]) })
    #expect(try await store.write(WriteBatch(.create, page)).compactMap(\.id).count == values.count)
    let keys = (0..<page.count).compactMap { page.externalID(of: $0) }
    let found = try await store.records(of: page.shape, withExternalIDs: keys)
    let back = Dictionary(
      (0..<found.count).map { (found.externalID(of: $0), found.string(field: 0, of: $0)) }
    ) { first, _ in first }
    for (key, value) in zip(keys, values) { #expect(back[key] == value) }
    await store.close()
  }

  @Test func `one bad record of a batch is refused alone`() async throws {
    let world = try world(
      FaultPlan(script: [ScriptedFault(.partial, path: "/batch/upsert", callNumber: 1)]))
    defer { world.server.stop() }
    let store = try world.open(.readWrite)
    var rows: [(id: String?, key: String?, values: [String?])] = (0..<60).map {
      (nil, "C\($0)", ["张\($0)", "c\($0)@example.com"])
    }
    rows[17].values[1] = "no address"
    let page = try SomeRecords.page(SalesChain.contact, ["name", "email"], rows)
    let results = try await store.write(WriteBatch(.create, page))
    #expect(results.indices.filter { results[$0].id == nil } == [17])
    guard case .refused(let finding) = results[17] else { return }
    #expect(finding.message(in: .english).contains("no address"))
    await store.close()
  }

  @Test func `a link moves, and what people linked stays`() async throws {
    let world = try world()
    defer { world.server.stop() }
    let store = try world.open(.readWrite)
    let accounts = try await store.write(WriteBatch(.create, try SomeRecords.accounts(3)))
      .map { $0.id ?? "" }
    let fields = ["name", "account"]
    let made = try SomeRecords.page(
      SalesChain.contact, fields, [(nil, "C1", ["John Smith", accounts[0]])])
    let id = try #require(try await store.write(WriteBatch(.create, made))[0].id)
    try await world.post(
      "/crm/v4/associations/contacts/companies/batch/create",
      """
      {"inputs":[{"from":{"id":"\(id)"},"to":{"id":"\(accounts[2])"},
      "types":[{"associationCategory":"HUBSPOT_DEFINED","associationTypeId":279}]}]}
      """, HubSpotDouble.token)
    let changed = try SomeRecords.page(
      SalesChain.contact, fields, [(id, nil, [nil, accounts[1]])])
    #expect(try await store.write(WriteBatch(.update, changed))[0].id == id)
    let found = try await store.records(of: made.shape, withStoreIDs: [id])
    #expect(found.string(field: 0, of: 0) == "John Smith")
    #expect(found.string(field: 1, of: 0) == accounts[1])
    let links = world.server.contents["associations"]?.object ?? [:]
    #expect(links["contacts/\(id) companies/\(accounts[0])"] == nil)
    #expect(links["contacts/\(id) companies/\(accounts[2])"] != nil)
    await store.close()
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `one call in five fails, and all is there once`(seed: UInt64) async throws {
    let world = try world(
      FaultPlan(
        seed: seed, share: 0.2, kinds: [.throttle, .serverError, .partial]))
    defer { world.server.stop() }
    let store = try world.open(.readWrite)
    let page = try SomeRecords.accounts(300)
    #expect(try await store.write(WriteBatch(.create, page)).compactMap(\.id).count == 300)
    var gone = RecordPage(page.shape)
    for id in try await store.write(WriteBatch(.create, page)).compactMap(\.id) {
      gone.append(storeID: id, externalID: nil)
    }
    #expect(try await store.write(WriteBatch(.delete, gone)).compactMap(\.id).count == 300)
    #expect(world.server.contents["companies"] == [:])
    await store.close()
  }

  @Test func `leads and contacts share an object and stay apart`() async throws {
    let world = try world()
    defer { world.server.stop() }
    let store = try world.open(.readWrite)
    let contacts = try SomeRecords.page(SalesChain.contact, ["name"], [(nil, "1", ["张伟"])])
    let leads = try SomeRecords.page(SalesChain.lead, ["name"], [(nil, "1", ["王芳"])])
    for page in [contacts, leads] {
      #expect(try await store.write(WriteBatch(.create, page))[0].id != nil)
      let all = try await store.page(of: page.shape, after: nil).records
      #expect(all.count == 1)
      #expect(all.string(field: 0, of: 0) == page.string(field: 0, of: 0))
      #expect(all.externalID(of: 0) == "1")
    }
    await store.close()
  }

  @Test func `says what there is a place for, and who owns`() async throws {
    let world = try world()
    defer { world.server.stop() }
    let store = try world.open(.readOnly)
    let found = try await store.description(
      of: [SalesChain.user, SalesChain.account, SalesChain.deal, SalesChain.quote])
    #expect(found.entities["quote"]?.place == EntityDescription.Place.none)
    #expect(found.entities["user"]?.place == .lookedUp)
    #expect(found.entities["account"]?.fields["created_at"] == nil)
    #expect(found.entities["deal"]?.fields["stage"]?.isRequired == true)
    #expect(found.entities["deal"]?.fields["stage"]?.options?.contains("won") == true)
    #expect(found.entities["deal"]?.fields["currency"]?.options?.contains("CNY") == true)
    let name = try #require(SalesChain.user.field("name"))
    let people = try await store.records(
      of: EntityFields(SalesChain.user, [name]), where: name, isOneOf: ["王芳", "nobody"])
    #expect((0..<people.count).map { people.storeID(of: $0) } == ["901"])
    await store.close()
  }

  @Test func `a token that is wrong is told and not shown`() async throws {
    let world = try world(FaultPlan(), ["token": "pat-of-another"])
    defer { world.server.stop() }
    let store = try world.open(.readOnly)
    let error = await #expect(throws: StoreError.self) { try await store.check() }
    #expect(error?.kind == .signInRefused)
    #expect(error?.findings[0].message(in: .english).contains("pat-of") == false)
    await store.close()
  }

  private static let kinds = ["call", "visit", "meeting", "email", "message", "note", "task", nil]

  private func activities(_ account: String) throws -> RecordPage {
    try SomeRecords.page(
      SalesChain.activity, ["kind", "subject", "body", "at", "account"],
      Self.kinds.enumerated().map { index, kind in
        (nil, "T\(index)", [kind, "题\(index)", "内容\(index)", "2024-03-05T01:30:00Z", account])
      })
  }

  @Test func `calls, e-mails, meetings and tasks stand in objects of their own`() async throws {
    let objects = ["notes", "calls", "emails", "meetings", "tasks"]
    let world = try world(
      more: objects.dropFirst().map { "\($0) ferry_id=" } + objects.map { "\($0) ferry_kind" }
        + ["notes ferry_subject"])
    defer { world.server.stop() }
    let store = try world.open(.readWrite)
    let account = try #require(
      try await store.write(WriteBatch(.create, try SomeRecords.accounts(1)))[0].id)
    let page = try activities(account)
    let made = try await store.write(WriteBatch(.create, page)).compactMap(\.id)
    let places = ["calls", "meetings", "meetings", "emails", "", "", "tasks", ""]
    #expect(made.map { $0.contains("/") ? String($0.prefix { $0 != "/" }) : "" } == places)
    // Once more, by external id and by id: the same.
    #expect(try await store.write(WriteBatch(.create, page)).compactMap(\.id) == made)
    let keys = (0..<page.count).compactMap { page.externalID(of: $0) }
    for found in [
      try await store.records(of: page.shape, withExternalIDs: keys),
      try await store.records(of: page.shape, withStoreIDs: made),
    ] {
      let rows = Dictionary(
        (0..<found.count).map { row in
          (found.externalID(of: row) ?? "", (0..<5).map { found.string(field: $0, of: row) })
        }
      ) { first, _ in first }
      for (index, kind) in Self.kinds.enumerated() {
        #expect(
          rows["T\(index)"]
            == [kind, "题\(index)", "内容\(index)", "2024-03-05T01:30:00Z", account])
      }
    }
    let change = try SomeRecords.page(
      SalesChain.activity, ["body"], made.map { ($0, nil, ["改"]) })
    #expect(try await store.write(WriteBatch(.update, change)).compactMap(\.id) == made)
    var (all, cursor) = ([String](), String?.none)
    repeat {
      let found = try await store.page(of: change.shape, after: cursor)
      all += (0..<found.records.count).compactMap { found.records.string(field: 0, of: $0) }
      cursor = found.next
    } while cursor != nil
    #expect(all == Array(repeating: "改", count: 8))
    var gone = RecordPage(page.shape)
    for id in made { gone.append(storeID: id, externalID: nil) }
    #expect(try await store.write(WriteBatch(.delete, gone)).compactMap(\.id) == made)
    #expect(try await store.records(of: page.shape, withExternalIDs: keys).count == 0)
    await store.close()
  }

  @Test func `without Ferry's properties activities are notes`() async throws {
    let world = try world()
    defer { world.server.stop() }
    let store = try world.open(.readWrite)
    let place = try await store.description(of: [SalesChain.activity]).entities["activity"]
    #expect(place?.fields["kind"] == nil && place?.fields["subject"] == nil)
    #expect(place?.fields["body"]?.label == "Body body" && place?.fields["at"]?.isRequired == true)
    let account = try #require(
      try await store.write(WriteBatch(.create, try SomeRecords.accounts(1)))[0].id)
    let made = try await store.write(WriteBatch(.create, try activities(account))).compactMap(\.id)
    #expect(made.count == 8 && !made.contains { $0.contains("/") })
    await store.close()
  }
}
