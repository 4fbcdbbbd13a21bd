import FerryCore
import FerryRecords
import FerrySQLite
import FerryStores
import FerryTestSupport
import Foundation
import Testing

@testable import FerrySQLStores

@Suite("tables that Ferry did not make")
struct LayoutTests {
  @Test func `a SQLite file keeps every promise of a store`() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "ferry-layout-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = "\(folder)/crm.db"
    let foreign = ForeignTables(quote: "\"", text: "TEXT", decimal: "TEXT", time: "TEXT")
    do {
      let database = try Database(path: path, access: .create)
      for sql in foreign.definitions { try database.execute(sql) }
    }
    let broken = try await checkStore { access throws(StoreError) in
      try SQLiteStore.open(path: path, access: access, layout: foreign.layout)
    }
    #expect(broken == [])
    let database = try Database(path: path, access: .readOnly)
    let name = foreign.quoted(foreign.table(SalesChain.deal))
    let row = try database.string(
      "SELECT \"from stage\"\"` 列\" || '|' || \"from closed_at\"\"` 列\" FROM \(name) WHERE \"旧 key\" LIKE 'crm%'"
    )
    #expect(row == "Closed 'Won'|2024-03-05 09:30:00")
    #expect(try database.integer("SELECT count(*) FROM \(name) WHERE \"dele'ted\" = '1'") == 1)
  }

  @Test func `a PostgreSQL schema keeps every promise of a store`() async throws {
    // Nothing to test against where no PostgreSQL is installed.
    guard let server = try PostgresServer.start() else { return }
    defer { server.stop() }
    let foreign = ForeignTables(
      quote: "\"", text: "text", decimal: "numeric", time: "timestamp without time zone")
    let connection = try PostgresConnection(url: server.url, isReadOnly: false)
    try connection.run("CREATE SCHEMA \"的.x\"; SET search_path = \"的.x\"")
    for sql in foreign.definitions { try connection.run(sql) }
    var layout = foreign.layout
    for entity in layout.tables.keys { layout.tables[entity]?.schema = "的.x" }
    let broken = try await checkStore { access throws(StoreError) in
      try PostgresStore.open(url: server.url, access: access, layout: layout)
    }
    #expect(broken == [])
    let name = foreign.quoted(foreign.table(SalesChain.deal))
    let rows = try connection.query(
      "SELECT \"from stage\"\"` 列\", \"from closed_at\"\"` 列\" FROM \(name) WHERE \"旧 key\" LIKE 'crm%'"
    )
    #expect((0..<2).map { rows.string(0, $0) } == ["Closed 'Won'", "2024-03-05 09:30:00"])
    try await checkUntouched(connection, server, layout, foreign)
    try checkFaults(server)
  }

  /// A row that holds what is written stays the version of the row that it was.
  private func checkUntouched(
    _ connection: PostgresConnection, _ server: PostgresServer, _ layout: StoreLayout,
    _ foreign: ForeignTables
  ) async throws {
    let store = try PostgresStore.open(url: server.url, access: .readWrite, layout: layout)
    let account = EntityFields(
      SalesChain.account, SalesChain.account.fields.filter { $0.name == "name" })
    var page = RecordPage(account)
    page.set("不变", field: 0, of: page.append(storeID: nil, externalID: "S1"))
    page.set("变", field: 0, of: page.append(storeID: nil, externalID: "S2"))
    let made = try await store.write(.init(.create, page))
    let name = foreign.quoted(foreign.table(SalesChain.account))
    let versions = {
      let rows = try connection.query(
        "SELECT xmin::text FROM \(name) WHERE \"旧 key\" IN ('S1', 'S2') ORDER BY \"旧 key\"")
      return (0..<2).map { rows.string($0, 0) }
    }
    let before = try versions()
    page.set("变了", field: 0, of: 1)
    let again = try await store.write(.init(.create, page))
    #expect(ids(again) == ids(made))
    let after = try versions()
    #expect(after[0] == before[0] && after[1] != before[1])
    await store.close()
  }

  private func ids(_ results: [WriteResult]) -> [String] {
    results.map { if case .written(let id) = $0 { id } else { "-" } }
  }

  private func checkFaults(_ server: PostgresServer) throws {
    let connection = try PostgresConnection(url: server.url, isReadOnly: false)
    try connection.run(
      """
      CREATE TABLE customers (no int PRIMARY KEY, code char(8) UNIQUE, company text,
        tenant int NOT NULL, made timestamptz NOT NULL DEFAULT now())
      """)
    expectFaults(Self.faulty) { layout throws(StoreError) in
      try PostgresStore.open(url: server.url, access: .readOnly, layout: layout)
    }
  }

  /// A layout with a fault of each kind.
  private static var faulty: StoreLayout {
    var customers = TableLayout(StoreName("customers", at: "m.yaml:10:12"))
    customers.key = StoreName("code", at: "m.yaml:12:10")
    customers.columns["name"] = ColumnLayout(StoreName("compny", at: "m.yaml:14:13"))
    var people = TableLayout(StoreName("custmers", at: "m.yaml:20:12"))
    people.columns["name"] = ColumnLayout(StoreName("company", at: "m.yaml:22:13"))
    var deals = TableLayout(StoreName("customers", at: "m.yaml:30:12"))
    deals.id = StoreName("company", at: "m.yaml:31:9")
    deals.constants = [ColumnConstant(StoreName("tenant", at: "m.yaml:32:14"), "7")]
    return StoreLayout(tables: ["account": customers, "contact": people, "deal": deals])
  }

  private func expectFaults(
    _ layout: StoreLayout, _ open: (StoreLayout) throws(StoreError) -> any CRMStore
  ) {
    do {
      _ = try open(layout)
      Issue.record("a layout that does not fit was taken")
    } catch {
      #expect(error.exitStatus == .wrongUsage)
      let found = error.findings.map {
        "\($0.provenance?.description ?? "-") \($0.rule.id): \($0.message(in: .english))"
      }
      #expect(
        found == [
          "m.yaml:10:12 store.id-not-made: customers.no is a number that the database does not give by itself",
          "m.yaml:12:10 store.key-not-text: 'code' of customers is of type character, which does not keep external ids letter by letter",
          "m.yaml:14:13 store.no-column: no column 'compny' in the table customers; did you mean 'company'?",
          "m.yaml:20:12 store.no-table: the store has no table 'custmers'; did you mean 'customers'?",
          "m.yaml:30:12 store.column-required: customers.no must be filled in every row (NOT NULL, no default), and nothing fills it",
          "m.yaml:31:9 store.not-unique: two rows of customers may have the same 'company'",
        ])
    }
  }
}

@Suite struct ColumnCodecTests {
  @Test(arguments: [
    (ColumnForm.hundredths, "37.50", "3750"), (.hundredths, "-0.05", "-5"),
    (.hundredths, "0.00", "0"), (.hundredths, "1000000.10", "100000010"),
    (.datetime, "2024-03-05T01:30:00Z", "2024-03-05 01:30:00"),
    (.localDatetime, "2024-03-05T17:30:00Z", "2024-03-06 01:30:00"),
    (.localDatetime, "1899-12-31T23:59:59Z", "1900-01-01 08:05:42"),
    (.unix, "2024-03-05T01:30:00Z", "1709602200"), (.unix, "1969-12-31T23:59:59Z", "-1"),
    (.unixMilliseconds, "2000-02-29T00:00:01Z", "951782401000"),
  ])
  func `turns canonical text into the column's and back`(
    _ form: ColumnForm, _ text: String, _ stored: String
  ) throws {
    var column = ColumnLayout(StoreName("c", at: "m.yaml:1:1"))
    column.form = form
    let codec = try #require(ColumnCodec(column, timeZone: "Asia/Shanghai"))
    #expect(codec.encoded(text) == stored)
    #expect(codec.decoded(stored) == text)
  }

  @Test func `a day is the first part of a time`() throws {
    var column = ColumnLayout(StoreName("c", at: "m.yaml:1:1"))
    column.form = .date
    let codec = try #require(ColumnCodec(column, timeZone: "UTC"))
    #expect(codec.decoded("2024-03-05 00:00:00") == "2024-03-05")
    #expect(codec.decoded("2024-03-05T00:00:00Z") == "2024-03-05")
  }

  @Test func `ids follow from table and external id alone, and look like ids`() {
    let id = UUIDText.made(from: "crm:D|1", in: "deals")
    #expect(id == UUIDText.made(from: "crm:D|1", in: "deals") && UUIDText.isUUID(id))
    #expect(id != UUIDText.made(from: "crm:D|1", in: "accounts"))
    #expect(UUID(uuidString: id)?.uuidString.lowercased() == id)
    #expect(id.dropFirst(14).first == "8")
  }
}
