import FerryCore
import FerrySQLite
import FerryStores

extension StoreError {
  /// Puts what SQLite says into words.
  init(_ error: SQLiteError, store: String) {
    self =
      switch error.kind {
      case .busy, .interrupted:
        SQLStoreRules.error(.busy, SQLStoreRules.busy, store, error.message, isTransient: true)
      case .full: SQLStoreRules.error(.full, SQLStoreRules.full, store)
      case .readOnly:
        SQLStoreRules.error(.refused, SQLStoreRules.notWritable, store, error.message)
      case .corrupt:
        SQLStoreRules.error(.unsuitable, SQLStoreRules.damaged, store, error.message)
      case .notADatabase, .sealed, .notSealed, .otherKey:
        SQLStoreRules.error(.unsuitable, SQLStoreRules.notADatabase, store)
      case .cannotOpen, .inputOutput:
        SQLStoreRules.error(.unreachable, SQLStoreRules.cannotOpen, store, error.message)
      case .constraint, .tooBig, .statement:
        SQLStoreRules.error(.refused, SQLStoreRules.refused, store, error.message)
      }
  }
}
