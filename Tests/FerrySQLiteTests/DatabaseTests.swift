import FerrySQLite
import Foundation
import Testing

/// A folder that is gone after the test.
private func withFolder<R>(_ body: (String) throws -> R) throws -> R {
  let folder = FileManager.default.temporaryDirectory.appending(path: "ferry-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.path)
}

private func kind(of body: () throws -> Void) -> SQLiteError.Kind? {
  do { try body() } catch { return (error as? SQLiteError)?.kind }
  return nil
}

@Suite struct DatabaseTests {
  @Test func `gives back every kind of value as it was bound`() throws {
    let database = try Database()
    let query = try database.prepare("SELECT ?, ?, ?, ?, ?, ?, ?")
    let bytes = ContiguousArray("字节 'n' \"".utf8)
    try query.bind(bytes.span, at: 1)
    try unsafe query.bindUncopied(bytes.span, at: 2)
    try query.bind("", at: 3)
    try query.bind(Int64.min, at: 4)
    try query.bind(0.1, at: 5)
    try query.bind(nil as String?, at: 6)
    try query.bind(blob: ContiguousArray<UInt8>([0, 255]).span, at: 7)
    #expect(try query.step())
    #expect(query.string(at: 0) == "字节 'n' \"")
    #expect(query.string(at: 1) == "字节 'n' \"")
    #expect(query.string(at: 2) == "" && query.kind(at: 2) == .text)
    #expect(query.integer(at: 3) == .min)
    #expect(query.double(at: 4) == 0.1)
    #expect(query.string(at: 5) == nil && query.isNull(at: 5))
    #expect(query.withBlob(at: 6) { [$0[0], $0[1]] } == [0, 255])
    #expect(try !query.step())
  }

  @Test func `an empty span is an empty text and not null`() throws {
    let query = try Database().prepare("SELECT ?, ?")
    try query.bind(ContiguousArray<UInt8>().span, at: 1)
    try unsafe query.bindUncopied(ContiguousArray<UInt8>().span, at: 2)
    #expect(try query.step())
    #expect(query.kind(at: 0) == .text && query.kind(at: 1) == .text)
  }

  @Test func `a transaction that throws leaves nothing behind`() throws {
    struct Stop: Error {}
    let database = try Database()
    try database.execute("CREATE TABLE t (a)")
    #expect(throws: Stop.self) {
      try database.transaction {
        try database.execute("INSERT INTO t VALUES (1)")
        throw Stop()
      }
    }
    #expect(try database.integer("SELECT count(*) FROM t") == 0)
    try database.transaction { try database.execute("INSERT INTO t VALUES (1)") }
    #expect(try database.integer("SELECT count(*) FROM t") == 1)
    #expect(!database.isInTransaction)
  }

  @Test func `a database in the log stands alone after a checkpoint`() throws {
    try withFolder { folder in
      let path = "\(folder)/a ? b#.db"
      var database: Database? = try Database(path: path, access: .create)
      #expect(try database?.setJournalMode("wal") == "wal")
      try database?.setSynchronous(.full)
      try database?.execute("CREATE TABLE t (a); INSERT INTO t VALUES (7)")
      try database?.setUserVersion(3)
      #expect(try database?.checkpoint() == true)
      #expect(try database?.setJournalMode("delete") == "delete")
      database = nil
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a ? b#.db"])
      for access in [Database.Access.readOnly, .immutable] {
        let reader = try Database(path: path, access: access)
        #expect(try reader.integer("SELECT a FROM t") == 7)
        #expect(try reader.userVersion() == 3)
        #expect(kind { try reader.execute("DELETE FROM t") } == .readOnly)
      }
      let copy = try Database()
      try Database(path: path, access: .readOnly).backUp(to: copy)
      #expect(try copy.integer("SELECT a FROM t") == 7)
    }
  }

  @Test func `a statement keeps its database open`() throws {
    func makeStatement() throws -> Statement { try Database().prepare("SELECT 5") }
    let statement = try makeStatement()
    #expect(try statement.step())
    #expect(statement.integer(at: 0) == 5)
  }
}

@Suite struct SQLiteErrorTests {
  @Test func `says what kind of failure it is`() throws {
    try withFolder { folder in
      let text = "\(folder)/notes.txt"
      try String(repeating: "no database at all. ", count: 100)
        .write(toFile: text, atomically: true, encoding: .utf8)
      #expect(kind { _ = try Database(path: text, access: .readWrite) } == .notADatabase)
      let absent = "\(folder)/no/where.db"
      #expect(kind { _ = try Database(path: absent, access: .create) } == .cannotOpen)
      #expect(kind { _ = try Database(path: "\(folder)/x.db", access: .readOnly) } == .cannotOpen)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["notes.txt"])
      let database = try Database()
      #expect(kind { try database.execute("SELEC 1") } == .statement)
      #expect(kind { _ = try database.prepare("  -- nothing") } == .statement)
      try database.execute("CREATE TABLE t (a UNIQUE); INSERT INTO t VALUES (1)")
      #expect(kind { try database.execute("INSERT INTO t VALUES (1)") } == .constraint)
      try database.execute("PRAGMA max_page_count = 3")
      #expect(
        kind { try database.execute("INSERT INTO t VALUES (zeroblob(99999))") } == .full)
    }
  }

  @Test func `a held lock is busy and transient`() throws {
    try withFolder { folder in
      let path = "\(folder)/a.db"
      let first = try Database(path: path, access: .create)
      try first.begin()
      let second = try Database(path: path, access: .readWrite, busyTimeout: .milliseconds(5))
      do {
        try second.begin()
        Issue.record("the lock was given twice")
      } catch let error as SQLiteError {
        #expect(error.kind == .busy && error.isTransient && error.path == path)
      }
      first.rollback()
      try second.begin()
      try second.commit()
    }
  }
}
