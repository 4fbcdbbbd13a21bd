public import FerryRecords

/// A store on a server that can hold a throw-away copy of it, in a database beside its own.
public protocol RehearsableStore: CopyableStore {
  /// Makes the database and fills it.
  ///
  /// - Parameters:
  ///   - name: Of a database that is not there yet: small letters, digits and `_`.
  ///   - path: A file that ``CopyableStore/copy(to:)`` wrote.
  /// - Throws: Why it can't be made; then there may be a part of it to remove.
  func makeThrowAwayCopy(named name: String, from path: String) async throws(StoreError)

  /// Opens the copy.
  func openThrowAwayCopy(
    named name: String, for access: StoreAccess, layout: StoreLayout
  ) async throws(StoreError) -> any CRMStore

  /// Removes the database, where it is there.
  func removeThrowAwayCopy(named name: String) async throws(StoreError)
}
