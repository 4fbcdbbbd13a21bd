import FerrySQLite
import FerryTestSupport
import Foundation
import Testing

@Suite("a CRM that is there already")
struct StoreSectionTests {
  private static let mapping = """
    ferry: 1
    sources:
      - file: in.csv
        records:
          account:
            key: 编号
            name: 名称
            owner: { from: 销售, find: user.name, otherwise: 公海 }
            created_at: 建档
          deal:
            key: 商机
            name: 商机
            amount: 金额
            stage: { from: 阶段, map: { 赢单: won, 报价: proposal } }
            account: { link: account }
    controls:
      - sum deal.amount by stage
    store:
      user:
        table: sys_user
        fields: { name: real_name }
      account:
        table: crm_customer
        key: cust_no
        where: { is_deleted: 0 }
        fields:
          name: cust_name
          owner: sales_id
          created_at: { column: create_time, type: local_datetime }
          custom: 备用
      deal:
        table: order
        key: biz_no
        fields:
          name: 标题
          amount: { column: amt_fen, type: hundredths }
          stage: { column: status, map: { won: 已赢单, proposal: 报价中 } }
          account: customer
          custom: none

    """
  private static let sheet = """
    编号,名称,销售,建档,商机,金额,阶段
    C1,云腾有限公司,王芳,2024-03-05 09:30,D1,1200.5,赢单
    C2,致雨科技,李雷,2023-01-01,D2,3.5万,报价

    """

  private static func tables(time: String) -> [String] {
    [
      "CREATE TABLE sys_user (user_id integer PRIMARY KEY, real_name text)",
      "INSERT INTO sys_user VALUES (7, '王芳')",
      """
      CREATE TABLE crm_customer (cust_no varchar(20) PRIMARY KEY, cust_name text NOT NULL,
        sales_id integer, create_time \(time), "备用" text, is_deleted integer NOT NULL)
      """,
      """
      INSERT INTO crm_customer VALUES
        ('C2', '致雨', 7, '2022-01-01 00:00:00', NULL, 0), ('C9', '旧', NULL, NULL, NULL, 1)
      """,
      """
      CREATE TABLE "order" (id varchar(36) PRIMARY KEY, biz_no varchar(40) UNIQUE,
        "标题" text, amt_fen bigint, status text, customer varchar(20) REFERENCES crm_customer (cust_no))
      """,
    ]
  }

  private static let query = """
    SELECT cust_no || cust_name || coalesce(sales_id, 0) || ' ' || coalesce(create_time, '-')
      || coalesce("备用", '-') || is_deleted FROM crm_customer ORDER BY 1;
    SELECT biz_no || amt_fen || status || customer FROM "order" ORDER BY 1;
    """
  private static let before = ["C2致雨7 2022-01-01 00:00:00-0", "C9旧0 --1"]
  private static let after = [
    "C1云腾有限公司7 2024-03-05 09:30:00-0",
    "C2致雨科技7 2023-01-01 00:00:00{\"owner\":\"李雷\"}0", "C9旧0 --1",
    "D1120050已赢单C1", "D23500000报价中C2",
  ]

  @Test func `is loaded, verified and taken back in SQLite`() throws {
    let room = try Room()
    defer { room.remove() }
    let database = try Database(path: room.path("crm.db"), access: .create)
    for sql in Self.tables(time: "datetime") { try database.execute(sql) }
    try check(room, "sqlite:crm.db") {
      try Self.query.split(separator: ";").flatMap { sql -> [String] in
        let query = try database.prepare(String(sql))
        var rows: [String] = []
        while try query.step() { rows.append(query.string(at: 0) ?? "-") }
        return rows
      }
    }
  }

  @Test func `is loaded, verified and taken back in PostgreSQL`() throws {
    guard let server = try PostgresServer.start() else { return }
    defer { server.stop() }
    let room = try Room()
    defer { room.remove() }
    let psql = { (sql: String) throws -> String in
      try room.write(sql, to: "q.sql")
      let done = try room.run("psql -qAtX -v ON_ERROR_STOP=1 -f q.sql '\(server.url)'")
      #expect(done.status == 0, "\(done.errors)")
      return done.output
    }
    _ = try psql(Self.tables(time: "timestamp").joined(separator: ";\n"))
    let query = Self.query.replacing("(create_time", with: "(create_time::text")
    try check(room, server.url) {
      try psql(query).split(separator: "\n").map(String.init)
    }
  }

  @Test func `is loaded, verified and taken back in MariaDB`() throws {
    guard let server = try MariaDBServer.start() else { return }
    defer { server.stop() }
    let room = try Room()
    defer { room.remove() }
    let run = { (sql: String) throws -> String in
      try room.write("SET sql_mode = 'ANSI'; \(sql)", to: "q.sql")
      let done = try room.run(
        "mariadb \(server.options) --default-character-set=utf8mb4 -N -B -r crm < q.sql")
      #expect(done.status == 0, "\(done.errors)")
      return done.output
    }
    _ = try run("ALTER DATABASE crm CHARACTER SET utf8mb4")
    _ = try run(Self.tables(time: "datetime").joined(separator: ";\n"))
    try check(room, server.url) {
      try run(Self.query).split(separator: "\n").map(String.init)
    }
  }

  private func check(_ room: Room, _ store: String, _ rows: () throws -> [String]) throws {
    try room.write(Self.mapping, to: "m.yaml")
    try room.write(Self.sheet, to: "in.csv")
    let wrong = Self.mapping.replacing("cust_name", with: "cust_nme")
      .replacing("table: sys_user", with: "table: sys_usr")
    try room.write(wrong, to: "wrong.yaml")
    let refused = try room.run("ferry plan wrong.yaml --to '\(store)'")
    #expect(refused.status == 2)
    #expect(refused.errors.contains("wrong.yaml:27:13: error: no column 'cust_nme' in the table"))
    #expect(refused.errors.contains("wrong.yaml:20:12: error: the store has no table 'sys_usr'"))
    #expect(try rows() == Self.before)
    let loaded = try room.run("ferry import m.yaml --to '\(store)' --json")
    #expect(loaded.status == 0, "\(loaded.errors)")
    #expect(try rows() == Self.after)
    let again = try room.run("ferry import m.yaml --to '\(store)' --json")
    #expect(again.status == 0 && again.output.contains("\"updated\":0"), "\(again.errors)")
    let run = try JSONDecoder().decode(Document.self, from: Data(loaded.output.utf8)).run
    // What the mapping says by now does not matter to what was loaded.
    try room.write("ferry: 1", to: "m.yaml")
    #expect(try room.run("ferry verify \(run)").status == 0)
    let undone = try room.run("ferry undo \(run)")
    #expect(undone.status == 0, "\(undone.errors)")
    #expect(try rows() == Self.before)
  }

  private struct Document: Decodable {
    let run: String
  }
}
