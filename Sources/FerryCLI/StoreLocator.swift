import FerryHTTPStores
import FerryRecords
import FerrySQLStores
import FerryStores
import Foundation

/// Opens the store that a URL names.
enum StoreLocator {
  /// Opens it.
  ///
  /// - Parameters:
  ///   - url: Such as `sqlite:crm.db`.
  ///   - access: Plans and checks only read.
  ///   - layout: The tables that Ferry did not make.
  /// - Returns: The open store; the caller closes it.
  /// - Throws: `UsageError` for a URL of no known kind, `StoreError` where it can't be opened.
  static func open(
    _ url: String, for access: StoreAccess, layout: StoreLayout = StoreLayout()
  ) throws -> any CRMStore {
    if let path = sqlitePath(url) {
      return try SQLiteStore.open(path: path, access: access, layout: layout)
    }
    if url.hasPrefix("postgres://") || url.hasPrefix("postgresql://") {
      return try PostgresStore.open(url: url, access: access, layout: layout)
    }
    if url.hasPrefix("mysql://") || url.hasPrefix("mariadb://") {
      return try MariaDBStore.open(
        url: url, password: ProcessInfo.processInfo.environment["MYSQL_PWD"], access: access,
        layout: layout)
    }
    if url.hasPrefix("files:") {
      guard layout.tables.isEmpty else { throw UsageError(.layoutForProduct("files")) }
      return try FileStoreLocator.open(url, for: access)
    }
    if let (product, profile) = HTTPProduct.named(by: url) {
      guard layout.tables.isEmpty else { throw UsageError(.layoutForProduct(product.kind)) }
      return try product.open(
        profile, for: access, environment: ProcessInfo.processInfo.environment)
    }
    throw UsageError(.badStore(displayed(url)))
  }

  /// Throws where a URL is of no known kind; opens nothing.
  static func check(_ url: String) throws(UsageError) {
    let starts = [
      "postgres://", "postgresql://", "mysql://", "mariadb://", "files:",
    ]
    guard sqlitePath(url) == nil, !starts.contains(where: url.hasPrefix),
      HTTPProduct.named(by: url) == nil
    else { return }
    throw UsageError(.badStore(displayed(url)))
  }

  /// Opens a store, lends it to `body` with its name for the journal, and closes it.
  static func withStore<R: Sendable>(
    _ url: String, for access: StoreAccess, layout: StoreLayout = StoreLayout(),
    _ body: (any CRMStore, _ displayed: String) async throws -> R
  ) async throws -> R {
    let store = try open(url, for: access, layout: layout)
    do {
      let result = try await body(store, await resolved(url, store))
      await store.close()
      return result
    } catch {
      await store.close()
      throw error
    }
  }

  /// The name that journals know a store by; asks a server only where the URL leaves that open.
  static func journalName(_ url: String) async throws -> String {
    guard url.hasPrefix("postgres") else { return displayed(url) }
    return try await withStore(url, for: .readOnly) { $1 }
  }

  /// The URL as plans and reports keep it, with what the environment said of an open store.
  static func resolved(_ url: String, _ store: any CRMStore) async -> String {
    let shown = displayed(url)
    guard let store = store as? PostgresStore else { return shown }
    return await store.resolvedURL(shown)
  }

  /// The URL as plans and reports keep it.
  ///
  /// A file's path is made whole, so that `apply` from another folder finds the same file; a
  /// password is left out.
  static func displayed(_ url: String) -> String {
    if let path = sqlitePath(url) {
      return "sqlite:\(URL(filePath: path).standardizedFileURL.path)"
    }
    if url.hasPrefix("files:") { return FileStoreLocator.displayed(url) }
    if let (product, profile) = HTTPProduct.named(by: url) {
      guard profile.contains("/") else { return url }
      return "\(product.kind):\(URL(filePath: profile).standardizedFileURL.path)"
    }
    guard var parts = URLComponents(string: url), let scheme = parts.scheme else { return url }
    let items = parts.queryItems ?? []
    let shown = items.filter { !secretOptions.contains($0.name.lowercased()) }
    guard parts.password != nil || shown.count < items.count else { return url }
    parts.password = nil
    parts.queryItems = shown.isEmpty ? nil : shown
    return parts.string ?? "\(scheme):"
  }

  /// Options of a URL that libpq takes and that hold secrets.
  private static let secretOptions: Set = ["password", "sslpassword", "passfile"]

  private static func sqlitePath(_ url: String) -> String? {
    guard url.hasPrefix("sqlite:"), url.count > "sqlite:".count else { return nil }
    return String(url.dropFirst("sqlite:".count))
  }
}
