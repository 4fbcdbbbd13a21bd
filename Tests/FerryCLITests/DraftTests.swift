import Foundation
import Testing

@Suite("ferry draft")
struct DraftTests {
  @Test func `a well-headed sheet is drafted, planned and loaded with no edit`() throws {
    let room = try Room()
    defer { room.remove() }
    try room.write(
      """
      客户编号,客户名称,统一社会信用代码,电话,联系人,手机,负责人,商机名称,金额（万元）,阶段,预计成交日期
      K1,上海云腾科技有限公司,91310115MA1044996W,021-62778899,张伟,13800138000,李娜,泵站更新,12.5,赢单,2024-03-05
      K2,北京天枢食品有限公司,,010-62778890,赵敏,13700137000,李娜,灌装线,8,方案报价,2024-05-01
      """, to: "客户.csv")
    let drafted = try room.run("ferry draft . -o m.yaml --lang en")
    #expect(drafted.status == 0)
    #expect(drafted.errors.contains("account + contact + deal"))
    #expect(try room.run("ferry plan m.yaml --to sqlite:crm.db").status == 0)
    #expect(try room.run("ferry import m.yaml --to sqlite:crm.db").status == 0)
  }

  @Test func `a mapping that is there is written over only by force`() throws {
    let room = try Room()
    defer { room.remove() }
    try room.write("name,email\nAnn Lee,a@x.example\n", to: "contacts.csv")
    try room.write("mine", to: "m.yaml")
    #expect(try room.run("ferry draft contacts.csv -o m.yaml").status == 2)
    #expect(room.bytes(of: "m.yaml") == Data("mine".utf8))
    #expect(try room.run("ferry draft contacts.csv -o m.yaml --force").status == 0)
  }

  @Test func `what was learned is kept where one is told, and used`() throws {
    let room = try Room()
    defer { room.remove() }
    try room.write("name,email,Nickname\nAnn Lee,a@x.example,chief\n", to: "contacts.csv")
    let mapping = """
      ferry: 1
      sources:
        - file: contacts.csv
          records:
            contact: { key: email, name: name, email: email, title: Nickname }
      """
    try room.write(mapping, to: "m.yaml")
    let learned = try room.run("ferry learn m.yaml --lang en")
    #expect(learned.status == 0)
    #expect(learned.errors.contains("1 word was learned"))
    #expect(room.bytes(of: ".config/ferry/synonyms.yaml") != nil)
    let draft = try room.run("ferry draft contacts.csv --lang en")
    #expect(draft.output.contains("title: Nickname"))
    #expect(draft.output.contains("header, as you taught"))
  }
}
