import FerryTables
import FerryTestSupport
import FerryXLSX
import Foundation
import Testing

@Suite("what goes back to the client")
struct HandBackTests {
  private static let mapping = """
    ferry: 1
    sources:
      - file: in.xlsx
        sheet: 商机
        records:
          deal:
            key: 编号
            name: 名称
            stage: { from: 阶段, map: { 洽谈: negotiation, 赢单: won } }
            amount: { from: 金额, invalid: reject }
            close_date: 日期

    """

  private static func workbook(_ rows: [[WorkbookFixture.Cell]]) -> WorkbookFixture {
    WorkbookFixture(sheet: "商机", rows: [["商机台账"], ["编号", "名称", "阶段", "金额", "日期"]] + rows)
  }

  private static let rows: [[WorkbookFixture.Cell]] = [
    ["D1", "产线", "洽谈", 100, .date(2024, 3, 5)], ["D2", "仓储", "观望中", 200, .date(2024, 3, 6)],
    ["D3", "检测", "观望中", 300, "2024-02-30"], ["D4", "办公", "赢单", "面议", .date(2024, 3, 8)],
  ]

  private func room(_ rows: [[WorkbookFixture.Cell]] = rows) throws -> Room {
    let room = try Room()
    try room.write(Self.mapping, to: "m.yaml")
    try Self.workbook(rows).write(to: room.path("in.xlsx"))
    return room
  }

  private struct Run: Decodable {
    struct Finding: Decodable {
      let rule: String
      let count: Int
    }
    struct Counts: Decodable {
      let created: Int
      let rejected: Int
    }
    let plan: String
    let findings: [Finding]
    let entities: [String: Counts]
    let handedBack: [String]?

    func count(_ rule: String) -> Int { findings.first { $0.rule == rule }?.count ?? 0 }
    var deals: Counts? { entities["deal"] }
  }

  private func plan(_ room: Room, _ options: String = "") throws -> Run {
    let result = try room.run("ferry plan m.yaml --to sqlite:crm.db --json --lang zh \(options)")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Run.self, from: Data(result.output.utf8))
  }

  /// Changes one part of a workbook, as a spreadsheet program would.
  private func edit(_ path: String, _ part: String, _ change: (String) throws -> String) throws {
    let archive = try WorkbookArchive(path: path)
    #expect(archive.parts.contains { $0.name == part })
    let entries = try archive.parts.map { entry in
      let bytes = try archive.bytes(of: entry.name)
      guard entry.name == part else { return ZipFixture.Entry(entry.name, Array(bytes)) }
      return ZipFixture.Entry(entry.name, try change(String(decoding: bytes, as: UTF8.self)))
    }
    try ZipFixture(entries).write(to: path)
  }

  /// Puts a text into a cell.
  private func put(_ text: String, at cell: String, in sheet: String) throws -> String {
    let pattern = try Regex("<c [^>]*?r=\"\(cell)\"[^>]*?(/>|>.*?</c>)")
    #expect(sheet.contains(pattern))
    return sheet.replacing(
      pattern, with: "<c r=\"\(cell)\" t=\"inlineStr\"><is><t>\(text)</t></is></c>")
  }

  /// The row of the sheet of questions that asks about a value.
  private func row(asking value: String, in sheet: String) throws -> String {
    let rows = sheet.matches(of: #/<row r="(\d+)">(.*?)<\/row>/#)
    let row = try #require(rows.first { $0.output.2.contains(">\(value)<") })
    return String(row.output.1)
  }

  private static let questions = "xl/worksheets/ferryQuestions1.xml"
  private static let sheet = "xl/worksheets/sheet1.xml"

  @Test func `two sources of one name keep apart, in places and in what goes back`() throws {
    let room = try Room()
    defer { room.remove() }
    let sources = ["东", "西"].map { folder in
      """
        - file: \(folder)/商机.csv
          records:
            deal: { key: 编号, name: 名称, stage: { from: 阶段, map: { 赢单: won } } }

      """
    }
    try room.write("ferry: 1\nsources:\n" + sources.joined(), to: "m.yaml")
    for (folder, id, stage) in [("东", "E1", "悬"), ("西", "W1", "拖")] {
      try FileManager.default.createDirectory(
        atPath: room.path(folder), withIntermediateDirectories: true)
      try room.write("编号,名称,阶段\n\(id),甲,\(stage)\n", to: "\(folder)/商机.csv")
    }
    let run = try plan(room, "--annotate back --rejects rejects")
    #expect(run.deals?.rejected == 2)
    #expect(
      run.handedBack?.sorted() == [
        "back/annotated-东-商机.xlsx", "back/annotated-西-商机.xlsx", "rejects/东/商机.csv",
        "rejects/西/商机.csv",
      ])
    for (folder, id) in [("东", "E1"), ("西", "W1")] {
      let rejects = try String(
        contentsOfFile: room.path("rejects/\(folder)/商机.csv"), encoding: .utf8)
      #expect(rejects.split(whereSeparator: \.isNewline).count == 2 && rejects.contains(id))
    }
    let told = try room.run("ferry plan m.yaml --to sqlite:crm.db --lang zh").errors
    #expect(told.contains("东/商机.csv '商机'!C2") && told.contains("西/商机.csv '商机'!C2"))
  }

  @Test func `an answer holds for every cell of that value, and for later sheets`() throws {
    let room = try room()
    defer { room.remove() }
    let first = try plan(room, "--annotate back.xlsx")
    #expect(first.deals?.rejected == 3)
    #expect(first.handedBack?.first == "back.xlsx")
    let back = room.path("back.xlsx")
    try edit(back, Self.questions) { sheet in
      let asked = try row(asking: "观望中", in: sheet)
      return try put("洽谈", at: "H\(asked)", in: sheet)
    }
    let second = try plan(room, "--corrections back.xlsx")
    #expect(second.deals?.rejected == 1)
    #expect(second.count("correction.applied") == 1)
    let lines = try room.run("ferry plan --dump \(second.plan)").output
    let named = lines.split(separator: "\n").filter { $0.contains("\"correction.") }
    #expect(named.count >= 2)
    #expect(named.contains { $0.contains("D2") && $0.contains("negotiation") })
    // A later sheet, other rows, nothing said again.
    let later: [[WorkbookFixture.Cell]] = [["D9", "新单", "观望中", 5, .date(2024, 4, 1)]]
    try Self.workbook(later).write(to: room.path("in.xlsx"))
    let third = try plan(room)
    #expect(third.deals?.rejected == 0)
    // And one that has it no more.
    try Self.workbook([["D9", "新单", "洽谈", 5, .date(2024, 4, 1)]]).write(to: room.path("in.xlsx"))
    #expect(try plan(room).count("correction.stale") == 1)
  }

  @Test func `cells are corrected where they stand, whatever became of the rows' order`() throws {
    let room = try room()
    defer { room.remove() }
    _ = try plan(room, "--annotate back.xlsx")
    let back = room.path("back.xlsx")
    try edit(back, Self.sheet) { sheet in
      // Rows 4 and 5 change places, as though the client had sorted them.
      let rows = sheet.matches(of: #/<row r="([45])"[^>]*>(.*?)<\/row>/#)
      try #require(rows.count == 2, "\(sheet)")
      let four = String(rows[0].output.2).replacing(#/r="([A-E])4"/#) { "r=\"\($0.output.1)5\"" }
      let five = String(rows[1].output.2).replacing(#/r="([A-E])5"/#) { "r=\"\($0.output.1)4\"" }
      var text = sheet.replacing(rows[1].output.0, with: "<row r=\"5\">\(four)</row>")
      text = text.replacing(rows[0].output.0, with: "<row r=\"4\">\(five)</row>")
      // D3's date, which stood in E5, and one of two equal stages.
      text = try put("2024-02-28", at: "E4", in: text)
      return try put("赢单", at: "C4", in: text)
    }
    let run = try plan(room, "--corrections back.xlsx")
    let lines = try room.run("ferry plan --dump \(run.plan)").output.split(separator: "\n")
    let deal = try #require(lines.first { $0.contains("\"id\":\"D3\"") })
    #expect(deal.contains("2024-02-28") && deal.contains("won"))
    #expect(run.deals?.rejected == 2)
  }

  @Test func `a corrected merged cell is corrected in each of its rows`() throws {
    let room = try Room()
    defer { room.remove() }
    try room.write(Self.mapping, to: "m.yaml")
    // The same value stands elsewhere, rightly, so that only the row tells the cell.
    var book = Self.workbook([
      ["D1", "产线", "洽谈", "面议", .date(2024, 3, 5)], ["D2", "仓储", "洽谈", nil, .date(2024, 3, 6)],
      ["D3", "检测", "洽谈", nil, .date(2024, 3, 7)], ["D4", "办公", "赢单", 9, .date(2024, 3, 8)],
      ["D5", "食堂", "赢单", "面议", .date(2024, 3, 8)],
    ])
    book.sheets[0].merges = ["D3:D5"]
    try book.write(to: room.path("in.xlsx"))
    #expect(try plan(room, "--annotate back.xlsx").deals?.rejected == 4)
    try edit(room.path("back.xlsx"), Self.sheet) { sheet in
      try put("500", at: "D7", in: put("400", at: "D3", in: sheet))
    }
    let run = try plan(room, "--corrections back.xlsx")
    #expect(run.deals?.rejected == 0, "\(run.findings)")
    let lines = try room.run("ferry plan --dump \(run.plan)").output.split(separator: "\n")
    for (deal, amount) in [("D1", "400.00"), ("D2", "400.00"), ("D3", "400.00"), ("D5", "500.00")] {
      #expect(lines.contains { $0.contains("\"id\":\"\(deal)\"") && $0.contains(amount) })
    }
  }

  @Test func `a cell and an answer that differ are told, and neither is taken`() throws {
    let room = try room()
    defer { room.remove() }
    _ = try plan(room, "--annotate back.xlsx")
    let back = room.path("back.xlsx")
    try edit(back, Self.questions) { sheet in
      try put("400", at: "H\(row(asking: "面议", in: sheet))", in: sheet)
    }
    try edit(back, Self.sheet) { try put("500", at: "D6", in: $0) }
    let run = try plan(room, "--corrections back.xlsx")
    #expect(run.count("correction.two-answers") == 1)
    #expect(run.count("correction.applied") == 0)
    let other = try room.run("ferry plan m.yaml --to sqlite:crm.db --corrections in.xlsx")
    #expect(other.status == 2)
    #expect(other.errors.contains("[correction.no-workbook]"))
  }

  @Test func `rejected rows of a workbook load alone once mended`() throws {
    let room = try room()
    defer { room.remove() }
    _ = try room.run("ferry import m.yaml --to sqlite:crm.db --rejects out")
    let rejects = room.path("out/in.xlsx")
    let file = try SourceFile(path: rejects)
    #expect(file.sheets.map(\.name) == ["商机"])
    try edit(rejects, Self.sheet) { text in
      #expect(text.contains("Ferry") && text.contains("D2") && !text.contains("D1"))
      return text.replacing("观望中", with: "洽谈").replacing("面议", with: "900")
    }
    try FileManager.default.removeItem(atPath: room.path("in.xlsx"))
    try FileManager.default.copyItem(atPath: rejects, toPath: room.path("in.xlsx"))
    let run = try plan(room)
    #expect(run.deals?.created == 3)
    #expect(run.deals?.rejected == 0)
  }

  @Test func `rejected rows of a GBK file keep its encoding and its columns`() throws {
    let room = try Room()
    defer { room.remove() }
    try room.write(
      Self.mapping.replacing("in.xlsx", with: "in.csv").replacing("    sheet: 商机\n", with: ""),
      to: "m.yaml")
    let lines = (1...60).map { "D\($0);产线改造\($0);\($0 == 7 ? "观望中" : "洽谈");\"1;5\";2024-03-05" }
    try room.write(
      (["编号;名称;阶段;金额;日期"] + lines.map { $0.replacing("\"1;5\"", with: "15") })
        .joined(separator: "\r\n") + "\r\n", to: "utf8.csv")
    _ = try room.run("iconv -f UTF-8 -t GBK utf8.csv > in.csv && rm utf8.csv")
    _ = try room.run("ferry import m.yaml --to sqlite:crm.db --rejects out --lang zh")
    let text = try room.run("iconv -f GBK -t UTF-8 out/in.csv").output
    let rows = text.split(whereSeparator: \.isNewline)
    #expect(rows.count == 2)
    #expect(rows.first == "编号;名称;阶段;金额;日期;Ferry：未导入原因")
    #expect(rows.last?.hasPrefix("D7;产线改造7;观望中;15;2024-03-05;C8 deal.stage") == true)
    try room.write(text.replacing("观望中", with: "赢单"), to: "in.csv")
    let run = try plan(room)
    #expect(run.deals?.created == 1 && run.deals?.rejected == 0)
  }

  @Test(
    arguments: [
      "plan m.yaml --rejects .", "plan m.yaml --annotate in.xlsx",
      "plan m.yaml --annotate ./sub/../in.xlsx", "import m.yaml --rejects .",
    ])
  func `a client's own file is never written over`(line: String) throws {
    let room = try room()
    defer { room.remove() }
    let before = try #require(room.bytes(of: "in.xlsx"))
    try FileManager.default.createDirectory(
      atPath: room.path("sub"), withIntermediateDirectories: true)
    let result = try room.run("ferry \(line) --to sqlite:crm.db")
    #expect(result.status == 2 && result.errors.contains("while it is needed"), "\(result.errors)")
    #expect(room.bytes(of: "in.xlsx") == before)
    #expect(room.bytes(of: "crm.db") == nil)
  }

  @Test func `a report for a ticket holds no value of a cell`() throws {
    let room = try room()
    defer { room.remove() }
    let run = try plan(room)
    let folder = (run.plan as NSString).lastPathComponent.replacing(".ferryplan", with: "")
    let bytes = try #require(room.bytes(of: "m.ferry/runs/\(folder)/report.md"))
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("| 商机 | 4 | 1 |"))
    #expect(text.contains("`mapping.unmapped-value`"))
    #expect(!text.contains("面议") && !text.contains("观望中"))
  }
}
