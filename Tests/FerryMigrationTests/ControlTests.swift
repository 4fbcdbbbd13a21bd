import FerryCore
import FerryMapping
import FerryRecords
import FerryTestSupport
import Testing

@testable import FerryMigration

/// Orders and what was paid of them: O0 in full, O1 in part, O2 too much, O3 nothing.
private func sales() -> [SheetRows] {
  let amounts = ["100.00", "200.00", "300.00", "400.00"]
  let payments = [("O0", "60.00"), ("O0", "40.00"), ("O1", "199.99"), ("O2", "300.01")]
  return [
    SheetRows(
      entity: SalesChain.order, fields: ["number", "amount", "currency"],
      rows: amounts.enumerated().map { number, amount in
        ["key": "O\(number)", "number": "N\(number)", "amount": amount, "currency": "CNY"]
      }),
    SheetRows(
      entity: SalesChain.payment, fields: ["number", "order", "amount", "currency"],
      rows: payments.enumerated().map { number, payment in
        [
          "key": "P\(number)", "number": "P\(number)", "order": payment.0, "amount": payment.1,
          "currency": "CNY",
        ]
      }),
  ]
}

private var against: ControlDefinition {
  var control = ControlDefinition(
    entity: "payment", sumField: "amount", groupField: "order", period: nil,
    text: "sum payment.amount by order against order.amount")
  control.against = "amount"
  return control
}

private func sum(of expected: [ControlDefinition.Expected]) -> ControlDefinition {
  var control = ControlDefinition(
    entity: "order", sumField: "amount", groupField: nil, period: nil, text: "sum order.amount")
  control.expected = expected
  return control
}

@Suite struct ControlTests {
  @Test func `payments are held against their orders, on both sides`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let summary = try await fixture.load(
      sales(), policies: MigrationPolicies(controls: [against]))
    func totals(_ summary: RunSummary) -> [String: String?] {
      let own = summary.controls.filter { $0.name.hasPrefix(against.text) }
      return Dictionary(
        uniqueKeysWithValues: own.map {
          (String($0.name.dropFirst(against.text.count + 2)), $0.source + " " + ($0.store ?? "-"))
        })
    }
    let whole = [
      "equal": "1 1", "less": "2 2", "more": "1 1", "unmatched": "0 0",
      "difference": "-400.00 -400.00",
    ]
    #expect(totals(summary) == whole)
    let told = summary.findings.filter { $0.rule.id == "control.exceeded" }
    #expect(
      told.map(\.arguments) == [
        ["order", "O2", "payment.amount", "300.01", "amount", "300.00"]
      ])
    // A cent of a payment goes to another order: every total of amounts stays, this one does not.
    await fixture.contents.edit("payment", externalID: "P2", field: "amount", to: "200.00")
    await fixture.contents.edit("payment", externalID: "P3", field: "amount", to: "300.00")
    let proof = try await Migration.verify(
      run: summary.run, store: fixture.reading, context: fixture.context())
    let different = whole.merging(
      ["equal": "1 3", "less": "2 1", "more": "1 0"]) { $1 }
    #expect(totals(proof) == different && proof.has("control.differs"))
  }

  @Test(arguments: [
    ("1000.00", true), ("1,000", false), ("999.99", false),
  ])
  func `a figure that was signed stops an import that does not come to it`(
    figure: String, isMet: Bool
  ) async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    // As the mapping gives it, without the commas.
    let total = figure.contains(",") ? "1100" : figure
    let summary = try await fixture.load(
      sales(), policies: MigrationPolicies(controls: [sum(of: [.init(group: nil, total: total)])]))
    #expect(summary.outcome == (isMet ? .applied : .planned))
    #expect(summary.gates.map(\.isMet) == [isMet])
    #expect(summary.gates.first?.actual == "1000.00")
    #expect(summary.has("control.unexpected") == !isMet && !summary.has("gate.not-met"))
    #expect(try await fixture.dump().isEmpty == !isMet)
    guard isMet else { return }
    await fixture.contents.edit("order", externalID: "O3", field: "amount", to: "400.01")
    let proof = try await Migration.verify(
      run: summary.run, store: fixture.reading, context: fixture.context())
    let control = proof.controls.first { $0.expected != nil }
    #expect(control?.store == "1000.01" && control?.isEqual == false)
    #expect(proof.has("control.unexpected"))
  }

  @Test func `figures by currency are held against the sums of each`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    var sheets = sales()
    let one = try await fixture.load(
      sheets,
      policies: MigrationPolicies(controls: [sum(of: [.init(group: "CNY", total: "1000.00")])]))
    #expect(one.outcome == .applied && one.gates.map(\.isMet) == [true])
    sheets[0].rows[1]["currency"] = "USD"
    let expected = [("CNY", "800.00"), ("USD", "200.00"), ("EUR", "1.00")].map {
      ControlDefinition.Expected(group: $0.0, total: $0.1)
    }
    let two = try await fixture.load(
      sheets, policies: MigrationPolicies(controls: [sum(of: expected)]))
    #expect(two.gates.map(\.isMet) == [true, true, false] && two.outcome == .planned)
    let mixed = try await fixture.load(
      sheets,
      policies: MigrationPolicies(controls: [sum(of: [.init(group: nil, total: "1000.00")])]))
    let told = mixed.findings.filter { $0.rule.id == "control.unexpected" }
    #expect(
      told.map(\.arguments) == [["sum order.amount", "1000.00", "CNY 800.00, USD 200.00"]])
    #expect(mixed.gates.map(\.actual) == ["CNY 800.00, USD 200.00"])
  }
}
