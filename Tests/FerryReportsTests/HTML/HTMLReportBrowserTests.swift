import FerryCore
import Foundation
import Testing

@testable import FerryReports

@Suite(
  .enabled(if: Browser.installed != nil, "no Chromium on this machine, or it does not start"),
  .serialized)
struct HTMLReportBrowserTests {
  // Frames of both widths, measured by a script outside of them. The page's own policy against
  // scripts is taken out, so that escaping alone must hold.
  static func harness(_ pages: [(name: String, page: String, width: Int)]) -> String {
    let frames: [HTML] = pages.map { item in
      let bare = item.page.replacing("default-src 'none'; style-src 'unsafe-inline'", with: "")
      return
        "<iframe title=\"\(item.name)\" style=\"border:0;height:900px;width:\(String(item.width))px\" srcdoc=\"\(bare)\"></iframe>"
    }
    let page: HTML = """
      <!doctype html><meta charset="utf-8"><body>\(frames)<pre id="result"></pre><script>
      onload = () => {
        const lines = [];
        for (const frame of document.querySelectorAll('iframe')) {
          const page = frame.contentDocument, width = page.documentElement.clientWidth;
          page.querySelectorAll('details').forEach(part => part.open = true);
          lines.push(`${frame.title} scroll ${page.documentElement.scrollWidth - width}`);
          lines.push(`${frame.title} owned ${page.title === 'owned'}`);
          for (const element of page.querySelectorAll('main *, header *')) {
            if (element.closest('thead')) continue;
            const box = element.getBoundingClientRect();
            if (box.width && (box.right > width + 1 || box.left < -1))
              lines.push(`${frame.title} out ${element.tagName} ${element.className.baseVal ?? element.className} ${Math.round(box.right)}: ${element.textContent.slice(0, 40)}`);
          }
        }
        document.querySelectorAll('iframe').forEach(f => f.remove());
        result.textContent = lines.join('\\n') + '\\n';
      };
      </script>
      """
    return page.text
  }

  @Test("nothing is wider than the screen, and no cell runs, at 1280 and 400 pixels")
  func fits() throws {
    let browser = try #require(Browser.installed)
    let pages = Language.allCases.flatMap { language in
      [1280, 400].map { width in
        (
          name: "\(language.rawValue)-\(width)", width: width,
          page: HTMLReportTests.page(language, of: HTMLReportTests.verified())
        )
      }
    }
    let elements = try browser.elements(
      of: Self.harness(pages.map { ($0.name, $0.page, $0.width) }))
    let start = try #require(elements.firstRange(of: "<pre id=\"result\">"))
    let result = elements[start.upperBound...].prefix { $0 != "<" }.split(separator: "\n")
    for page in pages {
      #expect(result.contains { $0.hasSuffix("\(page.name) scroll 0") }, "\(page.name) scrolls")
      #expect(result.contains { $0.hasSuffix("\(page.name) owned false") }, "\(page.name) ran")
    }
    #expect(result.filter { $0.contains(" out ") } == [])
  }

  // FERRY_PICTURES=FOLDER keeps the pictures, for a person to look at.
  @Test("a page can be drawn, light and dark", arguments: [(1280, false), (400, true)])
  func draws(width: Int, isDark: Bool) throws {
    let folder = ProcessInfo.processInfo.environment["FERRY_PICTURES"]
    let browser = try #require(Browser.installed)
    let page = HTMLReportTests.page(isDark ? .english : .chinese, of: HTMLReportTests.verified())
    let picture = try browser.picture(
      of: page, width: width, height: folder == nil ? 1_200 : 8_000, isDark: isDark)
    #expect(picture.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    #expect(picture.count > 50_000)
    guard let folder else { return }
    let name = "report-\(width)\(isDark ? "-dark" : "").png"
    try picture.write(to: URL(fileURLWithPath: folder).appendingPathComponent(name))
  }
}
