import Foundation
import Testing

/// `ferry match` on tables that people may well bring.
@Suite("ferry match") struct MatchTests {
  static let config = "columns:\n  name: person_name\n  phone: phone\n  email: email\n"
  static let match = "ferry match a.csv --config m.yaml --pairs p.csv --clusters c.csv"

  private func room(_ table: String, config: String = config) throws -> Room {
    let room = try Room()
    try room.write(table, to: "a.csv")
    try room.write(config, to: "m.yaml")
    return room
  }

  private func text(_ name: String, in room: Room) -> String {
    String(decoding: room.bytes(of: name) ?? Data(), as: UTF8.self)
  }

  /// Rows that are known to be one, among others.
  static func table(rows: Int, delimiter: String = ",") -> String {
    var lines = [["name", "phone", "email"].joined(separator: delimiter)]
    let names = ["王晓明", "李海波", "张雨桐", "陈思思", "Ada Lovelace", "Grace Hopper", "刘建国", "赵鹏程"]
    for row in 0..<rows {
      let person = row % 5 == 4 ? row - 1 : row
      let cells = [
        names[person % names.count], "138\(10_000_000 + person * 7919)", "u\(person)@x.test",
      ]
      lines.append(cells.joined(separator: delimiter))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  @Test(arguments: [0, 1, 2])
  func `a table of hardly any rows has an answer`(_ count: Int) throws {
    let rows = String(repeating: "王晓明,13800001111,w@x.test\n", count: count)
    let room = try room("name,phone,email\n" + rows)
    defer { room.remove() }
    let result = try room.run(Self.match)
    #expect(result.status == 0, "\(result.errors)")
    #expect(text("p.csv", in: room).hasPrefix("left,right,probability\n"))
    #expect(text("p.csv", in: room).contains("\n1,2,") == (count == 2))
    #expect(text("c.csv", in: room).split(separator: "\n").count == count + 1)
  }

  @Test func `blank records count, and short ones are read`() throws {
    let room = try room(
      "name,phone,email\n王晓明,13800001111,w@x.test\n\n,\n王晓明\n王晓明,13800001111,w@x.test,more\n")
    defer { room.remove() }
    #expect(try room.run(Self.match).status == 0)
    let clusters = text("c.csv", in: room)
    #expect(clusters.split(separator: "\n").count == 6)
    #expect(clusters.contains("\n2,2\n3,3\n") && text("p.csv", in: room).contains("\n1,5,"))
  }

  @Test(arguments: ["王晓明,13800001111,w@x.test", ",,", "王晓明,,", "n/a,n/a,n/a"])
  func `rows that are all alike come to an end`(_ row: String) throws {
    let room = try room("name,phone,email\n" + String(repeating: row + "\n", count: 3000))
    defer { room.remove() }
    let result = try room.run(Self.match)
    #expect(result.status == 0, "\(result.errors)")
    #expect(text("c.csv", in: room).split(separator: "\n").count == 3001)
  }

  @Test func `a table linked with itself finds each row's own`() throws {
    let room = try room(Self.table(rows: 60))
    defer { room.remove() }
    #expect(try room.run(Self.match + " --with a.csv").status == 0)
    let clusters = text("c.csv", in: room).split(separator: "\n").dropFirst()
    #expect(clusters.count == 120)
    #expect(text("p.csv", in: room).contains("\n1,1,"))
  }

  @Test(arguments: [";", "|", "\t", ","])
  func `a dialect under which the config's columns stand is taken`(_ delimiter: String) throws {
    // Commas in every cell speak for another dialect.
    let rows = (0..<9).map { "x,y,\($0)\(delimiter)a,b,\($0)\(delimiter)" }
    let quoted = delimiter == "," ? rows.map { _ in "王,1," } : rows
    let room = try room(
      "name\(delimiter)phone\(delimiter)email\n" + quoted.joined(separator: "\n") + "\n")
    defer { room.remove() }
    let result = try room.run(Self.match)
    #expect(result.status == 0, "\(result.errors)")
  }

  @Test func `the same input gives the same bytes`() throws {
    let room = try room(Self.table(rows: 400))
    defer { room.remove() }
    let first = try room.run(Self.match + " --json --quiet")
    let (pairs, clusters) = (room.bytes(of: "p.csv"), room.bytes(of: "c.csv"))
    let second = try room.run(Self.match + " --json --quiet")
    #expect(first.output == second.output && first.errors.isEmpty)
    #expect(pairs == room.bytes(of: "p.csv") && clusters == room.bytes(of: "c.csv"))
    let document = try JSONSerialization.jsonObject(with: Data(first.output.utf8))
    let object = try #require(document as? [String: Any])
    #expect(object["rows"] as? Int == 400 && object["columns_found"] as? Bool == false)
  }

  @Test func `without a config it says what it took, and that config does the same`() throws {
    let table = Self.table(rows: 200).replacing("\n", with: ",Bob\n")
    let room = try room(table.replacing("email,Bob", with: "email,owner"))
    defer { room.remove() }
    let found = try room.run("ferry match a.csv --pairs p.csv")
    #expect(found.status == 0)
    #expect(found.errors.contains("columns:\n  name: person_name"))
    #expect(found.errors.contains("# left out: owner (says nothing of who it is)\n"))
    let lines = found.errors.split(separator: "\n").prefix { !$0.hasPrefix("a.csv:") }
    try room.write(lines.joined(separator: "\n") + "\n", to: "n.yaml")
    #expect(try room.run("ferry match a.csv --config n.yaml --pairs q.csv").status == 0)
    #expect(room.bytes(of: "p.csv") == room.bytes(of: "q.csv"))
  }

  @Test func `a model is written, used again, and refused where it does not fit`() throws {
    let room = try room(Self.table(rows: 400))
    defer { room.remove() }
    #expect(try room.run(Self.match + " --save-model model.json").status == 0)
    let pairs = room.bytes(of: "p.csv")
    try room.write(Self.config + "model: model.json\n", to: "n.yaml")
    #expect(try room.run("ferry match a.csv --config n.yaml --pairs q.csv").status == 0)
    #expect(pairs == room.bytes(of: "q.csv"))
    try room.write("columns:\n  name: person_name\nmodel: model.json\n", to: "n.yaml")
    let other = try room.run("ferry match a.csv --config n.yaml --pairs r.csv")
    #expect(other.status == 2 && other.errors.contains("the model is of other columns"))
    try room.write("{\"format\": 1}", to: "model.json")
    let none = try room.run("ferry match a.csv --config n.yaml --pairs r.csv")
    #expect(none.status == 2 && none.errors.contains("model.json: error: this is no model"))
    #expect(room.bytes(of: "r.csv") == nil)
  }

  @Test func `tells why two rows are the same, field by field`() throws {
    let room = try room(Self.table(rows: 100))
    defer { room.remove() }
    let result = try room.run("ferry match a.csv --config m.yaml --explain 4 5")
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("rows 4 and 5: probability "))
    #expect(result.output.contains("name") && result.output.contains("same number"))
    let json = try room.run("ferry match a.csv --config m.yaml --explain 4 5 --json --quiet")
    #expect(json.output.contains("\"explanation\":{\"left\":4,\"right\":5,"))
    for pair in ["4 101", "4 4", "0 1", "x 1"] {
      let wrong = try room.run("ferry match a.csv --config m.yaml --explain \(pair)")
      #expect(wrong.status == 2 && wrong.errors.contains("a.csv has no row"), "\(pair)")
    }
  }

  @Test func `blocking rules of a config are the only ones`() throws {
    let rules = Self.config + "blocking: [[name, phone]]\n"
    let room = try room(
      "name,phone,email\nAda,555 0101,\nAda,555 0102,\nada,555-0101,\n", config: rules)
    defer { room.remove() }
    let result = try room.run(Self.match + " --json --quiet")
    #expect(result.output.contains("\"compared\":1,"), "\(result.output)")
  }

  @Test func `levels of a config take the place of the kind's own`() throws {
    let levels = Self.config + "comparisons: { phone: { levels: [exact, damerau 1, else] } }\n"
    let room = try room(Self.table(rows: 100), config: levels)
    defer { room.remove() }
    try room.write("name,phone,email\nAda,5550101,\nAda,5550102,\nBob,9,\n", to: "a.csv")
    let result = try room.run("ferry match a.csv --config m.yaml --explain 1 2")
    #expect(result.output.contains("edit distance of 1 or less"), "\(result.output)")
    #expect(
      try room.run("ferry match a.csv --config m.yaml --explain 1 3").output.contains("other"))
  }

  @Test(arguments: [
    (
      "ferry match a.csv --config n.yaml --pairs p.csv", 2,
      "n.yaml:2:3: error: no column 'nam' in a.csv; did you mean 'name'?"
    ),
    (
      "ferry match a.csv --config m.yaml --with b.csv --pairs p.csv", 2,
      "m.yaml:3:3: error: no column 'phone' in b.csv"
    ),
    (
      "ferry match a.csv --config none.yaml --pairs p.csv", 2,
      "none.yaml: error: there is no such config"
    ),
    ("ferry match none.csv --config m.yaml --pairs p.csv", 3, "none.csv"),
    ("ferry match a.csv --config m.yaml --pairs a.csv", 2, "a.csv would be written over"),
    (
      "ferry match a.csv --config m.yaml --pairs p.csv --clusters ./p.csv", 2,
      "p.csv would be written over"
    ),
    (
      "ferry match a.csv --config m.yaml --pairs p.csv --clusters no/such/c.csv", 2,
      "no/such/c.csv can't be written"
    ),
    ("ferry match ids.csv --pairs p.csv", 2, "no column was found that tells who a row is about"),
    ("ferry match long.csv --config m.yaml --pairs p.csv", 3, "long.csv"),
  ])
  func `wrong input is told, and nothing is written`(
    _ line: String, _ status: Int32, _ says: String
  ) throws {
    let room = try room(Self.table(rows: 20))
    defer { room.remove() }
    try room.write("columns:\n  nam: person_name\n", to: "n.yaml")
    try room.write("name,mobile,email\nAda,1,\n", to: "b.csv")
    try room.write("id,owner\n1,Bob\n2,Bob\n", to: "ids.csv")
    if line.contains("long.csv") {
      try room.write(
        "name,phone,email\n" + String(repeating: "长", count: 3_500_000), to: "long.csv")
    }
    let before = try FileManager.default.contentsOfDirectory(atPath: room.folder.path).sorted()
    let table = room.bytes(of: "a.csv")
    let result = try room.run(line)
    #expect(result.status == status)
    #expect(result.errors.contains(says), "\(result.errors)")
    let after = try FileManager.default.contentsOfDirectory(atPath: room.folder.path).sorted()
    #expect(after.filter { !$0.hasPrefix(".std") } == before && table == room.bytes(of: "a.csv"))
  }
}
