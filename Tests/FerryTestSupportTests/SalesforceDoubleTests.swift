import Testing

@testable import FerryTestSupport

@Suite struct SalesforceDoubleTests {
  private static func code(_ item: WireValue?) -> WireValue? { item?["errors"]?[0]?["statusCode"] }

  @Test func wantsASession() {
    var client = SalesforceClient()
    #expect(client.call("GET", "/limits").status == 200)
    client.double.expireTokens()
    let late = client.call("GET", "/limits")
    #expect(late.status == 401)
    #expect(late.json?[0]?["errorCode"] == "INVALID_SESSION_ID")
    client.signIn()
    let headers = client.call("GET", "/limits").headers
    #expect(headers.contains { $0.name == "Sforce-Limit-Info" })
  }

  @Test func takesASignedAssertionForThreeMinutes() {
    let assertion = { (exp: Int, alg: String) in
      SalesforceAssertion(
        [
          #"{"alg":"\#(alg)"}"#,
          #"{"iss":"double-client","sub":"a@b.c","aud":"https://login.salesforce.com","exp":\#(exp)}"#,
          "signature",
        ].map { Self.base64($0) }.joined(separator: "."))
    }
    #expect(assertion(1180, "RS256")?.isGood(at: 1_000_000) == true)
    #expect(assertion(1181, "RS256")?.isGood(at: 1_000_000) == false)
    #expect(assertion(999, "RS256")?.isGood(at: 1_000_000) == false)
    #expect(assertion(1180, "none")?.isGood(at: 1_000_000) == false)
    #expect(SalesforceAssertion("a.b") == nil)
  }

  private static func base64(_ text: String) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    let bits = text.utf8.flatMap { byte in (0..<8).map { (byte >> (7 - $0)) & 1 } }
    return String(
      stride(from: 0, to: bits.count, by: 6).map { start in
        alphabet[
          (0..<6).reduce(0) { $0 << 1 | (start + $1 < bits.count ? Int(bits[start + $1]) : 0) }]
      })
  }

  @Test func insertsCollectionsRecordByRecord() {
    var client = SalesforceClient()
    let items = client.collect(
      "Contact",
      [
        ["LastName": "李", "Email": "li@example.com"], ["FirstName": "雷"],
        ["LastName": "王", "Nope": "1"],
        ["LastName": "赵", "Email": "none"], ["LastName": "钱", "AccountId": "001000000000999AAA"],
      ])
    #expect(items.map { $0["success"] } == [true, false, false, false, false])
    let codes = [
      "REQUIRED_FIELD_MISSING", "INVALID_FIELD", "INVALID_EMAIL_ADDRESS",
      "INVALID_CROSS_REFERENCE_KEY",
    ]
    #expect(items.dropFirst().map { Self.code($0) } == codes.map { .string($0) })
    let whole = client.collect("Contact", [["LastName": "孙"], [:]], isWhole: true)
    #expect(Self.code(whole[0]) == "ALL_OR_NONE_OPERATION_ROLLED_BACK")
    #expect(client.double.contents["Contact"]?.object?.count == 1)
    let many = client.collect("Contact", Array(repeating: ["LastName": "x"], count: 201))
    #expect(many.first?["errorCode"] == "INVALID_INPUT")
  }

  @Test func upsertsByExternalIdAndFindsParentsByTheirs() {
    var client = SalesforceClient()
    let path = "/Account/Ext_Id__c"
    let made = client.collect(
      "Account", [["Ext_Id__c": "A-1", "Name": "甲"]], method: "PATCH", path: path)
    #expect(made[0]["created"] == true)
    let again = client.collect(
      "Account", [["Ext_Id__c": "a-1", "Phone": "1"]], method: "PATCH", path: path)
    #expect(again[0]["created"] == false)
    #expect(again[0]["id"] == made[0]["id"])
    let contacts = client.collect(
      "Contact",
      [
        ["LastName": "李", "Account": ["Ext_Id__c": "A-1"]],
        ["LastName": "王", "Account": ["Ext_Id__c": "A-9"]],
      ])
    #expect(contacts[0]["success"] == true)
    #expect(Self.code(contacts[1]) == "INVALID_FIELD")
    let rows = client.query(
      "SELECT LastName, Account.Ext_Id__c, Account.Name FROM Contact WHERE Account.Ext_Id__c IN ('A-1','b')"
    )
    #expect(rows["totalSize"] == 1)
    #expect(rows["records"]?[0]?["Account"] == ["Ext_Id__c": "A-1", "Name": "甲"])
  }

  struct ValueCase: Sendable {
    let field: String
    let good: [WireValue]
    let bad: [WireValue]
  }

  @Test(arguments: [
    ValueCase(
      field: "Name", good: ["x"], bad: [.string(String(repeating: "x", count: 121)), nil, 1]),
    ValueCase(
      field: "Amount", good: [12, .number("1.5"), "1.50", nil], bad: ["1,000", "x", true]),
    ValueCase(field: "CloseDate", good: ["2026-11-23"], bad: ["2026-02-30", "23.11.2026", 1]),
    ValueCase(field: "StageName", good: ["Closed Won"], bad: ["closed won", "赢单"]),
    ValueCase(field: "CreatedDate", good: [], bad: ["2020-01-01T00:00:00Z"]),
    ValueCase(field: "OwnerId", good: [.string(SalesforceDouble.id("005", 2))], bad: ["张伟"]),
  ])
  func checksValuesByType(_ value: ValueCase) {
    for (given, isGood) in value.good.map({ ($0, true) }) + value.bad.map({ ($0, false) }) {
      var client = SalesforceClient()
      var deal: WireValue = ["Name": "x", "StageName": "Prospecting", "CloseDate": "2026-01-01"]
      deal[value.field] = given
      #expect((client.collect("Opportunity", [deal])[0]["success"] == true) == isGood, "\(given)")
    }
  }

  @Test func keepsHistoryWhereTheOrganizationAllowsIt() {
    var settings = SalesforceDouble.Settings()
    settings.setsAuditFields = true
    var client = SalesforceClient(settings)
    let account: WireValue = ["Name": "甲", "CreatedDate": "2020-01-01T08:00:00+08:00"]
    #expect(client.collect("Account", [account])[0]["success"] == true)
    let rows = client.query("SELECT CreatedDate FROM Account")
    #expect(rows["records"]?[0]?["CreatedDate"] == "2020-01-01T00:00:00.000+0000")
  }

  @Test func loadsInBulk() {
    var client = SalesforceClient()
    _ = client.collect("Account", [["Ext_Id__c": "A-1", "Name": "甲"]])
    let done = client.load(
      "Ext_Id__c,LastName,Phone,Account.Ext_Id__c\nC-1,\"Li, \"\"Lei\"\"\",1,A-1\nC-2,,2,A-1\nc-1,Wang,3,A-1\nC-4,Zhao,4,A-9\n"
    )
    #expect(done.job["state"] == "JobComplete")
    #expect(done.job["numberRecordsProcessed"] == 4)
    #expect(done.job["numberRecordsFailed"] == 3)
    #expect(done.good.contains("\"true\",\"C-1\",\"Li, \"\"Lei\"\"\",\"1\",\"A-1\""))
    for code in [
      "REQUIRED_FIELD_MISSING:", "DUPLICATE_VALUE:", "INVALID_FIELD:Foreign key external ID: a-9",
    ] {
      #expect(done.bad.contains(code))
    }
    let again = client.load("Ext_Id__c,LastName,Phone\nC-1,,#N/A\n")
    #expect(again.good.contains("\"false\",\"C-1\""))
    let row = client.query("SELECT LastName, Phone FROM Contact WHERE Ext_Id__c = 'C-1'")[
      "records"]?[0]
    #expect(row?["LastName"] == #"Li, "Lei""#)
    #expect(row?["Phone"] == .null)
  }

  @Test func findsParentsOfRowsByColumnsThatNameTheirExternalIds() {
    var client = SalesforceClient()
    _ = client.collect("Account", [["Ext_Id__c": "A-1", "Name": "甲"]])
    _ = client.collect("Contact", [["Ext_Id__c": "C-1", "LastName": "李"]])
    let lead: WireValue = [
      "Ext_Id__c": "L-1", "LastName": "王", "Company": "乙", "Status": "Open - Not Contacted",
    ]
    _ = client.collect("Lead", [lead])
    let people = "Contact:Who.Ext_Id__c,Lead:Who.Ext_Id__c"
    let rows = [
      "Ext_Id__c,Subject,Status,Priority,\(people),Account:What.Ext_Id__c",
      "T-1,x,Completed,Normal,C-1,,a-1", "T-2,x,Completed,Normal,,L-1,",
      "T-3,x,Completed,Normal,C-1,L-1,", "T-4,x,Completed,Normal,L-1,,",
    ]
    let done = client.load(rows.joined(separator: "\n") + "\n", object: "Task")
    #expect(done.job["numberRecordsFailed"] == 2)
    #expect(done.bad.contains("INVALID_FIELD:WhoId is given more than once"))
    #expect(done.bad.contains("Foreign key external ID: l-1 not found for field Ext_Id__c"))
    let tasks = client.query("SELECT Ext_Id__c, WhoId, WhatId FROM Task ORDER BY Id")["records"]
    let prefixes = (tasks?.list ?? []).map { String(($0["WhoId"]?.string ?? "").prefix(3)) }
    #expect(prefixes == ["003", "00Q"])
    #expect(tasks?[0]?["WhatId"]?.string?.hasPrefix("001") == true)
    // Where a parent may be of several objects its own is said, and only an external id names it.
    for column in [
      "Who.Ext_Id__c", "Contact:Who.LastName", "Order:Who.Ext_Id__c", "Whom.Ext_Id__c",
    ] {
      let one = client.load("Ext_Id__c,Subject,\(column)\nT-9,x,C-1\n", object: "Task")
      #expect(one.bad.contains("INVALID_FIELD:No such relationship"), "\(column)")
    }
    // An empty cell leaves a parent alone, the mark clears it.
    let again = client.load(
      "Ext_Id__c,Contact:Who.Ext_Id__c,Account:What.Ext_Id__c\nT-1,,#N/A\n", object: "Task")
    #expect(again.bad.split(separator: "\n").count == 1)
    let first = client.query("SELECT WhoId, WhatId FROM Task WHERE Ext_Id__c = 'T-1'")
    let after = first["records"]?[0]
    #expect(after?["WhoId"]?.string?.hasPrefix("003") == true)
    #expect(after?["WhatId"] == .null)
  }

  @Test func failsAJobWhoseLinesEndOtherwise() {
    var client = SalesforceClient()
    let done = client.load("Ext_Id__c,LastName\r\nC-1,Li\r\n")
    #expect(done.job["state"] == "Failed")
    #expect(client.double.contents["Contact"] == [:])
  }

  @Test func takesOneUploadForAJob() {
    var client = SalesforceClient()
    let id = client.call("POST", "/jobs/ingest", ["object": "Account", "operation": "insert"])
      .json?["id"]
    let path = "/services/data/v67.0/jobs/ingest/\(id?.string ?? "")/batches"
    #expect(client.send("PUT", path, Array("Name\nx\n".utf8)).status == 201)
    #expect(client.send("PUT", path, Array("Name\nx\n".utf8)).status == 400)
    let aborted = client.call("PATCH", "/jobs/ingest/\(id?.string ?? "")", ["state": "Aborted"])
    #expect(aborted.json?["state"] == "Aborted")
    #expect(client.double.contents["Account"] == [:])
    #expect(client.call("DELETE", "/jobs/ingest/\(id?.string ?? "")").status == 204)
  }

  @Test func pagesThroughLargeAnswers() {
    var client = SalesforceClient()
    let names = (0..<4500).map { "\"N\($0)\"" }
    _ = client.load(
      "Name\n\(names.joined(separator: "\n"))\n", object: "Account", operation: "insert")
    var answer = client.query("SELECT Id, Name FROM Account ORDER BY Id")
    var count = answer["records"]?.list?.count ?? 0
    while let next = answer["nextRecordsUrl"]?.string {
      answer = client.send("GET", next).json ?? nil
      count += answer["records"]?.list?.count ?? 0
    }
    #expect(count == 4500)
    #expect(
      client.query("SELECT count() FROM Account WHERE Name >= 'N9' AND Id != null")["totalSize"]
        == 111)
    #expect(client.query("SELECT Nope FROM Account").list?[0]["errorCode"] == "INVALID_FIELD")
    #expect(client.query("SELECT FROM").list?[0]["errorCode"] == "MALFORMED_QUERY")
  }

  @Test func deletesIntoTheBin() {
    var client = SalesforceClient()
    let id = client.collect("Account", [["Name": "甲", "Ext_Id__c": "A-1"]])[0]["id"]?.string ?? ""
    let target = "/composite/sobjects?ids=\(id)&allOrNone=false"
    #expect(client.call("DELETE", target).json?[0]?["success"] == true)
    #expect(Self.code(client.call("DELETE", target).json?[0]) == "ENTITY_IS_DELETED")
    #expect(client.query("SELECT Id FROM Account")["totalSize"] == 0)
    #expect(client.collect("Account", [["Name": "乙", "Ext_Id__c": "A-1"]])[0]["success"] == true)
  }

  @Test func locksSomeRowsForAPassingReason() {
    var client = SalesforceClient()
    client.partialSeed = 4
    let items = client.collect(
      "Account", [["Name": "甲"], ["Name": "乙"], ["Name": "丙"], ["Name": "丁"]])
    #expect(Self.code(items[0]) == "UNABLE_TO_LOCK_ROW")
    #expect(items.contains { $0["success"] == true })
  }

  @Test func describesWhatCanBeWritten() {
    var client = SalesforceClient()
    let fields = client.call("GET", "/sobjects/Opportunity/describe").json?["fields"]?.list ?? []
    let named = { (name: WireValue) in fields.first { $0["name"] == name } }
    #expect(named("AccountId")?["referenceTo"] == ["Account"])
    #expect(named("CreatedDate")?["createable"] == false)
    #expect(named("Ext_Id__c")?["externalId"] == true)
    #expect(named("StageName")?["nillable"] == false)
  }
}
