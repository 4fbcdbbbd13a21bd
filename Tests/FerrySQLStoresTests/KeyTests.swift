import FerryCore
import FerryRecords
import FerrySQLite
import FerryStores
import FerryTestSupport
import Foundation
import Testing

@testable import FerrySQLStores

private let accounts = EntityFields(SalesChain.account, [SalesChain.account.fields[0]])

/// A customer table with whole numbers for keys, which only one tenant's rows are unique by.
private var layout: StoreLayout {
  var table = TableLayout(StoreName("customer", at: "m.yaml:1:1"))
  table.key = StoreName("no", at: "m.yaml:2:1")
  table.constants = [ColumnConstant(StoreName("tenant", at: "m.yaml:3:1"), "t1")]
  table.columns["name"] = ColumnLayout(StoreName("name", at: "m.yaml:4:1"))
  var layout = StoreLayout(timeZone: "UTC")
  layout.tables["account"] = table
  return layout
}

private func definitions(id: String, name: String = "varchar(99)") -> [String] {
  [
    """
    CREATE TABLE customer (id \(id), tenant varchar(9) NOT NULL, no int NOT NULL,
    name \(name), UNIQUE (tenant, no))
    """,
    "INSERT INTO customer (tenant, no, name) VALUES ('t2', 7, 'another tenant''s')",
  ]
}

@Suite struct KeyTests {
  @Test func `SQLite holds external ids as whole numbers, unique with a constant`() async throws {
    let folder = FileManager.default.temporaryDirectory
    let path = folder.appending(path: "\(UUID().uuidString).db").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let database = try Database(path: path, access: .create)
    for sql in definitions(id: "INTEGER PRIMARY KEY") { try database.execute(sql) }
    try await check(SQLiteStore.open(path: path, access: .readWrite, layout: layout))
  }

  @Test func `PostgreSQL holds external ids as whole numbers, unique with a constant`()
    async throws
  {
    guard let server = try PostgresServer.start() else {
      print("skipped: no PostgreSQL under /usr/lib/postgresql, or no user postgres")
      return
    }
    defer { server.stop() }
    let connection = try PostgresConnection(url: server.url, isReadOnly: false)
    for sql in definitions(id: "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY") {
      try connection.run(sql)
    }
    try await check(PostgresStore.open(url: server.url, access: .readWrite, layout: layout))
  }

  @Test func `MariaDB holds external ids as whole numbers, unique with a constant`() async throws {
    guard let server = try MariaDBServer.start() else {
      print("skipped: no mariadbd")
      return
    }
    defer { server.stop() }
    let address = try #require(MariaDBAddress(url: server.url, password: nil))
    let connection = try MariaDBConnection(address, isReadOnly: false)
    let name = "varchar(99) CHARACTER SET utf8mb4"
    for sql in definitions(id: "bigint AUTO_INCREMENT PRIMARY KEY", name: name) {
      try connection.run(sql)
    }
    try await check(
      MariaDBStore.open(url: server.url, access: .readWrite, layout: layout))
  }

  private func check(_ store: any CRMStore) async throws {
    try await store.prepare([accounts])
    let first = try await store.write(.init(.create, page(["7", "8", "007", "x"])))
    #expect(first.map(rule) == [nil, nil, "store.key-not-whole", "store.key-not-whole"])
    let again = try await store.write(.init(.create, page(["8", "7"], suffix: "新")))
    #expect(Set(again.compactMap(id)) == Set(first.compactMap(id)))
    let found = try await store.records(of: accounts, withExternalIDs: ["7", "007", "x", "9"])
    try #require(found.count == 1)
    #expect(found.string(field: 0, of: 0) == "甲7新" && found.externalID(of: 0) == "7")
    var cursor: String?
    var names: [String?] = []
    repeat {
      let stored = try await store.page(of: accounts, after: cursor)
      names += (0..<stored.records.count).map { stored.records.string(field: 0, of: $0) }
      cursor = stored.next
    } while cursor != nil
    #expect(names == ["甲7新", "甲8新"])
    await store.close()
  }

  private func page(_ ids: [String], suffix: String = "") -> RecordPage {
    var page = RecordPage(accounts)
    for id in ids {
      let record = page.append(storeID: nil, externalID: id)
      page.set("甲\(id)\(suffix)", field: 0, of: record)
    }
    return page
  }

  private func rule(_ result: WriteResult) -> String? {
    if case .refused(let finding) = result { finding.rule.id } else { nil }
  }

  private func id(_ result: WriteResult) -> String? {
    if case .written(let id) = result { id } else { nil }
  }
}
