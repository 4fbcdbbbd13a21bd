import FerryCore
import FerryTestSupport
import Foundation
import Testing

@testable import FerryXLSX

/// Workbooks that other projects test their readers with, beside the package; not part of it.
enum Corpus {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("shared/corpus/xlsx/files")

  /// The workbooks, in the order of their names; every 100th unless FERRY_DEEP is set.
  static let workbooks: [String] = {
    guard let walk = FileManager.default.enumerator(atPath: folder.path) else { return [] }
    let names = walk.compactMap { $0 as? String }.filter { $0.contains(".xl") }.sorted()
    let isDeep = ProcessInfo.processInfo.environment["FERRY_DEEP"] != nil
    return names.enumerated().filter { isDeep || $0.offset % 100 == 0 }.map(\.element)
  }()

  static var isThere: Bool { !workbooks.isEmpty }
}

@Suite(.enabled(if: Corpus.isThere, "needs ../shared/corpus/xlsx beside the package"))
struct CorpusTests {
  @Test(arguments: Corpus.workbooks)
  func allWaysReadTheSame(_ name: String) {
    let path = Corpus.folder.appendingPathComponent(name).path
    let difference = CellStream.firstDifference(
      of: ReadingWay.allCases.map { way in
        CellStream(way) { () throws(XLSXError) in try Workbook(path: path) }
      })
    #expect(difference == nil)
  }
}
