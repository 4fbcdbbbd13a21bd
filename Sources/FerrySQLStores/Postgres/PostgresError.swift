import FerryStores

/// What the server or libpq said, before it is put into a store's words.
struct PostgresError: Error {
  /// Five characters of appendix A of PostgreSQL's manual; empty where the server did not answer.
  let sqlState: String
  /// The primary message; for bad data without the value, which is private.
  let message: String
  /// Whether the connection is gone.
  let isConnectionLost: Bool

  init(sqlState: String, message: String, isConnectionLost: Bool = false) {
    self.sqlState = sqlState
    self.isConnectionLost = isConnectionLost
    let line = message.split(separator: "\n").first.map(String.init) ?? ""
    // Class 22, data exception: the value stands after the colon.
    self.message =
      sqlState.hasPrefix("22") ? line.split(separator: ":").first.map(String.init) ?? line : line
  }

  /// Stands for a refused certificate and the like, for which the server has no state.
  static let tlsState = "FETLS"

  /// Stands for a service that no file defines.
  static let serviceState = "FESVC"

  /// Whether a record's own values are refused: a data exception or a broken constraint.
  var isAboutRecord: Bool { sqlState.hasPrefix("22") || sqlState.hasPrefix("23") }
}

extension StoreError {
  /// Puts what PostgreSQL says into words.
  init(_ error: PostgresError, store: String) {
    let (state, words) = (error.sqlState, error.message)
    self =
      switch String(state.prefix(2)) {
      case _ where error.isConnectionLost, "08":
        SQLStoreRules.error(
          .unreachable, SQLStoreRules.unreachable, store, words, isTransient: true)
      case "FE" where state == PostgresError.tlsState:
        SQLStoreRules.error(.unreachable, SQLStoreRules.tlsRefused, store, words)
      case "FE" where state == PostgresError.serviceState:
        SQLStoreRules.error(.unreachable, SQLStoreRules.serviceMissing, store, words)
      case "28": SQLStoreRules.error(.signInRefused, SQLStoreRules.signInRefused, store, words)
      case "25" where state == "25006":
        SQLStoreRules.error(.refused, SQLStoreRules.openedForReading, store)
      case "53" where state == "53100": SQLStoreRules.error(.full, SQLStoreRules.full, store)
      case "40", "53", "55", "57":
        SQLStoreRules.error(.busy, SQLStoreRules.busy, store, words, isTransient: true)
      default: SQLStoreRules.error(.refused, SQLStoreRules.refused, store, words)
      }
  }
}
