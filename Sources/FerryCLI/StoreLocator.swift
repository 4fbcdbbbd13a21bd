import FerrySQLStores
import FerryStores

/// Opens the store that a URL names.
enum StoreLocator {
  /// Opens it.
  ///
  /// - Parameters:
  ///   - url: Such as `sqlite:crm.db`.
  ///   - access: Plans and checks only read.
  /// - Returns: The open store; the caller closes it.
  /// - Throws: `UsageError` for a URL of no known kind, `StoreError` where it can't be opened.
  static func open(_ url: String, for access: StoreAccess) async throws -> any CRMStore {
    if url.hasPrefix("sqlite:"), url.count > "sqlite:".count {
      return try SQLiteStore.open(path: String(url.dropFirst("sqlite:".count)), access: access)
    }
    if url.hasPrefix("postgres://") || url.hasPrefix("postgresql://") {
      return try PostgresStore.open(url: url, access: access)
    }
    throw UsageError(.badStore(url))
  }
}
