import FerryCore
import FerryRecords
import FerryStores
import FerryTestSupport
import Foundation
import Testing

@testable import FerryHTTPStores

@Suite struct OdooStoreTests {
  private func world(
    _ faults: FaultPlan = FaultPlan(), api: String = "json2"
  ) throws -> ProductWorld {
    var settings = ["database": OdooDouble.database, "api_key": OdooDouble.apiKey]
    if api != "json2" { settings.merge(["api": api, "user": "admin"]) { $1 } }
    return try ProductWorld(.odoo, OdooDouble(), settings, faults)
  }

  private static let apis = ["json2", "rpc", "xmlrpc"]

  @Test(arguments: apis)
  func `loads by XML ids, in the new API and in the old`(api: String) async throws {
    let world = try world(api: api)
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

  @Test(arguments: apis)
  func `bad rows are refused, and the others are loaded`(api: String) async throws {
    let world = try world(api: api)
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

  @Test(arguments: apis)
  func `a lost deal is put away, and comes back`(api: String) async throws {
    let world = try world(api: api)
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

  @Test func `a list that is empty is no place for a value`() async throws {
    let world = try world()
    defer { world.server.stop() }
    let store = try world.open(.readOnly)
    let deal = try await store.description(of: [SalesChain.deal]).entities["deal"]
    #expect(deal?.fields["lost_reason"] == nil && deal?.fields["stage"]?.options?.count == 5)
    await store.close()
  }

  @Test(arguments: apis)
  func `a record that a person made gets Ferry's id, and is removed once`(api: String) async throws
  {
    let world = try world(api: api)
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

  @Test(arguments: apis) func `takes hostile values as they are`(api: String) async throws {
    let world = try world(api: api)
    defer { world.server.stop() }
    let store = try world.open(.readWrite)
    // Over XML-RPC line ends come back as line feeds.
    let texts = SomeRecords.hostile.map { api == "xmlrpc" ? $0.replacing("\r\n", with: "\n") : $0 }
    let rows = texts.enumerated().map { index, text in
      (id: String?.none, key: String?("H\(index) \(text)"), values: [String?("公司\(index)"), text])
    }
    let page = try SomeRecords.page(SalesChain.account, ["name", "description"], rows)
    #expect(try await store.write(WriteBatch(.create, page)).compactMap(\.id).count == rows.count)
    let found = try await store.records(of: page.shape, withExternalIDs: rows.compactMap(\.key))
    #expect(
      Set((0..<found.count).compactMap { found.string(field: 1, of: $0) })
        == Set(texts))
    await store.close()
  }

  @Test func `a batch by XML-RPC whose answer is lost stands once`() async throws {
    let world = try world(
      FaultPlan(seed: 3, share: 0.3, kinds: [.serverError, .drop, .storedThenDrop]), api: "xmlrpc")
    defer { world.server.stop() }
    let store = try world.open(.readWrite)
    let page = try SomeRecords.accounts(20)
    #expect(try await store.write(WriteBatch(.create, page)).compactMap(\.id).count == 20)
    #expect(try await store.page(of: page.shape, after: nil).records.count == 20)
    // What XML can't carry is refused alone, and never sent: the others are found by halves.
    let odd = try SomeRecords.page(
      SalesChain.account, ["name"], [(nil, "B1", ["甲\u{1}"]), (nil, "B2", ["乙"])])
    let results = try await store.write(WriteBatch(.create, odd))
    #expect(results.map { $0.id == nil } == [true, false])
    await store.close()
  }

  @Test(arguments: apis) func `a wrong key is told as that`(api: String) async throws {
    var settings = ["database": OdooDouble.database, "api_key": "nope", "api": api]
    if api != "json2" { settings["user"] = "admin" }
    let world = try ProductWorld(.odoo, OdooDouble(), settings)
    defer { world.server.stop() }
    let store = try world.open(.readOnly)
    let error = await #expect(throws: StoreError.self) {
      _ = try await store.page(of: try SomeRecords.accounts(1).shape, after: nil)
    }
    #expect(error?.kind == .signInRefused)
    await store.close()
  }
}

@Suite struct XMLRPCTests {
  private func answer(_ inner: String) -> JSON? {
    XMLRPC.answer(Array("<?xml version='1.0'?><methodResponse>\(inner)</methodResponse>".utf8))?
      .odoo
  }

  private func result(_ value: String) -> JSON? {
    answer("<params><param><value>\(value)</value></param></params>")?["result"]
  }

  private func fault(_ code: Int, _ text: String) -> JSON? {
    let code = "<member><name>faultCode</name><value><int>\(code)</int></value></member>"
    let words = "<member><name>faultString</name><value>\(text)</value></member>"
    return answer("<fault><value><struct>\(code)\(words)</struct></value></fault>")?["error"]?[
      "data"]
  }

  @Test func `reads every type`() {
    #expect(result(" 甲 &amp; &#x4e59; ") == " 甲 & 乙 ")
    #expect(result("<string>&lt;a&gt;<![CDATA[&]]></string>") == "<a>&")
    #expect(result("\n  <int> -5\n</int>\n") == -5)
    #expect(result("<double>12.50</double>") == .number("12.50"))
    #expect(result("<boolean>1</boolean>") == true)
    #expect(result("<nil/>") == .null)
    #expect(
      result("<array><data><value>a</value><value><i4>1</i4></value></data></array>") == ["a", 1])
    #expect(
      result("<struct><member><name>a</name><value>1</value></member></struct>") == ["a": "1"])
  }

  @Test func `what is no answer is none`() {
    for inner in ["", "<params/>", "<params><param><value><odd/></value></param></params>"] {
      #expect(answer(inner) == nil)
    }
    #expect(result("<int>x</int>") == nil)
    let bomb =
      "<!DOCTYPE a [<!ENTITY b 'c'>]><methodResponse><params><param><value>&b;</value></param></params></methodResponse>"
    for text in ["", "{}", "<html><body>503</body></html>", bomb, "<methodResponse>"] {
      #expect(XMLRPC.answer(Array(text.utf8)) == nil)
    }
  }

  @Test func `tells faults by exception and message`() {
    #expect(fault(2, "没有权限") == ["name": "UserError", "message": "没有权限"])
    #expect(fault(3, "Access Denied")?["name"] == "AccessDenied")
    let trace = "Traceback (most recent call last):\n  File \"x\", line 1\n    call()\n"
    let value = fault(1, trace + "ValueError: Invalid field 'nope'\nin 'res.partner'\n")
    #expect(value?["name"] == "ValueError")
    #expect(value?["message"] == "Invalid field 'nope'\nin 'res.partner'")
    #expect(
      fault(1, trace + "psycopg2.errors.SerializationFailure: x")?["name"]?.text?.hasSuffix(
        "SerializationFailure") == true)
    #expect(fault(1, "nothing known") == ["name": "Fault", "message": "nothing known"])
    #expect(fault(1, "")?["name"] == "Fault")
  }

  @Test func `writes what XML can carry`() throws {
    let body = try #require(
      XMLRPC.call("m", ["a<&>\r", true, .null, 2_147_483_648, .number("1.50"), ["k": [1]]]))
    #expect(
      String(decoding: body, as: UTF8.self)
        == "<?xml version=\"1.0\"?><methodCall><methodName>m</methodName><params>"
        + "<param><value><string>a&lt;&amp;&gt;&#13;</string></value></param>"
        + "<param><value><boolean>1</boolean></value></param>"
        + "<param><value><boolean>0</boolean></value></param>"
        + "<param><value><double>2147483648</double></value></param>"
        + "<param><value><double>1.50</double></value></param>"
        + "<param><value><struct><member><name>k</name><value><array><data><value><int>1</int></value></data></array></value></member></struct></value></param>"
        + "</params></methodCall>")
    #expect(XMLRPC.call("m", ["\u{1}"]) == nil && XMLRPC.call("m", [["\u{FFFF}": 1]]) == nil)
  }
}
