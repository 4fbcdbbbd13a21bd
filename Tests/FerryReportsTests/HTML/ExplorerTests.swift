import FerryCore
import FerryMigration
import Foundation
import Testing

@testable import FerryReports

@Suite("search over changes")
struct ExplorerTests {
  private static func change(_ number: Int) -> ChangeSummary {
    let place = Provenance(file: "客户.xlsx", sheet: "S", rowNumber: number, columnIndex: 2)
    return ChangeSummary(
      entity: number % 2 == 0 ? "account" : "deal", kind: number % 10 == 0 ? "update" : "create",
      externalID: "KH\(number)", survivorID: nil, rule: nil,
      provenance: Provenance(file: "客户.xlsx", sheet: "S", rowNumber: number),
      fields: [
        .init(
          field: "name", old: number % 10 == 0 ? "旧\(number)" : nil,
          new: "</script><script>document.title='owned'</script> 华信\(number)", provenance: place)
      ])
  }

  private static func page(_ count: Int) -> String {
    HTMLReport(language: .chinese).page(
      of: SampleRun.verified(), changes: ReportChanges((1...count).map(change)))
  }

  @Test func `no value ends the script element, and only one script may run`() {
    let page = Self.page(3)
    #expect(page.components(separatedBy: "</script>").count == 4)
    #expect(page.contains("script-src 'sha256-\(ChangeScript.hash)'"))
    #expect(!page.contains("'unsafe-inline' 'unsafe") && !page.contains("http-equiv=\"refresh"))
  }

  @Test func `JSON reads back`() throws {
    let texts = ["\"\\</script>", "\u{0}\u{1F}\u{2028}", "华信 😀"]
    for text in texts {
      let data = Data("[\(ReportChanges.quoted(text))]".utf8)
      #expect(try JSONDecoder().decode([String].self, from: data) == [text])
    }
  }

  @Test(
    "the script runs under the page's own policy, and finds what is looked for",
    .enabled(if: Browser.installed != nil, "no Chromium on this machine, or it does not start"))
  func searches() throws {
    let browser = try #require(Browser.installed)
    let elements = try browser.elements(of: Self.page(2_500))
    #expect(elements.contains("共 2,500 项更改，符合 2,500 项"))
    #expect(elements.components(separatedBy: "<li class=\"change\">").count == 51)
    #expect(!elements.contains("<title>owned"))
    // The same page asked for one record: the script reads the field's value when it starts.
    let asked = Self.page(2_500).replacing(
      "id=\"change-query\" type=\"search\"",
      with: "id=\"change-query\" type=\"search\" value=\"kh2340 华信\"")
    #expect(try browser.elements(of: asked).contains("共 2,500 项更改，符合 1 项"))
  }
}
