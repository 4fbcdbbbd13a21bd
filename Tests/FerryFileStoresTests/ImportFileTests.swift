import FerryCore
import FerryRecords
import FerryStores
import FerryTestSupport
import Foundation
import Testing

@testable import FerryFileStores

@Suite struct ImportFileTests {
  private func folder() throws -> String {
    let path = FileManager.default.temporaryDirectory.appending(path: "ferry-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: path, withIntermediateDirectories: true)
    return path.path
  }

  private func page(_ entity: Entity, _ fields: [String], _ rows: [[String]]) throws -> RecordPage {
    let fields = try fields.map { try #require(entity.field($0)) }
    var page = RecordPage(EntityFields(entity, fields))
    for row in rows {
      let index = page.append(storeID: nil, externalID: row[0])
      for (field, value) in row.dropFirst().enumerated() {
        page.set(value, field: field, of: index)
      }
    }
    return page
  }

  /// Loads two accounts and three contacts, and gives the folder's import files.
  private func load(_ template: ImportTemplate, in folder: String) async throws -> [String] {
    let store = FileStore(
      InMemoryStore(), folder: folder, template: template, access: .readWrite)
    let accounts = try page(
      SalesChain.account, ["name", "phone", "created_at"],
      [
        ["A1", "云腾 <b>", "+8613800001000", "2023-12-31T16:00:00Z"],
        ["A2", "=1+1", "+8621555", "2024-03-05T01:30:05Z"],
      ])
    _ = try await store.write(WriteBatch(.create, accounts))
    let contacts = try page(
      SalesChain.contact, ["name", "account"],
      [["C1", "John Smith", "1"], ["C2", "张海燕", "2"], ["C3", "欧阳,\"修\"", "2"]])
    _ = try await store.write(WriteBatch(.create, contacts))
    try await store.finishLoading()
    await store.close()
    return try FileManager.default.contentsOfDirectory(atPath: "\(folder)/import").sorted()
  }

  @Test func `files come in load order, split at the limit, with a page`() async throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var template = try #require(ImportTemplate.named("fxiaoke"))
    template.rowsPerFile = 2
    let files = try await load(template, in: folder)
    #expect(
      files == ["01-accounts.xlsx", "02-contacts-1.xlsx", "02-contacts-2.xlsx", "index.html"])
    let page = try String(contentsOfFile: "\(folder)/import/index.html", encoding: .utf8)
    #expect(page.contains("客户名称") && page.contains("02-contacts-2.xlsx"))
    // The second run replaces all files of the first.
    #expect(try await load(template, in: folder) == files)
  }

  @Test func `CSV cells keep their text, and none is run`() async throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var template = try #require(ImportTemplate.named("salesforce"))
    #expect(try await load(template, in: folder).count == 3)
    var accounts = try String(
      contentsOfFile: "\(folder)/import/01-accounts.csv", encoding: .utf8)
    #expect(
      accounts.hasSuffix(
        """
        Ferry_Id__c,Account Name,Phone,Created Date\r
        A1,云腾 <b>,+8613800001000,2023-12-31T16:00:00Z\r
        A2,'=1+1,+8621555,2024-03-05T01:30:05Z\r

        """))
    let contacts = try String(
      contentsOfFile: "\(folder)/import/02-contacts.csv", encoding: .utf8)
    #expect(
      contacts.hasSuffix(
        """
        Ferry_Id__c,First Name,Last Name,Account: Ferry_Id__c\r
        C1,John,Smith,A1\r
        C2,,张海燕,A2\r
        C3,,"欧阳,""修""\",A2\r

        """))
    let page = try String(contentsOfFile: "\(folder)/import/index.html", encoding: .utf8)
    #expect(page.contains("1 cells begin like a formula"))
    template = try #require(ImportTemplate.named("fxiaoke"))
    template.format = .csv
    _ = try await load(template, in: folder)
    accounts = try String(contentsOfFile: "\(folder)/import/01-accounts.csv", encoding: .utf8)
    #expect(accounts.contains("A1,云腾 <b>,13800001000,2024-01-01 00:00:00"))
    #expect(accounts.contains("2024-03-05 09:30:05"))
  }

  @Test func `parents come in a file of their own, after all accounts`() async throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let template = try #require(ImportTemplate.named("salesforce"))
    let store = FileStore(
      InMemoryStore(), folder: folder, template: template, access: .readWrite)
    let accounts = try page(
      SalesChain.account, ["name", "phone", "parent"],
      [["A1", "子公司", "+8621555", "2"], ["A2", "母公司", "", ""], ["A3", "三", "", "2"]])
    _ = try await store.write(WriteBatch(.create, accounts))
    try await store.finishLoading()
    await store.close()
    let read = { (name: String) in
      try String(contentsOfFile: "\(folder)/import/\(name)", encoding: .utf8)
    }
    #expect(try !read("01-accounts.csv").contains("Parent"))
    #expect(
      try read("02-accounts-links.csv").hasSuffix(
        """
        Ferry_Id__c,Account Name,Parent Account: Ferry_Id__c\r
        A1,子公司,A2\r
        A3,三,A2\r

        """))
    #expect(try read("index.html").contains("-links is an update"))
  }

  @Test func `only what a spreadsheet runs is defused`() {
    for text in ["=1+1", "@SUM(A1)", "-cmd", "+a", "\t=1"] { #expect(ImportCSV.runs(text)) }
    for text in ["", "-3.50", "+8613800001000", "+8621555;ext=12", "a=b", "'x"] {
      #expect(!ImportCSV.runs(text))
    }
  }

  @Test func `a cell that is too long is refused, not cut`() async throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var sheet = try ImportSheet("\(folder)/a.xlsx", title: "a")
    let error = #expect(throws: StoreError.self) {
      try sheet.add([String(repeating: "长", count: 40_000)])
    }
    #expect(error?.kind == .refused)
    try sheet.close()
  }
}
