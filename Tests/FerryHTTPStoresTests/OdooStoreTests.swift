import FerryCore
import FerryRecords
import FerryStores
import FerryTestSupport
import Foundation
import Testing

@testable import FerryHTTPStores

@Suite struct OdooStoreTests {
  private func world(
    _ faults: FaultPlan = FaultPlan(), isOld: Bool = false
  ) throws -> ProductWorld {
    var settings = ["database": OdooDouble.database, "api_key": OdooDouble.apiKey]
    if isOld { settings.merge(["api": "rpc", "user": "admin"]) { $1 } }
    return try ProductWorld(.odoo, OdooDouble(), settings, faults)
  }

  @Test(arguments: [false, true])
  func `loads by XML ids, in the new API and in the old`(isOld: Bool) async throws {
    let world = try world(isOld: isOld)
    defer { world.server.stop() }
    let store = try world.open(.readWrite)
    let accounts = try SomeRecords.accounts(3)
    let made = try await store.write(WriteBatch(.create, accounts)).compactMap(\.id)
    #expect(made.count == 3)
    // People stand in the same model, and their ids may be those of companies.
    let people = try SomeRecords.page(
      SalesChain.contact, ["name", "account"],
      [(nil, "A0", ["王芳", made[0]]), (nil, "A1", ["Liam O'Neill", nil])])
    let persons = try await store.write(WriteBatch(.create, people)).compactMap(\.id)
    #expect(persons.count == 2 && Set(persons).isDisjoint(with: made))
    #expect(try await store.write(WriteBatch(.create, people)).compactMap(\.id) == persons)
    let found = try await store.page(of: people.shape, after: nil).records
    #expect((0..<found.count).map { found.externalID(of: $0) } == ["A0", "A1"])
    #expect(found.string(field: 1, of: 0) == made[0] && found.string(field: 1, of: 1) == nil)
    await store.close()
  }

  @Test func `bad rows are refused, and the others are loaded`() async throws {
    let world = try world()
    defer { world.server.stop() }
    let store = try world.open(.readWrite)
    let rows = (0..<6).map { number in
      (
        id: String?.none, key: String?("P\(number)"),
        values: [String?("人\(number)"), number % 3 == 0 ? "999" : nil]
      )
    }
    let page = try SomeRecords.page(SalesChain.contact, ["name", "account"], rows)
    let results = try await store.write(WriteBatch(.create, page))
    #expect(results.map { $0.id == nil } == [true, false, false, true, false, false])
    guard case .refused(let finding) = results[0] else {
      Testing.Issue.record("a link to nobody is refused")
      return
    }
    #expect(finding.message(in: .english).contains("No matching record found"))
    await store.close()
  }

  @Test func `a lost deal is put away, and comes back`() async throws {
    let world = try world()
    defer { world.server.stop() }
    let store = try world.open(.readWrite)
    let page = try SomeRecords.page(
      SalesChain.deal, ["name", "stage", "amount"],
      [(nil, "D1", ["甲", "lost", "12.50"]), (nil, "D.2,x", ["乙", "won", nil])])
    let ids = try await store.write(WriteBatch(.create, page)).compactMap(\.id)
    #expect(ids.count == 2)
    let found = try await store.records(of: page.shape, withExternalIDs: ["D1", "D.2,x"])
    #expect((0..<found.count).map { found.string(field: 1, of: $0) } == ["lost", "won"])
    #expect((0..<found.count).map { found.externalID(of: $0) } == ["D1", "D.2,x"])
    let back = try SomeRecords.page(
      SalesChain.deal, ["stage"], [(ids[0], nil, ["qualification"])])
    #expect(try await store.write(WriteBatch(.update, back)).compactMap(\.id) == [ids[0]])
    let again = try await store.records(of: page.shape, withStoreIDs: [ids[0]])
    #expect(again.string(field: 1, of: 0) == "qualification")
    await store.close()
  }

  @Test func `a record that a person made gets Ferry's id, and is removed once`() async throws {
    let world = try world()
    defer { world.server.stop() }
    let store = try world.open(.readWrite)
    let page = try SomeRecords.accounts(2)
    let ids = try await store.write(WriteBatch(.create, page)).compactMap(\.id)
    var change = RecordPage(page.shape)
    change.append(storeID: ids[0], externalID: "A0")
    change.set("新名", field: 0, of: 0)
    #expect(try await store.write(WriteBatch(.update, change)).compactMap(\.id) == [ids[0]])
    var gone = RecordPage(page.shape)
    for id in ids + ["999"] { gone.append(storeID: id, externalID: nil) }
    #expect(try await store.write(WriteBatch(.delete, gone)).compactMap(\.id).count == 3)
    #expect(try await store.page(of: page.shape, after: nil).records.count == 0)
    await store.close()
  }

  @Test func `a batch whose answer is lost is sent again, and stands once`() async throws {
    let script = (1...2).map { ScriptedFault(.storedThenDrop, path: "/load", callNumber: $0) }
    let world = try world(FaultPlan(script: script))
    defer { world.server.stop() }
    let store = try world.open(.readWrite)
    let page = try SomeRecords.accounts(20)
    #expect(try await store.write(WriteBatch(.create, page)).compactMap(\.id).count == 20)
    #expect(try await store.page(of: page.shape, after: nil).records.count == 20)
    await store.close()
  }

  @Test func `takes hostile values as they are`() async throws {
    let world = try world()
    defer { world.server.stop() }
    let store = try world.open(.readWrite)
    let rows = SomeRecords.hostile.enumerated().map { index, text in
      (id: String?.none, key: String?("H\(index) \(text)"), values: [String?("公司\(index)"), text])
    }
    let page = try SomeRecords.page(SalesChain.account, ["name", "description"], rows)
    #expect(try await store.write(WriteBatch(.create, page)).compactMap(\.id).count == rows.count)
    let found = try await store.records(of: page.shape, withExternalIDs: rows.compactMap(\.key))
    #expect(
      Set((0..<found.count).compactMap { found.string(field: 1, of: $0) })
        == Set(SomeRecords.hostile))
    await store.close()
  }
}
