import FerryCore
import FerryMigration
import FerryReports
import Foundation
import Testing

@Suite("review")
struct ReviewTests {
  private static let mapping = """
    ferry: 1
    sources:
      - file: in.csv
        records:
          account: { key: id, name: name, phone: phone, address: address }
    match:
      account: { review: 0.05, merge: 1 }

    """
  private static let rows = """
    id,name,phone,address
    A1,北京华信科技有限公司,010-62778899,北京市海淀区中关村大街1号
    A2,北京华信科技有限责任公司,010-62778899,北京市海淀区中关村大街1号

    """

  private func planned() throws -> Room {
    let room = try Room()
    try room.write(Self.mapping, to: "m.yaml")
    try room.write(Self.rows, to: "in.csv")
    #expect(try room.run("ferry plan m.yaml --to sqlite:crm.db").status == 0)
    return room
  }

  /// Fills in the only pair's cell as a person would, by writing the workbook anew.
  private func decide(_ word: String, keeping field: String? = nil, in room: Room) throws {
    let plans = try FileManager.default.contentsOfDirectory(atPath: room.path("m.ferry/plans"))
    let plan = try PlanFile(path: room.path("m.ferry/plans/\(try #require(plans.max()))"))
    let items = try plan.reviewItems().map { item in
      var object = try #require(
        try JSONSerialization.jsonObject(with: JSONEncoder().encode(item)) as? [String: Any])
      object["state"] = word
      if let field { object["picks"] = [field: item.right.digest] }
      return try JSONDecoder().decode(
        ReviewItem.self, from: JSONSerialization.data(withJSONObject: object))
    }
    #expect(items.count == 1)
    let path = room.path("filled.xlsx")
    let workbook = ReviewWorkbook(language: .english)
    #expect(workbook.write(items, run: plan.run, to: path, name: "filled.xlsx") == nil)
  }

  private func merged(_ room: Room) throws -> Int {
    struct Run: Decodable {
      struct Counts: Decodable { let merged: Int }
      let entities: [String: Counts]
    }
    let result = try room.run("ferry plan m.yaml --to sqlite:crm.db --json")
    let run = try JSONDecoder().decode(Run.self, from: Data(result.output.utf8))
    return try #require(run.entities["account"]).merged
  }

  @Test func `what a person decided in the workbook holds in the next plan`() throws {
    let room = try planned()
    defer { room.remove() }
    let export = try room.run("ferry review export review.xlsx")
    #expect(export.status == 0 && export.errors.contains("1 pair, 1 of them not decided"))
    #expect(room.bytes(of: "review.xlsx")?.isEmpty == false)
    #expect(try merged(room) == 0)
    try decide("same", in: room)
    let load = try room.run("ferry review import filled.xlsx --json")
    #expect(load.status == 0 && load.output.contains(#""same":1"#), "\(load.output)")
    #expect(try merged(room) == 1)
    try decide("different", in: room)
    #expect(try room.run("ferry review import filled.xlsx").status == 0)
    #expect(try merged(room) == 0)
  }

  @Test func `a workbook takes the place of files alone`() throws {
    let room = try planned()
    defer { room.remove() }
    try #require(unsafe mkfifo(room.path("pipe"), 0o600) == 0)
    let export = try room.run("ferry review export pipe")
    #expect(export.status == 2 && export.errors.contains("pipe can't be written"))
    let left = try FileManager.default.attributesOfItem(atPath: room.path("pipe"))
    #expect(left[.type] as? FileAttributeType != .typeRegular)
  }

  @Test func `a value that a person picked is kept, whatever the order of the sources`() throws {
    let room = try planned()
    defer { room.remove() }
    try decide("same", keeping: "name", in: room)
    #expect(try room.run("ferry review import filled.xlsx").status == 0)
    #expect(try room.run("ferry import m.yaml --to sqlite:crm.db").status == 0)
    #expect(try room.column("SELECT ferry_id FROM accounts") == ["A1"])
    #expect(try room.column("SELECT name FROM accounts") == ["北京华信科技有限责任公司"])
  }

  @Test func `mistakes end with exit code 2 and say what to do`() throws {
    let room = try planned()
    defer { room.remove() }
    #expect(try room.run("ferry review export review.xlsx 2020").status == 2)
    #expect(try room.run("ferry review copy review.xlsx").status == 2)
    #expect(try room.run("ferry review export nowhere/review.xlsx").status == 2)
    let other = try room.run("ferry review import in.csv")
    #expect(other.status == 2 && other.errors.contains("review.no-workbook"))
    #expect(try room.run("ferry review import missing.xlsx").status == 3)
  }
}
