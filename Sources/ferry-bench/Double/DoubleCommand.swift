import FerryTestSupport
import Foundation

/// Serves a product's double until the process is ended.
enum DoubleCommand {
  private static let known = [
    "port", "faults", "share", "kinds", "script", "delay", "silence", "lag-reads", "lag-ms",
    "calls", "window", "quota", "keys", "users", "audit", "currencies", "properties",
    "fields",
  ]

  static func run(_ words: [String]) throws {
    guard let product = words.first, !product.hasPrefix("--") else {
      throw BenchError("double needs a product: \(products)")
    }
    let options = try BenchOptions(Array(words.dropFirst()), known: known)
    let server = try DoubleServer(
      try double(product, options), faults: try faults(options),
      port: try options.number("port", default: 0))
    print(server.url)
    fflush(nil)
    while true { sleep(3600) }
  }

  private static let products = "fxiaoke, hubspot, salesforce, odoo, espocrm"

  private static func double(
    _ name: String, _ options: BenchOptions
  ) throws -> any ProductDouble {
    switch name {
    case "fxiaoke": return FxiaokeDouble(try fxiaoke(options))
    case "hubspot": return HubSpotDouble(try hubSpot(options))
    case "salesforce": return SalesforceDouble(try salesforce(options))
    case "odoo":
      var settings = OdooDouble.Settings()
      if let users = users(options) { settings.users = users }
      return OdooDouble(settings)
    case "espocrm":
      var settings = EspoDouble.Settings()
      let currencies = listed("currencies", options)
      if !currencies.isEmpty { settings.currencies = Set(currencies) }
      if let users = users(options) { settings.users = users }
      settings.fields = listed("fields", options)
      return EspoDouble(settings)
    default: throw BenchError("no double of \(name); there is one of \(products)")
    }
  }

  private static func fxiaoke(_ options: BenchOptions) throws -> FxiaokeDouble.Settings {
    var settings = FxiaokeDouble.Settings()
    settings.callsPerWindow = try options.number("calls", default: settings.callsPerWindow)
    settings.windowMilliseconds = try options.number("window", default: settings.windowMilliseconds)
    settings.dailyQuota = try options.number("quota", default: settings.dailyQuota)
    settings.keepsKeysUnique = options.text("keys", default: "unique") == "unique"
    if let users = users(options) { settings.employees = users }
    return settings
  }

  private static func hubSpot(_ options: BenchOptions) throws -> HubSpotDouble.Settings {
    var settings = HubSpotDouble.Settings()
    settings.callsPerTenSeconds = try options.number("calls", default: settings.callsPerTenSeconds)
    settings.dailyCalls = try options.number("quota", default: settings.dailyCalls)
    if let users = users(options) { settings.owners = users }
    settings.properties = listed("properties", options)
    return settings
  }

  private static func salesforce(_ options: BenchOptions) throws -> SalesforceDouble.Settings {
    var settings = SalesforceDouble.Settings()
    settings.dailyCalls = try options.number("quota", default: settings.dailyCalls)
    settings.setsAuditFields = options.text("audit", default: "off") == "on"
    if let users = users(options) { settings.users = users }
    return settings
  }

  private static func users(_ options: BenchOptions) -> [String]? {
    let users = listed("users", options)
    return users.isEmpty ? nil : users
  }

  private static func faults(_ options: BenchOptions) throws -> FaultPlan {
    var plan = FaultPlan(seed: UInt64(try options.number("faults", default: 1)))
    plan.share = try options.share("share", default: 0)
    plan.kinds = Set(
      try listed("kinds", options).map { word in
        guard let fault = Fault(rawValue: word) else {
          let all = Fault.allCases.map(\.rawValue).joined(separator: ", ")
          throw BenchError("no fault \(word); there are \(all)")
        }
        return fault
      })
    if plan.kinds.isEmpty { plan.kinds = Set(Fault.allCases) }
    plan.script = try listed("script", options).map { word in
      guard let scripted = ScriptedFault(word) else {
        throw BenchError("--script wants KIND@CALL or KIND@PATH:CALL, found \(word)")
      }
      return scripted
    }
    plan.delayMilliseconds = try options.number("delay", default: 0)
    plan.silenceMilliseconds = try options.number("silence", default: plan.silenceMilliseconds)
    plan.lagReads = try options.number("lag-reads", default: 0)
    plan.lagMilliseconds = try options.number("lag-ms", default: 0)
    return plan
  }

  private static func listed(_ name: String, _ options: BenchOptions) -> [String] {
    options.text(name, default: "").split(separator: ",").map(String.init)
  }
}
