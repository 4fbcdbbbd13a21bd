import Foundation

/// A MariaDB server of one test, in a folder of its own, reached by a socket in that folder.
///
/// It takes no TCP port, unless it has a certificate to show there. MariaDB refuses to run as root unless told which user to run as; then it
/// is `mysql`.
public final class MariaDBServer {
  /// Where it keeps its files and its socket.
  private let folder: String
  private let process: Process

  /// Where it listens, with TLS alone; 0 where it does not.
  public let port: Int

  /// What to connect to.
  public var url: String { "mysql://root@localhost/crm?socket=\(folder)/sock" }

  /// The options that make the programs `mariadb` and `mariadb-dump` find it.
  public var options: String { "--no-defaults --socket=\(folder)/sock --user=root" }

  /// Starts a server; `nil` where none is installed.
  ///
  /// - Parameter certificate: What it shows on a TCP port of its own, to the user `ferry` with the
  ///   password `ferry`; `nil` for the socket alone.
  /// - Returns: A server that takes connections.
  /// - Throws: What a failed start says.
  public static func start(certificate: TestCertificate? = nil) throws -> MariaDBServer? {
    let folders = ["/usr/sbin", "/usr/local/sbin", "/usr/bin", "/opt/homebrew/bin"]
    guard
      let program = folders.map({ "\($0)/mariadbd" })
        .first(where: { FileManager.default.isExecutableFile(atPath: $0) })
    else { return nil }
    let folder = "/tmp/ferry-my-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    let user = getuid() == 0 ? ["--user=mysql"] : []
    do {
      if !user.isEmpty { try ServerProgram.run(["chown", "mysql", folder]) }
      try ServerProgram.run(
        ["mariadb-install-db", "--no-defaults", "--datadir=\(folder)/data"] + user
          + ["--auth-root-authentication-method=normal", "--skip-test-db"] + frugal)
      let owner = user.isEmpty ? nil : "mysql"
      try certificate?.install(in: folder, owner: owner)
      return try MariaDBServer(
        folder: folder, program: program, user: user, isSecure: certificate != nil)
    } catch {
      try FileManager.default.removeItem(atPath: folder)
      throw error
    }
  }

  // Several servers start at once where tests run beside each other.
  private static let frugal = ["--innodb-use-native-aio=0", "--innodb-buffer-pool-size=32M"]

  private init(folder: String, program: String, user: [String], isSecure: Bool) throws {
    self.folder = folder
    port = isSecure ? Int.random(in: 20_000..<60_000) : 0
    let network =
      isSecure
      ? [
        "--port=\(port)", "--bind-address=127.0.0.1", "--ssl-cert=\(folder)/server.crt",
        "--ssl-key=\(folder)/server.key",
      ] : ["--skip-networking"]
    let words =
      [program, "--no-defaults", "--datadir=\(folder)/data", "--socket=\(folder)/sock"] + user
      + [
        "--pid-file=\(folder)/pid", "--innodb-flush-log-at-trx-commit=0",
        "--character-set-server=latin1",
      ] + Self.frugal + network
    process = try ServerProgram.launch(words, log: "\(folder)/log")
    let client = ["mariadb", "--no-defaults", "--socket=\(folder)/sock", "--user=root", "-e"]
    var sql = "CREATE DATABASE crm"
    if isSecure {
      sql += """
        ; CREATE USER ferry@'%' IDENTIFIED BY 'ferry' REQUIRE SSL; GRANT ALL ON crm.* TO ferry@'%'
        """
    }
    for _ in 0..<400 where process.isRunning {
      if (try? ServerProgram.run(client + [sql])) != nil { return }
      Thread.sleep(forTimeInterval: 0.05)
    }
    process.terminate()
    process.waitUntilExit()
    throw ServerProgram.failure([program], process, log: "\(folder)/log")
  }

  /// Stops the server and removes its files.
  public func stop() {
    process.terminate()
    process.waitUntilExit()
    // A folder left in /tmp breaks nothing.
    try? FileManager.default.removeItem(atPath: folder)
  }
}
