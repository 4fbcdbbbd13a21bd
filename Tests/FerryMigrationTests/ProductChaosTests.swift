import FerryCore
import FerryRecords
import FerryStores
import FerryTestSupport
import Foundation
import Testing

@testable import FerryHTTPStores
@testable import FerryMigration

/// A product whose calls fail by chance while runs are cut off: what `.ci/crash-runs` does with kill -9
/// and many more records.
struct ChaosCase: Sendable, CustomTestStringConvertible {
  let product: HTTPProduct
  let double: @Sendable () -> any ProductDouble
  /// Besides the address.
  let settings: [String: String]
  /// The double's user who owns the records.
  let owner: String
  /// What comes by chance.
  var faults = Set(Fault.allCases)

  var testDescription: String { product.kind }

  static let all: [ChaosCase] = [
    ChaosCase(
      product: .fxiaoke, double: { FxiaokeDouble() },
      settings: [
        "app_id": "FSAID_double", "app_secret": "double-secret", "permanent_code": "double-code",
        "user": "1000", "external_id": "migration_ext_id__c", "search_lag": "4",
      ], owner: "张伟"),
    ChaosCase(
      product: .hubSpot,
      double: {
        var account = HubSpotDouble.Settings()
        account.properties = ["companies", "contacts", "deals", "notes"].map { "\($0) ferry_id=" }
        return HubSpotDouble(account)
      }, settings: ["token": HubSpotDouble.token, "search_lag": "4"], owner: "张伟",
      // The token of a private app does not end.
      faults: Set(Fault.allCases).subtracting([.expiredToken])),
    ChaosCase(
      product: .salesforce, double: { SalesforceDouble() },
      settings: [
        "client_id": "double-client", "client_secret": "double-secret",
        "external_id": "Ext_Id__c", "search_lag": "4", "bulk_from": "8",
      ], owner: "张伟"),
    ChaosCase(
      product: .odoo, double: { OdooDouble() },
      settings: [
        "database": OdooDouble.database, "api_key": OdooDouble.apiKey, "search_lag": "4",
      ], owner: "张伟"),
    ChaosCase(
      product: .espo,
      double: {
        var instance = EspoDouble.Settings()
        instance.currencies = ["CNY", "USD"]
        instance.fields = ["Account", "Contact", "Opportunity"].map { "\($0) ferryId varchar" }
        return EspoDouble(instance)
      }, settings: ["api_key": EspoDouble.apiKey, "search_lag": "4"], owner: "张伟"),
  ]

  func store(at url: String, _ time: VirtualTime, _ access: StoreAccess) throws -> HTTPStore {
    var profile = StoreProfile(product: product.kind, name: "crm", path: "crm.yaml")
    profile.settings = settings.mapValues { Secret($0) }
    profile.settings["url"] = Secret(url)
    return try product.make(profile, time.surroundings, CurlTransport(), access)
  }

  /// Accounts with a contact and a deal each; `changed` deals have another amount.
  func sheets(_ count: Int, changed: Bool = false) -> [SheetRows] {
    [
      SheetRows(
        entity: SalesChain.account, fields: ["name", "phone", "owner"],
        rows: (0..<count).map {
          ["key": "A\($0)", "name": "公司\($0)", "phone": "+86108000\(1000 + $0)", "owner": owner]
        }),
      SheetRows(
        entity: SalesChain.contact, fields: ["name", "account", "owner"],
        rows: (0..<count).map {
          ["key": "A\($0)|C", "name": "人\($0)", "account": "A\($0)", "owner": owner]
        }),
      SheetRows(
        entity: SalesChain.deal,
        fields: ["name", "account", "amount", "stage", "close_date", "owner"],
        rows: (0..<count).map {
          [
            "key": "D\($0)", "name": "项目\($0)", "account": "A\($0)", "stage": "won",
            "close_date": "2026-03-05",
            "amount": changed && $0.isMultiple(of: 3) ? "7.50" : "\($0).50", "owner": owner,
          ]
        }),
    ]
  }
}

@Suite(.timeLimit(.minutes(10))) struct ProductChaosTests {
  private static let count = 30
  private static let faults = FaultPlan(
    share: 0.1, silenceMilliseconds: 5, lagMilliseconds: 3000)

  /// One world: a double, its clock, a workspace.
  private struct World {
    let chaos: ChaosCase
    let fixture: Fixture
    let server: DoubleServer
    let time = VirtualTime()

    init(_ chaos: ChaosCase) throws {
      self.chaos = chaos
      fixture = try Fixture()
      server = try DoubleServer(chaos.double(), clock: time.doubleClock)
    }

    func end() {
      server.stop()
      fixture.remove()
    }

    var context: MigrationContext {
      var context = fixture.context()
      context.batchSize = 10
      context.retryDelays = [.zero, .zero]
      return context
    }

    func store(_ access: StoreAccess = .readWrite) throws -> HTTPStore {
      try chaos.store(at: server.url, time, access)
    }

    func plan(changed: Bool = false) async throws -> RunSummary {
      let store = try store(.readOnly)
      let plan = try await Migration.plan(
        Fixture.request(chaos.sheets(ProductChaosTests.count, changed: changed)), store: store,
        context: context)
      await store.close()
      return plan
    }

    /// Does something again as long as it is cut off or the store asks for patience.
    func untilDone(
      cutOffAt step: Int, _ work: (HTTPStore, MigrationContext) async throws -> RunSummary
    ) async throws -> RunSummary? {
      for attempt in 0..<20 {
        let store = try store()
        do {
          let done = try await work(
            store, attempt == 0 ? context.brokenOff(at: step) : context)
          await store.close()
          if done.outcome != .failed { return done }
        } catch is BrokenOff {
          await store.close()
        }
      }
      return nil
    }

    func dump() async throws -> [String: [String: String]] {
      let store = try store(.readOnly)
      let found = try await fixture.dump(store)
      await store.close()
      // When and by whom the double made them is not in the sheets.
      let made = ["created_at", "created_by"]
      return found.mapValues { $0.filter { !made.contains($0.key) } }
    }
  }

  /// What an undisturbed run leaves.
  private func calm(_ chaos: ChaosCase) async throws -> [String: [String: String]] {
    let world = try World(chaos)
    defer { world.end() }
    let run = try await world.plan().run
    let done = try await world.untilDone(cutOffAt: .max) {
      try await Migration.resume(run: run, store: $0, context: $1)
    }
    #expect(done?.counts("deal")?.created == Self.count)
    return try await world.dump()
  }

  @Test(arguments: ChaosCase.all, [2, 9, 17, 24])
  func `one call in ten fails and the run is cut off: all is there once`(
    chaos: ChaosCase, step: Int
  ) async throws {
    let expected = try await calm(chaos)
    let world = try World(chaos)
    defer { world.end() }
    let empty = world.server.contents
    let run = try await world.plan().run
    var faults = Self.faults
    faults.seed = UInt64(step)
    faults.kinds = chaos.faults
    world.server.plan(faults)
    let done = try await world.untilDone(cutOffAt: step) {
      try await Migration.resume(run: run, store: $0, context: $1)
    }
    #expect(done?.outcome == .applied)
    #expect(try await world.dump() == expected)
    let reader = try world.store(.readOnly)
    let proof = try await Migration.verify(run: run, store: reader, context: world.context)
    #expect(proof.findings.isEmpty)
    await reader.close()
    let undone = try await world.untilDone(cutOffAt: step) {
      try await Migration.undo(run: run, store: $0, context: $1)
    }
    let told = undone?.findings.map { "\($0.rule.id): \($0.message(in: .english))" } ?? []
    #expect(undone?.outcome == .applied, "\(told.joined(separator: "; "))")
    let isEmpty = world.server.contents == empty
    #expect(isEmpty)
  }
}
