import Foundation
import Testing

/// What scripts outside rely on, held by the command alone.
@Suite struct ContractTests {
  static let mapping = """
    ferry: 1
    sources:
      - file: in.csv
        records:
          account:
            key: id
            name: name
    """

  private func room() throws -> Room {
    let room = try Room()
    try FileManager.default.createDirectory(
      at: room.folder.appending(path: "client"), withIntermediateDirectories: true)
    try room.write(Self.mapping, to: "client/m.yaml")
    try room.write("id,name\n1,甲一\n2,乙二\n", to: "client/in.csv")
    return room
  }

  private func document(_ text: String) throws -> [String: Any]? {
    try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
  }

  @Test func `a run is found again from another folder`() throws {
    let room = try room()
    defer { room.remove() }
    let plan = try room.run("cd client && ferry plan m.yaml --to sqlite:crm.db --json")
    let run = try #require(try document(plan.output)?["run"] as? String)
    let elsewhere = "--workspace client/m.ferry"
    let resumed = try room.run("ferry resume \(run) \(elsewhere)")
    #expect(resumed.status == 0, "\(resumed.errors)")
    #expect(try room.run("ferry verify \(run) \(elsewhere)").status == 0)
    let shown = try room.run("ferry runs \(run) \(elsewhere)")
    #expect(shown.status == 0)
    #expect(shown.output.contains("applied") && !shown.output.contains("nothing written yet"))
    #expect(try room.run("ferry undo \(run) \(elsewhere)").status == 0)
  }

  @Test(arguments: [
    ("ferry nope --json", 2), ("ferry plan none.yaml --to sqlite:crm.db --json", 2),
    ("ferry apply none.ferryplan --json", 2), ("ferry cat none.csv --json", 3),
    ("ferry plan client/m.yaml --to sqlite:no/such/crm.db --json", 4),
  ])
  func `one document comes with every exit code`(_ line: String, _ status: Int32) throws {
    let room = try room()
    defer { room.remove() }
    let result = try room.run(line)
    #expect(result.status == status)
    #expect(try document(result.output)?["outcome"] as? String == "failed")
  }

  @Test func `no two columns of a row get one key`() throws {
    let room = try room()
    defer { room.remove() }
    try room.write("a,a,a_2\n1,2,3\n", to: "twice.csv")
    let rows = try room.run("ferry cat twice.csv --format jsonl").output
    #expect(rows == "{\"a\":\"1\",\"a_2\":\"2\",\"a_2_2\":\"3\"}\n")
  }

  @Test func `a mapping that is not there is said in the reader's language`() throws {
    let room = try room()
    defer { room.remove() }
    let result = try room.run("ferry plan none.yaml --to sqlite:crm.db --lang zh")
    #expect(result.status == 2 && result.errors.contains("没有这个映射文件"))
  }
}
