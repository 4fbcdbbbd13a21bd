import FerryCore
import FerryMapping
import FerryRecords
import FerryStores
import FerryTestSupport
import Foundation
import Testing

@testable import FerryHTTPStores
@testable import FerryMigration

/// What a plan says before a product would do or refuse it by itself.
@Suite struct ProductPlanTests {
  private static let hubSpot = ChaosCase(
    product: .hubSpot,
    double: {
      var account = HubSpotDouble.Settings()
      account.properties = ["contacts ferry_id=", "contacts ferry_lead_id="]
      return HubSpotDouble(account)
    }, settings: ["token": HubSpotDouble.token], owner: "张伟")

  private static let salesforce = ChaosCase(
    product: .salesforce, double: { SalesforceDouble() },
    settings: [
      "client_id": "double-client", "client_secret": "double-secret", "external_id": "Ext_Id__c",
    ], owner: "张伟")

  private func people(_ entity: Entity, _ rows: [(String, String)]) -> SheetRows {
    SheetRows(
      entity: entity, fields: ["name", "email"],
      rows: rows.map { ["key": $0.0, "name": "人\($0.0)", "email": $0.1] })
  }

  @Test func `a lead with a contact's e-mail is rejected by the plan, not by HubSpot`() async throws
  {
    let fixture = try Fixture()
    let (server, time) = (try DoubleServer(Self.hubSpot.double()), VirtualTime())
    defer {
      server.stop()
      fixture.remove()
    }
    let store = try Self.hubSpot.store(at: server.url, time, .readWrite)
    // One whom a person made.
    var known = RecordPage(
      EntityFields(SalesChain.contact, SalesChain.contact.fields.filter { $0.name == "email" }))
    known.set("own@example.com", field: 0, of: known.append(storeID: nil, externalID: nil))
    _ = try await store.write(WriteBatch(.create, known))
    let sheets = [
      people(SalesChain.contact, [("C1", "li@example.com"), ("C2", "wang@example.com")]),
      people(
        SalesChain.lead,
        [
          ("L1", "Li@Example.com"), ("L2", "zhao@example.com"), ("L3", "own@example.com"),
          ("L4", "zhao@example.com"), ("L5", ""),
        ]),
    ]
    for created in [[2, 2], [0, 0]] {
      let plan = try await Migration.plan(
        Fixture.request(sheets), store: store, context: fixture.context())
      #expect(["contact", "lead"].map { plan.counts($0)?.created } == created)
      #expect(plan.counts("lead")?.rejected == 3)
      let told = plan.findings.filter { $0.rule.id == "store.value-taken" }
      #expect(told.map { $0.arguments[1] } == ["L1", "L3", "L4"])
      #expect(told.map { $0.arguments[4] } == ["contact", "contact", "lead"])
      let done = try await Migration.resume(run: plan.run, store: store, context: fixture.context())
      #expect(done.outcome == .applied)
      #expect(!done.has("store.record-refused"))
    }
    await store.close()
  }

  @Test func `records without an owner are told, and agree where owners are counted`() async throws
  {
    let fixture = try Fixture()
    let (server, time) = (try DoubleServer(Self.salesforce.double()), VirtualTime())
    defer {
      server.stop()
      fixture.remove()
    }
    let store = try Self.salesforce.store(at: server.url, time, .readWrite)
    let sheet = SheetRows(
      entity: SalesChain.account, fields: ["name", "owner"],
      rows: [
        ["key": "A1", "name": "甲", "owner": "张伟"], ["key": "A2", "name": "乙"],
        ["key": "A3", "name": "丙", "owner": "没有此人"],
      ])
    let control = ControlDefinition(
      entity: "account", sumField: nil, groupField: "owner", period: nil,
      text: "count account by owner")
    for created in [3, 0] {
      let plan = try await Migration.plan(
        Fixture.request([sheet], policies: MigrationPolicies(controls: [control])), store: store,
        context: fixture.context())
      #expect(plan.counts("account")?.created == created)
      #expect(plan.counts("account")?.updated == 0)
      let told = plan.findings.filter { $0.rule.id == "store.owner-filled" }
      #expect(told.map { $0.arguments[1] } == (created == 0 ? [] : ["2"]))
      _ = try await Migration.resume(run: plan.run, store: store, context: fixture.context())
      let proof = try await Migration.verify(
        run: plan.run, store: store, context: fixture.context())
      #expect(proof.findings.isEmpty)
      #expect(proof.controls.count == 3 && proof.controls.allSatisfy(\.isEqual))
    }
    await store.close()
  }
}
