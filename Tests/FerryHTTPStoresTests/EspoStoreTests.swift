import FerryCore
import FerryRecords
import FerryStores
import FerryTestSupport
import Foundation
import Testing

@testable import FerryHTTPStores

@Suite struct EspoStoreTests {
  /// An instance whose admin made the fields that Ferry asks for.
  private func world(_ faults: FaultPlan = FaultPlan()) async throws -> ProductWorld {
    var settings = EspoDouble.Settings()
    settings.currencies = ["CNY", "USD"]
    let world = try ProductWorld(
      .espo, EspoDouble(settings), ["api_key": EspoDouble.apiKey], faults)
    for entity in ["Account", "Contact", "Lead", "Opportunity", "Case", "Campaign"] {
      for (name, type) in [
        ("ferryId", "varchar"), ("creditCode", "varchar"), ("ferryCustom", "text"),
      ] {
        try await post(world, "Admin/fieldManager/\(entity)", ["name": name, "type": type])
      }
    }
    try await post(world, "Admin/rebuild", [:])
    return world
  }

  /// Calls the double as an admin would.
  private func post(
    _ world: ProductWorld, _ path: String, _ body: [String: String]
  ) async throws {
    let request = FerryHTTPStores.HTTPRequest(
      "POST", try #require(URL(string: "\(world.server.url)/api/v1/\(path)")),
      headers: ["Content-Type": "application/json", "X-Api-Key": EspoDouble.apiKey],
      body: JSON.object(body.mapValues { .string($0) }).bytes)
    #expect(try await CurlTransport().send(request).status == 200)
  }

  private func people() throws -> RecordPage {
    try SomeRecords.page(
      SalesChain.contact, ["name", "mobile"],
      [
        (nil, "P1", ["王芳", "+8613800001001"]), (nil, "P2", ["Liam O'Neill", nil]),
        (nil, "P3", ["Cher", nil]), (nil, "P4", ["Ana Maria Silva", nil]),
      ])
  }

  @Test func `keeps Ferry's ids in a field of the admin, since its own are not to be chosen`()
    async throws
  {
    let world = try await world()
    defer { world.server.stop() }
    let store = try world.open(.readWrite)
    let page = try people()
    let made = try await store.write(WriteBatch(.create, page)).compactMap(\.id)
    #expect(made.count == 4 && Set(made).count == 4)
    // The same again changes what is there.
    #expect(try await store.write(WriteBatch(.create, page)).compactMap(\.id) == made)
    let found = try await store.records(of: page.shape, withExternalIDs: ["P1", "P2", "P3", "P4"])
    #expect(found.count == 4)
    let names = (0..<4).compactMap { found.string(field: 0, of: $0) }
    #expect(Set(names) == ["王芳", "Liam O'Neill", "Cher", "Ana Maria Silva"])
    await store.close()
  }

  @Test func `two of one name are two, and are removed once`() async throws {
    let world = try await world()
    defer { world.server.stop() }
    let store = try world.open(.readWrite)
    let page = try SomeRecords.page(
      SalesChain.account, ["name", "credit_code"],
      [(nil, "A1", ["某公司", "91310115MA1044996W"]), (nil, "A2", ["某公司", nil])])
    let ids = try await store.write(WriteBatch(.create, page)).compactMap(\.id)
    #expect(ids.count == 2)
    var gone = RecordPage(page.shape)
    for id in ids + ["66f000000000000ff"] { gone.append(storeID: id, externalID: nil) }
    #expect(try await store.write(WriteBatch(.delete, gone)).compactMap(\.id).count == 3)
    #expect(try await store.page(of: page.shape, after: nil).records.count == 0)
    await store.close()
  }

  @Test func `a record that is refused is refused alone, with the field that is wrong`()
    async throws
  {
    let world = try await world()
    defer { world.server.stop() }
    let store = try world.open(.readWrite)
    let page = try SomeRecords.page(
      SalesChain.account, ["name", "phone"],
      [(nil, "A1", ["甲", "+8621555566"]), (nil, "A2", ["乙", "021-1"])])
    let results = try await store.write(WriteBatch(.create, page))
    #expect(results.first?.id != nil)
    guard case .refused(let finding) = results.last else {
      Testing.Issue.record("a phone that is none is refused")
      return
    }
    #expect(finding.message(in: .english).contains("field: phoneNumber, type: valid"))
    await store.close()
  }

  @Test func `a record whose answer is lost is made once`() async throws {
    let script = (1...4).map {
      ScriptedFault(.storedThenDrop, path: "/api/v1/Contact", callNumber: $0 * 2)
    }
    let world = try await world(FaultPlan(script: script))
    defer { world.server.stop() }
    let store = try world.open(.readWrite)
    let page = try people()
    #expect(try await store.write(WriteBatch(.create, page)).compactMap(\.id).count == 4)
    #expect(try await store.page(of: page.shape, after: nil).records.count == 4)
    await store.close()
  }

  @Test func `says what it has a place for, and takes hostile values as they are`() async throws {
    let world = try await world()
    defer { world.server.stop() }
    let store = try world.open(.readWrite)
    let told = try await store.description(of: SalesChain.entities)
    #expect(told.entities["order"]?.place == EntityDescription.Place.none)
    #expect(told.entities["account"]?.fields["credit_code"] != nil)
    #expect(told.entities["account"]?.fields["level"] == nil)
    #expect(told.entities["deal"]?.fields["stage"]?.options?.contains("won") == true)
    #expect(told.entities["deal"]?.fields["close_date"]?.isRequired == true)
    let rows = SomeRecords.hostile.enumerated().map { index, text in
      (id: String?.none, key: String?("H\(index)"), values: [String?("公司\(index)"), text])
    }
    let page = try SomeRecords.page(SalesChain.account, ["name", "description"], rows)
    #expect(
      try await store.write(WriteBatch(.create, page)).compactMap(\.id).count == rows.count)
    let found = try await store.records(of: page.shape, withExternalIDs: rows.compactMap(\.key))
    #expect(
      Set((0..<found.count).compactMap { found.string(field: 1, of: $0) })
        == Set(SomeRecords.hostile))
    await store.close()
  }
}
