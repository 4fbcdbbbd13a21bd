import FerryCore
import FerryStores
import FerryTestSupport
import Foundation
import Testing

@testable import FerrySQLStores

/// Servers with a certificate of their own, made for `localhost` alone.
@Suite struct TLSTests {
  @Test func `PostgreSQL is reached by TLS, and refused where name or authority is wrong`()
    async throws
  {
    guard let certificate = try TestCertificate.make(), let other = try TestCertificate.make(),
      let server = try PostgresServer.start(certificate: certificate)
    else {
      print("skipped: no openssl, no PostgreSQL, or no user postgres")
      return
    }
    defer {
      server.stop()
      certificate.remove()
      other.remove()
    }
    func url(_ host: String, _ options: String) -> String {
      "postgres://postgres@\(host):\(server.port)/postgres?\(options)"
    }
    func open(_ url: String) async throws -> String {
      let store = try PostgresStore.open(url: url, access: .readOnly)
      await store.close()
      let connection = try PostgresConnection(url: url, isReadOnly: true)
      return try connection.query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
        .string(0, 0) ?? "?"
    }
    let trusted = "sslmode=verify-full&sslrootcert=\(certificate.path)"
    #expect(try await open(url("localhost", "sslmode=require")) == "t")
    #expect(try await open(url("localhost", trusted)) == "t")
    let refusals = [
      url("127.0.0.1", trusted),
      url("localhost", "sslmode=verify-full&sslrootcert=\(other.path)"),
      url("localhost", "sslmode=verify-full&sslrootcert=\(other.folder)/none.crt"),
    ]
    for refused in refusals {
      let error = await #expect(throws: StoreError.self) { try await open(refused) }
      try check(error, mends: "sslmode=verify-full&sslrootcert=FILE", "\(refused)")
    }
  }

  @Test func `MariaDB is reached by TLS, and refused where name or authority is wrong`()
    async throws
  {
    guard let certificate = try TestCertificate.make(), let other = try TestCertificate.make(),
      let server = try MariaDBServer.start(certificate: certificate)
    else {
      print("skipped: no openssl, or no mariadbd")
      return
    }
    defer {
      server.stop()
      certificate.remove()
      other.remove()
    }
    func url(_ host: String, _ options: String) -> String {
      "mysql://ferry@\(host):\(server.port)/crm?\(options)"
    }
    func open(_ url: String) async throws -> Bool {
      let store = try MariaDBStore.open(url: url, password: "ferry", access: .readOnly)
      await store.close()
      let address = try #require(MariaDBAddress(url: url, password: "ferry"))
      let connection = try MariaDBConnection(address, isReadOnly: true)
      return try connection.query("SHOW STATUS LIKE 'Ssl_cipher'").string(0, 1)?.isEmpty == false
    }
    let trusted = "ssl-mode=VERIFY_IDENTITY&ssl-ca=\(certificate.path)"
    #expect(try await open(url("localhost", "ssl-mode=REQUIRED")))
    #expect(try await open(url("localhost", trusted)))
    let refusals = [
      url("127.0.0.1", trusted),
      url("localhost", "ssl-mode=VERIFY_IDENTITY&ssl-ca=\(other.path)"),
      url("localhost", "ssl-mode=VERIFY_IDENTITY&ssl-ca=\(other.folder)/none.crt"),
    ]
    for refused in refusals {
      let error = await #expect(throws: StoreError.self) { try await open(refused) }
      try check(error, mends: "ssl-mode=VERIFY_IDENTITY&ssl-ca=FILE", "\(refused)")
    }
  }

  @Test func `a service that no file defines is said as that`() throws {
    let error = #expect(throws: StoreError.self) {
      try PostgresStore.open(
        url: "postgres:///?service=no-such-\(UUID().uuidString)", access: .readOnly)
    }
    let finding = try #require(error?.findings.first)
    #expect(finding.rule.id == "store.no-service" && error?.isTransient == false)
    #expect(finding.suggestion(in: .english).contains("PGSERVICEFILE"))
  }

  @Test func `a MariaDB without TLS is refused where it is required`() async throws {
    guard let server = try MariaDBServer.start() else {
      print("skipped: no mariadbd")
      return
    }
    defer { server.stop() }
    let error = #expect(throws: StoreError.self) {
      try MariaDBStore.open(url: server.url + "&ssl-mode=REQUIRED", access: .readOnly)
    }
    try check(error, mends: "ssl-mode=VERIFY_IDENTITY&ssl-ca=FILE", "no TLS")
  }

  private func check(_ error: StoreError?, mends words: String, _ which: Comment) throws {
    let error = try #require(error, which)
    #expect(!error.isTransient, which)
    let finding = try #require(error.findings.first, which)
    print(finding.message(in: .english))
    #expect(finding.rule.id == "store.tls-refused", which)
    for language in Language.allCases {
      #expect(finding.suggestion(in: language).contains(words), which)
    }
  }
}
