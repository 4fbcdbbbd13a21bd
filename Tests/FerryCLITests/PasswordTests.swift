import FerryTestSupport
import Foundation
import Testing

@Suite("workbooks with a password")
struct PasswordTests {
  private static let secret = "开门 Sesame!"

  private static let mapping = """
    ferry: 1
    sources:
      - file: clients.xlsx
        password_env: CLIENT_PASSWORD
        records:
          account: { key: 编号, name: 名称 }
    """

  private func room() throws -> Room {
    let room = try Room()
    let book = WorkbookFixture(
      sheet: "客户", rows: [["编号", "名称"], ["K1", "华信科技"], ["K2", "镕基商贸"]])
    let envelope = EncryptedFixture(.agile(keyBits: 256, hash: "SHA512"), password: Self.secret)
      .envelope(of: book.archive().bytes())
    try Data(envelope.bytes()).write(to: room.folder.appending(path: "clients.xlsx"))
    try room.write(Self.mapping, to: "m.yaml")
    return room
  }

  @Test func `cat and inspect read them with the variable that is named`() throws {
    let room = try room()
    defer { room.remove() }
    let set = ["CLIENT_PASSWORD": Self.secret]
    let cat = try room.run("ferry cat clients.xlsx --password-env CLIENT_PASSWORD", set)
    #expect(cat.status == 0 && cat.output == "编号,名称\nK1,华信科技\nK2,镕基商贸\n", "\(cat.errors)")
    let inspect = try room.run("ferry inspect clients.xlsx --password-env CLIENT_PASSWORD", set)
    #expect(inspect.status == 0 && inspect.output.contains("data 2"), "\(inspect)")
  }

  @Test(arguments: [
    ("", "xlsx.password", 3), ("--password-env WRONG", "xlsx.wrong-password", 3),
    ("--password-env UNSET", "UNSET", 2), ("--password-env EMPTY", "EMPTY", 2),
  ])
  func `a password that is missing or wrong is said`(
    _ option: String, _ word: String, _ status: Int32
  ) throws {
    let room = try room()
    defer { room.remove() }
    for language in ["en", "zh"] {
      let line = "ferry cat clients.xlsx \(option) --lang \(language)"
      let result = try room.run(line, ["WRONG": "x-secret-x", "EMPTY": ""])
      #expect(result.status == status && result.output.isEmpty, "\(result)")
      #expect(result.errors.contains(word) && !result.errors.contains("x-secret-x"))
      #expect(result.errors.split(separator: "\n").count <= 3)
    }
  }

  @Test func `a mapping names the variable, and nothing keeps the password`() throws {
    let room = try room()
    defer { room.remove() }
    let unset = try room.run("ferry plan m.yaml --to sqlite:crm.db")
    #expect(unset.status == 2 && unset.errors.contains("m.yaml:4:19"), "\(unset.errors)")
    let wrong = try room.run("ferry plan m.yaml --to sqlite:crm.db", ["CLIENT_PASSWORD": "x"])
    #expect(wrong.status == 3, "\(wrong.errors)")
    let set = ["CLIENT_PASSWORD": Self.secret]
    let load = try room.run("ferry import m.yaml --to sqlite:crm.db --json", set)
    #expect(load.status == 0, "\(load.errors)")
    let grep = try room.run("grep -rlaF Sesame . || true")
    #expect(grep.output.isEmpty && !load.output.contains("Sesame"))
  }
}
