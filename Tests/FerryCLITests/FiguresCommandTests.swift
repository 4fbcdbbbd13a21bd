import FerrySQLite
import Foundation
import Testing

@Suite("ferry figures")
struct FiguresCommandTests {
  private static let mapping = """
    ferry: 1
    sources:
      - file: in.csv
        records:
          user: { key: 销售, name: 销售, when: 销售 is present }
          deal:
            key: 编号
            name: 编号
            amount: { from: 金额, currency: CNY }
            stage: { from: 阶段, map: { 赢: won, 输: lost, 谈: proposal } }
            probability: 概率
            close_date: 成交
            created_at: 创建
            source: 来源
            owner: { from: 销售, find: user.name }
          payment: { key: 编号, amount: { from: 已付, currency: CNY }, date: 成交, status: { value: received }, when: 已付 is present }
      - file: leads.csv
        records:
          lead: { key: 编号, name: 编号, status: { from: 状态, map: { 新: new, 转: converted } } }

    """

  private func room() throws -> Room {
    let room = try Room()
    try room.write(Self.mapping, to: "m.yaml")
    try room.write(
      """
      编号,金额,阶段,概率,成交,创建,来源,销售,已付
      D1,1000.10,赢,,2024-03-05,2024-01-05,展会,李娜,500
      D2,2000.20,赢,,2024-03-20,2024-01-20,官网,王芳,
      D3,300,输,,2024-04-01,2024-02-01,展会,李娜,
      D4,4000,谈,25,2024-05-01,2024-02-01,官网,王芳,

      """, to: "in.csv")
    try room.write("编号,状态\nL1,新\nL2,转\nL3,转\n", to: "leads.csv")
    return room
  }

  private func plan(_ room: Room) throws -> String {
    struct Document: Decodable { let plan: String }
    let made = try room.run("ferry plan m.yaml --to sqlite:crm.db --json")
    #expect(made.status == 0, "\(made.errors)")
    return try JSONDecoder().decode(Document.self, from: Data(made.output.utf8)).plan
  }

  @Test func `of a plan are those of the store once it is applied`() throws {
    let room = try room()
    defer { room.remove() }
    for _ in 0..<2 {
      let stored =
        room.bytes(of: "crm.db") == nil
        ? nil : try room.run("ferry figures sqlite:crm.db --json").output
      let plan = try plan(room)
      let before = try room.run("ferry figures \(plan) --json").output
      try expectReported(before, stored, of: plan, in: room)
      #expect(try room.run("ferry apply \(plan)").status == 0)
      try expectReported(before, stored, of: plan, in: room)
      #expect(try room.run("ferry figures sqlite:crm.db --json").output == before)
      #expect(before.contains("\"owner\":\"李娜\""))
      // The second time: a deal is won, one is lost its amount, one is new, a user goes by another name.
      try room.write(
        """
        编号,金额,阶段,概率,成交,创建,来源,销售,已付
        D2,2500.20,赢,,2024-03-20,2024-01-20,官网,李娜,100
        D3,,输,,2024-04-01,2024-02-01,展会,李娜,
        D4,4000,赢,,2024-06-01,2024-02-01,,王芳,
        D5,70,谈,50,2024-07-01,2024-02-01,官网,赵新,

        """, to: "in.csv")
      try room.write("编号,状态\nL1,转\n", to: "leads.csv")
    }
  }

  /// The report's figures are those that `ferry figures` prints, of the store before and after.
  private func expectReported(
    _ after: String, _ before: String?, of plan: String, in room: Room
  ) throws {
    let run = URL(filePath: plan).deletingPathExtension().lastPathComponent
    let data = room.bytes(of: "m.ferry/runs/\(run)/report.json") ?? Data()
    let report = try #require(
      try JSONSerialization.jsonObject(with: data) as? [String: Any])
    func object(_ text: String) throws -> NSDictionary? {
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSDictionary
    }
    #expect(report["figures"] as? NSDictionary == (try object(after)))
    guard let before else {
      let held = (report["figures_before"] as? NSDictionary)?["total"] as? NSDictionary
      #expect(held?["deals"] as? Int == 0, "nothing was there")
      return
    }
    #expect(report["figures_before"] as? NSDictionary == (try object(before)))
  }

  @Test func `are those of hand-written SQL`() throws {
    let room = try room()
    defer { room.remove() }
    #expect(try room.run("ferry apply \(try plan(room))").status == 0)
    let database = try Database(path: room.path("crm.db"), access: .readOnly)
    func text(_ sql: String) throws -> String? {
      let query = try database.prepare(sql)
      return try query.step() ? query.string(at: 0) : nil
    }
    struct Figures: Decodable {
      struct Total: Decodable {
        struct Money: Decodable {
          let won: Decimal
          let averageDeal: Decimal
          let forecast: Decimal
          let received: Decimal
          let winRate: Double
        }
        let leadConversion: Double
        let winRate: Double
        let salesCycleDays: Double
        let money: [Money]
      }
      let total: Total
    }
    let output = try room.run("ferry figures sqlite:crm.db --json").output
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let total = try decoder.decode(Figures.self, from: Data(output.utf8)).total
    let money = try #require(total.money.first)
    let won = "from deals where stage = 'won'"
    // SQLite adds in binary floating point; cents as whole numbers are exact.
    let cents = "sum(cast(round(amount * 100) as integer))"
    #expect(try text("select \(cents) \(won)") == "\(money.won * 100)")
    #expect(try text("select \(cents) / count(amount) \(won)") == "\(money.averageDeal * 100)")
    #expect(
      try text(
        "select sum(cast(round(amount * 100) as integer) * probability) / 100 from deals "
          + "where stage not in ('won', 'lost')") == "\(money.forecast * 100)")
    #expect(
      try text("select \(cents) from payments where status = 'received'")
        == "\(money.received * 100)")
    func number(_ sql: String) throws -> Double { Double(try text(sql) ?? "") ?? .nan }
    let close = 0.000_001
    let conversion = try number("select avg(status = 'converted') from leads")
    #expect(abs(conversion - total.leadConversion) < close)
    let rate = try number("select avg(stage = 'won') from deals where stage in ('won', 'lost')")
    #expect(abs(rate - total.winRate) < close)
    let amount = try number(
      "select sum(case stage when 'won' then amount end) / sum(amount) from deals "
        + "where stage in ('won', 'lost')")
    #expect(abs(amount - money.winRate) < close)
    // Median of two; a day begins at 16:00 UTC in Shanghai.
    let cycle = try number(
      "select avg(julianday(close_date) - julianday(date(created_at, '+8 hours'))) \(won)")
    #expect(abs(cycle - total.salesCycleDays) < close)
  }

  @Test func `are held against others, masked and in Chinese`() throws {
    let room = try room()
    defer { room.remove() }
    let plan = try plan(room)
    let different = try room.run("ferry figures \(plan) --compare sqlite:crm.db --json")
    #expect(different.status == 1 && different.output.contains("\"outcome\":\"different\""))
    #expect(different.output.contains("{\"figure\":\"won_deals\",\"left\":2,"))
    #expect(room.bytes(of: "crm.db") == nil)
    #expect(try room.run("ferry apply \(plan)").status == 0)
    let equal = try room.run("ferry figures \(plan) --compare sqlite:crm.db --lang zh")
    #expect(equal.status == 0 && equal.output.contains("指标相同"), "of a plan that was applied")
    let same = try room.run(
      "cp crm.db b.db; ferry figures sqlite:b.db --compare sqlite:crm.db --lang zh")
    #expect(same.status == 0 && same.output.contains("指标相同"), "\(same.output)")
    let masked = try room.run(
      "sqlite3 b.db \"update deals set source = '来源乙' where source = '展会'\"; "
        + "ferry figures sqlite:b.db --compare sqlite:crm.db --mask")
    #expect(masked.status == 1 && masked.output.contains("‹"))
    for name in ["李娜", "王芳", "展会", "来源乙"] { #expect(!masked.output.contains(name)) }
  }
}
