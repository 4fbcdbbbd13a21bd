/// What a pace is measured by: a product's profile, what an account needs, and the limit.
struct PacedProduct: Sendable {
  /// How many calls a product lets through.
  enum Limit: Sendable, CustomStringConvertible {
    /// The vendor counts them.
    case calls(perSecond: Double)
    /// The vendor counts none: so many are sent at once, and each waits for its answer.
    case atOnce(Int)

    var description: String {
      switch self {
      case .calls(let count): "\(count) calls a second"
      case .atOnce(let width): "what \(width) calls at once can do"
      }
    }

    /// How much of it was used in a time, in 0…1.
    func share(calls: Int, busyMilliseconds busy: Int, of seconds: Double) -> Double {
      switch self {
      case .calls(let count): Double(calls) / seconds / count
      case .atOnce(let width): Double(busy) / 1000 / seconds / Double(width)
      }
    }
  }

  /// As in a store's URL.
  let kind: String
  let profile: String
  /// Values without which an account is refused.
  var needs: [String: String] = [:]
  /// Of the double.
  var options: [String] = []
  /// Only calls whose path holds it are counted.
  var countedPath = ""
  let limit: Limit
  /// About a minute of them, or less.
  let records: Int

  /// One line a product.
  static let all = [
    // 100 calls in 20 seconds on a path; creates are one call a record.
    PacedProduct(
      kind: "fxiaoke",
      profile: """
        app_id: FSAID_double
        app_secret: double-secret
        permanent_code: double-code
        user: "1000"
        external_id: migration_ext_id__c
        """, needs: ["owner": "1001"], countedPath: "/create", limit: .calls(perSecond: 5),
      records: 300),
    // 100 calls in 10 seconds, all paths together; a hundred records a call.
    PacedProduct(
      kind: "hubspot", profile: "token: pat-double-1",
      options: ["--properties", "companies ferry_id="], limit: .calls(perSecond: 10),
      records: 10_000),
    // Collections: what a bulk job takes is the service's own time.
    PacedProduct(
      kind: "salesforce",
      profile: """
        client_id: double-client
        client_secret: double-secret
        external_id: Ext_Id__c
        bulk_from: 1000000
        """, limit: .atOnce(4), records: 20_000),
    // A call is a transaction of 500 rows, one after the other.
    PacedProduct(
      kind: "odoo",
      profile: """
        database: double
        api_key: 0123456789abcdef0123456789abcdef01234567
        """, limit: .atOnce(1), records: 5000),
    PacedProduct(
      kind: "espocrm", profile: "api_key: double-api-key",
      options: ["--fields", "Account ferryId varchar"], limit: .atOnce(4), records: 2000),
  ]
}
