public import FerryCore
public import FerryStores
import Foundation

/// A CRM product as people see it, and how a store of it is opened.
public struct HTTPProduct: Sendable {
  /// Before the colon of a store's URL, such as `fxiaoke`.
  public let kind: String
  /// What people call it.
  public let title: Words
  /// What it can do.
  public let ability: Words
  /// How it is proved.
  public let proof: Words
  /// What to ask the CRM's admin for.
  public let asks: [Words]
  /// What a profile holds, besides what every product's may say of the way there.
  public let keys: [ProfileKey]
  /// Whether created and closed times of old can be kept.
  private let keepsHistory: Bool
  private let adapter: MakeAdapter

  /// Makes the adapter of a profile; nothing is sent yet.
  typealias MakeAdapter =
    @Sendable (StoreProfile, Surroundings, any HTTPTransport) throws(StoreError)
    -> any ProductAdapter

  init(
    kind: String, title: Words, ability: Words, proof: Words, asks: [Words],
    keys: [ProfileKey], keepsHistory: Bool = false, adapter: @escaping MakeAdapter
  ) {
    self.kind = kind
    self.title = title
    self.ability = ability
    self.proof = proof
    self.asks = asks
    self.keys = keys
    self.keepsHistory = keepsHistory
    self.adapter = adapter
  }

  /// All products.
  public static let all: [HTTPProduct] = [
    .fxiaoke, .hubSpot, .salesforce, .odoo, .tryton, .bottle, .espo,
  ]

  /// The product and the profile of a URL such as `fxiaoke:crm`; `nil` where it names none.
  public static func named(by url: String) -> (product: HTTPProduct, profile: String)? {
    guard let colon = url.firstIndex(of: ":"),
      let product = all.first(where: { $0.kind == url[..<colon] })
    else { return nil }
    let profile = String(url[url.index(after: colon)...])
    return profile.isEmpty ? nil : (product, profile)
  }

  /// Opens the store of a profile; nothing is sent before the first call.
  ///
  /// - Parameters:
  ///   - profile: A profile's name or path.
  ///   - access: Plans and checks only read.
  ///   - environment: The process's environment: `FERRY_PROFILES` and secrets.
  ///   - surroundings: Clock and chance.
  ///   - transport: What sends; `nil` for the machine's own.
  /// - Returns: The store; the caller closes it.
  /// - Throws: What is wrong with the profile, all of it at once.
  public func open(
    _ profile: String, for access: StoreAccess, environment: [String: String],
    surroundings: Surroundings = .machine, transport: (any HTTPTransport)? = nil
  ) throws(StoreError) -> HTTPStore {
    let found = try StoreProfile.read(
      profile, of: kind, keys: keys + ProfileKey.transport, environment: environment)
    let settings = try found.transportSettings()
    return try make(found, surroundings, transport ?? CurlTransport(settings), access)
  }
}

extension HTTPProduct {
  /// Makes the store of a profile that was read; nothing is sent yet.
  func make(
    _ profile: StoreProfile, _ surroundings: Surroundings, _ transport: any HTTPTransport,
    _ access: StoreAccess
  ) throws(StoreError) -> HTTPStore {
    var surroundings = surroundings
    surroundings.lookAgain = try profile.lookAgain() ?? surroundings.lookAgain
    return HTTPStore(
      try adapter(profile, surroundings, transport), kind: kind, access: access,
      keepsHistory: keepsHistory)
  }
}

extension Words {
  /// How a product is proved that went through calls that fail and runs that are killed, too.
  static func throughFaults(en english: String, zh chinese: String) -> Words {
    Words(
      en: "\(english), also where calls fail and runs are killed",
      zh: "\(chinese)，包括调用出错和运行中断的情形")
  }
}

extension StoreProfile {
  /// The store as people see it, such as `fxiaoke:crm`.
  var store: String { "\(product):\(name)" }

  /// The days of the profile's time zone.
  var days: CivilDays { CivilDays(zone: TimeZone(identifier: timeZone) ?? .gmt) }

  /// The client that calls the product at the profile's address, `standard` where it names none.
  func client(
    _ keys: [ProfileKey], default standard: String, _ dialect: any Dialect,
    _ surroundings: Surroundings, _ transport: any HTTPTransport
  ) throws(StoreError) -> HTTPClient {
    HTTPClient(
      base: try address(default: standard), name: store, secrets: secrets(keys),
      dialect: dialect, transport: transport, surroundings: surroundings,
      quota: try quota(surroundings))
  }

  /// The texts of settings that must be there, in order.
  func required(_ keys: [String]) throws(StoreError) -> [String] {
    let missing = keys.filter { value($0) == nil }
    guard missing.isEmpty else {
      throw StoreError(
        .wrongUsage, isTransient: false,
        findings: missing.map {
          Finding(
            ProfileRules.missingKey,
            arguments: [path, $0, Self.variable($0, of: name)])
        })
    }
    return keys.compactMap { value($0) }
  }

  /// A setting that has few values; `nil` where it is not there.
  func choice(_ key: String, of known: [String]) throws(StoreError) -> String? {
    guard let value = value(key) else { return nil }
    guard known.contains(value) else { throw bad(key, known.joined(separator: ", ")) }
    return value
  }

  /// A setting that is a whole number above zero; `nil` where it is not there.
  func number(_ key: String) throws(StoreError) -> Int? {
    guard let value = value(key) else { return nil }
    guard let number = Int(value), number > 0 else { throw bad(key, "100") }
    return number
  }

  /// The address of `url`, or of the host in `cloud`.
  ///
  /// Without TLS only this machine itself is called.
  func address(default standard: String) throws(StoreError) -> URL {
    let text = value("url") ?? value("cloud").map { "https://\($0)" } ?? standard
    let key = settings["url"] != nil ? "url" : "cloud"
    guard let url = URL(string: text), let host = url.host, !host.isEmpty else {
      throw bad(key, standard)
    }
    let isHere = ["127.0.0.1", "localhost", "::1"].contains(host)
    guard url.scheme == "https" || (url.scheme == "http" && isHere) else {
      throw bad(key, "https://…")
    }
    return url
  }

  func bad(_ key: String, _ expected: String) -> StoreError {
    StoreError(
      .wrongUsage, isTransient: false,
      finding: Finding(
        ProfileRules.badValue, at: places[key].map { Provenance(file: $0) },
        arguments: [key, expected]))
  }
}
