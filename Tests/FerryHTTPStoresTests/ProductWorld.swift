import FerryCore
import FerryRecords
import FerryStores
import FerryTestSupport
import Foundation
import Testing

@testable import FerryHTTPStores

/// One product's double and stores of it that share its clock.
struct ProductWorld {
  let server: DoubleServer
  let time = VirtualTime()
  private let product: HTTPProduct
  private let profile: StoreProfile

  /// Starts the double; `settings` of the profile get its address.
  init(
    _ product: HTTPProduct, _ double: some ProductDouble, _ settings: [String: String],
    _ faults: FaultPlan = FaultPlan()
  ) throws {
    let time = time
    server = try DoubleServer(double, faults: faults, clock: time.doubleClock, keepsExchanges: true)
    self.product = product
    var profile = StoreProfile(product: product.kind, name: "crm", path: "crm.yaml")
    profile.settings = settings.mapValues { Secret($0) }
    profile.settings["url"] = Secret(server.url)
    self.profile = profile
  }

  func open(_ access: StoreAccess) throws -> HTTPStore {
    try product.make(profile, time.surroundings, CurlTransport(), access)
  }

  /// Calls the double as an admin would.
  func post(_ path: String, _ body: String, _ token: String) async throws {
    let request = FerryHTTPStores.HTTPRequest(
      "POST", try #require(URL(string: server.url + path)),
      headers: ["Content-Type": "application/json", "Authorization": "Bearer \(token)"],
      body: Array(body.utf8))
    #expect(try await CurlTransport().send(request).status == 201)
  }
}

/// Records for tests: accounts, and whatever fields a test names.
enum SomeRecords {
  static func page(
    _ entity: Entity, _ fields: [String], _ rows: [(id: String?, key: String?, values: [String?])]
  ) throws -> RecordPage {
    let fields = try fields.map { try #require(entity.field($0)) }
    var page = RecordPage(EntityFields(entity, fields))
    for row in rows {
      let index = page.append(storeID: row.id, externalID: row.key)
      for (field, value) in row.values.enumerated() { page.set(value, field: field, of: index) }
    }
    return page
  }

  static func accounts(_ count: Int) throws -> RecordPage {
    try page(
      SalesChain.account, ["name", "phone"],
      (0..<count).map { (nil, "A\($0)", ["客户\($0)", "+8621555"]) })
  }

  /// Values that break out of what is not written with care.
  static let hostile = [
    "O'Neil \\' OR Name != '", "\"甲\", 乙\n丙\r\n丁", "#N/A", "=1+1", "</script>", "100%_\\",
    "{\"a\":1}", "\u{FEFF}名\u{200B}", "😀", "a+b&c=d?e#f", "null", "'; DROP",
  ]
}

extension WriteResult {
  var id: String? { if case .written(let id) = self { id } else { nil } }
}
