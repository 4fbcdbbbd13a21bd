import Foundation
import Testing

@testable import FerrySQLite

@Suite("a sealed database")
struct SealedTests {
  private static let key = SealKey(Array(repeating: 7, count: 32))
  private static let secret = "秘密电话13812345678"

  private func inFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
  }

  /// The names of the files in a folder that hold a text in the clear.
  private func files(in folder: String, holding text: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter { name in
      let data = FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data()
      return data.range(of: Data(text.utf8)) != nil
    }.sorted()
  }

  private func fill(_ database: Database, rows: Int) throws {
    try database.execute("CREATE TABLE people (id INTEGER PRIMARY KEY, note TEXT, more BLOB)")
    try database.transaction {
      for row in 0..<rows {
        try database.execute(
          "INSERT INTO people VALUES (\(row), '\(Self.secret) \(row)', randomblob(\(row * 7 % 9000)))"
        )
      }
    }
  }

  @Test(arguments: ["wal", "off"])
  func `holds nothing plain, and gives all back`(_ mode: String) throws {
    try inFolder { folder in
      let path = folder + "/a.db"
      let database = try Database(path: path, access: .create, key: Self.key)
      #expect(try database.setJournalMode(mode) == mode)
      try fill(database, rows: 500)
      try database.execute("UPDATE people SET note = note || '!' WHERE id % 3 = 0")
      try database.execute("DELETE FROM people WHERE id % 5 = 1")
      #expect(try files(in: folder, holding: "秘密") == [])
      #expect(try files(in: folder, holding: "CREATE TABLE") == [])
      let other = try Database(path: path, access: .readOnly, key: Self.key)
      #expect(try other.integer("SELECT count(*) FROM people WHERE note LIKE '秘密%'") == 400)
      #expect(try other.string("PRAGMA integrity_check") == "ok")
      try database.execute("VACUUM")
      try database.checkpoint()
      #expect(try database.string("PRAGMA integrity_check") == "ok")
      #expect(try files(in: folder, holding: "秘密") == [])
      #expect(Database.isSealed(path: path))
    }
  }

  @Test func `is whole again after a process was killed with a full log`() throws {
    try inFolder { folder in
      let path = folder + "/a.db"
      let database = try Database(path: path, access: .create, key: Self.key)
      try database.setJournalMode("wal")
      try database.execute("PRAGMA wal_autocheckpoint = 0")
      try fill(database, rows: 200)
      // Half a transaction in the log, as a kill leaves it.
      try database.execute("PRAGMA cache_size = 1")
      try database.begin()
      try database.execute("UPDATE people SET more = randomblob(5000)")
      try FileManager.default.createDirectory(
        atPath: folder + "/b", withIntermediateDirectories: true)
      for end in ["", "-wal"] {
        try FileManager.default.copyItem(atPath: path + end, toPath: "\(folder)/b/a.db\(end)")
      }
      let again = try Database(path: folder + "/b/a.db", access: .readWrite, key: Self.key)
      #expect(try again.integer("SELECT count(*) FROM people") == 200)
      #expect(try again.integer("SELECT sum(length(more)) FROM people") != 1_000_000)
      #expect(try again.string("PRAGMA integrity_check") == "ok")
      #expect(try files(in: folder + "/b", holding: "秘密") == [])
      database.rollback()
    }
  }

  @Test func `refuses what does not fit`() throws {
    try inFolder { folder in
      let (sealed, plain) = (folder + "/sealed.db", folder + "/plain.db")
      try fill(Database(path: sealed, access: .create, key: Self.key), rows: 3)
      try fill(Database(path: plain, access: .create), rows: 3)
      func kind(_ path: String, _ key: SealKey?) -> SQLiteError.Kind? {
        do {
          _ = try Database(path: path, access: .readOnly, key: key)
          return nil
        } catch {
          return error.kind
        }
      }
      #expect(kind(sealed, nil) == .sealed)
      #expect(kind(sealed, SealKey(Array(repeating: 8, count: 32))) == .otherKey)
      #expect(kind(plain, Self.key) == .notSealed)
      #expect(kind(sealed, Self.key) == nil && kind(plain, nil) == nil)
      // A page that was changed, and two that were swapped.
      let bytes = try #require(FileManager.default.contents(atPath: sealed))
      var changed = bytes
      changed[5000] ^= 1
      try changed.write(to: URL(filePath: sealed))
      let database = try Database(path: sealed, access: .readOnly, key: Self.key)
      #expect(throws: SQLiteError.self) { try database.string("SELECT note FROM people") }
    }
  }

  @Test func `reads keys only from files of their owner`() throws {
    try inFolder { folder in
      let path = folder + "/key"
      #expect(throws: SealKey.Fault.unreadable) { try SealKey(path: path) }
      try Data(repeating: 65, count: 31).write(to: URL(filePath: path))
      try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
      #expect(throws: SealKey.Fault.tooOpen(mode: "640")) { try SealKey(path: path) }
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
      #expect(throws: SealKey.Fault.tooShort(byteCount: 31)) { try SealKey(path: path) }
      try Data(repeating: 65, count: 32).write(to: URL(filePath: path))
      let key = try SealKey(path: path)
      try Data(repeating: 65, count: 32).write(to: URL(filePath: path))
      #expect(try SealKey(path: path) == key)
    }
  }
}
