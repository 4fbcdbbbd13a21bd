import FerryCore
import FerryDrafting
import FerryTables
import Foundation
import Testing

@testable import FerryReports

@Suite("the page of inspect")
struct InspectPageTests {
  static func profiles() throws -> [TableProfile] {
    let accounts = (1...20).map { "K\($0),<b>客户\($0)</b>有限公司,021-627788\(10 + $0 % 5),上海" }
    let deals = (1...30).map { "D\($0),K\($0 % 18 + 1),\($0 * 100),2024-03-\(10 + $0 % 15)" }
    let files = [
      ("客户.csv", "客户编号,客户名称,电话,\"<script>document.title='owned'</script>\"\n", accounts),
      ("商机.csv", "商机编号,客户编号,金额,预计成交日期\n", deals),
    ]
    return try files.flatMap { name, head, rows in
      let text = head + rows.joined(separator: "\n") + "\n"
      let file = try SourceFile(bytes: ContiguousArray(text.utf8), name: name)
      return try file.profiles(ofSheet: 0)
    }
  }

  static func page(_ language: Language, showsValues: Bool = false) throws -> String {
    let profiles = try profiles()
    return InspectPage(language: language, showsValues: showsValues)
      .page(of: profiles, FolderInsights(profiles))
  }

  @Test(arguments: Language.allCases)
  func `shows links, doubles, personal data and charts`(_ language: Language) throws {
    let page = try Self.page(language)
    #expect(page.contains("id=\"links\"") && page.contains("100.0%"))
    #expect(page.contains("id=\"doubles\"") && page.contains("id=\"personal\""))
    #expect(page.contains("<svg class=\"strip"))
    #expect(!page.contains("<script>"))
    #expect(!page.contains("http://") && !page.contains("https://"))
  }

  @Test func `holds values only where they are asked for`() throws {
    #expect(!(try Self.page(.chinese)).contains("客户1&lt;"))
    let page = try Self.page(.chinese, showsValues: true)
    #expect(page.contains("&lt;b&gt;客户"))
  }

  @Test(
    .enabled(if: Browser.installed != nil, "no Chromium on this machine, or it does not start"))
  func `fits screens of 1280 and 400 pixels, and no cell of it runs`() throws {
    let browser = try #require(Browser.installed)
    let pages = try Language.allCases.flatMap { language in
      try [1280, 400].map { width in
        (
          name: "\(language.rawValue)-\(width)",
          page: try Self.page(language, showsValues: true), width: width
        )
      }
    }
    let elements = try browser.elements(of: HTMLReportBrowserTests.harness(pages))
    let start = try #require(elements.firstRange(of: "<pre id=\"result\">"))
    let result = elements[start.upperBound...].prefix { $0 != "<" }.split(separator: "\n")
    for page in pages {
      #expect(result.contains { $0.hasSuffix("\(page.name) scroll 0") }, "\(page.name) scrolls")
      #expect(result.contains { $0.hasSuffix("\(page.name) owned false") }, "\(page.name) ran")
    }
    #expect(!result.contains { $0.contains(" out ") }, "\(result)")
  }
}
