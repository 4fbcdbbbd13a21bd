import FerryCore
import FerryRecords
import Testing

@testable import FerryMapping

struct NoteCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let cell: String
  /// `time kind text`, and the doubt behind it.
  let notes: [String]

  static let all = [
    NoteCase(
      testDescription: "a semicolon ends a note",
      cell: "3/5 电话沟通，要报价；3/9 已报价，等回复",
      notes: ["2024-03-05 call 电话沟通，要报价", "2024-03-09 note 已报价，等回复"]),
    NoteCase(
      testDescription: "lines, full dates, Chinese dates and times",
      cell: "2023年12月28日：上门拜访\n2024-01-03 14:30 微信发资料\n1月8日 开会",
      notes: [
        "2023-12-28 visit 上门拜访", "2024-01-03 14:30 message 微信发资料", "2024-01-08 meeting 开会",
      ]),
    NoteCase(
      testDescription: "the year of the note before, and the turn of the year",
      cell: "2023.12.20 去电；1/5 邮件报价",
      notes: ["2023-12-20 call 去电", "2024-01-05 email 邮件报价 new-year"]),
    NoteCase(
      testDescription: "numbered notes",
      cell: "1、3/5 电话；2、3/9 拜访",
      notes: ["2024-03-05 call 电话", "2024-03-09 visit 拜访"]),
    NoteCase(
      testDescription: "a date in a sentence and an amount are no beginnings",
      cell: "3/5 电话，约3/12再谈，报价3.5万。3-5天内答复",
      notes: ["2024-03-05 call 电话，约3/12再谈，报价3.5万。3-5天内答复"]),
    NoteCase(
      testDescription: "a date behind a comma is doubtful",
      cell: "3/5 电话，3/9 拜访",
      notes: ["2024-03-05 call 电话", "2024-03-09 visit 拜访 after-comma"]),
    NoteCase(
      testDescription: "text before the first date",
      cell: "客户有意向；3/5 电话", notes: [" note 客户有意向 no-date", "2024-03-05 call 电话"]),
    NoteCase(testDescription: "no date at all", cell: "客户有意向", notes: [" note 客户有意向 no-date"]),
    NoteCase(
      testDescription: "English", cell: "3/5/2024 Call with Ann. 3/9/2024 - sent mail to Bob",
      notes: ["2024-03-05 call Call with Ann.", "2024-03-09 email sent mail to Bob"]),
    NoteCase(testDescription: "nothing", cell: "  ", notes: []),
  ]
}

@Suite("notes of a free-form cell")
struct NotesTests {
  @Test(arguments: NoteCase.all)
  func `are told apart`(_ testCase: NoteCase) {
    let found = DatedNotes.notes(in: testCase.cell, year: 2024).map { note in
      "\(note.time) \(note.kind) \(note.text)" + (note.doubt.map { " \($0.rawValue)" } ?? "")
    }
    #expect(found == testCase.notes)
  }

  @Test func `without a year the date stays in the text`() {
    let note = DatedNotes.notes(in: "3/5 电话", year: nil).first
    #expect(note?.time == "" && note?.text == "3/5 电话" && note?.doubt == .noYear)
  }

  @Test func `become activities of what their row makes, doubtful ones marked`() throws {
    let place = try Workplace([
      "a.csv": "编号,名称,跟进\nK1,云腾,3/5 电话沟通，要报价；3/9 已报价\nK2,天枢,\nK3,远桥,有意向\n"
    ])
    let input = try place.read(
      """
      ferry: 1
      sources:
        - file: a.csv
          records:
            account: { key: 编号, name: 名称 }
            activity: { notes: { from: 跟进, year: 2024 }, account: { link: account } }
      """)
    let activities = input.records("activity")
    #expect(activities.map { $0["at"] } == ["2024-03-04T16:00:00Z", "2024-03-08T16:00:00Z", nil])
    #expect(activities.map { $0["kind"] } == ["call", "note", "note"])
    #expect(activities.map { $0["account"] } == ["K1", "K1", "K3"])
    #expect(activities.map { $0["custom"] } == [nil, nil, #"{"doubt":"no-date"}"#])
    #expect(input.complaints == ["warning mapping.note-no-date a.csv 'a'!C4"])
    #expect(input.tables.allSatisfy { $0.isBalanced && $0.mapped == 3 })
    #expect(input.tables[0].columns[2].uses == ["activity.kind", "activity.at", "activity.body"])
  }

  @Test func `faults are told`() throws {
    let place = try Workplace(["a.csv": "名称,跟进\nx,y\n"])
    let text = """
      ferry: 1
      sources:
        - file: a.csv
          records:
            activity: { body: 名称, notes: { from: 跟进, year: soon } }
      """
    #expect(try place.complaints(text).count == 2)
  }
}
