import FerryTestSupport
import Foundation
import Synchronization
import Testing

@Suite("an inbox")
struct InboxTests {
  private static let mapping = """
    ferry: 1
    sources:
      - file: inbox/customers-*.csv
        records:
          account: { key: 编号, name: 名称, level: { from: 等级, map: { 甲: A, 乙: B } } }
      - file: inbox/contacts-*.csv
        records:
          contact: { key: 编号, name: 姓名, mobile: 手机, account: { from: 客户, find: account.key } }

    """
  private static let customers = "编号,名称,等级\nA1,云腾,甲\n"
  private static let contacts = "编号,姓名,手机,客户\nC1,欧阳明月,13812345678,A1\n"

  private func room() throws -> Room {
    let room = try Room()
    #expect(try room.run("mkdir inbox").status == 0)
    try room.write(Self.mapping, to: "m.yaml")
    return room
  }

  private static let line = "ferry import m.yaml --to sqlite:crm.db --inbox inbox --settle 0"

  @Test
  func `takes each content once, whole deliveries only, and puts files away with their report`()
    throws
  {
    let room = try room()
    defer { room.remove() }
    let nothing = try room.run(Self.line)
    #expect(nothing.status == 0 && nothing.errors.contains("Nothing new"))
    try room.write(Self.customers, to: "inbox/customers-1.csv")
    try room.write("?", to: "inbox/notes.txt")
    let part = try room.run(Self.line)
    #expect(part.status == 0 && part.errors.contains("contacts-*.csv"), "\(part.errors)")
    #expect(part.errors.contains("notes.txt") && room.bytes(of: "crm.db") == nil)

    try room.write(Self.contacts, to: "inbox/contacts-1.csv")
    let loaded = try room.run(Self.line)
    #expect(loaded.status == 0, "\(loaded.errors)")
    #expect(
      try room.run("cd inbox && ls; ls done/*").output
        == "done\nnotes.txt\ncontacts-1.csv\ncustomers-1.csv\nreport.html\nreport.json\nreport.md\n"
    )

    // The same again under other names, then one new file beside one that is known.
    try room.write(Self.customers, to: "inbox/customers-2.csv")
    try room.write(Self.contacts, to: "inbox/contacts-2.csv")
    let runs = try room.run("ferry runs --json").output
    let known = try room.run(Self.line)
    #expect(known.status == 0 && known.errors.contains("loaded before"))
    #expect(try room.run("ferry runs --json").output == runs)
    #expect(try room.run("ls inbox/done/*-known | wc -l").output == "2\n")
    try room.write(Self.customers, to: "inbox/customers-3.csv")
    try room.write(Self.contacts + "C2,司徒清风,13877777777,A1\n", to: "inbox/contacts-3.csv")
    let more = try room.run(Self.line + " --json")
    #expect(more.status == 0 && more.output.contains("\"created\":1"), "\(more.errors)")
    #expect(try room.run("find m.ferry/inbox -perm /077 -type d | wc -l").output == "0\n")
  }

  @Test func `a source that may be absent leaves its records as they are`() throws {
    let room = try room()
    defer { room.remove() }
    let mapping = Self.mapping.replacingOccurrences(
      of: "customers-*.csv\n", with: "customers-*.csv\n    absent: keep\n")
    try room.write(
      mapping
        + "gates: { shrunk: 0%, columns: 0, controls: 0% }\ncontrols: [count account by level]\n"
        + "gone:\n  account: { then: delete, limit: 100% }\n  contact: { then: delete, limit: 100% }\n",
      to: "m.yaml")
    try room.write(Self.customers, to: "inbox/customers-1.csv")
    let part = try room.run(Self.line)
    #expect(part.errors.contains("contacts-*.csv") && part.errors.contains("absent: keep"))
    try room.write(Self.contacts, to: "inbox/contacts-1.csv")
    let first = try room.run(Self.line)
    #expect(first.status == 0, "\(first.errors)")
    try room.write(
      "编号,姓名,手机,客户\nC2,司徒清风,13877777777,A1\n", to: "inbox/contacts-2.csv")
    let line = Self.line + " --json"
    let second = try room.run(line)
    #expect(second.status == 0, "\(second.errors)")
    #expect(second.errors.contains("No file this time for: customers-*.csv"))
    #expect(second.output.contains("mapping.source-absent"))
    let held = try room.run(
      "sqlite3 crm.db \"select count(*) from accounts; select c.ferry_id, a.ferry_id from contacts c "
        + "join accounts a on a.id = c.account_id\""
    ).output
    // The account stays; of contacts, whose file is there, the row that is gone counts.
    #expect(held == "1\nC2|A1\n")
    // With its file again, it is looked at again: A1 is gone, and kept, since C2 still links to it.
    try room.write("编号,名称,等级\nA2,致雨,乙\n", to: "inbox/customers-3.csv")
    try room.write("编号,姓名,手机,客户\nC2,司徒清风,13877777777,A1\n", to: "inbox/contacts-3.csv")
    let third = try room.run(line)
    #expect(third.output.contains("gone.linked"), "\(third.output)")
    #expect(!second.output.contains("gone.linked"))
    let none = try room.run("ferry plan m.yaml --to sqlite:crm.db")
    #expect(none.status == 2 && none.errors.contains("[mapping.no-file]"), "\(none.errors)")
  }

  @Test func `leaves alone what is still being written`() throws {
    let room = try room()
    defer { room.remove() }
    try room.write(Self.customers, to: "inbox/customers-1.csv")
    // Held open, and not written to for longer than a file has to be still.
    let writer = try room.run(
      """
      printf '编号,姓名,手机,客户\\nC1,欧' > inbox/contacts-1.csv
      cp inbox/contacts-1.csv inbox/contacts-0.csv.part
      sleep 4 >> inbox/contacts-1.csv & \(Self.line); code=$?; wait; exit $code
      """)
    #expect(writer.status == 0 && writer.errors.contains("Still being written"), "\(writer.errors)")
    #expect(writer.errors.contains("contacts-1.csv") && !writer.errors.contains(".part"))
    #expect(room.bytes(of: "crm.db") == nil)
    // One that grows while it is looked at.
    let growing = try room.run(
      """
      for n in 1 2 3 4 5 6; do echo >> inbox/contacts-1.csv; sleep 0.3; done &
      \(Self.line.replacingOccurrences(of: "--settle 0", with: "--settle 1")); code=$?; wait; exit $code
      """)
    #expect(growing.status == 0 && growing.errors.contains("Still being written"))
    try room.write(Self.contacts, to: "inbox/contacts-1.csv")
    #expect(try room.run(Self.line).status == 0)
    #expect(room.bytes(of: "crm.db") != nil)
  }

  @Test func `stops at drift of columns and values, and says at which`() throws {
    let room = try room()
    defer { room.remove() }
    let line = Self.line + " --stop-on-drift"
    try room.write(Self.customers, to: "inbox/customers-1.csv")
    try room.write(Self.contacts, to: "inbox/contacts-1.csv")
    #expect(try room.run(line).status == 0)
    let store = room.bytes(of: "crm.db")
    for (text, status, words) in [
      ("编号,名称,等级,新列\nA1,云腾,甲,x\n", Int32(1), "+新列"),
      ("编号,名称,等级\nA1,云腾,丙\n", 1, "unmapped_values"),
      ("编号,名称\nA1,云腾\n", 2, "等级"),
    ] {
      try room.write(text, to: "inbox/customers-2.csv")
      try room.write(Self.contacts, to: "inbox/contacts-2.csv")
      let stopped = try room.run(line)
      #expect(stopped.status == status && stopped.errors.contains(words), "\(stopped.errors)")
      #expect(room.bytes(of: "crm.db") == store)
      #expect(try room.run("ls inbox").output == "done\nfailed\n")
    }
    #expect(try room.run("ls inbox/failed/*/customers-2.csv | wc -l").output == "3\n")
    let reason = try room.run("cat inbox/failed/*/error.txt").output
    #expect(reason.contains("等级"), "\(reason)")
  }

  @Test func `keeps exit codes, and files where the store is at fault`() throws {
    let room = try room()
    defer { room.remove() }
    try room.write(Self.customers, to: "inbox/customers-1.csv")
    try room.write(Self.contacts, to: "inbox/contacts-1.csv")
    let store = try room.run(Self.line.replacingOccurrences(of: "crm.db", with: "no/crm.db"))
    #expect(store.status == 4 && store.errors.contains("stay in"), "\(store.errors)")
    let wrong = try room.run(Self.line.replacingOccurrences(of: "sqlite:crm.db", with: "x:y"))
    #expect(wrong.status == 2 && room.bytes(of: "inbox/customers-1.csv") != nil)
    let busy = try room.run(
      "mkdir -p m.ferry/inbox; flock m.ferry/inbox/lock sleep 3 & sleep 1; \(Self.line)")
    #expect(busy.status == 5 && busy.errors.contains("[inbox.locked]"), "\(busy.errors)")
    let elsewhere = try room.run("ferry import m.yaml --to sqlite:crm.db --inbox done")
    #expect(elsewhere.status == 2 && elsewhere.errors.contains("inbox"), "\(elsewhere.errors)")
    try Data([0x50, 0x4B, 3, 4, 0, 0]).write(
      to: room.folder.appending(path: "inbox/customers-1.csv"))
    let broken = try room.run(Self.line)
    #expect(
      broken.status == 3 && room.bytes(of: "inbox/customers-1.csv") == nil, "\(broken.errors)")
  }

  @Test func `tells a receiver and a mail command of it, without any value`() throws {
    let room = try room()
    defer { room.remove() }
    let bodies = Bodies()
    let server = try HTTPServer { request in
      bodies.add(String(decoding: request.body, as: UTF8.self), request.header("content-type"))
      return .answer(HTTPResponse(status: 200))
    }
    defer { server.stop() }
    try room.write(Self.customers, to: "inbox/customers-欧阳.csv")
    try room.write(Self.contacts, to: "inbox/contacts-1.csv")
    let url = "http://127.0.0.1:\(server.port)/hook?key=s3cret"
    let told = try room.run(
      Self.line + " --mail-command 'cat >mail.txt; echo \"$FERRY_SUBJECT\" >>mail.txt'",
      ["FERRY_WEBHOOK": url])
    #expect(told.status == 0, "\(told.errors)")
    let body = try #require(bodies.all.first)
    struct Document: Decodable {
      struct Counts: Decodable { let created: Int }
      let text: String
      let outcome: String
      let exit: Int
      let files: Int
      let entities: [String: Counts]
    }
    let document = try JSONDecoder().decode(Document.self, from: Data(body.text.utf8))
    #expect(document.outcome == "applied" && document.exit == 0 && document.files == 2)
    #expect(document.entities["contact"]?.created == 1)
    #expect(body.type?.hasPrefix("application/json") == true)
    let mail = String(decoding: try #require(room.bytes(of: "mail.txt")), as: UTF8.self)
    #expect(mail.contains("1 created") && mail.hasSuffix("applied (exit code 0)\n"))
    #expect(!told.errors.contains("s3cret"))
    for text in [body.text, mail] {
      for value in ["欧阳", "138", "云腾", "s3cret"] { #expect(!text.contains(value), "\(value)") }
    }

    // Files that can't be loaded are told of, too, in what 企业微信 and 飞书 read.
    for (form, key) in [("wecom", "\"msgtype\":\"text\""), ("feishu", "\"msg_type\":\"text\"")] {
      try room.write("编号\nA1\n", to: "inbox/customers-2.csv")
      try room.write(Self.contacts, to: "inbox/contacts-2.csv")
      let failed = try room.run(
        Self.line + " --webhook '\(url)' --webhook-form \(form) --lang zh")
      #expect(failed.status == 2)
      let last = try #require(bodies.all.last)
      #expect(last.text.contains(key) && last.text.contains("未开始"), "\(last.text)")
    }
    // A receiver that is gone changes no exit code.
    server.stop()
    let gone = try room.run("ferry import m.yaml --to sqlite:crm.db --webhook '\(url)'")
    #expect(gone.status == 2 && !gone.errors.contains("s3cret"))
    try room.write(Self.customers + "A2,致雨,乙\n", to: "inbox/customers-3.csv")
    try room.write(Self.contacts, to: "inbox/contacts-3.csv")
    let alone = try room.run(Self.line + " --webhook '\(url)'")
    #expect(alone.status == 0 && alone.errors.contains("127.0.0.1"), "\(alone.errors)")
    #expect(!alone.errors.contains("s3cret"))
  }

  /// What a receiver got.
  private final class Bodies: Sendable {
    private let bodies = Mutex<[(text: String, type: String?)]>([])
    var all: [(text: String, type: String?)] { bodies.withLock { $0 } }
    func add(_ text: String, _ type: String?) { bodies.withLock { $0.append((text, type)) } }
  }
}
