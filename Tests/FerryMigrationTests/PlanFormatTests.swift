import FerryCore
import FerryRecords
import FerrySQLite
import FerryTestSupport
import Foundation
import Testing

@testable import FerryMigration

@Suite struct PlanFormatTests {
  @Test func `any text comes back from the fields' JSON, which other readers read too`() throws {
    var random = SeededRandom(seed: 11)
    var writer = FieldsWriter()
    var parsed = ParsedFields()
    let alphabet = Array("a\"\\/\n\r\t\u{1}\u{1F}{}[],:客户😀é ")
    for _ in 0..<300 {
      let texts = (0..<4).map { _ in
        String(
          (0..<Int.random(in: 0..<12, using: &random)).compactMap { _ in
            alphabet.randomElement(using: &random)
          })
      }
      writer.begin()
      writer.beginField("name")
      writer.member("old", texts[0])
      writer.member("new", texts[1])
      writer.member("cell", "C14")
      writer.endField()
      writer.beginField("account")
      writer.member("old", texts[2])
      writer.member("oldId", "17")
      writer.null("new")
      writer.member("at", number: 12)
      writer.flag("later")
      writer.endField()
      writer.end()
      let isRead = parsed.parse(writer.bytes.span)
      try #require(isRead)
      #expect(parsed.fields.count == 2)
      #expect(parsed.string(parsed.fields[0].old) == texts[0])
      #expect(parsed.string(parsed.fields[0].new) == texts[1])
      #expect(parsed.string(parsed.fields[1].old) == texts[2])
      #expect(parsed.fields[1].new == .null && parsed.fields[1].id == .absent)
      #expect(parsed.fields[1].at == 12 && parsed.fields[1].isLater)
      let data = Data(writer.bytes)
      let other = try JSONSerialization.jsonObject(with: data) as? [[String: Any]]
      #expect(other?.first?["new"] as? String == texts[1])
    }
  }

  @Test func `the short form of new records comes back, and cut anywhere is refused`() throws {
    var writer = FieldsWriter()
    writer.skip()
    writer.add(Bytes("a\"\n客户".utf8).span)
    writer.addNull()
    writer.skip()
    writer.skip()
    writer.add(label: Bytes("K|1".utf8).span)
    writer.end(at: 70)
    writer.add(label: Bytes("K2".utf8).span)
    writer.end(id: Bytes("12".utf8).span)
    writer.add(label: Bytes().span)
    writer.endLater()
    writer.beginElement(new: Bytes("x".utf8).span)
    writer.member("cell", "D9")
    writer.endField()
    writer.skip()
    writer.end()
    var parsed = ParsedFields()
    let isRead = parsed.parse(writer.bytes.span)
    try #require(isRead)
    #expect(parsed.fields.map(\.place) == [1, 2, 5, 6, 7, 8])
    #expect(parsed.string(parsed.fields[0].new) == "a\"\n客户" && parsed.fields[0].hasOwnCell)
    #expect(parsed.fields[1].new == .null)
    #expect(parsed.fields[2].at == 70 && parsed.string(parsed.fields[2].new) == "K|1")
    #expect(parsed.string(parsed.fields[3].id) == "12" && parsed.fields[4].isLater)
    #expect(parsed.string(parsed.fields[5].cell) == "D9" && !parsed.fields[5].hasOwnCell)
    for count in 0..<writer.bytes.count {
      let isRead = parsed.parse(writer.bytes.span.extracting(0..<count))
      #expect(!isRead)
    }
  }

  @Test func `the view says in full what lines say in short`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    _ = try await fixture.load(Fixture.sales())
    var sheets = Fixture.sales(accounts: 9, changed: [1, 2])
    for index in sheets[0].rows.indices {
      sheets[0].rows[index]["name"]? += "\"\\\n\t\u{2}',{}[]😀\u{7F}"
    }
    let plan = try await Migration.plan(
      Fixture.request(sheets), store: fixture.reading, context: fixture.context())
    let file = try PlanFile(path: #require(plan.planPath))
    let query = try file.database.prepare(
      """
      SELECT c.entity, c.kind, c.place, c.fields, l.fields, l.origin, l.row, l.kind
      FROM changes c JOIN lines l USING (seq)
      """)
    var kinds: [String: Int] = [:]
    while try query.step() {
      let source = LineSource(query, at: 5)
      let written = query.withText(at: 4) {
        file.forms.written($0, entity: query.string(at: 0) ?? "", source)
      }
      let texts = [Data(written), Data((query.string(at: 3) ?? "").utf8)]
      let fields = try texts.map { try JSONSerialization.jsonObject(with: $0) as? NSArray }
      #expect(fields[0] != nil && fields[0] == fields[1])
      #expect(query.string(at: 2) == file.forms.place(source) ?? "")
      #expect(query.string(at: 1) == ChangeKind(number: query.integer(at: 7))?.word)
      kinds[query.string(at: 1) ?? "", default: 0] += 1
    }
    #expect(kinds.keys.sorted() == ["create", "same", "update"])
  }

  @Test func `text that is cut anywhere is refused and never traps`() {
    var writer = FieldsWriter()
    writer.beginField("name")
    writer.member("old", "a\nb\u{2}")
    writer.null("new")
    writer.member("at", number: 3)
    writer.flag("later")
    writer.endField()
    writer.end()
    var parsed = ParsedFields()
    for count in 0..<writer.bytes.count {
      let isRead = parsed.parse(writer.bytes.span.extracting(0..<count))
      #expect(!isRead)
    }
  }

  @Test func `a block gives back what was packed, and nothing where it is cut`() {
    var block = WrittenBlock()
    for seq in [1, 127, 128, 70_000] {
      let id = Bytes("编号\(seq)".utf8)
      let storeID = Bytes(String(repeating: "9", count: seq % 300).utf8)
      block.append(seq: seq, externalID: id.span, storeID: storeID.span)
      block.append(hash: UInt64(seq) &* 0x9E37_79B9_7F4A_7C15)
      block.append(hash: ValueHash.null)
    }
    var reader = WrittenBlockReader(fieldCount: 2)
    var seqs: [Int] = []
    while reader.next(in: block.bytes.span) {
      seqs.append(reader.seq)
      let id = block.bytes.span.extracting(reader.externalID).text
      #expect(id == "编号\(reader.seq)")
      #expect(reader.storeID.count == reader.seq % 300)
      let hashes = [reader.hash(0, in: block.bytes.span), reader.hash(1, in: block.bytes.span)]
      #expect(hashes == [UInt64(reader.seq) &* 0x9E37_79B9_7F4A_7C15, ValueHash.null])
    }
    #expect(seqs == [1, 127, 128, 70_000])
    for count in 0..<block.bytes.count {
      var short = WrittenBlockReader(fieldCount: 2)
      var records = 0
      while short.next(in: block.bytes.span.extracting(0..<count)) { records += 1 }
      #expect(records < 4)
    }
  }

  @Test(arguments: [
    ("crm.csv 'crm'!C14", Provenance(file: "crm.csv", sheet: "crm", rowNumber: 14, columnIndex: 2)),
    ("a b.xlsx '客户 '!台账'!14", Provenance(file: "a b.xlsx", sheet: "客户 '!台账", rowNumber: 14)),
    ("crm.csv", Provenance(file: "crm.csv")),
  ])
  func `places are read as they are written`(text: String, place: Provenance) {
    #expect(Provenance(parsing: text) == place)
    #expect(place.description == text)
  }

  @Test(arguments: [
    (["37.50", "0.5", "-1"], "37.00"), (["0.1", "0.2"], "0.3"), ([], "0"),
    (["999999999999999999999999.99", "0.01"], "1000000000000000000000000.00"),
    (["1", "0.00000000000001"], "1.00000000000001"), (["-0.05"], "-0.05"),
  ])
  func `sums are exact`(addends: [String], sum: String) {
    var total = DecimalSum()
    for addend in addends { total.add(Bytes(addend.utf8).span) }
    #expect(total.text == sum)
  }

  @Test func `two plans of the same input and store are equal, run and time aside`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    _ = try await fixture.load(Fixture.sales())
    var dumps: [[ChangeSummary]] = []
    for _ in 0..<2 {
      let plan = try await Migration.plan(
        Fixture.request(Fixture.sales(accounts: 9, changed: [1, 2])), store: fixture.reading,
        context: fixture.context())
      var changes: [ChangeSummary] = []
      try PlanFile(path: #require(plan.planPath)).forEachChange { changes.append($0) }
      dumps.append(changes)
    }
    #expect(dumps[0] == dumps[1] && dumps[0].count == 27)
  }

  @Test func `a summary read from the plan says what the planner said`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    var sheets = Fixture.sales()
    sheets[0].rows[2]["name"] = nil
    let plan = try await Migration.plan(
      Fixture.request(sheets), store: fixture.reading, context: fixture.context())
    let read = try PlanFile(path: #require(plan.planPath)).summary()
    #expect(read.entities == plan.entities && read.tables == plan.tables)
    #expect(read.findings == plan.findings && read.controls == plan.controls)
    #expect(read.changes == plan.changes && !read.changes.isEmpty)
    let words = zip(read.findings, plan.findings)
    for (one, other) in words { #expect(one.message(in: .chinese) == other.message(in: .chinese)) }
  }

  @Test func `workspace, journal and plans are for their owner alone`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let plan = try await fixture.load(Fixture.sales())
    let mode = { (path: String) in
      try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
    #expect(try mode(fixture.workspace.path) == 0o700)
    #expect(try mode(fixture.workspace.journalPath) == 0o600)
    #expect(try mode(#require(plan.planPath)) == 0o600)
  }

  @Test func `a file that is no plan is refused in words`() throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let path = fixture.folder + "/x.ferryplan"
    try "no plan".write(toFile: path, atomically: true, encoding: .utf8)
    let error = #expect(throws: MigrationError.self) { try PlanFile(path: path) }
    #expect(error?.exitStatus == .wrongUsage)
  }

  @Test func `a run is found by its bare id in the workspaces of a folder`() async throws {
    let fixture = try Fixture()
    defer { fixture.remove() }
    let run = try await fixture.load(Fixture.sales()).run
    #expect(
      try Workspace.holding(run: run, in: fixture.folder).journalPath
        == fixture.workspace.journalPath)
    let error = #expect(throws: MigrationError.self) {
      try Workspace.holding(run: "20990101T000000Z-aaaaaaaa", in: fixture.folder)
    }
    #expect(error?.kind == .unknownRun)
    #expect(Workspace(besideMapping: "a/b.c.yaml").path == "a/b.c.ferry")
    #expect(Workspace(besideMapping: "m.yaml").path == "m.ferry")
  }
}
