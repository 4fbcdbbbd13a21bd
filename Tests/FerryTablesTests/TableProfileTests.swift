import FerryCore
import FerryTestSupport
import Testing

@testable import FerryTables

struct ShapeCase: Sendable, CustomTestStringConvertible {
  let text: String
  let shape: ValueShape
  var testDescription: String { text }

  static let all = known.map { ShapeCase(text: $0.0, shape: $0.1) }

  private static let known: [(String, ValueShape)] = [
    ("华信科技", .text), ("Ada Lovelace", .text), ("3号楼", .text), ("12", .number),
    ("-1,200.50", .number),
    ("¥12,300.00", .number), ("1.2万", .number), ("USD 900", .number), ("35%", .number),
    ("13800000001", .phone), ("+86 138-0000-0001", .phone), ("010-62345678", .phone),
    ("(021) 6234 5678", .phone), ("2024-03-05", .date), ("2024/3/5 09:30", .date),
    ("2024年3月5日", .date), ("05.03.2024", .date), ("3月5日", .date), ("a.b@example.com", .email),
    ("https://example.com", .url), ("KH001", .identifier), ("91110000100000000X", .identifier),
    ("110101199003070012", .identifier), ("#N/A", .error), ("A-12", .identifier),
  ]
}

@Suite("Profiles")
struct TableProfileTests {
  @Test("values are told by their looks", arguments: ShapeCase.all)
  func tellsShapes(_ value: ShapeCase) {
    #expect(ValueShape(value.text, kind: .text) == value.shape)
  }

  @Test("give each column's kind, fill, distinct values and bounds")
  func profilesColumns() throws {
    var text = "编号,姓名,手机,金额,日期,城市\n"
    for index in 1...200 {
      text +=
        "K\(index),员工\(index),138000\(10_000 + index),\(index * 10),2024-01-\(10 + index % 9),"
      text += index % 2 == 0 ? "北京\n" : "\n"
    }
    let file = try source(text + "合计,,,201000,,\n")
    let profile = try file.profile(of: try #require(try file.tables(inSheet: 0).first))
    #expect(profile.dataRowCount == 200)
    #expect(profile.filteredRowCount == 1)
    #expect(profile.columns.map(\.kind) == [.identifier, .text, .phone, .number, .date, .text])
    #expect(profile.columns.map(\.filledCount) == [200, 200, 200, 200, 200, 100])
    #expect(profile.columns.map(\.distinctCount) == [200, 200, 200, 200, 9, 1])
    #expect(profile.columns[3].minimum == "10")
    #expect(profile.columns[3].maximum == "2000")
    #expect(profile.columns[4].minimum == "2024-01-10")
    #expect(profile.columns[5].topValues == [.init(value: "北京", count: 100)])
  }

  @Test("accuse damage with the first cell and a count")
  func accusesDamage() throws {
    let sheet = WorkbookFixture(
      sheet: "客户",
      rows: [
        ["姓名", "手机", "证件号", "日期", "金额", "备注"],
        ["甲", "1.38E+10", .number("110101199003070000"), .date(2024, 3, 5), 12, "锟斤拷"],
        ["乙", "1.39E+10", .number("110101199003080000"), "2024-03-06", "15", "好"],
        ["丙", "13800000003", "110101199003070012", .date(2024, 3, 7), 7, .error("#N/A")],
      ])
    try sheet.withFile { path in
      let file = try SourceFile(path: path)
      let profile = try file.profile(of: try #require(try file.tables(inSheet: 0).first))
      let damage = profile.findings.filter { $0.rule.id.hasPrefix("damage.") }
      let told = damage.map { finding in
        let place = finding.provenance.map {
          CellAddress(columnIndex: $0.columnIndex ?? 0, rowNumber: $0.rowNumber ?? 0).description
        }
        return "\(finding.rule.id) \(place ?? "") \(finding.arguments.first ?? "")"
      }
      #expect(
        told == [
          "damage.scientific-notation B2 2", "damage.lost-digits C2 2", "damage.mixed-dates D3 1",
          "damage.number-as-text E3 1", "damage.formula-error F4 1", "damage.mojibake F2 1",
        ])
    }
  }

  @Test("are the same when the sheet is read once as when each table is read by itself")
  func agreesWithTablesReadAlone() throws {
    var books = UntidySheet.all.map { sheet in
      var fixture = WorkbookFixture.Sheet("s", rows: sheet.cells)
      fixture.merges = sheet.merges
      return fixture
    }
    // Longer than what is held: the table is guessed from the first rows.
    let long = (0..<60_000).map { n -> [WorkbookFixture.Cell] in
      [.number("\(n)"), .text("客户\(n % 7)"), .text("地址" + String(repeating: "长", count: n % 40))]
    }
    let title: [[WorkbookFixture.Cell]] = [["客户台账"], ["编号", "名称", "地址"]]
    let second: [[WorkbookFixture.Cell]] = [[], ["产品清单"], ["产品名称", "单价"], ["泵", 3], ["阀", 5]]
    for (rows, merges) in [
      (title + long, ["A1:C1"]), (title + long, ["A1:C1", "B9:B12"]), (title + long + second, []),
    ] {
      var fixture = WorkbookFixture.Sheet("s", rows: rows)
      fixture.merges = merges
      books.append(fixture)
    }
    for sheet in books {
      try WorkbookFixture([sheet]).withFile { path in
        let file = try SourceFile(path: path)
        let alone = try file.tables(inSheet: 0).map { try file.profile(of: $0) }
        #expect(try SourceFile(path: path).profiles(ofSheet: 0) == alone)
      }
    }
  }

  @Test("estimate how many numbers, dates and codes there are within a few percent")
  func estimatesDistinctTexts() {
    for (kind, text) in [
      ("numbers", { "\($0 * 7)" }), ("codes", { "C\(1_000_000 + $0)" }),
      ("long texts", { "上海市第\($0)号凯联信息技术有限公司" }),
    ] as [(String, (Int) -> String)] {
      var counter = DistinctCounter()
      for number in 0..<100_000 {
        let bytes = ContiguousArray(text(number).utf8)
        counter.insert(stableHash(bytes.span))
      }
      #expect(abs(counter.count - 100_000) < 4_000, "\(kind): \(counter.count)")
    }
  }

  @Test("estimate distinct values beyond the bound within a few percent")
  func estimatesDistinct() {
    var counter = DistinctCounter()
    var random = SeededRandom(seed: 11)
    for _ in 0..<300_000 { counter.insert(random.next()) }
    #expect(counter.isEstimate)
    #expect(abs(counter.count - 300_000) < 15_000, "\(counter.count)")
  }
}
