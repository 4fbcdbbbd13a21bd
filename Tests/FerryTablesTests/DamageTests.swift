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

  static let all = numbers + texts + dates

  private static let numbers = [
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
      "postcodes that all lost their zeros",
      ["邮政编码", .number("100004"), .number("10010"), .number("200030"), .number("510030")],
      "lost-leading-zeros 1 A3"),
    DamageCase("postcodes of five digits", ["ZIP", "94107", "60601", "30301"]),
    DamageCase(
      "postcodes of the United States that lost their zeros",
      ["zip", .number("94107"), .number("2134"), .number("60601"), .number("30301")],
      "lost-leading-zeros 1 A3"),
    DamageCase("postcodes of four digits", ["Postcode", "2000", "3000", "4000"]),
    DamageCase(
      "postcodes of countries with four digits and with five",
      ["postal code", "1010", "8001", "80331", "75008", "2000", "10115"]),
    DamageCase(
      "numbers in a row are no codes",
      ["序号", .number("99998"), .number("99999"), .number("100000")]),
    DamageCase(
      "phones that went through a decimal",
      ["手机", "13800000001.0", "13912345678.0", "13712345678"],
      "phone-as-decimal 2 A2, A3"),
    DamageCase("amounts with a decimal", ["金额", "13800000001.0", "1200.0", "35.5"]),
    DamageCase(
      "numbers of eighteen digits", ["证件号", .number("110101199003070012"), "110101199003070039"],
      "long-number 1 A2"),
  ]

  private static let texts = [
    DamageCase(
      "more than five cells", ["值"] + (0..<7).map { _ in .error("#N/A") } + ["a"],
      "formula-error 7 A2, A3, A4, A5, A6 …"),
    DamageCase("narrow columns", ["日期", "########", "2024-03-05"], "hash-marks 1 A2"),
    DamageCase(
      "UTF-8 as Latin-1, GBK as Latin-1, question marks, replacement",
      ["名称", "JosÃ©", "ÖÐ¹ú", "????", "a\u{FFFD}b", "中国"], "mojibake 4 A2, A3, A4, A5"),
    DamageCase(
      "UTF-8 as GBK, the replacement character too",
      [
        "名称", "瀹㈡埛鍚嶇О", "鏉庡洓", "鍖椾含鍗庝俊(鍖椾含)", "锟斤拷锟斤拷", "客户名称", "中国",
      ], "mojibake 4 A2, A3, A4, A5"),
    DamageCase(
      "rare and traditional characters",
      ["名称", "鐘錶鐵鋪", "鍾鎮濤", "臺灣鍋爐廠", "渚水湉", "涓埃之力", "缪莹缇", "濮阳鑫鐡", "闕婕"]),
    DamageCase(
      "UTF-8 as Windows-1252",
      [
        "名称", "it\u{2019}s", "itâ€™s", "å¼ ä¸‰", "å¼\u{A0}ä¸‰", "FranÃ§ois", "â€œhiâ€\u{9D}",
        "GmbH â€“ Ã–l",
      ],
      "mojibake 6 A3, A4, A5, A6, A7 …"),
    DamageCase(
      "words of many tongues",
      [
        "名称", "São Paulo", "«LIBERTÉ»", "Ångström", "Dvořák", "??", "naïve", "„SMÅ“",
        "»HÄ»", "voilà…", "Café®", "IRMÃ ", "à ‚â‚", "Àé 5 °", "ÄÖÜ", "100 € ‰",
      ]),
    DamageCase(
      "odd blanks and control characters",
      ["名称", "\u{A0}甲", "乙\u{3000}", "\u{200B}丙", "丁\u{7F}", " 戊 "],
      "odd-blanks 3 A2, A3, A4", "control-characters 1 A5"),
    DamageCase(
      "text cut at 255",
      ["备注", .text(String(repeating: "长", count: 255)), .text(String(repeating: "文", count: 255))],
      "cut-text 2 A2, A3"),
    DamageCase(
      "text cut at the width of a field",
      ["备注"]
        + (0..<40).map { n in .text("第\(n)次拜访" + String(repeating: "长", count: n * 7 % 29)) }
        + (0..<9).map { n in .text("\(n)" + String(repeating: "字", count: 49)) },
      "cut-text 9 A42, A43, A44, A45, A46 …"),
    DamageCase(
      "texts of all lengths up to fifty",
      ["备注"] + (1...50).map { n in .text(String(repeating: "字", count: n - 1) + "。") }),
    DamageCase(
      "codes of one length",
      ["code"] + (10..<30).map { n in .text("\(n)" + String(repeating: "af", count: 15)) }
    ),
    DamageCase(
      "ids of two services, some of a hundred characters",
      ["id"]
        + (10..<30).map { n in
          .text("F_" + String(repeating: "x\(n)-", count: n < 20 ? 5 : 24) + "ab")
        }
    ),
    DamageCase(
      "one sentence in many rows",
      ["备注"] + (0..<20).map { n in .text(n < 10 ? "好\(n)" : String(repeating: "句", count: 30)) }),
  ]

  private static let dates = [
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
      "a column of day numbers that is called a date",
      ["签约日期", .number("45356"), "45357", .number("44927.5")], "date-as-number 3 A2, A3, A4"),
    DamageCase("amounts of that size", ["金额", .number("45356"), .number("45357")]),
    DamageCase("a length of time", ["交付时间", .number("3"), .number("45356")]),
    DamageCase(
      "day numbers among dates as text", ["日期", "2024-03-05", "2024-03-06", "45356"],
      "date-as-number 1 A4"),
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

@Suite("Looks at values")
struct ValueLookTests {
  @Test("long texts are looked at by their beginning, their end and their length alone")
  func looksAtPartOfLongText() {
    let spoilt = "锟斤拷"
    let plain = String(repeating: "字", count: 5_000)
    func look(_ text: String) -> ValueLook {
      let bytes = ContiguousArray(text.utf8)
      return ValueLook(bytes.span, .text)
    }
    #expect(look(spoilt + plain).signs.contains(.mojibake))
    #expect(!look(plain + spoilt).signs.contains(.mojibake))
    #expect(look(plain + "\u{3000}").signs.contains(.oddBlank))
    #expect(look(plain).characterCount == 5_000)
  }

  @Test("a long text costs no more when it stands in every cell")
  func looksOnceAtEachText() throws {
    var known = KnownValues()
    let bytes = ContiguousArray(String(repeating: "字", count: 32_767).utf8)
    let hash = stableHash(bytes.span)
    let isKnownBefore = known.count(hash, .text) != nil
    known.keep(bytes.span, hash, .text, ValueLook(bytes.span, .text))
    #expect(!isKnownBefore)
    for _ in 0..<1_000 { #expect(known.count(hash, .text)?.characterCount == 32_767) }
    let top = try #require(known.top(1).first)
    #expect(top.count == 1_001)
    #expect(top.value.utf8.count < 300 && top.value.hasSuffix("字…"))
  }

  @Test("numbers are read as the standard library reads them")
  func readsNumbers() {
    for text in [
      "0", "-0.5", "12345.678", "999999999999999", "9999999999999999", "0.1", "1e5", "-", "",
      "1.2.3",
      "123456789012345678901234567890", "0.000000000000001", "-1,234.5", "12a",
    ] {
      let bytes = ContiguousArray(text.utf8)
      #expect(plainNumber(bytes.span) == Double(text.replacing(",", with: "")), "\(text)")
    }
  }

  @Test("different values have different hashes, whatever their length")
  func hashesValues() {
    var hashes: Set<UInt64> = []
    for length in 0..<80 {
      for place in 0...length {
        var bytes = ContiguousArray<UInt8>(repeating: 0x61, count: length)
        if place < length { bytes[place] = 0x62 }
        hashes.insert(stableHash(bytes.span))
      }
    }
    #expect(hashes.count == (0..<80).reduce(0) { $0 + $1 + 1 })
  }
}
