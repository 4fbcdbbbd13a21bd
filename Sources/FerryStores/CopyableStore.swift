/// A store that can be copied whole, as it was before a run.
public protocol CopyableStore: CRMStore {
  /// The end of a copy's name, such as `db`.
  nonisolated var copyExtension: String { get }

  /// Writes a copy from which the whole store can be restored.
  ///
  /// - Parameter path: A file that is there, empty, and readable by its owner alone.
  /// - Throws: Why the store can't be copied; what stands in the file then is no copy.
  func copy(to path: String) async throws(StoreError)

  /// A command line that restores the copy at `path`; it names no secret.
  nonisolated func restoring(from path: String) -> String
}
