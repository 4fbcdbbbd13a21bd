import Foundation
import Testing

@Suite("comparing plans")
struct PlanDiffTests {
  private static let mapping = """
    ferry: 1
    sources:
      - file: in.csv
        records:
          account: { key: id, name: name, phone: phone }
    """

  private static let sheet = "id,name,phone\n1,Acme,010-62345678\n2,Bolt,010-62345679\n"

  /// A room with plans of two sheets against an empty store.
  private func planned(_ first: String, _ second: String) throws -> (Room, plans: [String]) {
    let room = try Room()
    try room.write(Self.mapping, to: "m.yaml")
    var plans: [String] = []
    for (number, sheet) in [first, second].enumerated() {
      try room.write(sheet, to: "in.csv")
      let folder = "w\(number).ferry"
      let result = try room.run("ferry plan m.yaml --to sqlite:crm.db --workspace \(folder)")
      #expect(result.status == 0, "\(result.errors)")
      let files = try FileManager.default.contentsOfDirectory(
        atPath: room.folder.appending(path: "\(folder)/plans").path)
      plans.append("\(folder)/plans/\(try #require(files.first))")
    }
    return (room, plans)
  }

  private struct Document: Decodable {
    struct Difference: Decodable {
      let id: String
      let left: String?
      let right: String?
      let parts: [String]
    }
    let outcome: String
    let records: [String: Int]
    let differences: [Difference]
  }

  @Test(arguments: [
    (sheet, [], 2),
    (sheet.replacing("Bolt", with: "Bold"), ["2 create create name"], 1),
    (sheet.replacing("010-62345678", with: ""), ["1 create create phone"], 1),
    (sheet.replacing("2,Bolt", with: "3,Bolt"), ["2 create - ", "3 - create "], 1),
    (sheet + "4,Cork,\n", ["4 - create "], 2),
  ])
  func `what differs is named, and the dumps differ where the plans do`(
    _ second: String, _ expected: [String], _ same: Int
  ) throws {
    let (room, plans) = try planned(Self.sheet, second)
    defer { room.remove() }
    let result = try room.run("ferry plan --diff \(plans[0]) \(plans[1]) --json")
    let document = try JSONDecoder().decode(Document.self, from: Data(result.output.utf8))
    let found = document.differences.map {
      "\($0.id) \($0.left ?? "-") \($0.right ?? "-") \($0.parts.joined(separator: ","))"
    }
    #expect(found == expected)
    #expect(document.records["same"] == same)
    #expect(result.status == (expected.isEmpty ? 0 : 1))
    let dumps = try plans.map { try room.run("ferry plan --dump \($0)").output }
    #expect((dumps[0] == dumps[1]) == expected.isEmpty)
    #expect(document.outcome == (expected.isEmpty ? "equal" : "different"))
  }

  @Test func `values are shown where that is asked for alone`() throws {
    let (room, plans) = try planned(Self.sheet, Self.sheet.replacing("Bolt", with: "Bold"))
    defer { room.remove() }
    let compare = "ferry plan --diff \(plans[0]) \(plans[1])"
    for form in ["", " --json"] {
      #expect(!(try room.run(compare + form).output).contains("Bold"))
      #expect(try room.run(compare + form + " --show-values").output.contains("Bold"))
    }
  }

  @Test(arguments: [
    ("ferry plan", "MAPPING"), ("ferry plan --diff a", "--diff"), ("ferry plan m.yaml", "--to"),
  ])
  func `what is missing is named`(_ words: String, _ name: String) throws {
    let room = try Room()
    defer { room.remove() }
    let result = try room.run(words)
    #expect(result.status == 2)
    #expect(result.errors.contains(name))
  }
}
