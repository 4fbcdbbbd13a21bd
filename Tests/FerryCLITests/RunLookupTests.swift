import Foundation
import Testing

@Suite("finding a run")
struct RunLookupTests {
  /// A loaded room and the id of the run that loaded it.
  private func loaded() throws -> (Room, run: String) {
    let room = try Room()
    try room.write(
      "ferry: 1\nsources:\n  - file: in.csv\n    records:\n      account: { key: id, name: name }\n",
      to: "m.yaml")
    try room.write("id,name\n1,a\n", to: "in.csv")
    #expect(try room.run("ferry import m.yaml --to sqlite:crm.db").status == 0)
    struct Runs: Decodable {
      struct Run: Decodable { let run: String }
      let runs: [Run]
    }
    let listed = try room.run("ferry runs --json")
    let runs = try JSONDecoder().decode(Runs.self, from: Data(listed.output.utf8)).runs
    return (room, try #require(runs.last).run)
  }

  @Test(arguments: ["", "--workspace m.ferry", "--workspace .", "--workspace ../ROOM"])
  func `works by bare id from the folder, the workspace, or a folder of workspaces`(
    _ option: String
  ) throws {
    let (room, run) = try loaded()
    defer { room.remove() }
    let words = option.replacing("ROOM", with: room.folder.lastPathComponent)
    #expect(try room.run("ferry verify \(run) \(words)").status == 0)
    #expect(try room.run("ferry verify --to sqlite:crm.db \(words)").status == 0)
    #expect(try room.run("ferry runs \(run) \(words)").status == 0)
    #expect(try room.run("ferry undo \(run) \(words)").status == 0)
  }

  @Test(arguments: ["m.yaml", "m.ferry", ".", "../ROOM", "below/.."])
  func `runs are listed of a mapping, a workspace or a folder`(_ path: String) throws {
    let (room, run) = try loaded()
    defer { room.remove() }
    let named = path.replacing("ROOM", with: room.folder.lastPathComponent)
    let listed = try room.run("mkdir -p below; ferry runs \(named)")
    #expect(listed.status == 0 && listed.output.contains(run), "\(listed.errors)")
    let above = try room.run("mkdir -p sub && mv m.ferry m.yaml sub; ferry runs; ferry runs \(run)")
    #expect(above.status == 0 && above.output.components(separatedBy: run).count > 2)
  }

  @Test func `where nothing ran, it says where it looked`() throws {
    let room = try Room()
    defer { room.remove() }
    let none = try room.run("mkdir empty; ferry runs empty")
    #expect(none.status == 0 && none.errors.contains("workspaces of empty"))
    let missing = try room.run("ferry runs no/such/folder")
    #expect(missing.status == 2 && missing.errors.contains("no/such/folder"))
  }

  @Test func `an unknown id ends with exit code 2 and names a known one`() throws {
    let (room, run) = try loaded()
    defer { room.remove() }
    let result = try room.run("ferry undo 2020")
    #expect(result.status == 2)
    #expect(result.errors.contains(run))
  }
}
