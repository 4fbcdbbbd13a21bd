public import FerryStores
import Foundation

// The same store under two URLs: a link, a host's second name, a service file.

extension SQLiteStore {
  /// The file, whatever links lead to it.
  public func identity() async throws(StoreError) -> String? {
    let file = URL(filePath: String(name.dropFirst("sqlite:".count)))
    guard !FileManager.default.fileExists(atPath: file.path) else {
      return "sqlite:\(file.resolvingSymlinksInPath().path)"
    }
    // One that is not there yet has a folder that is.
    let folder = file.deletingLastPathComponent().resolvingSymlinksInPath()
    return "sqlite:\(folder.appending(path: file.lastPathComponent).path)"
  }
}

extension PostgresStore {
  /// The cluster, the database and the schema that bare names mean.
  public func identity() async throws(StoreError) -> String? {
    // Where the server does not tell, the URL has to do.
    guard
      let rows = try? live().query(
        """
        SELECT system_identifier, current_database(), current_schema() FROM pg_control_system()
        """), rows.count == 1
    else { return nil }
    return "postgres:" + (0..<3).map { rows.string(0, $0) ?? "" }.joined(separator: " ")
  }
}

extension MariaDBStore {
  /// The server and the database.
  public func identity() async throws(StoreError) -> String? {
    try attempt { connection throws(MariaDBError) in
      let rows = try connection.query("SELECT @@hostname, @@port, @@datadir, database()")
      return "mysql:" + (0..<4).map { rows.string(0, $0) ?? "" }.joined(separator: " ")
    }
  }
}
