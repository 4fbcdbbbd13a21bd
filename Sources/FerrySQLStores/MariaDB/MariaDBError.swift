import FerryStores
import Foundation

/// What the server or its library said, before it is put into a store's words.
struct MariaDBError: Error {
  /// A number of MariaDB's "Error Codes"; from 2000 to 2999 the library's own.
  let code: UInt32
  /// The message, without the values that it quotes.
  let message: String

  init(code: UInt32, message: String) {
    self.code = code
    self.message = Self.withoutValues(message, code)
  }

  /// Whether the connection is gone.
  var isConnectionLost: Bool {
    // Can't connect, gone away, lost during a query; the server shuts down, or killed the session.
    [2002, 2003, 2005, 2006, 2012, 2013, 2055, 1053, 1077, 1079, 1927].contains(code)
  }

  /// Whether a record's own values are refused: what it holds, or a broken constraint.
  var isAboutRecord: Bool {
    [
      // Null, duplicate, too long, out of range, no such value, cut, no default, too large.
      1048, 1062, 1169, 1406, 1264, 1366, 1292, 1265, 1364, 1153, 1118, 1300, 1411, 2020,
      // Foreign keys and checks, MariaDB's and MySQL's; JSON that is none.
      1216, 1217, 1451, 1452, 4025, 3819, 3140, 4038, 1644,
    ].contains(code)
  }

  // `Duplicate entry 'x' for key 'k'`, `Incorrect integer value: 'x' for column …`: the value goes.
  private static func withoutValues(_ message: String, _ code: UInt32) -> String {
    guard [1062, 1292, 1366, 1265, 1411, 1300].contains(code),
      let start = message.firstIndex(of: "'"),
      let end = message.range(of: "' for ", options: .backwards)
        ?? message.range(of: "'", options: .backwards), start < end.lowerBound
    else { return message }
    return "\(message[...start])…\(message[end.lowerBound...])"
  }
}

extension StoreError {
  /// Puts what MariaDB says into words.
  init(_ error: MariaDBError, store: String) {
    self =
      switch error.code {
      case _ where error.isConnectionLost:
        SQLStoreRules.error(
          .unreachable, SQLStoreRules.unreachable, store, error.message, isTransient: true)
      case 2026:
        SQLStoreRules.error(.unreachable, SQLStoreRules.mariaDBTLSRefused, store, error.message)
      case 1044, 1045, 1698, 1130:
        SQLStoreRules.error(
          .signInRefused, SQLStoreRules.mariaDBSignInRefused, store, error.message)
      case 1792, 1290: SQLStoreRules.error(.refused, SQLStoreRules.openedForReading, store)
      case 1021, 1114: SQLStoreRules.error(.full, SQLStoreRules.full, store)
      case 1040, 1203, 1205, 1213, 1226:
        SQLStoreRules.error(.busy, SQLStoreRules.busy, store, error.message, isTransient: true)
      default: SQLStoreRules.error(.refused, SQLStoreRules.refused, store, error.message)
      }
  }
}
