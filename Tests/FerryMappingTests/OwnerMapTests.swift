import FerryCore
import Foundation
import Testing

@testable import FerryMapping

/// One owner map and what is said about it, to the character.
struct OwnerMapCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let file: String
  let text: String
  let complaints: [String]

  init(_ testDescription: String, _ file: String, _ text: String, _ complaints: String...) {
    (self.testDescription, self.file, self.text) = (testDescription, file, text)
    self.complaints = complaints
  }

  static let all = [
    OwnerMapCase("YAML that is sound", "o.yaml", "ferry: 1\nowners:\n  张伟: 李娜\n  王芳: 公海\n"),
    OwnerMapCase("a table that is sound", "o.csv", "旧,新,备注\n张伟,李娜,上海\n王芳,公海,\n"),
    OwnerMapCase(
      "a name that stands twice, but for blanks", "o.yaml",
      "ferry: 1\nowners:\n  Li Lei: a\n  lilei: b\n",
      "o.yaml:4:3: error: the owner 'lilei' stands in line 3 already"),
    OwnerMapCase(
      "the same in a table", "o.csv", "old,new\n张伟,李娜\n赵敏,公海\n张伟,公海\n",
      "o.csv:4:1: error: the owner '张伟' stands in line 2 already"),
    OwnerMapCase(
      "nobody behind a name, and no name", "o.csv", "old,new\n张伟,\n,李娜\n",
      "o.csv:2:2: error: nothing says what becomes of the records of '张伟'",
      "o.csv:3:1: error: no old name stands before '李娜'"),
    OwnerMapCase(
      "one who has left gets records", "o.yaml", "ferry: 1\nowners:\n  a: b\n  b: 离职\n",
      "o.yaml:3:6: error: 'b' is to get records, but is inactive in this very map"),
    OwnerMapCase(
      "no owner at all", "o.csv", "old,new\n", "o.csv:1:1: error: no owner stands here"),
    OwnerMapCase(
      "one column", "o.csv", "张伟\n李娜\n",
      "o.csv:1:1: error: an owner map has a head row and two columns: old name, new owner",
      "o.csv:2:2: error: nothing says what becomes of the records of '李娜'"),
    OwnerMapCase(
      "keys that an owner map has not", "o.yaml", "ferry: 1\nowners: { a: b }\ngates: {}\n",
      "o.yaml:3:1: error: unknown key 'gates' under 'owner map'; expected one of "
        + "ferry, timezone, owners, store"),
  ]
}

@Suite("OwnerMap")
struct OwnerMapTests {
  @Test(arguments: OwnerMapCase.all)
  func `says what is wrong, with line and column`(_ owners: OwnerMapCase) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: owners.file).path
    try owners.text.write(toFile: path, atomically: true, encoding: .utf8)
    #expect(OwnerMap.isOwnerMap(path: path))
    var lines: [String] = []
    do {
      let map = try OwnerMap.load(path: path)
      #expect(map.fate(of: "张伟") == .user("李娜") && map.fate(of: " 王芳 ") == .pool)
    } catch {
      lines = error.lines(in: .english)
    }
    #expect(lines == owners.complaints.map { "\(folder.path)/\($0)" })
  }

  @Test func `knows names by any spelling and the words for nobody`() {
    let lines: [(String, OwnerMap.Fate)] = [("Ｌｉ Lei", .user("x"))]
    let map = OwnerMap(
      path: "-",
      lines: lines.map { OwnerMap.Line(name: $0.0, fate: $0.1, place: Provenance(file: "-")) })
    #expect(map.fate(of: "LI LEI") == .user("x"))
    #expect(map.fate(of: "Li Leimann") == nil)
  }
}
