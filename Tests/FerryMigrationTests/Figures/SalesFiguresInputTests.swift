import FerryCore
import FerryMatching
import FerryRecords
import Foundation
import Testing

@testable import FerryMigration

@Suite struct SalesFiguresInputTests {
  private func table(
    _ entity: Entity, _ names: [String], owner target: ReferenceTarget? = nil,
    _ rows: [(id: String, values: [String])]
  ) -> RecordTable {
    var table = RecordTable(entity: entity, fields: names.compactMap { entity.field($0) })
    table.targets = [nil, target]
    table.recipes = [
      Recipe(file: "a.csv", sheet: "a", system: nil, columnIndexes: names.map { _ in 0 })
    ]
    for (index, row) in rows.enumerated() {
      let id = ContiguousArray(row.id.utf8)
      let record = table.append(
        externalID: id.span, origin: RecordOrigin(recipeIndex: 0, rowNumber: Int32(index + 2)))
      for (field, value) in row.values.enumerated() where !value.isEmpty {
        let bytes = ContiguousArray(value.utf8)
        table.set(bytes.span, field: field, of: record, target: 1)
      }
    }
    return table
  }

  private func deals(rejecting rejected: Int? = nil) -> RecordTable {
    var deals = table(
      SalesChain.deal, ["amount", "currency", "stage", "owner"],
      owner: ReferenceTarget(entity: "user", field: "name"),
      [
        ("D1", ["100.00", "CNY", "won", "林悦"]), ("D2", ["50.00", "CNY", "lost", "公海"]),
        ("D3", ["", "CNY", "proposal", ""]), ("D1", ["999.00", "CNY", "lost", ""]),
      ])
    if let rejected {
      deals.rejections[rejected] = Finding(
        Rule(
          id: "x.x", severity: .error, message: Words(en: "", zh: ""),
          suggestion: Words(en: "", zh: "")))
    }
    return deals
  }

  private var users: RecordTable { table(SalesChain.user, ["name"], [("U1", ["林悦"])]) }

  @Test("rows of one external id are one deal, owners count by the name they resolve to")
  func collapses() {
    let golden = match(["deal": deals(), "user": users], settings: [:])
    let figures = SalesFigures.counting(golden, timeZone: .gmt)
    #expect(figures.total.deals == 3)
    #expect(figures.total.money.map(\.won) == [100])
    #expect(figures.byOwner.map(\.name) == ["林悦", nil])
  }

  @Test("without users in the input the source's text is the owner's name")
  func ownersWithoutUsers() {
    let golden = match(["deal": deals()], settings: [:])
    let figures = SalesFigures.counting(golden, timeZone: .gmt)
    #expect(figures.byOwner.map(\.name) == ["林悦", "公海", nil])
  }

  @Test("what is rejected or left out is not counted")
  func leavesOut() {
    let golden = match(["deal": deals(rejecting: 1)], settings: [:])
    #expect(SalesFigures.counting(golden, timeZone: .gmt).total.deals == 2)
    let kept = SalesFigures.counting(golden, timeZone: .gmt) { _, identity in identity == 0 }
    #expect(kept.total.deals == 1)
  }
}
