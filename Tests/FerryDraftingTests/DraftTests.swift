import FerryCore
import FerryMapping
import FerryRecords
import Foundation
import Testing

@testable import FerryDrafting

/// A folder with tables, gone with the test.
struct Folder: ~Copyable {
  let path: String

  init(_ files: [String: String]) throws {
    path = NSTemporaryDirectory() + "ferry-draft-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, text) in files { try write(text, to: name) }
  }

  deinit {
    // A folder that stays behind in the temporary folder hurts nobody.
    try? FileManager.default.removeItem(atPath: path)
  }

  func write(_ text: String, to name: String) throws {
    try text.write(toFile: "\(path)/\(name)", atomically: true, encoding: .utf8)
  }

  /// The draft of some files, written to `mapping.yaml`.
  func draft(_ names: String..., learned: LearnedWords = LearnedWords()) throws -> MappingDraft {
    var drafter = Drafter()
    drafter.learned = learned
    let draft = try drafter.draft(names.map { "\(path)/\($0)" }, for: "\(path)/mapping.yaml")
    try write(draft.yaml(), to: "mapping.yaml")
    return draft
  }

  /// What the drafted mapping reads.
  func read() throws -> MappedInput { try Mapping.load(path: "\(path)/mapping.yaml").read() }
}

@Suite("drafts")
struct DraftTests {
  private static let people = """
    公司名称,联系电话,联系人,手机,邮箱,职务,销售,备注
    上海云腾科技有限公司,021-62778899,张伟,13800138000,zw@yt.example,经理,李娜,老客户
    上海云腾科技有限公司,021-62778899,王芳,13900139000,wf@yt.example,采购,李娜,
    北京天枢食品有限公司,010-62778890,赵敏,13700137000,zm@ts.example,总监,公海,
    """

  @Test func `one row makes a customer and a person, and the mapping reads without an edit`() throws
  {
    let folder = try Folder(["客户名单.csv": Self.people])
    let draft = try folder.draft("客户名单.csv")
    let table = try #require(draft.tables.first)
    #expect(table.blocks.map(\.entity) == ["account", "contact"])
    #expect(table.uses(of: "邮箱") == ["contact.email"])
    #expect(table.uses(of: "联系电话") == ["account.phone"])
    #expect(table.uses(of: "备注") == ["account.description"])
    let input = try folder.read()
    #expect(input.findings.allSatisfy { $0.severity < .error })
    #expect(input.records["account"]?.count == 3)
    #expect(input.records["contact"]?.count == 3)
  }

  @Test func `links name the column that holds their values, with its share`() throws {
    let folder = try Folder([
      "accounts.csv": "Account ID,Account Name\nA1,Alder Ltd\nA2,Birch Inc\nA3,Cedar LLC\n",
      "deals.csv": """
      Deal ID,Deal Name,Account ID,Amount (USD),Deal Stage
      D1,Pumps,A1,"1,200.50",Closed Won
      D2,Valves,A3,900,On Ice
      D3,Seals,A9,10,qualifiedtobuy
      """,
    ])
    let draft = try folder.draft("accounts.csv", "deals.csv")
    let text = draft.yaml(language: .english)
    #expect(text.contains("account: { from: Account ID, find: account.key }"))
    #expect(text.contains("67 % of them stand in accounts.csv·Account ID"))
    #expect(text.contains("amount: { from: Amount (USD), currency: USD }"))
    #expect(text.contains("qualifiedtobuy: qualification"))
    #expect(text.contains("# On Ice:"))
  }

  @Test func `the same files give the same bytes`() throws {
    let folder = try Folder(["客户名单.csv": Self.people])
    let first = try folder.draft("客户名单.csv").yaml()
    #expect(try folder.draft("客户名单.csv").yaml() == first)
    #expect(first.contains("# 由 ferry 根据 1 个文件中的 1 个表格起草。"))
  }

  @Test(arguments: [
    "a: b", "- x", "#1", "x #y", "\"q\"", "{z}", "1,2", "是", "off", "~", "a\\b", " a",
  ])
  func `headers of any kind are spelled so that they read back`(_ header: String) throws {
    let cell = "\"" + header.replacing("\"", with: "\"\"") + "\""
    let folder = try Folder(["contacts.csv": "name,email,\(cell)\nAnn Lee,a@x.example,7q\n"])
    _ = try folder.draft("contacts.csv")
    let input = try folder.read()
    #expect(input.records["contact"]?.count == 1)
    #expect(input.findings.allSatisfy { $0.severity < .error })
  }

  @Test func `free-form follow-ups become dated activities of what their row makes`() throws {
    let folder = try Folder([
      "客户.csv": """
      客户编号,客户名称,建档日期,跟进情况,负责人
      K1,上海云腾科技有限公司,2024-01-02,3/5 电话沟通，要报价；3/9 已报价，等回复,李娜
      K2,北京天枢食品有限公司,2024-02-11,2024-02-12 上门拜访,李娜
      """
    ])
    let draft = try folder.draft("客户.csv")
    #expect(draft.tables[0].blocks.map(\.entity) == ["account", "activity"])
    #expect(draft.yaml().contains("notes: { from: 跟进情况, year: 2024 }"))
    let input = try folder.read()
    let activities = try #require(input.records["activity"])
    #expect(activities.count == 3)
    let slot = try #require(activities.fieldIndex("account"))
    #expect((0..<3).map { activities.string(field: slot, of: $0) } == ["K1", "K1", "K2"])
  }

  @Test func `a table of nothing that Ferry carries is named and left alone`() throws {
    let folder = try Folder(["weather.csv": "date,rain,wind\n2024-01-01,3,4\n2024-01-02,0,2\n"])
    let draft = try folder.draft("weather.csv")
    #expect(draft.tables.map(\.entity) == [nil])
    #expect(draft.yaml().contains("#   weather.csv · 2 rows"))
  }
}

@Suite("learning")
struct LearnerTests {
  private static let table = """
    编号,客户名称,热度,类别码,电话
    K1,上海云腾科技有限公司,高,01,021-62778899
    K2,北京天枢食品有限公司,低,02,010-62778890
    """

  @Test func `what a person corrected is known to the next draft, and can be forgotten`() throws {
    let folder = try Folder(["客户.csv": Self.table])
    let first = try folder.draft("客户.csv")
    #expect(first.tables[0].uses(of: "热度") == ["account.custom.热度"])
    let corrected = """
      ferry: 1
      sources:
        - file: 客户.csv
          records:
            account: { key: 编号, name: 客户名称, level: 热度, phone: 电话 }
      """
    try folder.write(corrected, to: "mapping.yaml")
    var learner = Learner(LearnedWords())
    let count = try learner.learn(from: "\(folder.path)/mapping.yaml", Drafter())
    #expect(count == 2)
    #expect(learner.learned.headers == ["account.level": ["热度"]])
    #expect(learner.learned.ignored == ["类别码"])

    let text = learner.learned.text(in: .english)
    let read = try LearnedWords(bytes: Array(text.utf8), path: "synonyms.yaml")
    #expect(read == learner.learned)
    let second = try folder.draft("客户.csv", learned: read)
    #expect(second.tables[0].uses(of: "热度") == ["account.level"])
    #expect(second.tables[0].left.map(\.name) == ["类别码"])
    let less = text.split(separator: "\n").filter { !$0.contains("account.level") }
    let forgotten = try LearnedWords(
      bytes: Array(less.joined(separator: "\n").utf8), path: "synonyms.yaml")
    let third = try folder.draft("客户.csv", learned: forgotten)
    #expect(third.tables[0].uses(of: "热度") == ["account.custom.热度"])
  }

  @Test func `a draft that nobody corrected teaches nothing`() throws {
    let folder = try Folder(["客户.csv": Self.table])
    _ = try folder.draft("客户.csv")
    var learner = Learner(LearnedWords())
    #expect(try learner.learn(from: "\(folder.path)/mapping.yaml", Drafter()) == 0)
  }

  @Test func `a synonyms file with a fault says where`() throws {
    #expect(throws: LearnError.self) {
      try LearnedWords(bytes: Array("headers:\n  - x\n".utf8), path: "s.yaml")
    }
    #expect(throws: LearnError.self) {
      try LearnedWords(bytes: Array("words: 1\n".utf8), path: "s.yaml")
    }
  }
}
