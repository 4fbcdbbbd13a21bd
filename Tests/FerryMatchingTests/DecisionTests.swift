import FerryCore
import FerryRecords
import Testing

@testable import FerryMatching

/// One table and some decisions by external id; what comes of them.
struct DecisionCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  var entity = "account"
  let fields: [String]
  let rows: [FixtureRow]
  /// Two external ids, and whether both are the same.
  let decisions: [(String, String, Bool)]
  var clusters: [[String]] = []
  var said: [String] = []

  static let all = [
    DecisionCase(
      testDescription: "what a person called the same is one, without any model",
      fields: ["name"], rows: [("A1", ["name": "华信"]), ("A2", ["name": "北京华信"])],
      decisions: [("A1", "A2", true)], clusters: [["A1", "A2"]],
      said: ["match.merged-values-differ 3", "decision.same B3"]),
    DecisionCase(
      testDescription: "what a person called different is two, whatever the credit code",
      fields: ["name", "credit_code"],
      rows: [
        ("A1", ["name": "华信", "credit_code": "C1"]), ("A2", ["name": "鼎盛", "credit_code": "C1"]),
      ],
      decisions: [("A2", "A1", false)], said: ["decision.different B3"]),
    DecisionCase(
      testDescription: "a third one does not bring together what a person held apart",
      fields: ["name", "credit_code"],
      rows: [
        ("A1", ["name": "华信", "credit_code": "C1"]), ("A2", ["name": "鼎盛", "credit_code": "C1"]),
        ("A3", ["name": "长江", "credit_code": "C1"]),
      ],
      decisions: [("A1", "A3", false)], clusters: [["A1", "A2"]],
      said: ["match.merged-values-differ 3", "decision.different B4"]),
    DecisionCase(
      testDescription: "A = B, B = C, A ≠ C: said, and none of the two is applied",
      fields: ["name"],
      rows: [("A1", ["name": "a"]), ("A2", ["name": "b"]), ("A3", ["name": "c"])],
      decisions: [("A1", "A2", true), ("A2", "A3", true), ("A1", "A3", false)],
      said: ["decision.contradictory B4", "decision.different B4"]),
    DecisionCase(
      testDescription: "likely accounts that a person decided on are said no more",
      fields: ["name"], rows: [("A1", ["name": "华信"]), ("A2", ["name": " 华信"])],
      decisions: [("A1", "A2", false)], said: ["decision.different B3"]),
    DecisionCase(
      testDescription: "deals merge by a person's word",
      entity: "deal", fields: ["name", "amount"],
      rows: [
        ("D1", ["name": "服务器采购", "amount": "1.00"]), ("D2", ["name": "采购服务器", "amount": "1.00"]),
      ],
      decisions: [("D1", "D2", true)], clusters: [["D1", "D2"]],
      said: ["match.merged-values-differ 3", "decision.same B3"]),
  ]
}

@Suite struct DecisionTests {
  @Test(arguments: DecisionCase.all)
  func applies(_ row: DecisionCase) async throws {
    let table = try table(row.entity, row.fields, row.rows)
    let decisions = try Self.decisions(row.decisions, table)
    let golden = try #require(
      await RecordMatcher(decisions: decisions).match([row.entity: table])[row.entity])
    #expect(golden.clusterIDs == row.clusters)
    #expect(golden.said == row.said)
  }

  @Test func `a value that a person picked is kept, and an address whole`() async throws {
    let fields = ["name", "phone", "city", "address"]
    let table = try table(
      "account", fields,
      [
        ("A1", ["name": "华信", "phone": "1", "city": "北京市", "address": "中关村大街1号"]),
        ("A2", ["name": "北京华信", "phone": "2", "address": "张江路100号"]),
      ])
    let digests = try ["A1", "A2"].map { try Self.digest($0, table) }
    let decision = MatchDecision(
      entity: "account", digests: digests, isSame: true,
      picks: ["name": digests[1], "address": digests[1]])
    let golden = try #require(
      await RecordMatcher(decisions: [decision]).match(["account": table])["account"])
    #expect(golden.clusterIDs == [["A1", "A2"]])
    #expect(golden.surviving("name", of: "A1") == "北京华信")
    #expect(golden.surviving("phone", of: "A1") == "1")
    #expect(golden.surviving("address", of: "A1") == "张江路100号")
    // The city of the one would contradict the street of the other.
    #expect(golden.surviving("city", of: "A1") == nil)
    #expect(golden.reviewPairs.first?.picks == decision.picks)
  }

  @Test func `a decision is known by content: rows and ids may change, values may not`()
    async throws
  {
    let fields = ["name", "phone"]
    let first = try table(
      "account", fields,
      [("A1", ["name": "华信", "phone": "1"]), ("A2", ["name": "北京华信", "phone": "2"])])
    let decisions = try Self.decisions([("A1", "A2", true)], first)
    let moved = try table(
      "account", fields,
      [
        ("Z0", ["name": "长江"]), ("Z9", ["name": "北京 华信", "phone": "2"]),
        ("Z1", ["name": "华信", "phone": "1"]),
      ])
    let golden = try #require(
      await RecordMatcher(decisions: decisions).match(["account": moved])["account"])
    #expect(golden.clusterIDs == [["Z9", "Z1"]])
    let changed = try table(
      "account", fields,
      [("A1", ["name": "华信", "phone": "1"]), ("A2", ["name": "北京华信", "phone": "3"])])
    let other = try #require(
      await RecordMatcher(decisions: decisions).match(["account": changed])["account"])
    #expect(other.clusterIDs.isEmpty && other.said == ["decision.stale "])
  }

  private static func decisions(
    _ list: [(String, String, Bool)], _ table: RecordTable
  ) throws -> [MatchDecision] {
    try list.map { left, right, isSame in
      MatchDecision(
        entity: table.entity.name, digests: [try digest(left, table), try digest(right, table)],
        isSame: isSame)
    }
  }

  private static func digest(_ id: String, _ table: RecordTable) throws -> String {
    let identities = Identities(table, settings: MatchSettings())
    let bytes = ContiguousArray(id.utf8)
    let found = identities.identity(withExternalID: bytes.span)
    let identity = try #require(found)
    return try #require(identities.contentDigest(of: identity))
  }
}
