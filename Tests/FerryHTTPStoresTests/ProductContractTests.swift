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

  var testDescription: String { product.kind }

  static let all: [ProductCase] = [.fxiaoke]

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
    let clock = DoubleClock { 1_700_000_000_000 + Int(time.elapsed / .milliseconds(1)) }
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

@Suite(.timeLimit(.minutes(1))) struct ProductContractTests {
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
    let kinds: Set<Fault> = [.throttle, .serverError, .drop, .storedThenDrop, .expiredToken]
    let (server, open) = try product.start(
      VirtualTime(), FaultPlan(seed: 11, share: 0.1, kinds: kinds))
    defer { server.stop() }
    let broken = try await checkProductStore(product.samples) { (access) throws(StoreError) in
      try open(access)
    }
    #expect(broken == [])
  }
}
