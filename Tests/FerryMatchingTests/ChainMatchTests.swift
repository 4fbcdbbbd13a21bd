import FerryCore
import FerryRecords
import Testing

@testable import FerryMatching

@Suite struct ChainMatchTests {
  private let accounts: [FixtureRow] = [
    ("A1", ["name": "华信科技", "credit_code": "C1"]), ("A2", ["name": "Acme  Inc."]),
    ("A3", ["name": "华信", "credit_code": "C1"]), ("A4", ["name": "同名"]),
    ("A5", ["name": "同名"]),
  ]

  private func accountTable() throws -> RecordTable {
    try table("account", ["name", "credit_code"], accounts)
  }

  @Test func mergesNumbersWithinTheSurvivingAccount() throws {
    let orders = try table(
      "order", ["number", "account"],
      [
        ("O1", ["number": "N1", "account": "key:A1"]),
        ("O2", ["number": "N1", "account": "key:A2"]),
        ("O3", ["number": "N1", "account": "key:A3"]), ("O4", ["number": "N1"]),
        ("O5", ["number": "N1", "account": "name:ACME INC"]), ("O6", ["number": "N1"]),
        ("O7", ["number": "N1", "account": "key:X"]), ("O8", ["number": "N1", "account": "key:X"]),
        ("O9", ["number": "N1", "account": "name:同名"]),
        ("O10", ["number": "N1", "account": "name:同名"]),
      ])
    let golden = match(["account": try accountTable(), "order": orders], settings: [:])
    #expect(golden["order"]?.clusterIDs == [["O1", "O3"], ["O2", "O5"], ["O7", "O8"]])
    #expect(golden["order"]?.said == [])
  }

  @Test func findsAPaymentsAccountThroughItsOrder() throws {
    let orders = try table("order", ["account"], [("O1", ["account": "key:A3"])])
    let payments = try table(
      "payment", ["number", "account", "order"],
      [
        ("P1", ["number": "N1", "order": "key:O1"]), ("P2", ["number": "N1", "account": "key:A1"]),
        ("P3", ["number": "N1"]),
      ])
    let golden = match(
      ["account": try accountTable(), "order": orders, "payment": payments], settings: [:])
    #expect(golden["payment"]?.clusterIDs == [["P1", "P2"]])
  }

  @Test func joinsTheLinesOfMergedOrdersAndKeepsTwinsApart() throws {
    let orders = try table(
      "order", ["number", "account"],
      [
        ("O1", ["number": "N1", "account": "key:A1"]),
        ("O2", ["number": "N1", "account": "key:A1"]),
        ("O3", ["number": "N3", "account": "key:A1"]),
      ])
    func line(_ id: String, _ order: String, _ quantity: String) -> FixtureRow {
      (id, ["order": "key:\(order)", "quantity": quantity])
    }
    let lines = try table(
      "order_line", ["order", "quantity"],
      [
        line("L1", "O1", "5"), line("L2", "O1", "5"), line("L3", "O2", "5"), line("L4", "O2", "5"),
        line("L5", "O2", "6"), line("L6", "O3", "5"), line("L7", "O3", "5"),
      ])
    let golden = match(
      ["account": try accountTable(), "order": orders, "order_line": lines], settings: [:])
    #expect(golden["order_line"]?.clusterIDs == [["L1", "L3"], ["L2", "L4"]])
  }

  @Test func takesReferencesToOneRecordForOneValue() throws {
    let rows: [FixtureRow] = [
      ("D1", ["account": "key:A1"]), ("D1", ["account": "name:华信"]), ("D1", ["account": "key:A2"]),
    ]
    let deals = try table("deal", ["account"], rows)
    let golden = match(["account": try accountTable(), "deal": deals], settings: [:])
    #expect(golden["deal"]?.said == ["match.conflicting-values B4"])
  }

  @Test func resolvesToTheSurvivorAndNeverGuesses() throws {
    let golden = match(["account": try accountTable()], settings: [:])
    let deals = try table(
      "deal", ["account"], [("D1", ["account": "name:x"]), ("D2", ["account": "key:x"])])
    let index = ReferenceIndex(golden.merging(match(["deal": deals], settings: [:])) { $1 })
    let byName = ReferenceTarget(entity: "account", field: "name")
    let byKey = ReferenceTarget(entity: "account", field: nil)
    #expect(index.resolve(byKey, "A3") == .one(0))
    #expect(index.resolve(byKey, "a3") == .none)
    #expect(index.resolve(byName, "华信") == .one(0))
    #expect(index.resolve(byName, "acme inc") == .one(1))
    #expect(index.resolve(byName, "同名") == .several([3, 4]))
    #expect(index.resolve(byName, "别家") == .none)
    #expect(index.resolve(ReferenceTarget(entity: "user", field: nil), "A1") == .none)
  }
}
