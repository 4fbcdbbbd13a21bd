import FerryCore
import FerryMapping
import FerryRecords
import FerryStores
import FerryTestSupport
import Foundation
import Testing

@testable import FerryMigration

/// Random sheets, stores and edits: what a plan says is what comes out.
@Suite struct PromiseTests {
  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
  func `a plan's promise is kept over random sheets and edits`(seed: UInt64) async throws {
    print("promise seed \(seed)")
    var random = SeededRandom(seed: seed)
    let fixture = try Fixture()
    defer { fixture.remove() }
    var sheets = Fixture.sales(accounts: 3 + Int.random(in: 0..<9, using: &random))
    _ = try await fixture.load(sheets)
    for _ in 0..<4 {
      change(&sheets, &random)
      try await edit(fixture, &random)
      let before = try await fixture.dump()
      let plan = try await Migration.plan(
        Fixture.request(sheets, policies: policies(&random)), store: fixture.reading,
        context: fixture.context())
      let promised = try promise(PlanFile(path: #require(plan.planPath)), before)
      var context = fixture.context()
      if Bool.random(using: &random) {
        context = context.brokenOff(at: Int.random(in: 1..<12, using: &random))
      }
      // Cut off or not, the resumed run must come to the same.
      _ = try? await Migration.resume(run: plan.run, store: fixture.writing, context: context)
      let done = try await Migration.resume(
        run: plan.run, store: fixture.writing, context: fixture.context())
      #expect(done.outcome == .applied)
      let after = try await fixture.dump()
      #expect(after == promised, "seed \(seed)")
      for (planned, made) in zip(plan.entities, done.entities) { #expect(planned == made) }
      let proof = try await Migration.verify(
        run: plan.run, store: fixture.reading, context: fixture.context())
      #expect(proof.differences.isEmpty && !proof.controls.contains { !$0.isEqual })
      guard Bool.random(using: &random) else { continue }
      let undone = try await Migration.undo(
        run: plan.run, store: fixture.writing, context: fixture.context())
      #expect(undone.outcome == .applied)
      #expect(try await fixture.dump() == before, "seed \(seed), undone")
    }
  }

  @Test(arguments: [11, 12, 13, 14, 15, 16, 17, 18] as [UInt64])
  func `what moves between plan and apply is left, all else is as planned`(
    seed: UInt64
  ) async throws {
    var random = SeededRandom(seed: seed)
    let fixture = try Fixture()
    defer { fixture.remove() }
    var sheets = Fixture.sales(accounts: 3 + Int.random(in: 0..<9, using: &random))
    _ = try await fixture.load(sheets)
    for _ in 0..<4 {
      change(&sheets, &random)
      sheets[2].rows.removeAll { _ in Int.random(in: 0..<6, using: &random) == 0 }
      guard !sheets[2].rows.isEmpty else { return }
      try await edit(fixture, &random)
      var policies = policies(&random)
      policies.conflictRules["account"] = ["parent": .ask, "name": .store]
      policies.gone["deal"] = GonePolicy(
        Bool.random(using: &random) ? .delete : .keep,
        limit: Gate(entity: "deal", count: .gone, limit: 100, isPercent: true, text: "100%"))
      let plan = try await Migration.plan(
        Fixture.request(sheets, policies: policies), store: fixture.reading,
        context: fixture.context())
      try await edit(fixture, &random)
      let before = try await fixture.dump()
      let promise = try promiseAfterEdits(
        PlanFile(path: #require(plan.planPath)), before, policies)
      var context = fixture.context()
      if Bool.random(using: &random) {
        context = context.brokenOff(at: Int.random(in: 1..<12, using: &random))
      }
      // Cut off or not, the resumed run must come to the same, and tell the same.
      _ = try? await Migration.resume(run: plan.run, store: fixture.writing, context: context)
      let done = try await Migration.resume(
        run: plan.run, store: fixture.writing, context: fixture.context())
      #expect(try await fixture.dump() == promise.records, "seed \(seed)")
      let journal = try Journal(reading: fixture.workspace)
      let kept = try journal.kept(by: plan.run)
      for (rule, names) in promise.moved {
        #expect(Set(kept.filter { $0.finding.rule.id == rule }.map(\.name)) == names)
      }
      let left = promise.moved["record.moved"] ?? []
      #expect(done.outcome == (left.isEmpty ? .applied : .partial))
      let counts = try await Migration.verify(
        run: plan.run, store: fixture.reading, context: fixture.context())
      // Fields that the plan left alone and people changed since are told, too: `verify.moved`.
      #expect(!counts.differences.contains { $0.rule == "verify.differs" }, "seed \(seed)")
      #expect(counts.entities.reduce(0) { $0 + $1.moved.records } == promise.all.count)
      #expect(counts.entities.reduce(0) { $0 + $1.moved.left } == left.count)
      #expect(counts.entities.allSatisfy { $0.isBalanced })
      let undone = try await Migration.undo(
        run: plan.run, store: fixture.writing, context: fixture.context())
      #expect(try await fixture.dump() == before, "seed \(seed), undone")
      let again = try await Migration.undo(
        run: undone.run, store: fixture.writing, context: fixture.context())
      #expect(again.outcome == .applied)
      #expect(try await fixture.dump() == promise.records, "seed \(seed), done again")
    }
  }

  /// What the store holds once a plan is applied to one that people changed since.
  private struct Promise {
    var records: [String: [String: String]]
    /// By rule: the records that moved.
    var moved: [String: Set<String>] = [
      "record.moved": [], "record.moved-kept": [], "record.moved-overruled": [],
    ]

    var all: Set<String> { moved.values.reduce([]) { $0.union($1) } }

    /// An update of a record that people may have changed: field by field, who wins.
    mutating func update(_ name: String, _ change: ChangeSummary, _ rules: [String: ConflictRule]) {
      let now = records[name] ?? [:]
      let moved = change.fields.filter { ![$0.old, $0.new].contains(now[$0.field]) }
      guard moved.allSatisfy({ [.source, .store].contains(rules[$0.field]) }) else {
        self.moved["record.moved"]?.insert(name)
        return
      }
      let kept = moved.filter { rules[$0.field] == .store }.map(\.field)
      if !kept.isEmpty { self.moved["record.moved-kept"]?.insert(name) }
      if kept.count < moved.count { self.moved["record.moved-overruled"]?.insert(name) }
      for field in change.fields where !kept.contains(field.field) {
        records[name]?[field.field] = field.new
      }
    }
  }

  private func promiseAfterEdits(
    _ plan: PlanFile, _ before: [String: [String: String]], _ policies: MigrationPolicies
  ) throws -> Promise {
    var promise = Promise(records: before)
    try plan.forEachChange { change in
      let name = "\(change.entity) \(change.externalID)"
      switch change.kind {
      case "create":
        promise.records[name] = Dictionary(
          uniqueKeysWithValues: change.fields.compactMap { field in
            field.new.map { (field.field, $0) }
          })
      case "update": promise.update(name, change, policies.conflictRules[change.entity] ?? [:])
      case "delete":
        let planned = Dictionary(
          uniqueKeysWithValues: change.fields.compactMap { field in
            field.old.map { (field.field, $0) }
          })
        if planned == before[name] {
          promise.records[name] = nil
        } else {
          promise.moved["record.moved"]?.insert(name)
        }
      default: break
      }
    }
    return promise
  }

  private func change(_ sheets: inout [SheetRows], _ random: inout SeededRandom) {
    for _ in 0..<6 {
      let sheet = Int.random(in: 0..<sheets.count, using: &random)
      let row = Int.random(in: 0..<sheets[sheet].rows.count, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: sheets[2].rows[min(row, sheets[2].rows.count - 1)]["amount"] = "\(row).25"
      case 1: sheets[sheet].rows[row]["name"] = "新名\(Int.random(in: 0..<3, using: &random))\(row)"
      case 2: sheets[0].rows[min(row, sheets[0].rows.count - 1)]["phone"] = ""
      case 3: sheets[0].rows[min(row, sheets[0].rows.count - 1)]["parent"] = "N\(row)"
      default:
        let number = Int.random(in: 0..<30, using: &random)
        sheets[0].rows.insert(
          ["key": "N\(number)", "name": "新\(number)", "parent": "A0"], at: row.clamped(sheets[0]))
        sheets[1].rows.append(
          ["key": "N\(number)|C", "name": "新人\(number)", "account": "N\(number)"])
      }
    }
  }

  private func edit(_ fixture: Fixture, _ random: inout SeededRandom) async throws {
    for _ in 0..<3 {
      let number = Int.random(in: 0..<6, using: &random)
      await fixture.contents.edit(
        "deal", externalID: "D\(number)", field: "amount", to: "\(number * 7).00")
      await fixture.contents.edit(
        "account", externalID: "A\(number)", field: "level", to: "VIP")
      await fixture.contents.edit(
        "account", externalID: "A\(number)", field: ["name", "phone"][number % 2],
        to: "改\(Int.random(in: 0..<4, using: &random))")
    }
  }

  private func policies(_ random: inout SeededRandom) -> MigrationPolicies {
    let rule = [ConflictRule.source, .store, .ask].randomElement(using: &random)
    return MigrationPolicies(
      conflictRules: rule.map { ["deal": ["amount": $0]] } ?? [:],
      controls: [
        ControlDefinition(
          entity: "deal", sumField: "amount", groupField: "stage", period: nil,
          text: "sum deal.amount by stage")
      ])
  }

  /// What the store holds once the plan's words are taken literally.
  private func promise(
    _ plan: PlanFile, _ before: [String: [String: String]]
  ) throws -> [String: [String: String]] {
    var records = before
    try plan.forEachChange { change in
      guard change.kind == "create" || change.kind == "update" else { return }
      let name = "\(change.entity) \(change.externalID)"
      var values = records[name] ?? [:]
      #expect((change.kind == "create") == (records[name] == nil))
      for field in change.fields {
        if change.kind == "update" { #expect(values[field.field] == field.old) }
        values[field.field] = field.new
      }
      records[name] = values
    }
    return records
  }
}

extension Int {
  fileprivate func clamped(_ sheet: SheetRows) -> Int { Swift.min(self, sheet.rows.count) }
}
