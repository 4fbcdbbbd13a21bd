import FerryCore
import FerryMapping
import FerryRecords
import Foundation
import Testing

private let root = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().path

@Suite struct SampleMappingTests {
  private static let names = [
    "legacy-customers", "sales", "master-data", "service", "payments", "old-crm", "onboarding",
  ]

  @Test(arguments: names)
  func `a mapping reads its files, and every row is in one count`(_ name: String) throws {
    let input = try Mapping.load(path: "\(root)/Mappings/\(name).yaml").read()
    #expect(!input.tables.isEmpty)
    for table in input.tables {
      #expect(table.isBalanced, "\(table.file) \(table.sheet)")
      #expect(table.mapped > 0)
    }
  }

  @Test func `the whole move makes the whole sales chain`() throws {
    let input = try Mapping.load(path: "\(root)/Mappings/onboarding.yaml").read()
    let counts = input.records.mapValues { table in
      Set((0..<table.count).map { table.externalID(of: $0) }).count
    }
    #expect(
      counts == [
        "user": 12, "product": 20, "campaign": 6, "account": 137, "contact": 209, "lead": 90,
        "deal": 120, "quote": 76, "quote_line": 150, "contract": 40, "order": 102,
        "order_line": 203, "payment": 228, "activity": 300, "case": 40,
      ])
    let rejected = input.records.mapValues(\.rejections.count).filter { $0.value > 0 }
    #expect(rejected == ["deal": 5])
  }

  @Test func `what is wrong on purpose is found where it stands`() throws {
    let input = try Mapping.load(path: "\(root)/Mappings/onboarding.yaml").read()
    let found = Set(
      input.findings.map { "\($0.provenance?.description ?? "") \($0.rule.id)" })
    let ledger = "legacy-customers.xlsx '客户台账'"
    let expected = [
      "\(ledger)!K12 phone.digits-lost", "\(ledger)!K13 phone.no-such-number",
      "\(ledger)!D20 credit-code.check-digit", "\(ledger)!D23 credit-code.lookalike",
      "\(ledger)!L30 email.no-at", "\(ledger)!O71 money.unreadable",
      "\(ledger)!N88 dates.impossible", "\(ledger)!168 tables.total-row",
      "legacy-customers.xlsx '商机跟踪'!F17 mapping.unmapped-value",
      "legacy-customers.xlsx '商机跟踪'!E25 money.unit-in-cell",
      "legacy-customers.xlsx '跟进记录'!152 tables.repeated-header",
      "crm-export-deals.csv 'crm-export-deals'!G11 mapping.unmapped-value",
    ]
    #expect(expected.filter { !found.contains($0) } == [])
  }
}
