import Foundation

/// A server on `localhost` that shows a test's certificate and answers each GET with a page, by the
/// program `openssl`.
public final class TLSServer {
  /// Where it listens.
  public let port: Int
  private let process: Process

  /// Starts it.
  ///
  /// - Throws: What it said, where it does not come up.
  public init(_ certificate: TestCertificate) throws {
    port = Int.random(in: 20_000..<60_000)
    let words = [
      "openssl", "s_server", "-accept", "127.0.0.1:\(port)", "-cert", certificate.path, "-key",
      certificate.keyPath, "-www", "-quiet",
    ]
    let log = "\(certificate.folder)/log"
    process = try ServerProgram.launch(words, log: log)
    for _ in 0..<200 {
      if let socket = try? Socket.connected(toPort: port) {
        socket.close()
        return
      }
      guard process.isRunning else { break }
      usleep(20_000)
    }
    throw ServerProgram.failure(words, process, log: log)
  }

  /// Ends it.
  public func stop() {
    // Threads of a test block SIGTERM, and what they start inherits that.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
}
