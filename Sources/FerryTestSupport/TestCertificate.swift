import Foundation

/// A certificate for `localhost` that a test made and nobody else trusts.
public struct TestCertificate: Sendable {
  /// The folder that holds it.
  public let folder: String
  /// The certificate, PEM; who trusts it trusts itself.
  public var path: String { "\(folder)/server.crt" }
  /// Its private key, PEM.
  var keyPath: String { "\(folder)/server.key" }

  /// Makes one for a name; `nil` where the program `openssl` is not installed.
  public static func make(name: String = "localhost") throws -> TestCertificate? {
    guard (try? ServerProgram.run(["openssl", "version"])) != nil else { return nil }
    let folder = "/tmp/ferry-tls-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    let made = TestCertificate(folder: folder)
    try ServerProgram.run([
      "openssl", "req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt",
      "ec_paramgen_curve:prime256v1", "-keyout", made.keyPath, "-out", made.path, "-days", "2",
      "-subj", "/CN=\(name)", "-addext", "subjectAltName=DNS:\(name)",
    ])
    return made
  }

  /// Copies it to where a server's user may read its key.
  func install(in folder: String, owner: String?) throws {
    for name in ["server.crt", "server.key"] {
      let path = "\(folder)/\(name)"
      try FileManager.default.copyItem(atPath: "\(self.folder)/\(name)", toPath: path)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
      if let owner { try ServerProgram.run(["chown", owner, path]) }
    }
  }

  /// Removes its files.
  public func remove() {
    // A folder left in /tmp breaks nothing.
    try? FileManager.default.removeItem(atPath: folder)
  }
}
