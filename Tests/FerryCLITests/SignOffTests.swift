import Foundation
import Testing

@Suite("sign-offs")
struct SignOffTests {
  private struct Document: Decodable {
    let outcome: String
    let run: String?
    let plan: String?
    let file: String?
    let planHash: String?
    let rehearsal: Rehearsal?
    let isPlan: Bool?
    let areFigures: Bool?
    let isMapping: Bool?
    let approvals: [Approval]?

    struct Rehearsal: Decodable {
      let isSamePlan: Bool
      enum CodingKeys: String, CodingKey { case isSamePlan = "same_plan" }
    }
    struct Approval: Decodable {
      let name: String
    }
    enum CodingKeys: String, CodingKey {
      case outcome, run, plan, file, rehearsal, approvals
      case planHash = "plan_sha256"
      case isPlan = "plan_equal"
      case areFigures = "figures_equal"
      case isMapping = "mapping_equal"
    }
  }

  private func document(_ text: String) throws -> Document {
    try JSONDecoder().decode(Document.self, from: Data(text.utf8))
  }

  private func planned() throws -> (Room, plan: String) {
    let room = try Room()
    try room.write(
      """
      ferry: 1
      sources:
        - file: in.csv
          records:
            account: { key: 编号, name: 名称, owner: { from: 销售, find: user.name } }
      controls:
        - count account by name

      """, to: "m.yaml")
    try room.write("编号,名称,销售\nA1,\"云腾: \"\"甲\"\" # 一\",\nA2,致雨,李娜\n", to: "in.csv")
    let made = try room.run("ferry plan m.yaml --to sqlite:crm.db --json --fail-on never")
    return (room, try #require(try document(made.output).plan))
  }

  @Test func `bind a name to the plan as it is, and stand in the report`() throws {
    let (room, plan) = try planned()
    defer { room.remove() }
    let refused = try room.run("ferry apply \(plan) --require-signoff")
    #expect(refused.status == 1 && refused.errors.contains("[signoff.missing]"))
    #expect(room.bytes(of: "crm.db") == nil)

    let signed = try room.run("ferry signoff m.ferry --name '李娜, 销售运营' --json -o kept.yaml")
    let signOff = try document(signed.output)
    #expect(signed.status == 0 && signOff.outcome == "signed" && signOff.rehearsal == nil)
    let file = try #require(signOff.file)
    #expect(room.bytes(of: "kept.yaml") == FileManager.default.contents(atPath: file))
    let byHand = try room.run("ferry plan --dump \(plan) | sha256sum")
    #expect(byHand.output.hasPrefix(try #require(signOff.planHash)))
    // A plan that was written anew says the same.
    #expect(try room.run("sqlite3 \(plan) vacuum").status == 0)
    let checked = try room.run("ferry signoff --check kept.yaml --json")
    let check = try document(checked.output)
    #expect(checked.status == 0 && check.outcome == "equal", "\(checked.errors)")
    #expect(check.isPlan == true && check.areFigures == true && check.isMapping == true)

    let applied = try room.run("ferry apply \(plan) --require-signoff --json")
    #expect(applied.status == 0, "\(applied.errors)")
    #expect(try document(applied.output).approvals?.map(\.name) == ["李娜, 销售运营"])
    #expect(try room.run("grep -c 李娜 m.ferry/runs/*/report.html").status == 0)
    #expect(try room.run("stat -c %a \(file)").output == "600\n")
    #expect(try room.run("ferry forget m.ferry && ls \(file)").status == 2)
  }

  @Test(arguments: [
    "update lines set fields = replace(fields, '致雨', '改雨')", "delete from lines where seq = 2",
    "update lines set external_id = 'A9' where seq = 2",
    "update fields set on_conflict = 'source'",
    "update control_totals set total = '9'",
    "update meta set value = 'sqlite:/x' where name = 'store'",
  ])
  func `a plan that was signed and changed is refused`(_ change: String) throws {
    let (room, plan) = try planned()
    defer { room.remove() }
    #expect(try room.run("ferry signoff \(plan) --name 李娜 -o kept.yaml").status == 0)
    #expect(try room.run("sqlite3 \(plan) \"\(change)\"").status == 0)
    let refused = try room.run("ferry apply \(plan)")
    #expect(
      refused.status == 1 && refused.errors.contains("[signoff.changed]"), "\(refused.errors)")
    #expect(room.bytes(of: "crm.db") == nil)
    let resumed = try room.run("ferry resume $(basename \(plan) .ferryplan)")
    #expect(resumed.status == 1 && room.bytes(of: "crm.db") == nil)
    let check = try room.run("ferry signoff --check kept.yaml --json")
    #expect(check.status == 1)
    #expect(try document(check.output).isPlan == false)
    let chinese = try room.run("ferry signoff --check kept.yaml --lang zh")
    #expect(chinese.errors.contains("计划：已改变"))
  }

  @Test func `a sign-off that was changed is none, and a mapping that was is told`() throws {
    let (room, plan) = try planned()
    defer { room.remove() }
    #expect(try room.run("ferry signoff \(plan) --name 李娜 -o kept.yaml").status == 0)
    #expect(try room.run("echo '# später' >> m.yaml").status == 0)
    let mapping = try document(try room.run("ferry signoff --check kept.yaml --json").output)
    #expect(mapping.isMapping == false && mapping.isPlan == true)
    // The plan alone is what is done.
    #expect(try room.run("ferry apply \(plan)").status == 0)
    #expect(try room.run("sed -i s/李娜/张三/ kept.yaml m.ferry/signoffs/*").status == 0)
    let check = try room.run("ferry signoff --check kept.yaml")
    #expect(check.status == 2 && check.errors.contains("[signoff.damaged]"))
    let again = try room.run("ferry apply \(plan)")
    #expect(again.status == 2 && again.errors.contains("[signoff.damaged]"))
  }

  @Test func `figures that were forged together with the seal are found out`() throws {
    let (room, plan) = try planned()
    defer { room.remove() }
    #expect(try room.run("ferry signoff \(plan) --name 李娜 -o kept.yaml").status == 0)
    let forged = try room.run(
      """
      sed -i 's/created: 2/created: 1/' kept.yaml
      h=$(grep -v '^seal:' kept.yaml | sha256sum | cut -d' ' -f1)
      sed -i "s/^seal: .*/seal: sha256:$h/" kept.yaml
      ferry signoff --check kept.yaml --json
      """)
    #expect(forged.status == 1)
    #expect(try document(forged.output).areFigures == false)
  }

  @Test func `that the mapping's gates require are asked of apply, resume and import`() throws {
    let room = try Room()
    defer { room.remove() }
    try room.write(
      """
      ferry: 1
      sources:
        - file: in.csv
          records:
            account: { key: 编号, name: 名称 }
      gates: { signoff: required }

      """, to: "m.yaml")
    try room.write("编号,名称\nA1,云腾\n", to: "in.csv")
    let made = try room.run("ferry plan m.yaml --to sqlite:crm.db --json")
    #expect(made.status == 0 && made.output.contains("signoff.awaited"), "\(made.errors)")
    let plan = try #require(try document(made.output).plan)
    for line in ["apply \(plan)", "resume $(basename \(plan) .ferryplan)"] {
      let refused = try room.run("ferry \(line)")
      #expect(refused.status == 1 && refused.errors.contains("[signoff.missing]"))
    }
    let stopped = try room.run("ferry import m.yaml --to sqlite:crm.db")
    #expect(stopped.status == 1 && stopped.errors.contains("[signoff.unsigned]"))
    #expect(room.bytes(of: "crm.db") == nil)
    // The import makes a plan of its own, of the same changes.
    #expect(try room.run("ferry signoff \(plan) --name 李娜").status == 0)
    let loaded = try room.run("ferry import m.yaml --to sqlite:crm.db")
    #expect(loaded.status == 0 && room.bytes(of: "crm.db") != nil, "\(loaded.errors)")
    try room.write("编号,名称\nA1,云腾\nA2,致雨\n", to: "in.csv")
    #expect(try room.run("ferry import m.yaml --to sqlite:crm.db").status == 1)
    #expect(try room.run("ferry rehearse m.yaml --to sqlite:crm.db").status == 0)
    let wrong = try room.run(
      "sed 's/required/yes/' m.yaml >w.yaml; ferry plan w.yaml --to sqlite:crm.db")
    #expect(wrong.status == 2 && wrong.errors.contains("w.yaml:6:19"), "\(wrong.errors)")
  }

  @Test func `name the rehearsal that they rest on`() throws {
    let (room, plan) = try planned()
    defer { room.remove() }
    #expect(try room.run("ferry rehearse m.yaml --to sqlite:crm.db --fail-on never").status == 0)
    let first = try document(
      try room.run("ferry signoff \(plan) --name 'Li Na' --json").output)
    #expect(first.rehearsal?.isSamePlan == true)
    try room.write("编号,名称,销售\nA1,云腾,\n", to: "in.csv")
    #expect(try room.run("ferry rehearse m.yaml --to sqlite:crm.db").status == 0)
    let second = try document(
      try room.run("ferry signoff \(plan) --name '王芳' --json").output)
    #expect(second.rehearsal?.isSamePlan == false)
    #expect(second.file?.hasSuffix("-2.yaml") == true)
    let applied = try document(try room.run("ferry apply \(plan) --json").output)
    #expect(applied.approvals?.map(\.name) == ["Li Na", "王芳"])
  }

  @Test func `what can't be signed is told`() throws {
    let (room, plan) = try planned()
    defer { room.remove() }
    for (line, word) in [
      ("ferry signoff \(plan)", "--name"), ("ferry signoff", "PLAN"),
      ("ferry signoff \(plan) --name ' '", "--name"), ("ferry signoff in.csv --name x", "[plan."),
      ("ferry signoff --check m.yaml", "[signoff.damaged]"),
      ("mkdir e && ferry signoff e --name x", "[signoff.no-plan]"),
    ] {
      let result = try room.run(line)
      #expect(result.status == 2 && result.errors.contains(word), "\(line): \(result.errors)")
    }
  }
}
