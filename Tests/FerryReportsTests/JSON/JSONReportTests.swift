import FerryCore
import FerryMigration
import Foundation
import Testing

@testable import FerryReports

@Suite struct JSONReportTests {
  @Test("a run comes out the same in every process")
  func golden() throws {
    let report = JSONReport(language: .english, showsValues: true)
    try expectGolden(
      report.document(of: SampleRun.imported()).text(isIndented: true) + "\n", "import.en.json")
  }

  @Test(
    "every document fits the schema",
    arguments: [true, false], ["import", "verify"])
  func fitsSchema(showsValues: Bool, command: String) throws {
    var run = command == "verify" ? SampleRun.verified() : SampleRun.imported()
    if showsValues { run.figures = SampleFigures.year() }
    let text = JSONReport(language: .chinese, showsValues: showsValues).document(of: run).text()
    #expect(try SchemaCheck(schema: RunSchema.text, document: text).faults == [])
  }

  @Test("a failure's document has every key of the contract")
  func failureFitsSchema() throws {
    let text = JSONReport(language: .english)
      .document(of: SampleFailure.missingColumn, command: "plan", store: "sqlite:crm.db").text()
    #expect(try SchemaCheck(schema: RunSchema.text, document: text).faults == [])
    #expect(text.contains(#""outcome":"failed""#))
    #expect(text.contains("did you mean '手机'?"))
  }

  @Test("the schema check sees what is missing, unknown and of the wrong type")
  func schemaCheckIsSharp() throws {
    let schema = RunSchema.text
    let faults = try SchemaCheck(
      schema: schema, document: #"{"run": 3, "outcome": "done", "tables": [{}], "more": true}"#
    ).faults
    #expect(faults.contains { $0.contains("$.run: expected") })
    #expect(faults.contains { $0.contains("$.outcome") })
    #expect(faults.contains { $0.contains("$.tables[0]: rows is missing") })
    #expect(faults.contains { $0.contains("more is not in the schema") })
  }

  @Test("old and new values are written only if asked for")
  func valuesStayPrivate() {
    let text = JSONReport(language: .english).document(of: SampleRun.verified()).text()
    #expect(!text.contains("12000.00"))
    #expect(!text.contains("wang.example.com"))
  }

  @Test("all findings are counted though only the first are written out")
  func countsAllFindings() throws {
    var run = SampleRun.imported()
    run.findings = (1...500).map { .init(SampleRules.email, at: SampleRun.place($0, 5)) }
    let document = JSONReport(language: .english, examplesPerRule: 2).document(of: run)
    guard case .array(let groups) = document["findings"] else {
      Issue.record("no findings")
      return
    }
    #expect(groups.count == 1)
    #expect(groups.first?["count"] == 500)
    #expect(groups.first?["message"] == "the e-mail has no @")
    #expect(
      groups.first?["examples"]
        == .array(run.findings.prefix(2).map { JSONReport(language: .english).finding($0) }))
  }
}
