import FerryCore
import FerryRecords
import FerrySQLStores
import FerrySQLite
import FerryStores
import FerryTestSupport
import Foundation
import Testing

/// A folder that is gone after the test.
private func withFolder<R>(_ body: (String) async throws -> R) async throws -> R {
  let folder = FileManager.default.temporaryDirectory.appending(path: "ferry-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try await body(folder.path)
}

private let accounts = EntityFields(SalesChain.account, SalesChain.account.fields)

/// A page with one account to create.
private func account(_ externalID: String, name: String) -> RecordPage {
  var page = RecordPage(accounts)
  page.set(name, field: 0, of: page.append(storeID: nil, externalID: externalID))
  return page
}

@Suite struct SQLiteStoreTests {
  @Test func `keeps every promise of a store`() async throws {
    try await withFolder { folder in
      let broken = try await checkStore { access throws(StoreError) in
        try SQLiteStore.open(path: "\(folder)/crm.db", access: access)
      }
      #expect(broken == [])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["crm.db"])
    }
  }

  @Test func `reading a file that is not there makes none`() async throws {
    try await withFolder { folder in
      let store = try SQLiteStore.open(path: "\(folder)/crm.db", access: .readOnly)
      #expect(try await store.page(of: accounts, after: nil).records.count == 0)
      await store.close()
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
    }
  }

  @Test func `tables have the columns of the contract`() async throws {
    try await withFolder { folder in
      let store = try SQLiteStore.open(path: "\(folder)/crm.db", access: .readWrite)
      let line = SalesChain.orderLine
      try await store.prepare([EntityFields(line, [line.fields[0]])])
      await store.close()
      let database = try Database(path: "\(folder)/crm.db", access: .readOnly)
      let columns = try database.string(
        "SELECT group_concat(name || ' ' || type) FROM pragma_table_info('order_lines')")
      #expect(
        columns == """
          id INTEGER,ferry_id TEXT,order_id INTEGER,position INTEGER,product_id INTEGER,\
          quantity TEXT,price TEXT,amount TEXT
          """)
      #expect(try database.integer("SELECT count(*) FROM sqlite_schema WHERE type = 'table'") == 1)
    }
  }

  @Test func `a table that Ferry did not make keeps its rows and gets what is lacking`()
    async throws
  {
    try await withFolder { folder in
      let path = "\(folder)/crm.db"
      let database = try Database(path: path, access: .create)
      try database.execute(
        """
        CREATE TABLE accounts (id INTEGER PRIMARY KEY, name TEXT NOT NULL, colour TEXT);
        INSERT INTO accounts VALUES (41, '旧客户', 'red')
        """)
      let store = try SQLiteStore.open(path: path, access: .readWrite)
      let before = try await store.page(of: accounts, after: nil).records
      #expect(before.string(field: 0, of: 0) == "旧客户" && before.externalID(of: 0) == nil)
      try await store.prepare([accounts])
      let nameless = try await store.write(.init(.create, account("A0", name: "")))
      guard case .refused(let finding) = nameless[0] else {
        Issue.record("a broken constraint refuses the record")
        return
      }
      #expect(finding.message(in: .english).contains("accounts.name"))
      var adopted = account("A1", name: "新名称")
      adopted = RecordPage(accounts)
      adopted.append(storeID: "41", externalID: "A1")
      _ = try await store.write(.init(.update, adopted))
      await store.close()
      #expect(
        try database.string("SELECT id || name || colour || ferry_id FROM accounts")
          == "41旧客户redA1")
    }
  }

  @Test func `a table without a counting id is refused by name`() async throws {
    try await withFolder { folder in
      let path = "\(folder)/crm.db"
      try Database(path: path, access: .create).execute("CREATE TABLE accounts (id TEXT, name)")
      let store = try SQLiteStore.open(path: path, access: .readWrite)
      do {
        try await store.prepare([accounts])
        Issue.record("an unsuitable table was taken")
      } catch let error as StoreError {
        #expect(error.kind == .unsuitable)
        #expect(error.findings[0].arguments.contains("accounts"))
      }
    }
  }

  @Test func `a kill leaves all that was written, and the next close one file`() async throws {
    try await withFolder { folder in
      let path = "\(folder)/crm.db"
      let store = try SQLiteStore.open(path: path, access: .readWrite)
      try await store.prepare([accounts])
      _ = try await store.write(.init(.create, account("A1", name: "甲")))
      // The files as a kill would leave them.
      for end in ["", "-wal"] {
        try FileManager.default.copyItem(atPath: path + end, toPath: "\(folder)/killed.db\(end)")
      }
      await store.close()
      let next = try SQLiteStore.open(path: "\(folder)/killed.db", access: .readWrite)
      #expect(try await next.page(of: accounts, after: nil).records.count == 1)
      await next.close()
      let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      #expect(files == ["crm.db", "killed.db"])
      #expect(
        try Database(path: "\(folder)/killed.db", access: .readOnly).journalMode() == "delete")
    }
  }

  @Test func `says in words why a file can't be opened`() async throws {
    try await withFolder { folder in
      let notes = "\(folder)/notes.txt"
      try String(repeating: "客户,电话\n", count: 400)
        .write(toFile: notes, atomically: true, encoding: .utf8)
      let cases: [(String, StoreAccess, String)] = [
        (notes, .readOnly, "store.not-a-database"), (notes, .readWrite, "store.not-a-database"),
        ("\(folder)/no/crm.db", .readOnly, "store.missing-folder"),
        ("\(folder)/no/crm.db", .readWrite, "store.missing-folder"),
        (folder, .readOnly, "store.cannot-open"), (folder, .readWrite, "store.cannot-open"),
        ("/proc/crm.db", .readWrite, "store.cannot-open"),
      ]
      for (path, access, rule) in cases {
        do {
          _ = try SQLiteStore.open(path: path, access: access)
          Issue.record("\(path) was opened")
        } catch let error as StoreError {
          #expect(error.findings.map(\.rule.id) == [rule])
          #expect(error.exitStatus == .storeFailed)
        }
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["notes.txt"])
    }
  }

  @Test func `a locked file is busy and worth another try`() async throws {
    try await withFolder { folder in
      let path = "\(folder)/crm.db"
      let store = try SQLiteStore.open(path: path, access: .readWrite)
      try await store.prepare([accounts])
      await store.close()
      let other = try Database(path: path, access: .readWrite)
      try other.execute("BEGIN EXCLUSIVE")
      do {
        _ = try SQLiteStore.open(path: path, access: .readWrite, busyTimeout: .milliseconds(5))
        Issue.record("a locked file was opened")
      } catch let error as StoreError {
        #expect(error.kind == .busy && error.isTransient)
      }
    }
  }
}
