import FerryTestSupport
import Foundation
import Testing

/// A folder under Cases: a script, its inputs, and what must come out.
///
/// `cmd` is a shell script that may call `ferry`; `stdout`, `stderr` and `status` must come out.
/// `FERRY_RECORD=1` rewrites them and fails once.
struct CLICase: Sendable, CustomTestStringConvertible {
  let folder: URL
  var testDescription: String { folder.lastPathComponent }

  /// Whether the script names the workbook that is made in code.
  var needsWorkbook: Bool { expected("cmd").contains("untidy.xlsx") }

  static let all: [CLICase] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
    return names.sorted().map { CLICase(folder: root.appending(path: $0)) }
  }()

  func expected(_ name: String) -> String {
    (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
  }
}

@Suite("the command line, case by case")
struct CLICaseTests {
  @Test(arguments: CLICase.all)
  func `prints and ends as the case says`(_ testCase: CLICase) throws {
    let room = try Room(copying: testCase.folder)
    defer { room.remove() }
    if testCase.needsWorkbook { try UntidyWorkbook.fixture.write(to: room.path("untidy.xlsx")) }
    let result = try room.run("sh cmd")
    let found = [
      "stdout": result.output, "stderr": result.errors, "status": "\(result.status)\n",
    ]
    for name in found.keys.sorted() {
      let text = Blanked.text(found[name, default: ""])
      if ProcessInfo.processInfo.environment["FERRY_RECORD"] == "1" {
        try text.write(
          to: testCase.folder.appending(path: name), atomically: true, encoding: .utf8)
        Issue.record("recorded \(testCase.testDescription)/\(name); read the diff, run again")
      } else {
        #expect(text == testCase.expected(name), "\(testCase.testDescription)/\(name)")
      }
    }
  }
}

/// Output with what changes from run to run left out.
enum Blanked {
  static func text(_ text: String) -> String {
    text.replacing(#/\d{8}T?-?\d{6}Z?-[0-9a-z]+/#, with: "RUN")
      .replacing(#/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/#, with: "TIME")
      .replacing(#/\d+(\.\d+)? ?(s|ms|秒)\b/#, with: "SECONDS")
  }
}
