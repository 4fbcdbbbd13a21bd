import FerrySQLite
import FerryTestSupport
import Foundation
import Testing

@Suite("hostile cells")
struct HostileCellTests {
  private static let hostile = [
    "'); DROP TABLE accounts; --", "\"; DROP TABLE contacts; --", "Robert$$; DELETE FROM deals",
    "<script>alert(1)</script>", "<img src=x onerror=alert(2)>", "=HYPERLINK(\"http://x.test\")",
    "@SUM(1+1)*cmd|' /C calc'!A0", "+1+cmd", "../../../../tmp/ferry-escape", "/etc/passwd",
    "%s%n {0} {1}", "${HOME} $(touch pwned) `touch pwned`", "\u{1B}[31mred\u{1B}[0m",
  ]

  private static func quoted(_ text: String) -> String {
    "\"\(text.replacing("\"", with: "\"\""))\""
  }

  private func room() throws -> Room {
    let room = try Room()
    // The same name and phone twice, so that there is a pair to review.
    let rows = Self.hostile.enumerated().flatMap { number, text in
      (0..<2).map { twice in
        let cells = ["\(text)\(twice)", text, "010-8612\(1000 + number)", text, text]
        return cells.map(Self.quoted).joined(separator: ",")
      }
    }
    try room.write(
      (["id,name,phone,note,\"x'); DROP TABLE users; --\""] + rows).joined(separator: "\n") + "\n",
      to: "in.csv")
    try room.write(
      """
      ferry: 1
      match: { account: { review: 0.01, merge: 1 } }
      sources:
        - file: in.csv
          records:
            account:
              key: id
              name: name
              phone: phone
              description: note
              custom: { "k'); DROP TABLE users; --": "x'); DROP TABLE users; --" }
      controls: [count account by description]

      """, to: "m.yaml")
    return room
  }

  private func check(_ room: Room, _ store: String, _ notes: () throws -> [String]) throws {
    let done = try room.run("ferry import m.yaml --to '\(store)' --fail-on never")
    #expect(done.status == 0, "\(done.errors)")
    #expect(!done.errors.contains("\u{1B}[31m"))
    let found = Set(try notes())
    #expect(Self.hostile.filter { !$0.contains("\u{1B}") && !found.contains($0) } == [])
    let page = try room.run("cat m.ferry/runs/*/report.html").output
    #expect(page.contains("&lt;script&gt;alert(1)"))
    // Data stand in script elements that hold JSON; one script more, the page's own, may run.
    let scripts = page.components(separatedBy: "<script").dropFirst()
    #expect(scripts.count { !$0.hasPrefix(" type=\"application/json\"") } == 1)
    #expect(!page.contains("<img"))
    _ = try room.run("ferry review export review.xlsx")
    let sheets = try room.run("unzip -p review.xlsx 'xl/worksheets/*.xml'").output
    #expect(!sheets.isEmpty && !sheets.contains("<f>") && !sheets.contains("<hyperlink"))
    let left = try room.run("ls; ls /tmp/ferry-escape* 2>/dev/null").output.split(separator: "\n")
    #expect(Set(left).subtracting(["crm.db", "in.csv", "m.ferry", "m.yaml", "review.xlsx"]) == [])
    let again = try room.run("ferry import m.yaml --to '\(store)' --json --fail-on never")
    #expect(again.output.contains("\"created\":0") && again.output.contains("\"updated\":0"))
  }

  @Test func `are texts and nothing else in SQLite`() throws {
    let room = try room()
    defer { room.remove() }
    try check(room, "sqlite:crm.db") {
      let database = try Database(path: room.path("crm.db"), access: .readOnly)
      let query = try database.prepare("SELECT description FROM accounts")
      var found: [String] = []
      while try query.step() { found.append(query.string(at: 0) ?? "") }
      return found
    }
  }

  @Test func `are texts and nothing else in PostgreSQL`() throws {
    guard let server = try PostgresServer.start() else { return }
    defer { server.stop() }
    let room = try room()
    defer { room.remove() }
    try check(room, server.url) {
      try room.run("psql -qAtX -c 'SELECT description FROM accounts' '\(server.url)'").output
        .split(separator: "\n").map(String.init)
    }
  }
}
