import FerryCore
import FerryMigration
import FerryTables
import Foundation
import Testing

@testable import FerryReports

@Suite struct ReviewWorkbookTests {
  private static let digests = [
    String(repeating: "0a", count: 16), String(repeating: "1b", count: 16),
  ]

  /// A pair in the state that is wanted, as a plan keeps it.
  private static func item(
    _ state: String, name: String = "华信", picks: [String: String] = [:]
  ) throws -> ReviewItem {
    let side = { (id: String, digest: String) -> [String: Any] in
      ["externalID": id, "place": "客户.xlsx '客户'!B2", "digest": digest, "name": name]
    }
    let object: [String: Any] = [
      "entity": "account", "group": 1, "state": state, "probability": 0.87, "startBits": -3.5,
      "left": side("A1", digests[0]), "right": side("A2", digests[1]),
      "fields": [
        ["field": "name", "left": name, "right": "=1+2"],
        ["field": "phone", "right": "+8610"],
      ],
      "evidence": [
        ["fields": ["name"], "english": "same name", "chinese": "名称相同", "bits": 4.25]
      ],
      "message": ["likely the same", "可能相同"], "picks": picks,
    ]
    let data = try JSONSerialization.data(withJSONObject: object)
    return try JSONDecoder().decode(ReviewItem.self, from: data)
  }

  private func withWorkbook(
    _ items: [ReviewItem], _ language: Language, _ body: (String) throws -> Void
  ) throws {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "ferry-review-\(UUID().uuidString).xlsx").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let workbook = ReviewWorkbook(language: language)
    #expect(workbook.write(items, run: "RUN", to: path, name: "review.xlsx") == nil)
    try body(path)
  }

  @Test(arguments: Language.allCases)
  func `what was decided is read back, in either language`(_ language: Language) throws {
    let items = try ["same", "different", "open", "merged"].map { try Self.item($0) }
    try withWorkbook(items, language) { path in
      let reader = try ReviewReader(path: path)
      #expect(reader.run == "RUN" && reader.findings.isEmpty)
      #expect(reader.blankCount == 2)
      #expect(
        reader.answers == [
          .decision(items[0].decision(isSame: true)), .decision(items[1].decision(isSame: false)),
        ])
    }
  }

  @Test(arguments: Language.allCases)
  func `whose value is kept is read back, in either language`(_ language: Language) throws {
    let picks = ["name": Self.digests[1]]
    let item = try Self.item("same", picks: picks)
    try withWorkbook([item], language) { path in
      let reader = try ReviewReader(path: path)
      #expect(reader.findings.isEmpty)
      #expect(reader.answers == [.decision(item.decision(isSame: true, picks: picks))])
    }
    // Of two that are not called the same there is nothing to keep.
    try withWorkbook([try Self.item("different", picks: picks)], language) { path in
      let findings = try ReviewReader(path: path).findings
      #expect(findings.map(\.rule.id) == ["review.pick-alone"])
    }
  }

  @Test func `a value that looks like a formula is a text`() throws {
    try withWorkbook([try Self.item("open")], .english) { path in
      let file = try SourceFile(path: path)
      let reader = try file.rows(ofSheet: 0)
      var batch = RowBatch()
      var kinds: [CellKind] = []
      while try reader.read(into: &batch) {
        kinds += batch.cells.filter { batch.text(of: $0) == "=1+2" }.map(\.kind)
      }
      #expect(kinds == [.text])
    }
  }

  @Test func `a text longer than a cell may be is cut with an ellipsis`() throws {
    let long = String(repeating: "长", count: 40_000)
    try withWorkbook([try Self.item("same", name: long)], .chinese) { path in
      let count = try ReviewReader(path: path).answers.count
      #expect(count == 1)
    }
  }

  @Test func `another workbook is refused`() throws {
    try withWorkbook([], .english) { path in
      let none = try ReviewReader(path: path).findings
      #expect(none.isEmpty)
      guard let sheet = ReviewSheet(path: path, "x") else {
        Issue.record("no memory")
        return
      }
      sheet.text("name", 0, 0, .head)
      let failure = sheet.close()
      #expect(failure == nil)
      let findings = try ReviewReader(path: path).findings
      #expect(findings.map(\.rule.id) == ["review.no-workbook"])
    }
  }

  @Test func `a word that is no decision is told with its cell, and nothing is taken silently`()
    throws
  {
    try withWorkbook([], .english) { path in
      guard let sheet = ReviewSheet(path: path, "Review") else {
        Issue.record("no memory")
        return
      }
      sheet.text("ferry-run RUN", 0, ReviewKey.keyColumn, .plain)
      sheet.text("maybe", 1, 0, .choice)
      sheet.text(ReviewKey.text(of: try Self.item("open")), 1, ReviewKey.keyColumn, .plain)
      let failure = sheet.close()
      #expect(failure == nil)
      let findings = try ReviewReader(path: path).findings
      #expect(findings.map(\.rule.id) == ["review.unknown-decision"])
      #expect(findings[0].provenance?.description.hasSuffix("'Review'!A2") == true)
    }
  }
}
