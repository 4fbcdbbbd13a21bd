import FerryCore
import FerryRecords
import FerryStores
import FerryTestSupport
import Testing

@testable import FerryMigration

@Suite struct MergeTests {
  // Two ids of one company; the check digit is right, the company is not real.
  private static let code = "91310000MA1FL0001Q"

  private static func sheets(isSecondKnown: Bool) -> [SheetRows] {
    [
      SheetRows(
        entity: SalesChain.account, fields: ["name", "credit_code", "phone"],
        rows: [
          ["key": "A1", "name": "云腾有限公司", "credit_code": code],
          [
            "key": "B9", "name": "云腾有限公司", "phone": "+8610800000",
            "credit_code": isSecondKnown ? code : "",
          ],
        ]),
      SheetRows(
        entity: SalesChain.contact, fields: ["name", "account"],
        rows: [
          ["key": "C1", "name": "王芳", "account": "A1"],
          ["key": "C2", "name": "李雷", "account": "B9"],
        ]),
    ]
  }

  @Test func `what is merged goes into its survivor, and its children with it`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    for turn in 0..<2 {
      let summary = try await fixture.load(Self.sheets(isSecondKnown: true))
      let accounts = try #require(summary.counts("account"))
      #expect(accounts.records == 2 && accounts.merged == 1)
      #expect(accounts.created == (turn == 0 ? 1 : 0) && accounts.updated == 0)
      let merge = try #require(summary.changes.first { $0.kind == "merge" })
      #expect(merge.externalID == "B9" && merge.survivorID == "A1")
      #expect(merge.rule == "same-credit-code")
    }
    let records = try await fixture.dump()
    #expect(records["account B9"] == nil)
    #expect(records["account A1"]?["phone"] == "+8610800000")
    #expect(records["contact C2"]?["account"] == "A1")
  }

  @Test func `a merged record that was loaded before is left and said`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    _ = try await fixture.load(Self.sheets(isSecondKnown: false))
    let summary = try await fixture.load(Self.sheets(isSecondKnown: true))
    #expect(summary.has("merge.already-loaded"))
    #expect(summary.counts("account")?.merged == 1)
    let records = try await fixture.dump()
    #expect(records["account B9"] != nil)
    #expect(records["contact C2"]?["account"] == "A1")
  }
}
