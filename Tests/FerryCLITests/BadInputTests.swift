import FerryTestSupport
import Foundation
import Testing

/// Something wrong that a user may bring, and what must come of it.
struct BadInput: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// Makes the files in the folder that is given.
  let files: @Sendable (Room) throws -> Void
  let command: String
  let status: Int32
  /// What standard error must say, in English.
  let says: [String]

  static let mapping = """
    ferry: 1
    sources:
      - file: in.xlsx
        records:
          account:
            key: id
            name: name
    """

  static func sheet(_ rows: [[WorkbookFixture.Cell]]) -> @Sendable (Room) throws -> Void {
    { room in
      try room.write(mapping, to: "m.yaml")
      try WorkbookFixture(sheet: "S", rows: rows).write(to: room.path("in.xlsx"))
    }
  }

  static func bytes(_ bytes: [UInt8]) -> @Sendable (Room) throws -> Void {
    { room in
      try room.write(mapping, to: "m.yaml")
      try Data(bytes).write(to: room.folder.appending(path: "in.xlsx"))
    }
  }

  static let plan = "ferry plan m.yaml --to sqlite:crm.db"
  static let legacyWorkbook = CompoundFixture([("Workbook", Array(repeating: 0, count: 5000))])

  static let all: [BadInput] = files + mappings + places

  static let files = [
    BadInput(
      testDescription: "a damaged .xls under another name",
      files: bytes(legacyWorkbook.bytes()),
      command: plan, status: 3, says: ["in.xlsx", ".xls", "damaged"]),
    BadInput(
      testDescription: "a truncated workbook",
      files: { room in
        try sheet([["id", "name"], ["1", "a"]])(room)
        let url = room.folder.appending(path: "in.xlsx")
        let whole = try Data(contentsOf: url)
        try whole.prefix(whole.count / 2).write(to: url)
      }, command: plan, status: 3, says: ["in.xlsx", "cut off"]),
    BadInput(
      testDescription: "a file that is missing", files: { try $0.write(mapping, to: "m.yaml") },
      command: plan, status: 3, says: ["in.xlsx"]),
    BadInput(
      testDescription: "a file of no bytes", files: bytes([]), command: plan, status: 3,
      says: ["in.xlsx", "empty"]),
    BadInput(
      testDescription: "an empty sheet", files: sheet([]), command: plan, status: 3,
      says: ["in.xlsx", "'S'"]),
    BadInput(
      testDescription: "text under the name of a workbook",
      files: bytes(Array("id,name\n1,a\n".utf8)),
      command: plan, status: 3, says: ["in.xlsx", "not an Excel workbook", "name it .csv"]),
    BadInput(
      testDescription: "a picture",
      files: bytes([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0]),
      command: "ferry cat in.xlsx", status: 3, says: ["in.xlsx"]),
  ]

  static let mappings = [
    BadInput(
      testDescription: "a missing column", files: sheet([["编号", "name"], ["1", "a"]]),
      command: plan, status: 2, says: ["m.yaml:6:14: error: no column 'id'"]),
    BadInput(
      testDescription: "a mistyped column", files: sheet([["id", "nmae"], ["1", "a"]]),
      command: plan, status: 2,
      says: ["m.yaml:7:15: error: no column 'name'", "did you mean 'nmae'"]),
    BadInput(
      testDescription: "two columns with one name",
      files: sheet([["id", "name", "name"], ["1", "a", "b"]]),
      command: plan, status: 2, says: ["m.yaml:7:15", "'name'"]),
    BadInput(
      testDescription: "a missing sheet",
      files: { room in
        try sheet([["id", "name"], ["1", "a"]])(room)
        try room.write(
          mapping.replacing("    records:", with: "    sheet: T\n    records:"), to: "m.yaml")
      }, command: plan, status: 2, says: ["m.yaml:4:12", "'T'"]),
    BadInput(
      testDescription: "a mistyped key of the mapping",
      files: { room in
        try sheet([["id", "name"], ["1", "a"]])(room)
        try room.write(mapping.replacing("records:", with: "recrds:"), to: "m.yaml")
      }, command: plan, status: 2, says: ["m.yaml:4:5", "records"]),
    BadInput(
      testDescription: "a mapping that is no YAML",
      files: { try $0.write("ferry: [1\nsources: {", to: "m.yaml") },
      command: plan, status: 2, says: ["m.yaml:"]),
    BadInput(
      testDescription: "a mapping that is missing", files: { _ in }, command: plan, status: 2,
      says: ["m.yaml"]),
  ]

  static let places = [
    BadInput(
      testDescription: "a store in a folder that is missing",
      files: sheet([["id", "name"], ["1", "a"]]),
      command: "ferry plan m.yaml --to sqlite:no/such/crm.db", status: 4, says: ["no/such"]),
    BadInput(
      testDescription: "a store that is no database",
      files: { room in
        try sheet([["id", "name"], ["1", "a"]])(room)
        try room.write(String(repeating: "not a database ", count: 100), to: "crm.db")
      }, command: plan, status: 4, says: ["crm.db"]),
    BadInput(
      testDescription: "a server that does not answer",
      files: sheet([["id", "name"], ["1", "a"]]),
      command: "ferry plan m.yaml --to postgres://127.0.0.1:1/none", status: 4, says: ["127.0.0.1"]),
    BadInput(
      testDescription: "a locked workspace",
      files: { room in
        try sheet([["id", "name"], ["1", "a"]])(room)
        #expect(try room.run(plan).status == 0)
      }, command: "flock m.ferry/lock \(plan)", status: 5, says: ["m.ferry"]),
    BadInput(
      testDescription: "a run that nobody knows", files: { _ in }, command: "ferry undo 2026",
      status: 2,
      says: ["2026"]),
    BadInput(
      testDescription: "a plan that is none", files: { try $0.write("no plan", to: "x.ferryplan") },
      command: "ferry apply x.ferryplan", status: 2, says: ["x.ferryplan"]),
  ]
}

@Suite("bad input")
struct BadInputTests {
  @Test(arguments: BadInput.all)
  func `ends with its own message and exit code, and writes nothing`(_ input: BadInput) throws {
    let room = try Room()
    defer { room.remove() }
    try input.files(room)
    let before = room.bytes(of: "crm.db")
    let result = try room.run(input.command)
    #expect(result.status == input.status, "\(result.errors)")
    for words in input.says {
      #expect(result.errors.contains(words), "'\(words)' is not in: \(result.errors)")
    }
    #expect(room.bytes(of: "crm.db") == before, "the store was touched")
    let chinese = try room.run("\(input.command) --lang zh")
    #expect(chinese.status == input.status)
    #expect(chinese.errors.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) })
  }

  @Test func `one bad file of a folder hides no other`() throws {
    let room = try Room()
    defer { room.remove() }
    _ = try room.run("mkdir f")
    try room.write("", to: "f/a-empty.csv")
    try room.write("PK", to: "f/b.xlsx")
    try room.write("客户编号,客户名称\nA1,云腾\nA2,致雨\n", to: "f/c.csv")
    let seen = try room.run("ferry inspect f -o page.html")
    #expect(seen.status == 1 && seen.output.contains("c.csv"), "\(seen.errors)")
    #expect(seen.errors.contains("a-empty.csv") && seen.errors.contains("b.xlsx"))
    #expect(room.bytes(of: "page.html") != nil)
    let drafted = try room.run("ferry draft f -o m.yaml")
    #expect(drafted.status == 1 && drafted.errors.contains("b.xlsx"), "\(drafted.errors)")
    #expect(try room.run("ferry plan m.yaml --to sqlite:crm.db").status == 0)
    #expect(try room.run("rm f/c.csv; ferry inspect f").status == 3)
  }
}
