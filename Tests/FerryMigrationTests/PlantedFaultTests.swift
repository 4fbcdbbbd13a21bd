import FerryCore
import FerryMapping
import FerryRecords
import FerrySQLite
import FerryStores
import FerryTestSupport
import Foundation
import Testing

@testable import FerryMigration

/// Something that is wrong in a store after a run, and what `verify` must name.
struct PlantedFault: Sendable, CustomTestStringConvertible {
  enum Kind: String, CaseIterable {
    case changed, emptied, missing, cent, swapped, relinked
  }

  let kind: Kind
  let entity: Entity
  let record: String
  /// The other of two records that are swapped, or what is linked to instead.
  let other: String
  let field: String

  var testDescription: String { "\(kind.rawValue) \(entity.name) \(record) \(field) \(other)" }

  /// Fifty, always the same: each kind on records and fields that chance picks.
  static let all: [PlantedFault] = {
    var random = SeededRandom(seed: 50)
    return (0..<50).map { number in
      let kind = Kind.allCases[number % Kind.allCases.count]
      let sheets = kind == .cent ? 2..<3 : kind == .relinked ? 1..<3 : 0..<3
      let sheet = Fixture.sales()[Int.random(in: sheets, using: &random)]
      let rows = sheet.rows.indices
      let first = Int.random(in: rows, using: &random)
      let second = (first + Int.random(in: 1..<rows.count, using: &random)) % rows.count
      let fields = sheet.fields.filter { name in
        name != "parent" && (sheet.entity.field(name)?.referenced == nil)
          // Every third deal has the same stage.
          && (kind != .swapped || name != "stage")
      }
      let field = fields[Int.random(in: 0..<fields.count, using: &random)]
      return PlantedFault(
        kind: kind, entity: sheet.entity, record: sheet.rows[first]["key"] ?? "",
        other: kind == .relinked ? "A\(second)" : sheet.rows[second]["key"] ?? "",
        field: kind == .cent ? "amount" : kind == .relinked ? "account" : field)
    }
  }()
}

extension Fixture {
  /// Puts a fault into the store, past Ferry.
  fileprivate func plant(_ fault: PlantedFault) async throws {
    let records = try await dump()
    let values = records["\(fault.entity.name) \(fault.record)"]
    let now = values?[fault.field]
    switch fault.kind {
    case .changed: try await set(fault, fault.record, (now ?? "") + "1")
    case .emptied: try await set(fault, fault.record, nil)
    case .cent:
      let amount = try #require(Decimal(string: now ?? ""))
      try await set(fault, fault.record, "\(amount + Decimal(1) / 100)")
    case .swapped:
      try await set(
        fault, fault.record, records["\(fault.entity.name) \(fault.other)"]?[fault.field])
      try await set(fault, fault.other, now)
    case .relinked:
      let page = try await reading.records(
        of: EntityFields(SalesChain.account, []), withExternalIDs: [fault.other])
      try await set(fault, fault.record, page.storeID(of: 0))
    case .missing:
      let found = try await reading.records(
        of: EntityFields(fault.entity, []), withExternalIDs: [fault.record])
      var page = RecordPage(EntityFields(fault.entity, []))
      page.append(storeID: found.storeID(of: 0), externalID: nil)
      _ = try await writing.write(WriteBatch(.delete, page))
    }
  }

  private func set(_ fault: PlantedFault, _ record: String, _ value: String?) async throws {
    await contents.edit(
      fault.entity.name, externalID: record, field: fault.field, to: value)
  }
}

@Suite struct PlantedFaultTests {
  private static let controls = [
    ControlDefinition(
      entity: "deal", sumField: "amount", groupField: nil, period: nil, text: "sum deal.amount"),
    ControlDefinition(
      entity: "deal", sumField: "amount", groupField: "account", period: nil,
      text: "sum deal.amount by account"),
    ControlDefinition(
      entity: "contact", sumField: nil, groupField: "account", period: nil,
      text: "count contact by account"),
  ]

  /// After a first run each record was written; after a second one, which changed three, the others
  /// are held against what the plan found.
  @Test(arguments: PlantedFault.all, [false, true])
  func `verify finds what is wrong`(fault: PlantedFault, again: Bool) async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let policies = MigrationPolicies(controls: Self.controls)
    var run = try await fixture.load(Fixture.sales(), policies: policies).run
    if again {
      run = try await fixture.load(Fixture.sales(changed: [1, 3, 5]), policies: policies).run
    }
    let sound = try await Migration.verify(
      run: run, store: fixture.reading, context: fixture.context())
    #expect(sound.differences.isEmpty && sound.controls.allSatisfy(\.isEqual))
    try await fixture.plant(fault)
    let proof = try await Migration.verify(
      run: run, store: fixture.reading, context: fixture.context())
    let found = proof.differences.filter { $0.entity == fault.entity.name }
    let records = fault.kind == .swapped ? [fault.record, fault.other] : [fault.record]
    #expect(Set(found.map(\.externalID)) == Set(records))
    if fault.kind == .missing {
      #expect(proof.has("verify.missing"))
      #expect(proof.controls.contains { $0.name == "count \(fault.entity.name)" && !$0.isEqual })
    } else {
      #expect(found.allSatisfy { $0.fields.map(\.field) == [fault.field] })
    }
    if fault.kind == .cent || (fault.kind == .changed && fault.field == "amount") {
      #expect(proof.has("control.differs"))
    }
  }

  @Test func `verify says that the journal lost records`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let run = try await fixture.load(Fixture.sales()).run
    try Journal(fixture.workspace).database.execute(
      "UPDATE batches SET records = substr(records, 1, length(records) / 2)")
    let error = await #expect(throws: MigrationError.self) {
      try await Migration.verify(run: run, store: fixture.reading, context: fixture.context())
    }
    #expect(error?.findings.map(\.rule.id) == ["run.journal-damaged"])
  }

  @Test func `verify says what it did not compare, and why`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    var sheets = Fixture.sales()
    sheets[0].rows[2]["name"] = nil
    let run = try await fixture.load(sheets).run
    let proof = try await Migration.verify(
      run: run, store: fixture.reading, context: fixture.context())
    #expect(proof.differences.isEmpty)
    let told = proof.findings.filter { $0.rule.id == "verify.not-loaded" }
    #expect(told.map(\.arguments) == [["account", "1"]])
    // A later import writes deals alone, and does not read the others again.
    _ = try await fixture.load(Fixture.sales())
    let last = try await fixture.load(Fixture.sales(changed: [1]))
    let unread = last.findings.filter { $0.rule.id == "verify.not-read" }
    #expect(unread.map(\.arguments) == [["account, contact"]])
  }

  @Test func `sums of several currencies are told apart, on both sides`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    var sheets = Fixture.sales()
    sheets[2].fields.append("currency")
    for row in sheets[2].rows.indices {
      sheets[2].rows[row]["currency"] = row == 3 ? "USD" : "CNY"
    }
    let policies = MigrationPolicies(controls: [
      Self.controls[0],
      ControlDefinition(
        entity: "deal", sumField: "amount", groupField: "stage", period: nil,
        text: "sum deal.amount by stage"),
    ])
    let run = try await fixture.load(sheets, policies: policies)
    let sums = run.controls.filter { $0.name.hasPrefix("sum") }
    #expect(
      sums.map(\.name) == [
        "sum deal.amount: CNY", "sum deal.amount: USD",
        "sum deal.amount by stage: proposal, CNY", "sum deal.amount by stage: won, CNY",
        "sum deal.amount by stage: won, USD",
      ])
    #expect(sums.map(\.source) == ["1803.00", "300.50", "1202.00", "601.00", "300.50"])
    #expect(sums.allSatisfy { $0.isEqual && $0.store == $0.source })
    await fixture.contents.edit("deal", externalID: "D1", field: "currency", to: "USD")
    let proof = try await Migration.verify(
      run: run.run, store: fixture.reading, context: fixture.context())
    #expect(proof.controls.count { !$0.isEqual } == 5 - 1)
  }
}
