import FerrySQLite
public import FerryStores

extension SQLiteStore: CopyableStore {
  /// The end of a copy's name.
  public nonisolated var copyExtension: String { "db" }

  /// Copies the file by SQLite's own backup, which takes in what stands in the log.
  ///
  /// The copy of a file that is not there is empty.
  public func copy(to path: String) async throws(StoreError) {
    guard let database else { return }
    try attempt { () throws(SQLiteError) in
      let copy = try Database(path: path, access: .readWrite)
      try database.backUp(to: copy)
      // The copy of a file in WAL mode is in that mode, too, and would need a log beside it.
      try copy.setJournalMode("delete")
    }
  }

  /// Copying the file back, while nobody has it open.
  public nonisolated func restoring(from path: String) -> String {
    let own = String(capabilities.displayName.dropFirst("sqlite:".count))
    return "cp \(DumpProgram.quoted(path)) \(DumpProgram.quoted(own))"
  }
}

extension PostgresStore: CopyableStore {
  /// The end of a copy's name.
  public nonisolated var copyExtension: String { "dump" }

  /// Copies the database by `pg_dump`, as an archive.
  public func copy(to path: String) async throws(StoreError) {
    let (target, secret) = copyTarget
    let program = DumpProgram(
      names: ["pg_dump"],
      arguments: ["--format=custom", "--no-password", "--file=\(path)", "--dbname=\(target)"],
      environment: secret.map { ["PGPASSWORD": $0] } ?? [:])
    try program.run(store: capabilities.displayName)
  }

  /// `pg_restore`, which drops what the archive holds and makes it anew.
  public nonisolated func restoring(from path: String) -> String {
    "pg_restore --clean --if-exists --single-transaction "
      + "--dbname=\(DumpProgram.quoted(copyTarget.url)) \(DumpProgram.quoted(path))"
  }
}

extension MariaDBStore: CopyableStore {
  /// The end of a copy's name.
  public nonisolated var copyExtension: String { "sql" }

  /// Copies the database by `mariadb-dump`, as statements, all of one moment.
  public func copy(to path: String) async throws(StoreError) {
    let program = DumpProgram(
      names: ["mariadb-dump", "mysqldump"],
      arguments: address.programOptions + [
        "--single-transaction", "--routines", "--triggers", "--hex-blob",
        "--default-character-set=utf8mb4", "--result-file=\(path)", address.database ?? "",
      ],
      environment: address.password.map { ["MYSQL_PWD": $0] } ?? [:])
    try program.run(store: capabilities.displayName)
  }

  /// The client, which runs the statements; each table is dropped and made anew.
  public nonisolated func restoring(from path: String) -> String {
    let words = address.programOptions + [address.database ?? ""]
    return "mariadb \(words.map(DumpProgram.quoted).joined(separator: " ")) < "
      + DumpProgram.quoted(path)
  }
}

extension MariaDBAddress {
  /// What MariaDB's own programs need to connect to the same server.
  var programOptions: [String] {
    var options: [String] = []
    if let host { options.append("--host=\(host)") }
    if port != 0 { options += ["--port=\(port)", "--protocol=TCP"] }
    if let user { options.append("--user=\(user)") }
    if let socket { options.append("--socket=\(socket)") }
    if let authority { options.append("--ssl-ca=\(authority)") }
    switch encryption {
    case .required: options.append("--ssl")
    case .verified: options.append("--ssl-verify-server-cert")
    case .disabled: options.append("--skip-ssl")
    case nil: break
    }
    return options
  }
}
