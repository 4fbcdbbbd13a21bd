import FerryCore
import FerryTables
import Foundation
import Testing

@testable import FerryReports

@Suite struct InspectTests {
  // Made through the table finder, as `ferry inspect` does.
  private func profiles() throws -> [TableProfile] {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("ferry-inspect-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: file, withIntermediateDirectories: true)
    defer {
      // What is left in the temporary folder harms nobody.
      try? FileManager.default.removeItem(at: file)
    }
    let path = file.appendingPathComponent("客户.csv")
    let rows = (1...20).map { row in
      "A\(row + 100),客户\(row)有限公司,1390000\(1_000 + row),2024-03-\(row < 10 ? "0" : "")\(row)"
    }
    let text = "2024年客户台账,,,\n客户编号,客户名称,手机,建档日期\n" + rows.joined(separator: "\n") + "\n"
    try Data(text.utf8).write(to: path)
    let source = try SourceFile(path: path.path)
    return try source.tables(inSheet: 0).map { try source.profile(of: $0) }
  }

  @Test("a table is shown with its columns and counts", arguments: Language.allCases)
  func terminal(language: Language) throws {
    let text = TerminalReport(language: language).text(of: try profiles())
    #expect(text.contains("客户.csv '客户'"))
    #expect(text.contains("客户编号"))
    #expect(!text.contains("13900001001"))
    for line in text.split(separator: "\n") { #expect(line.displayWidth <= 140) }
  }

  @Test("values are shown only if asked for")
  func values() throws {
    let profiles = try profiles()
    let report = TerminalReport(language: .english, showsValues: true, width: 200)
    #expect(report.text(of: profiles).contains("有限公司"))
    #expect(
      !JSONReport(language: .english).document(of: profiles).text().contains("有限公司"))
    #expect(
      JSONReport(language: .english, showsValues: true).document(of: profiles).text()
        .contains("有限公司"))
  }

  @Test("the document counts every row and column")
  func document() throws {
    let document = try ParsedJSON(
      JSONReport(language: .english).document(of: try profiles()).text())
    let table = try #require(document["tables"]?.elements.first)
    guard case .integer(20)? = table["data"] else {
      Issue.record("expected 20 rows of data, found \(String(describing: table["data"]))")
      return
    }
    #expect(
      table["columns"]?.elements.compactMap { $0["name"]?.string } == [
        "客户编号", "客户名称", "手机", "建档日期",
      ])
  }

  @Test("files without a table say so")
  func nothing() {
    #expect(
      TerminalReport(language: .english).text(of: [TableProfile]()) == "No table was found.\n")
  }
}
