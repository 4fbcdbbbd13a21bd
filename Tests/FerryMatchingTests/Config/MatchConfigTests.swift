import FerryCore
import FerryMatching
import Testing

/// A config with one fault, and what must be said of it.
struct ConfigFault: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let text: String
  let place: String
  let says: String

  static let all = [
    ConfigFault(
      testDescription: "an unknown key", text: "colums:\n  name: person_name\n", place: "1:1",
      says: "did you mean 'columns'?"),
    ConfigFault(
      testDescription: "an unknown kind", text: "columns:\n  name: persons_name\n", place: "2:9",
      says: "unknown kind 'persons_name'; did you mean 'person_name'?"),
    ConfigFault(
      testDescription: "a kind that is nothing like one", text: "columns: { name: zzz }",
      place: "1:18",
      says: "expected one of person_name, company_name, phone"),
    ConfigFault(
      testDescription: "no kind", text: "columns:\n  name:\n", place: "2:8",
      says: "expected one text"),
    ConfigFault(
      testDescription: "columns as a list", text: "columns: [name]", place: "1:10",
      says: "expected keys with values under 'columns'"),
    ConfigFault(
      testDescription: "a threshold of nought", text: "thresholds: { review: 0 }", place: "1:23",
      says: "expected a number 0 < n ≤ 1 under 'review', found '0'"),
    ConfigFault(
      testDescription: "a threshold that is no number", text: "thresholds: { merge: high }",
      place: "1:22", says: "'high'"),
    ConfigFault(
      testDescription: "review above merge", text: "thresholds: { review: 0.9, merge: 0.8 }",
      place: "1:13", says: "'review' (0.9) lies above 'merge' (0.8)"),
    ConfigFault(
      testDescription: "an unknown threshold", text: "thresholds: { merg: 0.9 }", place: "1:15",
      says: "did you mean 'merge'?"),
    ConfigFault(
      testDescription: "a link of neither kind", text: "link: single", place: "1:7",
      says: "'single' is no value for 'link'"),
    ConfigFault(
      testDescription: "a prior of one", text: "prior: 1", place: "1:8", says: "0 < n < 1"),
    ConfigFault(
      testDescription: "a level that is none",
      text: "columns: { a: id }\ncomparisons: { a: { levels: [exact, damerau] } }", place: "2:37",
      says: "'damerau' is no level"),
    ConfigFault(
      testDescription: "a level behind else",
      text: "columns: { a: id }\ncomparisons: { a: { levels: [else, exact] } }", place: "2:36",
      says: "nothing can come behind 'else'"),
    ConfigFault(
      testDescription: "a model that is not there", text: "model: no-such-model.json", place: "1:8",
      says: "no model file 'no-such-model.json'"),
    ConfigFault(
      testDescription: "blocking without lists", text: "blocking: surname", place: "1:11",
      says: "expected a list under 'blocking'"),
    ConfigFault(
      testDescription: "a key twice", text: "columns:\n  a: id\n  a: id\n", place: "3:3",
      says: "'a' stands already on line 2"),
    ConfigFault(testDescription: "no YAML", text: "columns: { a: id", place: "", says: "'}'"),
    ConfigFault(testDescription: "nothing", text: "", place: "1:1", says: "holds nothing"),
  ]
}

@Suite struct MatchConfigTests {
  static let text = """
    columns:
      姓名: person_name
      "Site name": company_name
      id: id
    link: many
    thresholds: { review: 0.4, merge: 0.9 }
    blocking: [[姓名, id], "Site name"]
    prior: 0.0002
    comparisons: { id: { levels: [exact, damerau 1, jaro 0.9] } }
    """

  private func config(_ text: String) throws -> MatchConfig {
    try MatchConfig(path: "m.yaml", bytes: Array(text.utf8))
  }

  private func faults(_ body: () throws -> Void) -> [Finding] {
    do {
      try body()
      return []
    } catch let error as MatchConfigError {
      return error.findings
    } catch {
      return []
    }
  }

  @Test func `reads all that a config can say`() throws {
    let config = try config(Self.text)
    let header = MatchHeader(file: "a.csv", names: ["id", "Site name", "姓名", "other"])
    let columns = try config.columns(in: [header])
    #expect(columns.map(\.header) == ["姓名", "Site name", "id"])
    #expect(columns.map(\.kind) == [.personName, .companyName, .id])
    #expect(config.options.link == .many && config.options.prior == 0.0002)
    #expect(config.options.review == 0.4 && config.options.merge == 0.9)
    #expect(config.options.blocking == [["姓名", "id"], ["Site name"]])
    #expect(
      config.options.comparisons == ["id": [.exact, .damerau(1), .jaro(0.9), .otherwise]])
    try config.checkUses(of: columns)
  }

  @Test(arguments: ConfigFault.all)
  func `tells each fault with its place`(_ fault: ConfigFault) throws {
    let findings = faults { _ = try config(fault.text) }
    let finding = try #require(findings.first)
    #expect(finding.provenance?.description.hasPrefix("m.yaml:\(fault.place)") == true)
    #expect(finding.message(in: .english).contains(fault.says), "\(finding.message(in: .english))")
    #expect(!finding.message(in: .chinese).isEmpty)
  }

  @Test func `tells all faults at once, in the order of the file`() throws {
    let findings = faults { _ = try config("columns: { a: nome, b: emial }\nlnk: one") }
    #expect(
      findings.map { $0.provenance?.description } == ["m.yaml:1:15", "m.yaml:1:24", "m.yaml:2:1"])
  }

  @Test func `a column that a table lacks is told with its place and the table's name`() throws {
    let config = try config("columns:\n  surname: person_name\n  mobile: phone\n")
    let left = MatchHeader(file: "a.csv", names: ["surname", "mobile"])
    let right = MatchHeader(file: "b.csv", names: ["surnme", "mobile", "mobile"])
    let messages = faults { _ = try config.columns(in: [left, right]) }
      .map { "\($0.provenance?.description ?? ""): \($0.message(in: .english))" }
    #expect(
      messages == [
        "m.yaml:2:3: no column 'surname' in b.csv; did you mean 'surnme'?",
        "m.yaml:3:3: 'mobile' stands 2 times in b.csv; write 'mobile#1' for the first",
      ])
  }

  @Test func `no more columns than a match compares`() throws {
    let names = (0..<30).map { "c\($0)" }
    let header = MatchHeader(file: "f", names: names)
    let many = try config("columns:\n" + names.map { "  \($0): id\n" }.joined())
    let findings = faults { _ = try many.columns(in: [header]) }
    #expect(findings.map { $0.provenance?.description } == ["m.yaml:27:3"])
    let parts = try config("columns:\n" + names.map { "  \($0): address\n" }.joined())
    #expect(try parts.columns(in: [header]).count == 30)
    var finder = ColumnKindFinder(headers: [header])
    let bytes = ContiguousArray("a1b2c3d4".utf8)
    for row in 0..<3 { finder.add(bytes.span, cells: names.map { _ in row..<row + 3 }) }
    #expect(finder.guesses().count { $0.kind != nil } == 25)
  }

  @Test func `blocking names columns that count`() throws {
    let config = try config("columns: { a: id }\nblocking: [[a, b]]")
    let columns = try config.columns(in: [MatchHeader(file: "f", names: ["a", "b"])])
    let findings = faults { try config.checkUses(of: columns) }
    #expect(findings.map { $0.provenance?.description } == ["m.yaml:2:16"])
  }

  @Test
  func `a column is found by number where its name is doubled, by its last part in an address`() {
    let header = MatchHeader(
      file: "f", names: ["电话", "电话", "http://example.org/shop.owl#street", "a#1"])
    #expect(header.place(of: "电话") == nil)
    #expect(header.place(of: "电话#2") == 1)
    #expect(header.place(of: "电话#3") == nil)
    #expect(header.place(of: "street") == 2)
    #expect(header.place(of: "a#1") == 3)
  }
}
