public import FerryRecords
public import FerryStores
import Foundation

extension PostgresStore: RehearsableStore {
  /// Makes a database of the same encoding and order, and restores the archive into it.
  public func makeThrowAwayCopy(named name: String, from path: String) async throws(StoreError) {
    try onServer { connection throws(PostgresError) in
      let settings = try connection.query(
        """
        SELECT pg_encoding_to_char(encoding), quote_literal(datcollate), quote_literal(datctype)
        FROM pg_database WHERE datname = current_database()
        """)
      let parts = (0..<3).map { settings.string(0, $0) ?? "" }
      try connection.run(
        """
        CREATE DATABASE "\(name)" TEMPLATE template0 ENCODING '\(parts[0])' \
        LC_COLLATE \(parts[1]) LC_CTYPE \(parts[2])
        """)
    }
    let (_, secret) = copyTarget
    let program = DumpProgram(
      names: ["pg_restore"],
      arguments: [
        "--no-password", "--no-owner", "--no-privileges", "--dbname=\(url(ofDatabase: name).bare)",
        path,
      ], environment: secret.map { ["PGPASSWORD": $0] } ?? [:])
    try program.run(store: capabilities.displayName)
  }

  /// Connects to the copy.
  public func openThrowAwayCopy(
    named name: String, for access: StoreAccess, layout: StoreLayout
  ) async throws(StoreError) -> any CRMStore {
    try Self.open(url: url(ofDatabase: name).whole, access: access, layout: layout)
  }

  /// Drops the database.
  public func removeThrowAwayCopy(named name: String) async throws(StoreError) {
    try onServer { connection throws(PostgresError) in
      try connection.run("DROP DATABASE IF EXISTS \"\(name)\"")
    }
  }

  // A connection of its own: the store's may be for reading alone.
  private func onServer(
    _ body: (PostgresConnection) throws(PostgresError) -> Void
  ) throws(StoreError) {
    do throws(PostgresError) {
      try body(PostgresConnection(url: url(ofDatabase: nil).whole, isReadOnly: false))
    } catch {
      // Insufficient privilege.
      guard error.sqlState == "42501" else {
        throw StoreError(error, store: capabilities.displayName)
      }
      throw SQLStoreRules.error(
        .refused, SQLStoreRules.noRightToRehearse, capabilities.displayName, error.message,
        "ALTER ROLE … CREATEDB")
    }
  }

  /// The store's URL with another database, and the same without its password.
  private func url(ofDatabase name: String?) -> (whole: String, bare: String) {
    let (bare, _) = copyTarget
    func replaced(_ url: String) -> String {
      guard let name, var parts = URLComponents(string: url) else { return url }
      parts.path = "/\(name)"
      let items = parts.queryItems?.filter { $0.name != "dbname" } ?? []
      parts.queryItems = items.isEmpty ? nil : items
      return parts.string ?? url
    }
    return (replaced(url), replaced(bare))
  }
}

extension MariaDBStore: RehearsableStore {
  /// Makes a database of the same character set and order, and runs the statements in it.
  public func makeThrowAwayCopy(named name: String, from path: String) async throws(StoreError) {
    try onServer { connection throws(MariaDBError) in
      let settings = try connection.query(
        """
        SELECT default_character_set_name, default_collation_name
        FROM information_schema.schemata WHERE schema_name = database()
        """)
      let words = (0..<2).map { settings.string(0, $0) ?? "" }
      try connection.run(
        "CREATE DATABASE `\(name)` CHARACTER SET \(words[0]) COLLATE \(words[1])")
    }
    let program = DumpProgram(
      names: ["mariadb", "mysql"],
      arguments: address.programOptions + [
        "--default-character-set=utf8mb4", "--database=\(name)", "--execute=source \(path)",
      ], environment: address.password.map { ["MYSQL_PWD": $0] } ?? [:])
    try program.run(store: capabilities.displayName)
  }

  /// Connects to the copy.
  public func openThrowAwayCopy(
    named name: String, for access: StoreAccess, layout: StoreLayout
  ) async throws(StoreError) -> any CRMStore {
    var copy = address
    copy.database = name
    return try Self.open(copy, access: access, layout: layout)
  }

  /// Drops the database.
  public func removeThrowAwayCopy(named name: String) async throws(StoreError) {
    try onServer { connection throws(MariaDBError) in
      try connection.run("DROP DATABASE IF EXISTS `\(name)`")
    }
  }

  // A connection of its own: the store's may be for reading alone.
  private func onServer(
    _ body: (MariaDBConnection) throws(MariaDBError) -> Void
  ) throws(StoreError) {
    do throws(MariaDBError) {
      try body(MariaDBConnection(address, isReadOnly: false))
    } catch {
      // Access denied to the database.
      guard error.code == 1044 else { throw StoreError(error, store: capabilities.displayName) }
      throw SQLStoreRules.error(
        .refused, SQLStoreRules.noRightToRehearse, capabilities.displayName, error.message,
        "GRANT ALL ON `ferry\\_rehearsal\\_%`.* TO …")
    }
  }
}
