import Testing

@testable import FerryTestSupport

/// Calls the Odoo double by JSON-2, without a socket.
private struct OdooClient {
  var double = OdooDouble()
  var key = OdooDouble.apiKey

  mutating func call(_ path: String, _ words: WireValue) -> HTTPResponse {
    double.answer(
      HTTPRequest(
        method: "POST", target: "/json/2/\(path)",
        headers: [
          HTTPRequest.Pair("Authorization", "bearer \(key)"),
          HTTPRequest.Pair("Content-Type", "application/json"),
          HTTPRequest.Pair("X-Odoo-Database", "double"),
        ], body: words.bytes),
      ProductCall(now: 1_760_000_000_000, number: 1))
  }

  /// A call by XML-RPC: texts, `2` as a number, and last a value as it stands.
  mutating func xml(
    _ service: String, _ method: String, _ words: [String], _ last: String
  ) -> String {
    let values = words.map { $0 == "2" ? "<int>2</int>" : "<string>\($0)</string>" } + [last]
    let params = values.map { "<param><value>\($0)</value></param>" }.joined()
    let body =
      "<?xml version='1.0'?>\n<methodCall><methodName>\(method)</methodName>"
      + "<params>\n\(params)</params></methodCall>"
    let answer = double.answer(
      HTTPRequest(
        method: "POST", target: "/xmlrpc/2/\(service)",
        headers: [HTTPRequest.Pair("Content-Type", "text/xml")], body: Array(body.utf8)),
      ProductCall(now: 1_760_000_000_000, number: 1))
    return String(decoding: answer.body, as: UTF8.self)
  }

  mutating func load(_ model: String, _ fields: [String], _ rows: [[String]]) -> WireValue {
    call("\(model)/load", ["fields": WireValue(fields), "data": .list(rows.map { WireValue($0) })])
      .json ?? nil
  }

  mutating func rows(_ model: String, _ domain: WireValue, _ fields: WireValue) -> [WireValue] {
    call("\(model)/search_read", ["domain": domain, "fields": fields]).json?.list ?? []
  }
}

@Suite struct OdooDoubleTests {
  @Test func wantsAKey() {
    var client = OdooClient()
    client.key = "nope"
    let answer = client.call("res.partner/search", ["domain": []])
    #expect(answer.status == 401)
    #expect(answer.json?["message"] == "Invalid apikey")
  }

  struct FaultCase: Sendable {
    let path: String
    let words: WireValue
    let status: Int
  }

  @Test(arguments: [
    FaultCase(path: "no.model/search", words: [:], status: 404),
    FaultCase(path: "res.partner/nope", words: [:], status: 404),
    FaultCase(path: "res.partner/write", words: ["ids": [99], "vals": [:]], status: 404),
    FaultCase(path: "res.partner/create", words: ["vals": [:]], status: 422),
    FaultCase(path: "res.partner/create", words: ["vals_list": [["email": "x"]]], status: 422),
    FaultCase(
      path: "res.partner/create", words: ["vals_list": [["name": "x", "nope": 1]]], status: 500),
    FaultCase(
      path: "crm.lead/create", words: ["vals_list": [["name": "x", "type": "deal"]]], status: 500),
    FaultCase(
      path: "crm.lead/create", words: ["vals_list": [["name": "x", "partner_id": 99]]], status: 422),
    FaultCase(
      path: "crm.lead/create", words: ["vals_list": [["name": "x", "expected_revenue": "1"]]],
      status: 500),
    FaultCase(path: "res.partner/search", words: ["domain": [["nope", "=", 1]]], status: 500),
  ])
  func tellsFaultsByStatus(_ fault: FaultCase) {
    var client = OdooClient()
    let answer = client.call(fault.path, fault.words)
    #expect(answer.status == fault.status)
    #expect(answer.json?["debug"]?.string != nil)
    #expect(client.double.contents["res.partner"] == [:])
  }

  @Test func createsAllOrNothing() {
    var client = OdooClient()
    let bad = client.call("res.partner/create", ["vals_list": [["name": "甲"], ["email": "x"]]])
    #expect(bad.status == 422)
    #expect(client.double.contents["res.partner"] == [:])
    let good = client.call("res.partner/create", ["vals_list": [["name": "甲"], ["name": "乙"]]])
    #expect(good.json == [1, 2])
    let read = client.call(
      "res.partner/read", ["ids": [1], "fields": ["name", "email", "parent_id"]])
    #expect(read.json == [["id": 1, "name": "甲", "email": false, "parent_id": false]])
  }

  @Test func loadsByExternalIdsAndAgain() {
    var client = OdooClient()
    let fields = ["id", "name", "is_company", "parent_id/id"]
    let first = client.load(
      "res.partner", fields,
      [["mig.acc_1", "甲公司", "1", ""], ["mig.con_1", "李雷", "", "mig.acc_1"]])
    #expect(first == ["ids": [1, 2], "messages": [], "nextrow": 0])
    let again = client.load("res.partner", ["id", "phone"], [["mig.con_1", "+8621"]])
    #expect(again["ids"] == [2])
    let rows = client.rows("res.partner", [["parent_id", "=", 1]], ["name", "phone", "parent_id"])
    #expect(rows == [["id": 2, "name": "李雷", "phone": "+8621", "parent_id": [1, "甲公司"]]])
    let known = client.rows("ir.model.data", [["module", "=", "mig"]], ["name", "res_id"])
    #expect(known.count == 2)
  }

  @Test func listsEveryBadRowAndStoresNone() {
    var client = OdooClient()
    let answer = client.load(
      "crm.lead", ["id", "name", "type", "partner_id/id", "expected_revenue"],
      [
        ["mig.d_1", "好", "opportunity", "", "12.5"], ["mig.d_2", "", "opportunity", "", ""],
        ["mig.d_3", "x", "opportunity", "mig.nope", ""], ["mig.d_4", "x", "deal", "", ""],
        ["mig.d.5", "x", "lead", "", "1,0"],
      ])
    #expect(answer["ids"] == false)
    let messages = answer["messages"]?.list ?? []
    #expect(messages.map { $0["record"] } == [1, 2, 3, 4])
    #expect(messages[1]["field"] == "partner_id")
    #expect(
      messages[1]["message"]
        == "No matching record found for external id 'mig.nope' in field 'Customer'")
    #expect(messages[0]["field"] == nil)
    #expect(client.double.contents["crm.lead"] == [:])
  }

  @Test func loadsOrdersWithTheirLines() {
    var client = OdooClient()
    _ = client.load("res.partner", ["id", "name"], [["mig.a", "甲"]])
    _ = client.load("product.product", ["id", "name"], [["mig.p", "产品"]])
    let answer = client.load(
      "sale.order",
      ["id", "partner_id/id", "order_line/product_id/id", "order_line/product_uom_qty"],
      [
        ["mig.o1", "mig.a", "mig.p", "2"], ["", "", "mig.p", "3"],
        ["mig.o2", "mig.a", "mig.p", "1"],
      ])
    #expect(answer["ids"] == [1, 2])
    let lines = client.rows(
      "sale.order.line", [["order_id", "=", 1]], ["product_uom_qty", "order_id"])
    #expect(lines.map { $0["product_uom_qty"] } == [.number("2"), .number("3")])
    #expect(client.call("sale.order/action_confirm", ["ids": [1]]).json == true)
    #expect(client.rows("sale.order", [["state", "=", "sale"]], ["name"]).count == 1)
  }

  @Test func emptiesLinksToWhatIsDeletedAndFreesItsName() {
    var client = OdooClient()
    _ = client.load("res.partner", ["id", "name"], [["mig.a", "甲"]])
    _ = client.load("crm.lead", ["id", "name", "partner_id/id"], [["mig.d", "商机", "mig.a"]])
    #expect(client.call("res.partner/unlink", ["ids": [1]]).json == true)
    #expect(client.rows("crm.lead", [], ["partner_id"]) == [["id": 1, "partner_id": false]])
    #expect(client.load("res.partner", ["id", "name"], [["mig.a", "甲"]])["ids"] == [2])
  }

  @Test func searchesByDomain() {
    var client = OdooClient()
    let names = ["甲", "乙", "丙"]
    let partners = names.map { ["name": .string($0), "ref": .string("R\($0)")] as WireValue }
    _ = client.call("res.partner/create", ["vals_list": .list(partners)])
    _ = client.call("res.partner/write", ["ids": [3], "vals": ["active": false]])
    let either: WireValue = ["|", ["name", "=", "甲"], ["ref", "in", ["R乙", "R丙"]]]
    #expect(client.rows("res.partner", either, ["name"]).count == 2)
    let counted = client.call(
      "res.partner/search_count", ["domain": ["!", ["name", "ilike", "甲"]]])
    #expect(counted.json == 1)
    let page = client.call(
      "res.partner/search", ["domain": [], "limit": 1, "offset": 1, "order": "id desc"])
    #expect(page.json == [1])
  }

  @Test func answersXMLRPC() {
    var client = OdooClient()
    let uid = client.xml(
      "common", "authenticate", ["double", "admin", "admin"], "<struct></struct>")
    #expect(uid.contains("<value><int>2</int></value>"))
    let wrong = client.xml("common", "authenticate", ["double", "admin", "x"], "<struct></struct>")
    #expect(wrong.contains("<boolean>0</boolean>"))
    let words = ["double", "2", "admin", "res.partner"]
    let made = client.xml(
      "object", "execute_kw", words + ["create"],
      "<array><data><value><struct><member><name>name</name><value>甲 &amp; &#x4E59;\r\n</value></member></struct></value></data></array>"
    )
    #expect(made.contains("<int>"))
    let found = client.xml(
      "object", "execute_kw", words + ["search_read"],
      "<array><data><value><array><data/></array></value><value><array><data><value><string>name</string></value></data></array></value></data></array>"
    )
    #expect(found.contains("<name>name</name><value><string>甲 &amp; 乙\n</string></value>"))
  }

  @Test(arguments: [
    ("res.partner", "nope", "<array><data/></array>", 2, "does not exist"),
    (
      "res.partner", "create",
      "<array><data><value><struct><member><name>nope</name><value>x</value></member></struct></value></data></array>",
      1, "ValueError: Invalid field"
    ),
    ("res.partner", "search", "<array><data><value><nil/></value></data></array>", 1, "ExpatError"),
    (
      "res.partner", "search", "<array><data><value><int>4294967296</int></value></data></array>",
      1, "32 bits"
    ),
    (
      "res.partner", "search", "<array><data><value>\u{1}</value></data></array>", 1,
      "characters of XML"
    ),
  ])
  func tellsFaultsByNumber(
    model: String, method: String, args: String, code: Int, words: String
  ) {
    var client = OdooClient()
    let answer = client.xml("object", "execute_kw", ["double", "2", "admin", model, method], args)
    #expect(answer.contains("<name>faultCode</name><value><int>\(code)</int></value>"))
    #expect(answer.contains(words), "\(answer)")
    let denied = client.xml("object", "execute_kw", ["double", "2", "x", model, method], args)
    if code == 2 { #expect(denied.contains("<int>3</int>") && denied.contains("Access Denied")) }
  }
}
