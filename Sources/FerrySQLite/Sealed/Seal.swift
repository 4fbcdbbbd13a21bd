import CSQLite
import Foundation

/// Whether a file is sealed, and with which key, as its first page says.
enum Seal: Hashable {
  /// There is no file, or nothing in it.
  case empty
  /// A plain database, or no database at all.
  case plain
  /// Sealed with the key of this check.
  case sealed(check: [UInt8])

  init(ofFile path: String) {
    guard let file = FileHandle(forReadingAtPath: path) else {
      self = .empty
      return
    }
    defer { try? file.close() }
    // A file that can't be read is said to be so when it is opened.
    let head = Array((try? file.read(upToCount: PageCipher.pageSize)) ?? Data())
    if head.isEmpty {
      self = .empty
    } else if head.starts(with: PageCipher.magic), head.count == PageCipher.pageSize {
      self = .sealed(check: Array(head.suffix(4)))
    } else {
      self = .plain
    }
  }

  /// Why the file can't be opened with this key, or without one; `nil` where it can.
  func refusal(of key: SealKey?) -> SQLiteError.Kind? {
    switch (self, key) {
    case (.empty, _), (.plain, nil): nil
    case (.plain, _?): .notSealed
    case (.sealed, nil): .sealed
    case (.sealed(let check), let key?): check == key.check ? nil : .otherKey
    }
  }
}

extension Database {
  /// Whether a file is sealed.
  public static func isSealed(path: String) -> Bool {
    if case .sealed = Seal(ofFile: path) { true } else { false }
  }

  /// Leaves room on each page, and keeps journals and temporary tables off the disk.
  func keepInMemory() throws(SQLiteError) {
    var reserve = Int32(PageCipher.reserve)
    let code = unsafe sqlite3_file_control(
      connection.handle, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserve)
    try connection.check(code)
    try execute("PRAGMA temp_store = memory")
    if try journalMode() == "delete" { try setJournalMode("memory") }
  }
}
