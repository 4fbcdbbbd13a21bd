import FerryCore
import FerryRecords
import Testing

@testable import FerryMatching

/// One table in; what the model merges, what it leaves for review.
struct ModelCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let entity: String
  let fields: [String]
  let rows: [FixtureRow]
  var isNamed = true
  var rejected: [Int] = []
  var clusters: [[String]] = []
  var rules: [String] = []
  /// `nil` where the model may find it worth a word or not.
  var said: [String]? = []

  static let all = [
    ModelCase(
      testDescription: "an entity that is not named is matched exactly only",
      entity: "account", fields: Self.fields,
      rows: [("A1", huaxin), ("A2", huaxinShort)], isNamed: false),
    ModelCase(
      testDescription: "one company under two spellings is one",
      entity: "account", fields: Self.fields,
      rows: [("A1", huaxin), ("A2", huaxinShort), ("A3", ["name": "鼎盛贸易有限公司"])],
      clusters: [["A1", "A2"]], rules: ["match.model"], said: ["match.merged-values-differ 3"]),
    ModelCase(
      testDescription: "two credit codes are two companies, whatever the rest says",
      entity: "account", fields: Self.fields + ["credit_code"],
      rows: [
        ("A1", huaxin.merging(["credit_code": "91110108MA01ABCD1X"]) { $1 }),
        ("A2", huaxin.merging(["credit_code": "91310115MA1K2EFG5N"]) { $1 }),
      ],
      said: nil),
    ModelCase(
      testDescription: "a rejected record is compared with none",
      entity: "account", fields: Self.fields,
      rows: [("A1", huaxin), ("A2", huaxin)], rejected: [0]),
    ModelCase(
      testDescription: "a table without any field to compare is left alone",
      entity: "account", fields: ["description"],
      rows: [("A1", ["description": "x"]), ("A2", ["description": "x"])]),
    ModelCase(
      testDescription: "two names that share everything else are for review",
      entity: "contact", fields: ["name", "phone", "title", "wechat"],
      rows: [
        ("K1", patricia), ("K2", patricia.merging(["name": "Leslie Ryan"]) { $1 }),
      ],
      said: ["match.review B3"]),
    ModelCase(
      testDescription: "namesakes at two companies stay two",
      entity: "contact", fields: ["name", "mobile", "email"],
      rows: [
        ("K1", ["name": "王伟", "mobile": "+8613800001111", "email": "wang.wei@huaxin.cn"]),
        ("K2", ["name": "王伟", "mobile": "+8613912345678", "email": "ww88@dingsheng.com"]),
      ],
      said: nil),
  ]

  static let patricia = [
    "name": "Patricia Ryan", "phone": "+15987002803", "title": "Doctor", "wechat": "ryan-home",
  ]
  static let fields = ["name", "phone", "email", "website", "address"]
  static let huaxin = [
    "name": "北京华信科技有限公司", "phone": "+861062778899", "email": "office@huaxin.cn",
    "website": "https://www.huaxin.cn", "address": "北京市海淀区中关村大街1号",
  ]
  static let huaxinShort = huaxin.merging([
    "name": "北京华信科技有限责任公司", "website": "http://huaxin.cn/about",
  ]) { $1 }
}

@Suite struct ModelMatchTests {
  @Test(arguments: ModelCase.all)
  func matches(_ row: ModelCase) async throws {
    let table = try table(row.entity, row.fields, row.rows, rejecting: row.rejected)
    // Low thresholds: what is tested is what becomes of a probability, not how high it is.
    let settings = MatchSettings(review: 0.05, merge: 0.3)
    let matcher = RecordMatcher(settings: row.isNamed ? [row.entity: settings] : [:])
    let golden = try #require(await matcher.match([row.entity: table])[row.entity])
    #expect(golden.clusterIDs == row.clusters)
    #expect(
      golden.mergeRules.values.map { $0.split(separator: " ")[0] } == row.rules.map { $0[...] })
    if let said = row.said { #expect(golden.said == said) }
  }

  @Test func `a pair below the merge threshold is said with probability and evidence`() async throws
  {
    let rows: [FixtureRow] = [("A1", ModelCase.huaxin), ("A2", ModelCase.huaxinShort)]
    let table = try table("account", ModelCase.fields, rows)
    let settings = ["account": MatchSettings(review: 0.05, merge: 1)]
    let golden = try #require(
      await RecordMatcher(settings: settings).match(["account": table])[
        "account"])
    let finding = try #require(golden.findings.first)
    #expect(golden.findings.count == 1 && finding.rule == .matchReview)
    #expect(finding.severity == .info)
    #expect(finding.provenance?.description == "客户.csv '客户'!B3")
    #expect(finding.arguments[0] == "客户.csv '客户'!B2")
    #expect(finding.message(in: .english).contains("phone: "))
    #expect(finding.message(in: .chinese).contains("电话") || !finding.arguments[3].isEmpty)
    let pair = try #require(golden.reviewPairs.first)
    #expect(pair.left == 0 && pair.right == 1 && pair.explanation != nil)
  }

  @Test func `pairs beyond the limit are counted and said, the surest are listed`() async throws {
    let names = (0..<6).map { "鼎盛第\($0)贸易有限公司" }
    let rows: [FixtureRow] = names.enumerated().flatMap { number, name -> [FixtureRow] in
      [("A\(number)", ["name": name]), ("B\(number)", ["name": name])]
    }
    let table = try table("account", ["name"], rows)
    var matcher = RecordMatcher(settings: ["account": MatchSettings(review: 0.01, merge: 1)])
    let all = try #require(await matcher.match(["account": table])["account"])
    #expect(all.reviewCounts.open >= 6 && all.reviewCounts.leftOut == 0)
    #expect(all.reviewPairs.count == all.reviewCounts.open)
    matcher.mostReviewPairs = 4
    let few = try #require(await matcher.match(["account": table])["account"])
    #expect(few.reviewCounts.open == all.reviewCounts.open && few.reviewPairs.count == 4)
    #expect(few.reviewCounts.leftOut == all.reviewCounts.open - 4)
    let said = try #require(few.findings.last { $0.rule == .reviewLeftOut })
    let open = all.reviewCounts.open
    #expect(said.arguments == ["account", "\(open - 4)", "\(open)", "4"])
    func weakest(_ golden: GoldenRecords) -> [Double] {
      golden.reviewPairs.compactMap { $0.explanation?.probability }.sorted(by: >)
    }
    #expect(weakest(few) == Array(weakest(all).prefix(4)))
  }

  @Test func `each record is in one cluster, and the same input gives the same output`()
    async throws
  {
    for seed in UInt64(1)...5 {
      let rows = Self.rows(seed: seed)
      let table = try table("contact", ["name", "mobile", "email", "phone"], rows)
      let matcher = RecordMatcher(settings: ["contact": MatchSettings()])
      let first = try #require(await matcher.match(["contact": table])["contact"])
      let second = try #require(await matcher.match(["contact": table])["contact"])
      #expect(first.survivor == second.survivor && first.mergeRules == second.mergeRules)
      #expect(first.findings == second.findings)
      let members = (0..<first.count).filter { Int(first.survivor[$0]) == $0 }
        .flatMap { Array(first.members(of: $0)) }
      #expect(members.sorted() == Array(0..<first.count), "seed \(seed)")
      #expect(
        Set(first.mergeRules.keys)
          == Set(
            (0..<Int32(first.count)).filter {
              first.survivor[Int($0)] != $0
            }))
    }
  }

  /// Forty contacts of few names, mobiles and addresses, so that many meet.
  private static func rows(seed: UInt64) -> [FixtureRow] {
    var state = seed &* 0x9E37_79B9_7F4A_7C15
    func pick(_ values: [String]) -> String {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return values[Int(state >> 33) % values.count]
    }
    return (0..<40).map { number in
      let row = [
        "name": pick(["王伟", "王玮", "李丽", "张三", "Zhang San", "王总"]),
        "mobile": pick(["", "+8613800000001", "+8613800000002", "+8613800000010"]),
        "email": pick(["", "ww@x.cn", "w.w@x.cn", "li@y.cn"]),
        "phone": pick(["", "+861080000000"]),
      ]
      return ("K\(number)", row.filter { !$0.value.isEmpty })
    }
  }
}
