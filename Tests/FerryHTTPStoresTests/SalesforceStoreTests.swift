import FerryCore
import FerryRecords
import FerryStores
import FerryTestSupport
import Foundation
import Testing

@testable import FerryHTTPStores

@Suite struct SalesforceStoreTests {
  private func world(
    _ faults: FaultPlan = FaultPlan(), _ settings: [String: String] = [:], audit: Bool = false
  ) throws -> ProductWorld {
    var organization = SalesforceDouble.Settings()
    organization.setsAuditFields = audit
    return try ProductWorld(
      .salesforce, SalesforceDouble(organization),
      [
        "client_id": "double-client", "client_secret": "double-secret",
        "external_id": "Ext_Id__c",
      ].merging(settings) { $1 }, faults)
  }

  private func opened(_ rows: Int) throws -> RecordPage {
    try SomeRecords.page(
      SalesChain.account, ["name", "created_at"],
      (0..<rows).map { (nil, "A\($0)", ["客户\($0)", "2021-03-05T01:30:00Z"]) })
  }

  @Test(arguments: ["2000", "10"])
  func `values come back as they were sent, in collections and in bulk`(from: String) async throws {
    let world = try world(FaultPlan(), ["bulk_from": from])
    defer { world.server.stop() }
    let store = try world.open(.readWrite)
    let values = SomeRecords.hostile
    let page = try SomeRecords.page(
      SalesChain.account, ["name", "description"],
      values.enumerated().map { (nil, "K\($0)'\"\\|\($1)", [$1, $1]) })
    let made = try await store.write(WriteBatch(.create, page)).map(\.id)
    #expect(made.compactMap(\.self).count == values.count)
    let keys = (0..<page.count).compactMap { page.externalID(of: $0) }
    let found = try await store.records(of: page.shape, withExternalIDs: keys)
    #expect(found.count == values.count)
    let back = Dictionary(
      (0..<found.count).map { (found.externalID(of: $0), found.string(field: 0, of: $0)) }
    ) { first, _ in first }
    for (key, value) in zip(keys, values) { #expect(back[key] == value) }
    // Null and "leave alone" are two things, in bulk as well.
    let name = page.shape.fields[0]
    var change = RecordPage(page.shape)
    for id in made {
      let index = change.append(storeID: id, externalID: nil)
      change.set("", field: 1, of: index)
    }
    #expect(try await store.write(WriteBatch(.update, change)).compactMap(\.id).count == made.count)
    let after = try await store.records(of: page.shape, where: name, isOneOf: values)
    #expect(after.count == values.count)
    #expect((0..<after.count).allSatisfy { after.string(field: 1, of: $0) == nil })
    await store.close()
  }

  @Test(arguments: ["2000", "100"])
  func `one bad record of a batch is refused alone`(from: String) async throws {
    let world = try world(
      FaultPlan(script: [ScriptedFault(.partial, path: "/composite/sobjects", callNumber: 1)]),
      ["bulk_from": from])
    defer { world.server.stop() }
    let store = try world.open(.readWrite)
    var rows: [(id: String?, key: String?, values: [String?])] = (0..<150).map {
      (nil, "C\($0)", ["张\($0)", "c\($0)@example.com"])
    }
    rows[17].values[1] = "no address"
    let page = try SomeRecords.page(SalesChain.contact, ["name", "email"], rows)
    let results = try await store.write(WriteBatch(.create, page))
    #expect(results.indices.filter { results[$0].id == nil } == [17])
    guard case .refused(let finding) = results[17] else { return }
    #expect(finding.message(in: .english).contains("INVALID_EMAIL_ADDRESS"))
    await store.close()
  }

  @Test(arguments: ["2000", "50"], [false, true])
  func `one call in five fails, and all is there once`(from: String, audit: Bool) async throws {
    let world = try world(
      FaultPlan(seed: 2, share: 0.2, kinds: [.throttle, .serverError, .expiredToken, .partial]),
      ["bulk_from": from], audit: audit)
    defer { world.server.stop() }
    let store = try world.open(.readWrite)
    let page = try opened(300)
    var made: [String] = []
    for _ in 0..<5 where made.count < 300 {
      made = try await store.write(WriteBatch(.create, page)).compactMap(\.id)
    }
    #expect(Set(made).count == 300)
    var (all, cursor) = (Set<String>(), String?.none)
    repeat {
      let found = try await store.page(of: page.shape, after: cursor)
      for index in 0..<found.records.count {
        all.insert(found.records.storeID(of: index) ?? "")
        let time = found.records.string(field: 1, of: index)
        if audit { #expect(time == "2021-03-05T01:30:00Z") }
      }
      cursor = found.next
    } while cursor != nil
    #expect(all == Set(made))
    var gone = RecordPage(page.shape)
    for id in made { gone.append(storeID: id, externalID: nil) }
    #expect(try await store.write(WriteBatch(.delete, gone)).compactMap(\.id).count == 300)
    #expect(try await store.write(WriteBatch(.delete, gone)).compactMap(\.id).count == 300)
    await store.close()
  }

  @Test func `a task keeps its deal, and knows the deal's account`() async throws {
    let world = try world(
      FaultPlan(), ["external_id": "Ext_Id__c"])
    defer { world.server.stop() }
    let store = try world.open(.readWrite)
    let accounts = try await store.write(WriteBatch(.create, try SomeRecords.accounts(2)))
      .map { $0.id ?? "" }
    let deals = try SomeRecords.page(
      SalesChain.deal, ["name", "account", "amount", "stage", "close_date"],
      [(nil, "D1", ["线体", accounts[0], "37.50", "won", "2024-03-05"])])
    let deal = try #require(try await store.write(WriteBatch(.create, deals))[0].id)
    let back = try await store.records(of: deals.shape, withStoreIDs: [deal])
    #expect(
      (1...4).map { back.string(field: $0, of: 0) } == [accounts[0], "37.50", "won", "2024-03-05"])
    let tasks = try SomeRecords.page(
      SalesChain.activity, ["body", "account", "deal"],
      [(nil, "T1", ["拜访", accounts[0], deal]), (nil, "T2", ["电话", accounts[1], nil])])
    // No profile says it: the status and priority of a task that is done are set.
    let made = try await store.write(WriteBatch(.create, tasks)).map { $0.id ?? "" }
    let change = try SomeRecords.page(
      SalesChain.activity, ["body", "account", "deal"],
      made.map { ($0, nil, ["改", accounts[1], nil]) })
    #expect(try await store.write(WriteBatch(.update, change)).compactMap(\.id) == made)
    let found = try await store.records(of: tasks.shape, withStoreIDs: made)
    let rows = (0..<found.count).map { row in
      (0..<3).map { found.string(field: $0, of: row) ?? "-" }
    }
    #expect(rows.sorted { $0[2] > $1[2] } == [["改", accounts[0], deal], ["改", accounts[1], "-"]])
    await store.close()
  }

  @Test func `rows of a bulk job name their parents by external id`() async throws {
    let world = try world(FaultPlan(), ["bulk_from": "2"])
    defer { world.server.stop() }
    let store = try world.open(.readWrite)
    let accounts = try await store.write(WriteBatch(.create, try SomeRecords.accounts(2)))
      .map { $0.id ?? "" }
    let person = try SomeRecords.page(SalesChain.account, ["name"], [(nil, nil, ["手工录入"])])
    let own = try #require(try await store.write(WriteBatch(.create, person))[0].id)
    let load = { (key: String, parents: [String]) in
      let page = try SomeRecords.page(
        SalesChain.contact, ["name", "account"],
        parents.enumerated().map { (nil, "\(key)\($0)", ["张\($0)", $1]) })
      return (page, try await store.write(WriteBatch(.create, page)).compactMap(\.id))
    }
    // A parent that a person made has no external id: then all go by their ids.
    for (key, parents) in [("C", accounts), ("D", [accounts[1], own])] {
      let (page, made) = try await load(key, parents)
      let found = try await store.records(of: page.shape, withStoreIDs: made)
      #expect((0..<found.count).compactMap { found.string(field: 1, of: $0) } == parents)
    }
    let uploads = world.server.exchanges.filter { $0.request.method == "PUT" }
      .map { String(decoding: $0.request.body, as: UTF8.self).split(separator: "\n") }
    #expect(uploads.count == 3)
    #expect(uploads[1][0].contains(#""Account.Ext_Id__c""#) && !uploads[1][0].contains("AccountId"))
    #expect(uploads[1][1].hasPrefix(#""C0","A0","#))
    #expect(uploads[2][0].contains("AccountId"))
    await store.close()
  }

  @Test func `a task's parents are named with their objects`() async throws {
    let world = try world(FaultPlan(), ["bulk_from": "2"])
    defer { world.server.stop() }
    let store = try world.open(.readWrite)
    let accounts = try await store.write(WriteBatch(.create, try SomeRecords.accounts(2)))
      .map { $0.id ?? "" }
    let people = try SomeRecords.page(SalesChain.contact, ["name"], [(nil, "C", ["张"])])
    let contact = try #require(try await store.write(WriteBatch(.create, people))[0].id)
    let leads = try SomeRecords.page(
      SalesChain.lead, ["name", "company", "status"],
      [(nil, "L", ["李", "乙", "Open - Not Contacted"])])
    let lead = try #require(try await store.write(WriteBatch(.create, leads))[0].id)
    let tasks = try SomeRecords.page(
      SalesChain.activity, ["body", "account", "contact", "lead"],
      [(nil, "T1", ["拜访", accounts[0], contact, nil]), (nil, "T2", ["电话", nil, nil, lead])])
    let made = try await store.write(WriteBatch(.create, tasks)).compactMap(\.id)
    let found = try await store.records(of: tasks.shape, withStoreIDs: made)
    #expect((0..<2).map { found.string(field: 1, of: $0) } == [accounts[0], nil])
    #expect((0..<2).map { found.string(field: 2, of: $0) } == [contact, nil])
    #expect((0..<2).map { found.string(field: 3, of: $0) } == [nil, lead])
    let upload = world.server.exchanges.last { $0.request.method == "PUT" }
    let text = String(decoding: upload?.request.body ?? [], as: UTF8.self)
    for column in ["Account:What", "Contact:Who", "Lead:Who"] {
      #expect(text.contains("\"\(column).Ext_Id__c\""))
    }
    await store.close()
  }

  @Test func `says what there is a place for`() async throws {
    let plain = try world()
    defer { plain.server.stop() }
    let store = try plain.open(.readOnly)
    let found = try await store.description(
      of: [SalesChain.account, SalesChain.contact, SalesChain.deal, SalesChain.quote])
    #expect(found.entities["quote"]?.place == EntityDescription.Place.none)
    #expect(found.entities["account"]?.fields["created_at"] == nil)
    #expect(found.entities["contact"]?.fields["name"]?.isRequired == true)
    #expect(found.entities["deal"]?.fields["close_date"]?.isRequired == true)
    #expect(found.entities["deal"]?.fields["stage"]?.options?.last == "lost")
    let effects = try await store.sideEffects(of: [SalesChain.lead])
    #expect(effects.map(\.isHeldBack) == [false, true])
    await store.close()
  }

  /// Runs `openssl`; `nil` where it is not installed or says no.
  private func openssl(_ words: String...) -> String? {
    let (process, said) = (Process(), Pipe())
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["openssl"] + words
    process.standardOutput = said
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let text = String(decoding: said.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return process.terminationStatus == 0 ? text : nil
  }

  @Test func `signs in by a key, and the signature is the key's`() async throws {
    guard let key = openssl("genrsa", "2048") else { return }
    let settings = ["private_key": key, "username": "user0@example.com", "client_secret": ""]
    let world = try world(FaultPlan(), settings)
    defer { world.server.stop() }
    let store = try world.open(.readOnly)
    #expect(try await store.description(of: [SalesChain.account]).entities["account"] != nil)
    await store.close()
    let asked = try #require(world.server.exchanges.first { $0.request.path.hasSuffix("/token") })
    let form = Dictionary(asked.request.form.map { ($0.name, $0.value) }) { first, _ in first }
    #expect(form["client_secret"] == nil)
    let parts = try #require(form["assertion"]).split(separator: ".").map(String.init)
    let base = URL.temporaryDirectory.appending(path: "ferry-jwt-\(UUID().uuidString)").path
    let signature = parts[2].replacing("-", with: "+").replacing("_", with: "/")
    let padded = signature + String(repeating: "=", count: (4 - signature.count % 4) % 4)
    try Data(key.utf8).write(to: URL(filePath: base + ".key"))
    try Data("\(parts[0]).\(parts[1])".utf8).write(to: URL(filePath: base + ".text"))
    try #require(Data(base64Encoded: padded)).write(to: URL(filePath: base + ".sign"))
    defer {
      for end in [".key", ".text", ".sign"] {
        try? FileManager.default.removeItem(atPath: base + end)
      }
    }
    let verified = openssl(
      "dgst", "-sha256", "-prverify", base + ".key", "-signature", base + ".sign", base + ".text")
    #expect(verified?.contains("Verified OK") == true)
  }

  @Test func `a key that is none is told with its setting`() throws {
    let world = try world(
      FaultPlan(), ["private_key": "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"])
    defer { world.server.stop() }
    let error = #expect(throws: StoreError.self) { try world.open(.readOnly) }
    #expect(error?.findings.contains { $0.message(in: .english).contains("AAAA") } != true)
  }

  @Test func `an id of 15 characters gets its three`() {
    #expect(SalesforceDialect.long("005D0000001KyEI") == "005D0000001KyEIIA0")
    #expect(SalesforceDialect.long("005D0000001KyEIIA0") == "005D0000001KyEIIA0")
  }

  @Test func `a text of SOQL stays one`() {
    #expect(SalesforceAdapter.quoted("O'Neil \\ \"x\"\n") == #"'O\'Neil \\ \"x\"\n'"#)
  }

  @Test func `a result file gives its cells back`() {
    let rows = ResultFile.rows("\"a\",\"b\"\n\"x\"\"y\",\"1,2\r\n3\"\n,\n")
    #expect(rows == [["a", "b"], ["x\"y", "1,2\r\n3"], ["", ""]])
  }
}
