import FerryTables
import Foundation
import Testing

@testable import FerryDrafting

/// One column and what a person would map it to.
struct ExpectedColumn {
  let file: String
  let sheet: String
  let column: String
  let uses: Set<String>

  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardizedFileURL

  static func all() throws -> [ExpectedColumn] {
    let path = root.appending(path: "Tests/FerryDraftingTests/Expected/columns.tsv")
    return try String(contentsOf: path, encoding: .utf8).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }.map { line in
        let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        return ExpectedColumn(
          file: parts[0], sheet: parts[1], column: parts[2],
          uses: Set(parts[3].split(separator: " ").map(String.init)))
      }
  }

  /// Where the file is; the shared corpus stands beside the checkout.
  var path: String {
    file.hasPrefix("corpus/")
      ? Self.root.appending(path: "../shared/\(file)").standardizedFileURL.path
      : Self.root.appending(path: file).path
  }
}

@Suite("drafts against what a person would map")
struct ExpectedColumnTests {
  /// Columns of some files that come out right, and those that do not.
  private func score(_ expected: [ExpectedColumn]) throws -> (right: Int, wrong: [String]) {
    var wrong: [String] = []
    // Files of one folder belong together.
    let folders = Dictionary(grouping: expected) { ($0.path as NSString).deletingLastPathComponent }
    for (_, columns) in folders.sorted(by: { $0.key < $1.key }) {
      let isSet = !columns[0].file.contains("testfiles") && !columns[0].file.contains("test-files")
      let files = Set(columns.map(\.path)).sorted()
      for group in isSet ? [files] : files.map({ [$0] }) {
        let draft = try Drafter().draft(group, for: nil)
        for column in columns where group.contains(column.path) {
          let table =
            draft.tables.first { $0.file == column.path && ($0.sheet ?? "") == column.sheet }
            ?? draft.tables.first { $0.file == column.path && $0.sheet == nil }
          let uses = Self.plain(table?.uses(of: column.column) ?? [])
          let isRight =
            column.uses.isSubset(of: uses)
            && uses.subtracting(column.uses).allSatisfy { $0.hasSuffix(".key") }
          if !isRight {
            wrong.append(
              "\(column.file) \(column.sheet) \(column.column): \(column.uses.sorted()), found \(uses.sorted())"
            )
          }
        }
      }
    }
    return (expected.count - wrong.count, wrong)
  }

  private static func plain(_ uses: [String]) -> Set<String> {
    Set(
      uses.map { use in
        use.contains(".custom.") ? String(use.prefix { $0 != "." }) + ".custom" : use
      })
  }

  @Test func `SampleData comes out as its own mapping has it`() throws {
    let expected = try ExpectedColumn.all().filter { !$0.file.hasPrefix("corpus/") }
    let found = try score(expected)
    for line in found.wrong { print("draft: \(line)") }
    print("draft SampleData \(found.right) of \(expected.count)")
    #expect(found.right * 100 >= expected.count * 97)
  }
}
