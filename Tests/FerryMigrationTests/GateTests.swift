import FerryCore
import FerryMapping
import FerryRecords
import FerryStores
import Foundation
import Testing

@testable import FerryMigration

/// What a night's sheet brings, the gate that stands before it, and how it comes out.
struct GateCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let gate: String
  let limit: String
  let actual: String
  let isMet: Bool
  let change: @Sendable (inout PlanRequest) -> Void

  private init(
    _ description: String, _ gate: String, _ limit: String, _ actual: String, isMet: Bool = false,
    _ change: @escaping @Sendable (inout PlanRequest) -> Void = { _ in }
  ) {
    testDescription = description
    (self.gate, self.limit, self.actual, self.isMet) = (gate, limit, actual, isMet)
    self.change = change
  }

  static let all = [
    GateCase("the same sheets shrink by nothing", "shrunk", "10%", "0%", isMet: true),
    GateCase("a table that lost rows", "shrunk", "10%", "28.58% (test.csv 'deal': 7 → 5)") {
      shrink("deal", to: 5, &$0)
    },
    GateCase("the same in rows", "shrunk", "2", "2 (test.csv 'deal': 7 → 5)", isMet: true) {
      shrink("deal", to: 5, &$0)
    },
    GateCase("an empty table", "shrunk", "50%", "100% (test.csv 'contact': 7 → 0)") {
      shrink("contact", to: 0, &$0)
    },
    GateCase("a table that is not there any more", "shrunk", "50%", "100% (test.csv 'deal': 7 → 0)")
    {
      $0.input.tables.removeLast()
    },
    GateCase("a file of another name is known by its sheet", "shrunk", "1", "0", isMet: true) {
      var table = TableSummary(file: "tomorrow.csv", sheet: "deal")
      (table.rows, table.mapped, table.columns) = (7, 7, $0.input.tables[2].columns)
      $0.input.tables[2] = table
    },
    GateCase("columns that came and went", "columns", "1", "2 (+金额（元）, −金额)") {
      $0.input.tables[2].columns = [
        ColumnSummary(name: "金额（元）", columnIndex: 0, uses: [], filled: 7)
      ]
    },
    GateCase("no new column", "columns", "0", "0", isMet: true),
    GateCase("a new value of a map", "unmapped_values", "0", "1") {
      $0.input.unmappedValues = [
        UnmappedValue(
          field: "deal.stage", value: "观望", provenance: Provenance(file: "test.csv"), count: 3)
      ]
    },
    GateCase("a total that moves", "controls", "5%", "47.63% (sum deal.amount: 2103.50 → 3105.25)")
    {
      var sheets = Fixture.sales()
      sheets[2].rows[0]["amount"] = "1002.25"
      $0 = Fixture.request(sheets, policies: $0.policies)
      addColumns(&$0)
    },
    GateCase("an owner that changes", "account.owners", "10%", "14.29%") { request in
      request = Fixture.request(owned(by: ["u2"]), policies: request.policies)
    },
    GateCase("a first owner is no change of one", "owners", "0", "0", isMet: true) { request in
      request = Fixture.request(owned(by: ["u1", "u2"]), policies: request.policies)
    },
  ]

  @Sendable static func shrink(_ sheet: String, to rows: Int, _ request: inout PlanRequest) {
    for index in request.input.tables.indices where request.input.tables[index].sheet == sheet {
      request.input.tables[index].rows = rows
      request.input.tables[index].mapped = rows
    }
  }

  @Sendable static func addColumns(_ request: inout PlanRequest) {
    for index in request.input.tables.indices {
      request.input.tables[index].columns = [
        ColumnSummary(name: "金额", columnIndex: 0, uses: [], filled: 7)
      ]
    }
  }

  /// The sales, the first accounts of which these users own.
  @Sendable static func owned(by owners: [String]) -> [SheetRows] {
    var sheets = Fixture.sales()
    sheets[0].fields.append("owner")
    for (row, owner) in owners.enumerated() { sheets[0].rows[row]["owner"] = owner }
    return sheets
  }

  var policies: MigrationPolicies {
    let parts = gate.split(separator: ".").map(String.init)
    let number = Decimal(string: limit.replacing("%", with: "")) ?? 0
    return MigrationPolicies(
      gates: [
        Gate(
          entity: parts.count == 2 ? parts[0] : nil,
          count: Gate.Count(rawValue: parts.last ?? "") ?? .created, limit: number,
          isPercent: limit.hasSuffix("%"), text: limit)
      ],
      controls: [
        ControlDefinition(
          entity: "deal", sumField: "amount", groupField: nil, period: nil, text: "sum deal.amount")
      ])
  }
}

@Suite struct GateTests {
  @Test(arguments: GateCase.all)
  func `a gate compares with the last run, and says by how much`(gate: GateCase) async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let users = SheetRows(
      entity: SalesChain.user, fields: ["name"],
      rows: [["key": "U1", "name": "u1"], ["key": "U2", "name": "u2"]])
    _ = try await fixture.load([users])
    var first = Fixture.request(GateCase.owned(by: ["u1"]), policies: gate.policies)
    GateCase.addColumns(&first)
    first.policies.gates = []
    let writing = fixture.writing
    _ = try await Migration.runImport(
      first, store: fixture.reading, context: fixture.context()
    ) { writing }
    var next = Fixture.request(GateCase.owned(by: ["u1"]), policies: gate.policies)
    GateCase.addColumns(&next)
    gate.change(&next)
    let summary = try await Migration.runImport(
      next, store: fixture.reading, context: fixture.context()
    ) { writing }
    #expect(summary.gates.map(\.actual) == [gate.actual])
    #expect(summary.gates.map(\.isMet) == [gate.isMet])
    #expect(summary.outcome == (gate.isMet ? .applied : .planned))
    #expect(!summary.has("gate.no-baseline"))
  }

  @Test func `a first run has nothing to compare with, and says so`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let summary = try await fixture.load(
      Fixture.sales(), policies: try #require(GateCase.all.first).policies)
    #expect(summary.outcome == .applied && summary.has("gate.no-baseline"))
  }
}
