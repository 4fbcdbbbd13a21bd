import FerryCore
import FerryMapping
import FerryMigration

/// A run as a first cutover looks: sound tables, a hostile cell, findings of every weight.
enum SampleRun {
  static let sales = "销售台账.xlsx"
  static let finance = "finance-export.csv"

  /// A cell that would run in a browser, were it not escaped.
  static let hostile = #"<script>document.title="owned"</script>"#

  static func place(
    _ row: Int? = nil, _ column: Int? = nil, file: String = sales, sheet: String? = "客户台账"
  ) -> Provenance {
    Provenance(file: file, sheet: sheet, rowNumber: row, columnIndex: column)
  }

  // MARK: - The whole run

  static func imported() -> RunSummary {
    var run = RunSummary(
      run: "20240305-093000-7f3a", command: "import", store: "sqlite:crm.db", outcome: .applied,
      startedAt: "2024-03-05T01:30:00Z")
    run.planPath = "onboarding.ferry/plans/20240305-093000-7f3a.ferryplan"
    run.mappingPath = "onboarding.yaml"
    run.reportPath = "onboarding.ferry/runs/20240305-093000-7f3a/report.html"
    run.finishedAt = "2024-03-05T01:30:07Z"
    run.approvals = [RunApproval(name: hostile, at: "2024-03-05T01:29:00Z")]
    run.tables = [customers, payments]
    run.entities = entities
    run.findings = findings
    run.unmappedValues = [
      UnmappedValue(field: "deal.stage", value: "暂缓", provenance: place(31, 8), count: 3),
      UnmappedValue(field: "deal.stage", value: hostile, provenance: place(52, 8), count: 1),
    ]
    run.controls = controls
    run.gates = [
      GateResult(name: "rejected", limit: "1%", actual: "3.5%", isMet: false),
      GateResult(name: "updated", limit: "5%", actual: "1.2%", isMet: true),
    ]
    run.changes = changes
    // Where it can't be made, the golden pages differ.
    run.matching = (try? [SampleMatching.accounts()]) ?? []
    return run
  }

  static func verified() -> RunSummary {
    var run = imported()
    run.command = "verify"
    run.differences = [
      ChangeSummary(
        entity: "deal", kind: "conflict", externalID: "D0007", survivorID: nil, rule: nil,
        provenance: place(9),
        fields: [
          .init(field: "amount", old: "777.00", new: "12000.00", provenance: place(9, 7))
        ])
    ]
    return run
  }

  // MARK: - Parts

  private static var customers: TableSummary {
    var table = TableSummary(file: sales, sheet: "客户台账")
    table.rows = 86
    table.mapped = 80
    table.blank = 2
    table.filtered = 1
    table.rejected = 3
    table.columns = [
      ColumnSummary(
        name: "客户编号", columnIndex: 0, uses: ["account.key", "contact.key"], filled: 83),
      ColumnSummary(name: "客户名称", columnIndex: 1, uses: ["account.name"], filled: 83),
      ColumnSummary(name: "联系方式 手机", columnIndex: 4, uses: ["contact.mobile"], filled: 71),
      ColumnSummary(name: "金额(万元)", columnIndex: 7, uses: ["deal.amount"], filled: 64),
      ColumnSummary(name: "阶段", columnIndex: 8, uses: ["deal.stage"], filled: 64),
      ColumnSummary(name: "传真", columnIndex: 9, uses: [], filled: 12),
      ColumnSummary(name: hostile, columnIndex: 10, uses: [], filled: 2),
    ]
    table.notes = [
      Finding(SampleRules.title, at: place(1), arguments: ["2024年客户台账"]),
      Finding(SampleRules.merged, at: place(4), arguments: ["6"]),
      Finding(SampleRules.footer, at: place(90), arguments: ["合计"]),
    ]
    return table
  }

  private static var payments: TableSummary {
    var table = TableSummary(file: finance, sheet: "finance-export")
    table.rows = 120
    table.mapped = 120
    table.columns = [
      ColumnSummary(name: "收款单号", columnIndex: 0, uses: ["payment.key"], filled: 120),
      ColumnSummary(name: "到账金额", columnIndex: 1, uses: ["payment.amount"], filled: 120),
    ]
    return table
  }

  private static var entities: [EntityCounts] {
    var account = EntityCounts(entity: "account")
    account.records = 83
    account.created = 76
    account.updated = 1
    account.merged = 4
    account.rejected = 2
    var contact = EntityCounts(entity: "contact")
    contact.records = 71
    contact.created = 68
    contact.same = 2
    contact.conflicted = 1
    var deal = EntityCounts(entity: "deal")
    deal.records = 64
    deal.created = 60
    deal.skipped = 1
    deal.rejected = 3
    var payment = EntityCounts(entity: "payment")
    payment.records = 120
    payment.created = 120
    return [account, contact, deal, payment]
  }

  private static var findings: [Finding] {
    [
      Finding(SampleRules.stage, at: place(31, 8), value: "暂缓", arguments: ["暂缓", "deal.stage"]),
      Finding(
        SampleRules.stage, at: place(52, 8), value: hostile, arguments: [hostile, "deal.stage"]),
      Finding(SampleRules.amount, at: place(17, 7), value: "面议", arguments: []),
      Finding(SampleRules.email, at: place(17, 5), value: "wang.example.com", arguments: []),
      Finding(SampleRules.email, at: place(44, 5), value: "li#example.com", arguments: []),
      Finding(SampleRules.unit, at: place(23, 7), value: "3.5万", arguments: ["万", "元"]),
      Finding(SampleRules.encoding, at: place(file: finance, sheet: nil), arguments: ["GB18030"]),
    ]
  }

  private static var controls: [ControlTotal] {
    [
      ControlTotal(name: "count account", source: "77", store: "77", isEqual: true),
      ControlTotal(
        name: "sum deal.amount by stage: won", source: "1284500.00", store: "1284500.00",
        isEqual: true),
      ControlTotal(
        name: "sum deal.amount by stage: proposal", source: "396000.50", store: "395000.50",
        isEqual: false),
    ]
  }

  private static var changes: [ChangeSummary] {
    [
      ChangeSummary(
        entity: "account", kind: "create", externalID: "A0001", survivorID: nil, rule: nil,
        provenance: place(4),
        fields: [
          .init(field: "name", old: nil, new: "星河精密仪器(苏州)有限公司", provenance: place(4, 1)),
          .init(field: "phone", old: nil, new: "+8651266660001", provenance: place(4, 3)),
        ]),
      ChangeSummary(
        entity: "account", kind: "update", externalID: "A0002", survivorID: nil, rule: nil,
        provenance: place(5),
        fields: [
          .init(field: "name", old: "云岭茶业", new: hostile, provenance: place(5, 1)),
          .init(field: "industry", old: "食品", new: nil, provenance: place(5, 6)),
        ]),
      ChangeSummary(
        entity: "account", kind: "merge", externalID: "A0019", survivorID: "A0002",
        rule: "same-credit-code", provenance: place(22), fields: []),
      ChangeSummary(
        entity: "contact", kind: "conflict", externalID: "A0003|王海", survivorID: nil, rule: nil,
        provenance: place(6),
        fields: [
          .init(
            field: "mobile", old: "+8613800000001", new: "+8613800000002", provenance: place(6, 4))
        ]),
      ChangeSummary(
        entity: "deal", kind: "reject", externalID: "D0028", survivorID: nil,
        rule: "mapping.unmapped-value", provenance: place(31), fields: []),
    ]
  }
}
