import Foundation

/// A PostgreSQL server of one test, in a folder of its own, reached by a socket in that folder.
///
/// It takes no TCP port, so that no two tests and no other server meet, unless it has a certificate to
/// show there. PostgreSQL refuses to run
/// as root; then it runs as the user `postgres`.
public final class PostgresServer {
  /// Where it keeps its files and its socket.
  private let folder: String
  private let program: String
  private let words: [String]
  private var process: Process

  /// Where it listens on 127.0.0.1; 0 where it does not.
  public let port: Int

  /// What to connect to.
  public var url: String { "postgresql://postgres@/postgres?host=\(folder)\(portOption)" }

  private var portOption: String { port == 0 ? "" : "&port=\(port)" }

  /// Starts a server; `nil` where none is installed, or no user that it would run as.
  ///
  /// - Parameter certificate: What it shows on a TCP port of its own; `nil` for the socket alone.
  /// - Returns: A server that takes connections.
  /// - Throws: What a failed start left in its log.
  public static func start(certificate: TestCertificate? = nil) throws -> PostgresServer? {
    guard let programs = programs(), let prefix = userPrefix() else { return nil }
    let folder = "/tmp/ferry-pg-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    do {
      if !prefix.isEmpty { try ServerProgram.run(["chown", "postgres", folder]) }
      try ServerProgram.run(
        prefix + [
          "\(programs)/initdb", "-D", "\(folder)/data", "-U", "postgres", "-A", "trust",
          "--no-sync", "--locale=C.UTF-8", "-E", "UTF8",
        ])
      try certificate?.install(in: folder, owner: prefix.isEmpty ? nil : "postgres")
      return try PostgresServer(
        folder: folder, program: "\(programs)/postgres", prefix: prefix,
        isSecure: certificate != nil)
    } catch {
      try FileManager.default.removeItem(atPath: folder)
      throw error
    }
  }

  private init(folder: String, program: String, prefix: [String], isSecure: Bool) throws {
    self.folder = folder
    self.program = program
    port = isSecure ? Int.random(in: 20_000..<60_000) : 0
    let network =
      isSecure
      ? [
        "listen_addresses=127.0.0.1", "port=\(port)", "ssl=on",
        "ssl_cert_file=\(folder)/server.crt", "ssl_key_file=\(folder)/server.key",
      ] : ["listen_addresses="]
    words =
      prefix + [program, "-D", "\(folder)/data", "-k", folder]
      + (network + ["fsync=off"]).flatMap { ["-c", $0] }
    process = try ServerProgram.launch(words, log: "\(folder)/log")
    try waitUntilReady()
  }

  /// Ends the server as a power cut would, and leaves its files.
  public func crash() {
    // SIGQUIT is PostgreSQL's immediate shutdown: nothing is brought to an end.
    kill(process.processIdentifier, SIGQUIT)
    process.waitUntilExit()
  }

  /// Starts it again on the same files.
  public func startAgain() throws {
    process = try ServerProgram.launch(words, log: "\(folder)/log")
    try waitUntilReady()
  }

  private func waitUntilReady() throws {
    // The socket appears when the server is about to take connections; pg_isready knows when.
    for _ in 0..<200 where process.isRunning {
      let ready = "\((program as NSString).deletingLastPathComponent)/pg_isready"
      let port = port == 0 ? [] : ["-p", String(port)]
      if (try? ServerProgram.run([ready, "-q", "-h", folder] + port)) != nil { return }
      Thread.sleep(forTimeInterval: 0.05)
    }
    process.interrupt()
    process.waitUntilExit()
    throw ServerProgram.failure(["postgres"], process, log: "\(folder)/log")
  }

  /// Stops the server and removes its files.
  public func stop() {
    // SIGINT is PostgreSQL's fast shutdown.
    process.interrupt()
    process.waitUntilExit()
    // A folder left in /tmp breaks nothing.
    try? FileManager.default.removeItem(atPath: folder)
  }

  private static func programs() -> String? {
    let root = "/usr/lib/postgresql"
    // A folder that is not there holds no version.
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    return versions.sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }.map { "\(root)/\($0)/bin" }
      .first { FileManager.default.isExecutableFile(atPath: "\($0)/initdb") }
  }

  /// What goes before a command so that it doesn't run as root; `nil` where there is no way.
  private static func userPrefix() -> [String]? {
    guard getuid() == 0 else { return [] }
    let prefix = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    return (try? ServerProgram.run(prefix + ["true"])) == nil ? nil : prefix
  }
}
