import FerryCore
import FerryTestSupport
import Testing

@testable import FerryTables

/// One column, and what is said of it; the header stands in row 1.
struct DamageCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let column: [WorkbookFixture.Cell]
  let told: [String]

  init(_ description: String, _ column: [WorkbookFixture.Cell], _ told: String...) {
    testDescription = description
    self.column = column
    self.told = told
  }

  static let all = [
    DamageCase(
      "phones as 1.38E+10", ["手机", "1.38E+10", "13800000001", "1.39E+10"],
      "scientific-notation 2 A2, A4"),
    DamageCase("measurements are no phones", ["x", "1.38E+10", "1.5E-03", "2.5E-04", "7.1E+02"]),
    DamageCase(
      "long numbers cut", ["证号", .number("110101199003070000"), .number("110101199003081000")],
      "lost-digits 2 A2, A3"),
    DamageCase("round numbers are not cut", ["n", .number("12000000000000000"), .number("5")]),
    DamageCase("cards as text, one ends in zero", ["卡号", "6222021234567890", "6222021234567891"]),
    DamageCase(
      "times to a thousandth", ["单号", "20240305093000000", "20240305093100000"]),
    DamageCase(
      "phones read back from 1.38E+10",
      ["手机", .number("13800000000"), .number("13912345678"), .number("13912345679")],
      "rounded-number 1 A2"),
    DamageCase(
      "leading zeros lost", ["邮编", "010001", "050002", .number("50003"), "100004"],
      "lost-leading-zeros 1 A4"),
    DamageCase("codes of all lengths", ["编号", "0101", "050002", .number("50003"), "100004"]),
    DamageCase(
      "more than five cells", ["值"] + (0..<7).map { _ in .error("#N/A") } + ["a"],
      "formula-error 7 A2, A3, A4, A5, A6 …"),
    DamageCase("narrow columns", ["日期", "########", "2024-03-05"], "hash-marks 1 A2"),
    DamageCase(
      "UTF-8 as Latin-1, GBK as Latin-1, question marks, replacement",
      ["名称", "JosÃ©", "ÖÐ¹ú", "????", "a\u{FFFD}b", "中国"], "mojibake 4 A2, A3, A4, A5"),
    DamageCase(
      "words of many tongues",
      ["名称", "São Paulo", "«LIBERTÉ»", "Ångström", "Dvořák", "??", "naïve"]),
    DamageCase(
      "dates turned numbers",
      [
        "日期", .date(2024, 3, 5), .date(2024, 3, 6), .date(2024, 3, 6), .number("45356"),
        .number("7"),
      ],
      "date-as-number 1 A5"),
    DamageCase(
      "codes turned dates",
      ["尺码", "A1-2", "A1-3", "A1-4", "A1-5", .date(2024, 2, 1)], "number-as-date 1 A6"),
    DamageCase(
      "dates of birth", ["DOB", .date(1919, 1, 21), .date(1907, 3, 4), .date(1961, 12, 10)]),
    DamageCase(
      "both orders of day and month", ["日期", "31/12/2023", "30/11/2023", "12/25/2023"],
      "date-order 1 A4"),
    DamageCase(
      "odd blanks and control characters",
      ["名称", "\u{A0}甲", "乙\u{3000}", "\u{200B}丙", "丁\u{7F}", " 戊 "],
      "odd-blanks 3 A2, A3, A4", "control-characters 1 A5"),
    DamageCase(
      "text cut at 255",
      ["备注", .text(String(repeating: "长", count: 255)), .text(String(repeating: "文", count: 255))],
      "cut-text 2 A2, A3"),
  ]
}

@Suite("Damage")
struct DamageTests {
  @Test("is accused with a count and its first cells", arguments: DamageCase.all)
  func accuses(_ damage: DamageCase) throws {
    // A second column makes the sheet a table whatever the first one holds.
    let rows = damage.column.enumerated().map { index, cell in
      [cell, index == 0 ? "客户" : .text("客户\(index)")]
    }
    try WorkbookFixture(sheet: "s", rows: rows).withFile { path in
      let file = try SourceFile(path: path)
      let table = try #require(
        try file.tables(inSheet: 0, options: TableOptions(headerRow: 1)).first)
      let told = try file.profile(of: table).damages.map {
        "\($0.rule.id.dropFirst(7)) \($0.count) \($0.places)"
      }
      #expect(told.filter { !$0.hasPrefix("number-as-text") } == damage.told, "\(told)")
    }
  }
}
