import FerryStores
import FerryTestSupport
import Testing

@testable import FerryHTTPStores

/// A product with its double, as the contract needs them; one line in ``all`` for each adapter.
struct ProductCase: Sendable, CustomTestStringConvertible {
  let product: HTTPProduct
  let double: @Sendable () -> any ProductDouble
  /// Besides the address.
  let settings: [String: String]
  let samples: ProductSamples
  /// What comes by chance where faults are wanted.
  var faults: Set<Fault> = [.throttle, .serverError, .drop, .storedThenDrop, .expiredToken]

  /// Where a product has several.
  var name: String?

  var testDescription: String { name ?? product.kind }

  static let all: [ProductCase] = [
    .fxiaoke, .hubSpot, .salesforce, .odoo, older("rpc"), older("xmlrpc"), .espo,
  ]

  private static let fxiaoke = ProductCase(
    product: .fxiaoke, double: { FxiaokeDouble() },
    settings: [
      "app_id": "FSAID_double", "app_secret": "double-secret", "permanent_code": "double-code",
      "user": "1000", "external_id": "migration_ext_id__c",
    ],
    samples: ProductSamples(needs: [
      "account": ["owner": "1001"], "contact": ["owner": "1001"], "order": ["owner": "1001"],
      "deal": ["owner": "1001", "stage": "qualification"],
    ]))

  private static let hubSpot = ProductCase(
    product: .hubSpot,
    double: {
      var account = HubSpotDouble.Settings()
      account.properties = ["companies", "contacts", "deals", "orders"].map { "\($0) ferry_id=" }
      return HubSpotDouble(account)
    }, settings: ["token": HubSpotDouble.token],
    samples: ProductSamples(needs: ["deal": ["stage": "qualification"]]),
    // The token of a private app does not end.
    faults: [.throttle, .serverError, .drop, .storedThenDrop, .partial])

  private static let salesforce = ProductCase(
    product: .salesforce, double: { SalesforceDouble() },
    settings: [
      "client_id": "double-client", "client_secret": "double-secret", "external_id": "Ext_Id__c",
    ],
    samples: ProductSamples(
      needs: [
        "deal": ["stage": "qualification", "close_date": "2026-03-05"],
        "order": ["date": "2026-03-05"],
      ], pagedCount: 2100),
    faults: [.throttle, .serverError, .drop, .storedThenDrop, .expiredToken, .partial])

  private static let odoo = ProductCase(
    product: .odoo, double: { OdooDouble() },
    settings: ["database": OdooDouble.database, "api_key": OdooDouble.apiKey],
    samples: ProductSamples(pagedCount: 1100))

  /// Odoo before 19.
  private static func older(_ api: String) -> ProductCase {
    ProductCase(
      product: .odoo, double: { OdooDouble() },
      settings: [
        "database": OdooDouble.database, "api_key": OdooDouble.apiKey, "api": api, "user": "admin",
      ], samples: ProductSamples(pagedCount: 1100), name: "odoo, \(api)")
  }

  private static let espo = ProductCase(
    product: .espo,
    double: {
      var instance = EspoDouble.Settings()
      instance.currencies = ["CNY", "USD"]
      instance.fields = ["Account", "Contact", "Opportunity"].map { "\($0) ferryId varchar" }
      return EspoDouble(instance)
    }, settings: ["api_key": EspoDouble.apiKey],
    samples: ProductSamples(
      needs: ["deal": ["stage": "qualification", "amount": "1.50", "close_date": "2026-03-05"]],
      pagedCount: 450))

  /// A profile for a double at an address.
  func profile(at url: String) -> StoreProfile {
    var profile = StoreProfile(product: product.kind, name: "crm", path: "crm.yaml")
    profile.settings = settings.mapValues { Secret($0) }
    profile.settings["url"] = Secret(url)
    return profile
  }

  /// Starts a double; its clock and the client's are one.
  func start(
    _ time: VirtualTime, _ faults: FaultPlan = FaultPlan()
  ) throws -> (server: DoubleServer, open: @Sendable (StoreAccess) throws(StoreError) -> HTTPStore)
  {
    let clock = time.doubleClock
    let server = try DoubleServer(double(), faults: faults, clock: clock)
    let (product, profile) = (product, profile(at: server.url))
    return (
      server,
      { (access) throws(StoreError) in
        try product.make(profile, time.surroundings, CurlTransport(), access)
      }
    )
  }
}

@Suite(.timeLimit(.minutes(10))) struct ProductContractTests {
  @Test(arguments: ProductCase.all)
  func `keeps every promise`(product: ProductCase) async throws {
    let (server, open) = try product.start(VirtualTime())
    defer { server.stop() }
    let broken = try await checkProductStore(product.samples) { (access) throws(StoreError) in
      try open(access)
    }
    #expect(broken == [])
  }

  @Test(arguments: ProductCase.all)
  func `keeps every promise while one call in ten fails`(product: ProductCase) async throws {
    let (server, open) = try product.start(
      VirtualTime(), FaultPlan(seed: 11, share: 0.1, kinds: product.faults))
    defer { server.stop() }
    let broken = try await checkProductStore(product.samples) { (access) throws(StoreError) in
      try open(access)
    }
    #expect(broken == [])
  }
}
