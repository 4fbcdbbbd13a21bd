import FerryCore
import FerryRecords
import FerryStores
import FerryTestSupport
import Foundation
import Testing

@testable import FerrySQLStores

private let deals = EntityFields(SalesChain.deal, SalesChain.deal.fields)

@Suite struct MariaDBStoreTests {
  @Test func `keeps every promise of a store`() async throws {
    guard let server = try MariaDBServer.start() else {
      print("skipped: no mariadbd")
      return
    }
    defer { server.stop() }
    let broken = try await checkStore { access throws(StoreError) in
      try MariaDBStore.open(url: server.url, access: access)
    }
    #expect(broken == [])
    try await checkRefusals(server)
    try await checkReconnects(server)
    try await checkForeignTables(server)
    try checkUnknownDatabase(server)
  }

  /// One value that the table can't hold refuses its record and no other, and is not told.
  private func checkRefusals(_ server: MariaDBServer) async throws {
    let store = try MariaDBStore.open(url: server.url, access: .readWrite)
    var page = RecordPage(deals)
    let amount = try #require(deals.fields.firstIndex { $0.name == "amount" })
    let date = try #require(deals.fields.firstIndex { $0.name == "close_date" })
    let amounts = ["1.50", "many", "2.50", "0.1234567", "9.1234560"]
    for (number, text) in amounts.enumerated() {
      let record = page.append(storeID: nil, externalID: "X\(number)")
      page.set("商机", field: 0, of: record)
      page.set(text, field: amount, of: record)
    }
    page.set("2023-02-29", field: date, of: 2)
    let results = try await store.write(.init(.create, page))
    let messages = results.map { result -> String in
      if case .refused(let finding) = result { finding.message(in: .english) } else { "written" }
    }
    #expect(messages[0] == "written" && messages[4] == "written")
    #expect(messages[1].contains("Incorrect decimal value: '…'"), "\(messages[1])")
    #expect(messages[2].contains("Incorrect date value: '…'"), "\(messages[2])")
    #expect(messages[3].contains("would round amount in deals"), "\(messages[3])")
    await store.close()
  }

  /// A connection that the server ended is made anew by the next call.
  private func checkReconnects(_ server: MariaDBServer) async throws {
    let store = try MariaDBStore.open(url: server.url, access: .readWrite)
    _ = try await store.records(of: deals, withExternalIDs: ["X0"])
    let address = try #require(MariaDBAddress(url: server.url, password: nil))
    let other = try MariaDBConnection(address, isReadOnly: false)
    let rows = try other.query(
      """
      SELECT CAST(id AS CHAR) FROM information_schema.processlist
      WHERE id <> connection_id() AND db = 'crm'
      """)
    for row in 0..<rows.count { try other.run("KILL \(rows.string(row, 0) ?? "0")") }
    do {
      _ = try await store.records(of: deals, withExternalIDs: ["X0"])
      Issue.record("a killed connection answered")
    } catch {
      #expect(error.isTransient && error.kind == .unreachable)
    }
    #expect(try await store.records(of: deals, withExternalIDs: ["X0"]).count == 1)
    await store.close()
  }

  private func checkForeignTables(_ server: MariaDBServer) async throws {
    let foreign = ForeignTables(
      quote: "`", text: "varchar(200)", decimal: "decimal(38,6)", time: "datetime")
    let address = try #require(MariaDBAddress(url: server.url, password: nil))
    let connection = try MariaDBConnection(address, isReadOnly: false)
    try connection.run("CREATE DATABASE `的.x` CHARACTER SET utf8mb4")
    try connection.run("USE `的.x`")
    for sql in foreign.definitions { try connection.run(sql) }
    var layout = foreign.layout
    for entity in layout.tables.keys { layout.tables[entity]?.schema = "的.x" }
    let whole = layout
    let broken = try await checkStore { access throws(StoreError) in
      try MariaDBStore.open(url: server.url, access: access, layout: whole)
    }
    #expect(broken == [])
    let rows = try connection.query(
      """
      SELECT `from stage"`` 列`, `from closed_at"`` 列` FROM
      \(foreign.quoted(foreign.table(SalesChain.deal))) WHERE `旧 key` LIKE 'crm%'
      """)
    #expect((0..<2).map { rows.string(0, $0) } == ["Closed 'Won'", "2024-03-05 09:30:00"])
  }

  private func checkUnknownDatabase(_ server: MariaDBServer) throws {
    let url = server.url.replacing("/crm?", with: "/nowhere?")
    let error = #expect(throws: StoreError.self) {
      try MariaDBStore.open(url: url, access: .readOnly)
    }
    #expect(error?.isTransient == false)
    #expect(error?.findings[0].message(in: .english).contains("Unknown database") == true)
  }

  @Test func `a server that is not there may be there later`() {
    let error = #expect(throws: StoreError.self) {
      try MariaDBStore.open(
        url: "mysql://crm:s3cret@localhost/crm?socket=/tmp/no-such-socket", access: .readOnly)
    }
    #expect(error?.kind == .unreachable && error?.isTransient == true)
    #expect(error?.findings[0].message(in: .english).contains("s3cret") == false)
  }

  @Test(arguments: [
    ("mysql://crm:s3cret@db.example:3307/crm?ssl-mode=required", "mysql://crm@db.example:3307/crm"),
    ("mariadb://db.example/crm", "mysql://db.example/crm"),
  ])
  func `the name that people see holds no password`(_ url: String, _ name: String) throws {
    let address = try #require(MariaDBAddress(url: url, password: "other"))
    #expect(address.displayName == name)
    #expect(MariaDBAddress(url: "\(name)?ssl-mode=maybe", password: nil) == nil)
  }
}
