import Testing

@testable import FerryMatching

@Suite struct SetFieldTests {
  private static let mobile = "13812345678"
  private static let other = "13999887766"
  private static let line = "010-65001234"

  /// What two rows' phones say; `nil` where there is nothing to compare.
  private func level(_ rows: [[String]]) -> String? {
    let columns = rows[0].indices.map { ("phone\($0)", ColumnKind.phone) }
    let run = MatchRun(matchTable(columns, rows), options: MatchOptions())
    var patterns: ContiguousArray<Pattern> = [0]
    run.fields[0].addCodes(of: [RowPair(left: 0, right: 1)], at: 0, to: &patterns)
    let code = patterns[0].code(0)
    guard code > 0 else { return nil }
    return code <= AgreementCode.frequencyClasses
      ? "same" : run.fields[0].levels[code - AgreementCode.frequencyClasses].id
  }

  @Test(
    arguments: [
      // A shared line says less where each has a mobile of their own.
      ([[mobile, line], [other, line]], "one-same"), ([[mobile, line], [mobile, line]], "same"),
      ([[mobile, line], [mobile, ""]], "same"), ([[mobile, line], ["", line]], "same"),
      ([[mobile, line], ["+86 138-1234-5679", line]], "same"), ([[mobile], [other]], "differs"),
      ([[mobile, line], [other, ""]], "differs"),
      // Numbers in the wrong column are found, and are no contradiction.
      ([[mobile, ""], ["", mobile]], "same"), ([[mobile, line], [line, mobile]], "same"),
      ([[mobile, ""], [other, mobile]], "same"),
      // A mobile and a switchboard differ, whoever they belong to.
      ([[mobile, ""], ["", line]], nil), ([["\(mobile);\(line)"], ["\(other);\(line)"]], "same"),
    ] as [([[String]], String?)])
  func columnsHoldDifferentThings(_ rows: [[String]], _ expected: String?) {
    #expect(level(rows) == expected)
    #expect(level(rows.reversed()) == expected)
  }
}
