import FerryCore
import FerryRecords
import Testing

@testable import FerryMatching

/// One table in, clusters and findings out.
struct MatchCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let entity: String
  let fields: [String]
  let rows: [FixtureRow]
  var rejected: [Int] = []
  var keep: [String: KeepRule] = [:]
  var clusters: [[String]] = []
  var rules: [String] = []
  var said: [String] = []
  var survives: [[String]] = []  // id, field, value

  static let accounts = [
    MatchCase(
      testDescription: "equal ids collapse, blanks are filled, differences are said",
      entity: "account", fields: ["name", "phone"],
      rows: [
        ("A1", ["name": "华信"]), ("A2", ["name": "鼎盛"]), ("A1", ["name": "华信科技", "phone": "1"]),
      ],
      said: ["match.conflicting-values B4"],
      survives: [["A1", "name", "华信"], ["A1", "phone", "1"]]),
    MatchCase(
      testDescription: "one credit code is one account, the first survives",
      entity: "account", fields: ["name", "credit_code", "phone"],
      rows: [
        ("A1", ["name": "华信", "credit_code": "C1"]), ("A2", ["name": "鼎盛"]),
        ("A3", ["name": "华信", "credit_code": "C1", "phone": "3"]),
      ],
      clusters: [["A1", "A3"]], rules: ["same-credit-code"], survives: [["A1", "phone", "3"]]),
    MatchCase(
      testDescription: "one name under two ids is for review",
      entity: "account", fields: ["name"],
      rows: [("A1", ["name": "华信（北京）"]), ("A2", ["name": "华信(北京)"]), ("A3", ["name": "x"])],
      said: ["match.likely-account B3"]),
    MatchCase(
      testDescription: "one name with two credit codes is two accounts",
      entity: "account", fields: ["name", "credit_code"],
      rows: [
        ("A1", ["name": "华信", "credit_code": "C1"]), ("A2", ["name": "华信", "credit_code": "C2"]),
      ]),
    MatchCase(
      testDescription: "blank credit codes match nothing",
      entity: "account", fields: ["name", "credit_code"],
      rows: [("A1", ["credit_code": ""]), ("A2", ["credit_code": ""]), ("A3", [:])]),
    MatchCase(
      testDescription: "a rejected record is never merged",
      entity: "account", fields: ["name", "credit_code"],
      rows: [
        ("A1", ["credit_code": "C1"]), ("A2", ["credit_code": "C1"]), ("A3", ["credit_code": "C1"]),
      ],
      rejected: [0], clusters: [["A2", "A3"]], rules: ["same-credit-code"]),
    MatchCase(
      testDescription: "a rejected row supplies nothing to a sound record",
      entity: "account", fields: ["name"],
      rows: [("A1", ["name": "bad"]), ("A1", ["name": "good"])],
      rejected: [0], survives: [["A1", "name", "good"]]),
    MatchCase(
      testDescription: "an address is kept whole; what it lacks comes from one that agrees",
      entity: "account", fields: ["name", "province", "city", "address"],
      rows: [
        ("A1", ["name": "a", "city": "上海市"]),
        ("A1", ["name": "a", "city": "北京市", "address": "中关村大街1号"]),
        ("A1", ["name": "a", "province": "上海市", "city": "上海市"]),
        ("A1", ["name": "a", "province": "北京市", "address": "中关村大街1号"]),
      ],
      said: ["match.conflicting-values C4", "match.conflicting-values D2"],
      survives: [
        ["A1", "province", "北京市"], ["A1", "city", "北京市"], ["A1", "address", "中关村大街1号"],
      ]),
    MatchCase(
      testDescription: "keep: of an address brings its province and city along",
      entity: "account", fields: ["city", "address"],
      rows: [
        ("A1", ["city": "上海市", "address": "南京路1号"]),
        ("A1", ["city": "北京市", "address": "中关村大街100号"]),
      ],
      keep: ["address": .fullest],
      said: ["match.conflicting-values B2", "match.conflicting-values C2"],
      survives: [["A1", "city", "北京市"], ["A1", "address", "中关村大街100号"]]),
    MatchCase(
      testDescription: "keep: fullest, frequent and newest",
      entity: "account", fields: ["name", "phone", "email", "updated_at"],
      rows: [
        ("A1", ["name": "a", "phone": "1", "email": "x", "updated_at": "2024-01-02T00:00:00Z"]),
        ("A1", ["name": "abc", "phone": "2", "email": "y", "updated_at": "2024-03-02T00:00:00Z"]),
        ("A1", ["name": "xyz", "phone": "2", "email": "z"]),
      ],
      keep: ["name": .fullest, "phone": .frequent, "email": .newest],
      said: [
        "match.conflicting-values B2", "match.conflicting-values C2",
        "match.conflicting-values D2", "match.conflicting-values E3",
      ],
      survives: [["A1", "name", "abc"], ["A1", "phone", "2"], ["A1", "email", "y"]]),
  ]

  static let persons = [
    MatchCase(
      testDescription: "one mobile and one name is one contact",
      entity: "contact", fields: ["name", "mobile"],
      rows: [("K1", ["name": "王伟", "mobile": "1"]), ("K2", ["name": "王伟先生", "mobile": "1"])],
      clusters: [["K1", "K2"]], rules: ["same-mobile"], said: ["match.merged-values-differ 3"]),
    MatchCase(
      testDescription: "e-mail joins whatever its case",
      entity: "lead", fields: ["name", "email"],
      rows: [
        ("L1", ["name": "Li", "email": "a@x.cn"]), ("L2", ["name": "Li", "email": "A@x.cn"]),
      ],
      clusters: [["L1", "L2"]], rules: ["same-email"], said: ["match.merged-values-differ 3"]),
    MatchCase(
      testDescription: "one mobile and two names is for review",
      entity: "contact", fields: ["name", "mobile"],
      rows: [("K1", ["name": "王伟", "mobile": "1"]), ("K2", ["name": "李丽", "mobile": "1"])],
      said: ["match.names-contradict C3"]),
    MatchCase(
      testDescription: "a blank name contradicts none",
      entity: "contact", fields: ["name", "mobile"],
      rows: [("K1", ["name": "王伟", "mobile": "1"]), ("K2", ["mobile": "1"])],
      clusters: [["K1", "K2"]], rules: ["same-mobile"]),
    MatchCase(
      testDescription: "a short name between two persons joins neither",
      entity: "contact", fields: ["name", "mobile"],
      rows: [
        ("K1", ["name": "王总", "mobile": "1"]), ("K2", ["name": "王伟", "mobile": "1"]),
        ("K3", ["name": "王芳", "mobile": "1"]), ("K4", ["name": "王芳", "mobile": "1"]),
      ],
      clusters: [["K3", "K4"]], rules: ["same-mobile"],
      said: ["match.names-contradict C3", "match.names-contradict C4"]),
    MatchCase(
      testDescription: "a short name that would bridge two persons joins neither",
      entity: "contact", fields: ["name", "mobile", "email"],
      rows: [
        ("K1", ["name": "王伟", "mobile": "1"]),
        ("K2", ["name": "王总", "mobile": "1", "email": "w@x.cn"]),
        ("K3", ["name": "王芳", "email": "w@x.cn"]),
      ],
      said: ["match.ambiguous-name B3", "match.ambiguous-name B4"]),
    MatchCase(
      testDescription: "mobile and e-mail join three through the one between",
      entity: "contact", fields: ["name", "mobile", "email"],
      rows: [
        ("K1", ["name": "王伟", "mobile": "1"]),
        ("K2", ["name": "王伟", "mobile": "1", "email": "w@x.cn"]),
        ("K3", ["name": "王伟", "email": "w@x.cn"]),
      ],
      clusters: [["K1", "K2", "K3"]], rules: ["same-email", "same-mobile"]),
    MatchCase(
      testDescription: "a mobile with very many names joins equal names alone",
      entity: "contact", fields: ["name", "mobile"],
      rows: (0..<40).map { ("K\($0)", ["name": "王\($0)", "mobile": "1"]) }
        + [("K40", ["name": "王0", "mobile": "1"])],
      clusters: [["K0", "K40"]], rules: ["same-mobile"], said: ["match.shared-by-many C2"]),
  ]

  static let deals = [
    MatchCase(
      testDescription: "likely deals are for review, never merged",
      entity: "deal", fields: ["name", "account", "amount", "close_date"],
      rows: [
        (
          "D1",
          ["name": "服务器采购项目", "account": "key:A1", "amount": "100.00", "close_date": "2024-02-28"]
        ),
        (
          "D2",
          ["name": "服务器采购", "account": "key:A1", "amount": "104.00", "close_date": "2024-03-20"]
        ),
        ("D3", ["name": "服务器采购", "account": "key:A2", "amount": "100.00"]),
        ("D4", ["name": "服务器采购", "account": "key:A1", "amount": "200.00"]),
        (
          "D5",
          ["name": "服务器采购", "account": "key:A1", "amount": "101.00", "close_date": "2024-06-20"]
        ),
        ("D6", ["name": "培训服务", "account": "key:A1", "amount": "100.00"]),
        ("D7", ["name": "服务器采购", "amount": "100.00"]),
      ],
      said: ["match.likely-deal B3"])
  ]
}

@Suite struct MatchTests {
  @Test(arguments: MatchCase.accounts + MatchCase.persons + MatchCase.deals)
  func matches(_ row: MatchCase) throws {
    let table = try table(row.entity, row.fields, row.rows, rejecting: row.rejected)
    let result = match(
      [row.entity: table], settings: [row.entity: MatchSettings(keep: row.keep)])
    let golden = try #require(result[row.entity])
    #expect(golden.clusterIDs == row.clusters)
    #expect(Set(golden.mergeRules.values).sorted() == row.rules)
    #expect(golden.said == row.said)
    for case let known in row.survives {
      #expect(golden.surviving(known[1], of: known[0]) == known[2])
    }
  }

  @Test func rejectsAnIdentityWhoseEveryRowIsRejected() throws {
    let rows: [FixtureRow] = [("A1", [:]), ("A2", [:]), ("A1", [:]), ("A2", [:])]
    let table = try table("account", ["name"], rows, rejecting: [0, 2, 3])
    let golden = try #require(match(["account": table], settings: [:])["account"])
    #expect(golden.isRejected(0)?.rule == .fixtureRejection)
    #expect(golden.isRejected(1) == nil)
  }

  @Test func saysMoreSoftlyWhatAMergeOrAKeepRuleDecided() throws {
    let rows: [FixtureRow] = [
      ("A1", ["name": "a", "credit_code": "C1", "phone": "1"]),
      ("A1", ["name": "b", "phone": "2"]),
      ("A2", ["credit_code": "C1", "name": "a", "phone": "1"]),
    ]
    let table = try table("account", ["name", "credit_code", "phone"], rows)
    let settings = ["account": MatchSettings(keep: ["phone": .first])]
    let golden = try #require(match(["account": table], settings: settings)["account"])
    #expect(golden.findings.map(\.severity) == [.warning, .info])
    let merged: [FixtureRow] = [rows[0], ("A2", ["credit_code": "C1", "name": "x"])]
    let other = try self.golden("account", ["name", "credit_code", "phone"], merged)
    #expect(other.findings.map(\.severity) == [.info])
  }

  private func golden(
    _ entity: String, _ fields: [String], _ rows: [FixtureRow]
  ) throws -> GoldenRecords {
    let table = try table(entity, fields, rows)
    return try #require(match([entity: table], settings: [:])[entity])
  }
}
