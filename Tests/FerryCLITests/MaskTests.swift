import FerryRecords
import Foundation
import Testing

/// Sheets with a value in every field of every entity, each of which occurs nowhere else.
struct PlantedSheets {
  private(set) var values: [String] = []
  private(set) var mapping = """
    ferry: 1
    match: { account: { review: 0.05 }, contact: { review: 0.05 }, lead: { review: 0.05 } }
    gates: { shrunk: 90%, controls: 100000%, unmapped_values: 1000, owners: 100% }
    controls: [count contact by name, count account by owner, sum deal.amount by name]
    sources:

    """
  private(set) var files: [String: String] = [:]

  /// `night` makes other values for the same keys.
  init(night: Int) {
    for (number, entity) in SalesChain.entities.enumerated() where entity.parent == nil {
      add(entity, number * 1000, night)
    }
  }

  private mutating func add(_ entity: Entity, _ base: Int, _ night: Int) {
    let fields = entity.fields.filter { $0.name != "custom" && $0.name != "currency" }
    mapping +=
      "  - file: \(entity.name).csv\n    records:\n      \(entity.name):\n        key: key\n"
    for field in fields { mapping += "        \(field.name): \(Self.recipe(field))\n" }
    mapping += "        custom: { extra: extra }\n"
    var lines = [(["key"] + fields.map(\.name) + ["extra"]).joined(separator: ",")]
    for row in 0..<5 {
      let key = "Kq\(base + row)z"
      values.append(key)
      var cells = [key]
      for (column, field) in fields.enumerated() {
        // The last two rows can't be read; the second is much like the first.
        let isBad = row > 2
        let number =
          base * 100 + (row == 1 && column > 2 ? 0 : row) * 60 + column + night * 7_000_000
        cells.append(isBad ? "Bad值\(number)x" : Self.value(of: field, number))
        values.append(cells[column + 1])
      }
      cells.append("Extra\(base)r\(row)n\(night)")
      values.append(cells[cells.count - 1])
      lines.append(cells.joined(separator: ","))
    }
    files["\(entity.name).csv"] = lines.joined(separator: "\n") + "\n"
  }

  private static func recipe(_ field: Field) -> String {
    if let other = field.referenced {
      let find = other == "user" ? "user.name" : "\(other).key"
      return "{ from: \(field.name), find: \(find) }"
    }
    if case .choice = field.type { return "{ from: \(field.name), otherwise: keep }" }
    return field.name
  }

  private static func value(of field: Field, _ number: Int) -> String {
    switch field.type {
    case .phone: "1\(3_000_000_000 + number)"
    case .email: "mail\(number)@planted.example"
    case .boolean: "是"
    case .url: "https://site\(number).planted.example"
    case .amount, .decimal: "\(90_000_000 + number).37"
    case .integer: "\(90_000_000 + number)"
    case .percent: "\(number % 89 + 10).\(1000 + number % 8999)%"
    case .date: "1\(900 + number % 90)-0\(number % 9 + 1)-1\(number % 9)"
    case .instant: "1\(900 + number % 90)-0\(number % 9 + 1)-1\(number % 9) 03:1\(number % 9):41"
    default: "Vq\(field.name)\(number)w"
    }
  }
}

@Suite("a report for anyone")
struct MaskTests {
  /// Values that Ferry wrote itself, or that are too short to be anyone's.
  private static func found(_ values: [String], in text: String) -> [String] {
    values.filter { $0.utf8.count > 3 && text.contains($0) }
  }

  /// All files of all reports, and what was said.
  private func reports(_ room: Room) throws -> String {
    try room.run("cat w.ferry/runs/*/*.html w.ferry/runs/*/*.json w.ferry/runs/*/*.md").output
  }

  @Test func `holds no value of any cell`() throws {
    let room = try Room()
    defer { room.remove() }
    var values: [String] = []
    var said = ""
    func run(_ line: String) throws -> Room.Result {
      let result = try room.run("ferry \(line) --workspace w.ferry --mask")
      #expect([0, 1].contains(result.status), "\(line): \(result.errors)")
      said += result.output + result.errors
      return result
    }
    for night in 0..<2 {
      let sheets = PlantedSheets(night: night)
      values += sheets.values
      try room.write(sheets.mapping, to: "m.yaml")
      for (name, text) in sheets.files { try room.write(text, to: name) }
      _ = try run("plan m.yaml --to sqlite:crm.db")
      let done = try run("import m.yaml --to sqlite:crm.db --backup --json")
      let document = try JSONDecoder().decode(Document.self, from: Data(done.output.utf8))
      _ = try run("verify \(document.run)")
      _ = try run("verify \(document.run) --json --lang zh")
      if night == 1 {
        _ = try room.run("sqlite3 crm.db \"UPDATE accounts SET phone = 'Vqphone9999w'\"")
        _ = try run("undo \(document.run)")
      }
    }
    let owners = try room.run("sqlite3 crm.db 'SELECT name FROM users'").output.split(
      separator: "\n")
    try room.write("old,new\n\(owners[0]),\(owners[1])\nVqnobody77w,公海\n", to: "owners.csv")
    values += ["Vqnobody77w", "Vqphone9999w"]
    _ = try run("plan owners.csv --to sqlite:crm.db")
    let reports = try reports(room)
    #expect(reports.utf8.count > 100_000 && reports.contains("‹1›"))
    #expect(Self.found(values, in: reports) == [])
    #expect(Self.found(values, in: said) == [])
    #expect(try room.run("ls w.ferry/runs/*/*.xlsx w.ferry/runs/*/rejects").output == "")
    // The same without --mask holds them, so that not finding them means something.
    _ = try room.run("ferry plan m.yaml --to sqlite:crm.db --workspace w.ferry")
    #expect(try Self.found(values, in: self.reports(room)).count > 100)
  }

  @Test func `keeps values out of what a log takes, unless they are asked for`() throws {
    let room = try Room()
    defer { room.remove() }
    let sheets = PlantedSheets(night: 0)
    let bad = sheets.values.filter { $0.hasPrefix("Bad") }
    try room.write(sheets.mapping, to: "m.yaml")
    for (name, text) in sheets.files { try room.write(text, to: name) }
    for form in ["", " --json"] {
      let plan = try room.run("ferry plan m.yaml --to sqlite:crm.db" + form)
      let unmapped = plan.errors.range(of: "Unmapped values:").map { plan.errors[..<$0.lowerBound] }
      let log = form.isEmpty ? String(unmapped ?? plan.errors[...]) : plan.errors
      #expect(Self.found(bad, in: log) == [], "\(form)")
    }
    let shown = try room.run("ferry plan m.yaml --to sqlite:crm.db --show-values")
    #expect(!Self.found(bad, in: shown.errors).isEmpty)
  }

  private struct Document: Decodable {
    let run: String
  }
}
