import FerryTables
import Foundation
import Testing

@testable import FerryDrafting

@Suite("what inspect finds beyond columns")
struct InsightTests {
  private func insights(_ files: [(name: String, text: String)]) throws -> (
    [TableProfile], FolderInsights
  ) {
    let profiles = try files.flatMap { file in
      try SourceFile(bytes: ContiguousArray(file.text.utf8), name: file.name).profiles(ofSheet: 0)
    }
    return (profiles, FolderInsights(profiles))
  }

  @Test func `keys, links, doubles and personal data`() throws {
    let accounts = (1...40).map { "K\($0),客户\($0)有限公司,021-627788\(10 + $0 % 30),经办\($0 % 9)" }
    let deals = (1...60).map { "D\($0),K\($0 % 25 + 1),\($0)" }
    let (_, found) = try insights([
      ("客户.csv", "客户编号,客户名称,电话,身份证号\n" + accounts.joined(separator: "\n")),
      ("商机.csv", "商机编号,客户编号,金额\n" + deals.joined(separator: "\n")),
    ])
    #expect(found.keys.contains(.init(table: 0, column: 0)))
    #expect(found.keys.contains(.init(table: 1, column: 0)))
    #expect(found.links.count == 1)
    #expect(found.links.first?.from == .init(table: 1, column: 1))
    #expect(found.links.first?.to == .init(table: 0, column: 0))
    #expect(found.links.first?.share == 1)
    #expect(found.doubles.map(\.place) == [.init(table: 0, column: 2)])
    #expect(found.doubles.map(\.rowCount) == [10])
    #expect(found.personal.map(\.kind) == [.phone, .identity])
  }

  @Test func `shares of large columns are estimated within some percent`() throws {
    let parents = (1...60_000).map { "K\($0)" }
    let children = (1...60_000).map { "X\($0),K\($0 / 2 + 45_000)" }
    let (profiles, found) = try insights([
      ("客户.csv", "客户编号\n" + parents.joined(separator: "\n")),
      ("商机.csv", "商机编号,客户编号\n" + children.joined(separator: "\n")),
    ])
    let share = profiles[1].columns[1].sample.share(in: profiles[0].columns[0].sample)
    #expect(abs(share - 0.5) < 0.06)
    #expect(!found.links.contains { $0.from.table == 0 })
  }
}
