import FerryCore
import FerryMapping
import FerryMigration
import Testing

@testable import FerryReports

@Suite struct TerminalReportTests {
  @Test("a run reads the same in every process", arguments: Language.allCases)
  func run(language: Language) throws {
    let report = TerminalReport(language: language)
    let text = report.text(of: SampleRun.imported()) + "\n" + report.text(of: SampleRun.verified())
    try expectGolden(text, "run.\(language.rawValue).txt")
  }

  @Test("figures read the same in every process", arguments: Language.allCases)
  func figures(language: Language) throws {
    try expectGolden(
      TerminalReport(language: language, width: 120).text(of: SampleFigures.year()),
      "figures.\(language.rawValue).txt")
  }

  @Test("a fault says what, where and how to mend it")
  func failure() {
    let finding = Finding(
      SampleRules.email, at: SampleRun.place(17, 3), value: "wang.example.com", severity: .error)
    let report = TerminalReport(language: .english)
    #expect(
      report.text(of: finding) == """
        销售台账.xlsx '客户台账'!D17: error: the e-mail has no @ [email.no-at]
          fix: Correct the cell, or map the column to description.

        """)
    #expect(
      TerminalReport(language: .chinese).text(of: SampleFailure.missingColumn) == """
        错误：客户台账 中没有“手机号”这一列，是否应为“手机”？ [mapping.unknown-column]
          处理：请按表头原样填写列名。

        """)
  }

  @Test("values are shown only if asked for")
  func values() {
    var report = TerminalReport(language: .english)
    #expect(!report.text(of: SampleRun.imported()).contains("wang.example.com"))
    report.showsValues = true
    #expect(report.text(of: SampleRun.imported()).contains("'wang.example.com'"))
  }

  @Test("colour is used only if told")
  func color() {
    let plain = TerminalReport(language: .english).text(of: SampleRun.imported())
    let coloured = TerminalReport(language: .english, usesColor: true)
      .text(of: SampleRun.imported())
    #expect(!plain.contains("\u{1B}"))
    #expect(coloured.contains("\u{1B}[31merror\u{1B}[0m"))
  }

  @Test("a cell's control sequences never reach the terminal")
  func controls() {
    var run = SampleRun.imported()
    let evil = "\u{1B}]0;owned\u{7}\u{9B}31m\u{202E}x\nsecond line"
    run.unmappedValues = [
      .init(field: "deal.stage", value: evil, provenance: SampleRun.place(2, 2), count: 1)
    ]
    run.findings = [
      Finding(SampleRules.stage, at: SampleRun.place(2, 2), value: evil, arguments: [evil, "x"])
    ]
    run.controls = [.init(name: evil, source: "1", store: "2", isEqual: false)]
    let text = TerminalReport(language: .english, showsValues: true).text(of: run)
    for scalar in ["\u{1B}", "\u{7}", "\u{9B}", "\u{202E}"] { #expect(!text.contains(scalar)) }
    #expect(text.contains("␛]0;owned␇"))
  }

  @Test("a plan that changes nothing says so")
  func nothingChanges() {
    var run = SampleRun.imported()
    run.entities = [EntityCounts(entity: "account")]
    #expect(TerminalReport(language: .english).text(of: run).contains("Nothing to change: the"))
    run.entities[0].rejected = 1
    let text = TerminalReport(language: .english).text(of: run)
    #expect(text.contains("Nothing to change, but") && text.contains("1 record was rejected"))
  }

  @Test("a plan tells the command that applies it, ready for a shell")
  func applyHint() {
    var run = SampleRun.imported()
    run.outcome = .planned
    run.planPath = "my plans/a.ferryplan"
    let text = TerminalReport(language: .english).text(of: run)
    #expect(text.contains("ferry apply 'my plans/a.ferryplan'"))
  }
}
