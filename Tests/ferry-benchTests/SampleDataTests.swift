import FerryCore
import FerryTables
import Foundation
import Testing

@testable import ferry_bench

private let root = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().path

/// Every cell of a file, sheet by sheet: `sheet row column kind value`.
private func cells(of path: String) throws -> [String] {
  let file = try SourceFile(path: path)
  var cells: [String] = []
  for (index, sheet) in file.sheets.enumerated() {
    let reader = try file.rows(ofSheet: index)
    var batch = RowBatch()
    while try reader.read(into: &batch) {
      for row in batch.rows.indices {
        for cell in batch.cells(ofRow: row) {
          cells.append(
            "\(sheet.name) \(batch.rows[row].rowNumber) \(cell.columnIndex) \(cell.kind) \(batch.text(of: cell))"
          )
        }
      }
    }
  }
  return cells
}

/// The generated files, in a folder that is gone after `body`.
private func withSample<R>(seed: UInt64, _ body: (String) throws -> R) throws -> R {
  let folder = FileManager.default.temporaryDirectory
    .appending(path: "ferry-sample-\(UUID().uuidString)").path
  defer { try? FileManager.default.removeItem(atPath: folder) }
  try SampleCommand.write(to: folder, seed: seed)
  return try body(folder)
}

@Suite struct SampleDataTests {
  @Test func `the committed files are what the generator makes`() throws {
    try withSample(seed: SampleCommand.defaultSeed) { folder in
      let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      let committed = try FileManager.default.contentsOfDirectory(atPath: "\(root)/SampleData")
      #expect(names == committed.filter { $0 != "README.md" && !$0.hasPrefix(".") }.sorted())
      for name in names {
        let (made, kept) = (
          try cells(of: "\(folder)/\(name)"), try cells(of: "\(root)/SampleData/\(name)")
        )
        #expect(made.count == kept.count, "\(name)")
        let different = zip(made, kept).first { $0 != $1 }
        #expect(different == nil, "\(name)")
      }
    }
  }

  @Test func `one seed makes the same bytes again, another one other cells`() throws {
    try withSample(seed: 7) { first in
      try withSample(seed: 7) { second in
        for name in try FileManager.default.contentsOfDirectory(atPath: first) {
          let data = FileManager.default.contents(atPath: "\(first)/\(name)")
          #expect(data == FileManager.default.contents(atPath: "\(second)/\(name)"), "\(name)")
        }
      }
      try withSample(seed: 8) { other in
        let name = "payments-gbk.csv"
        let (here, there) = (try cells(of: "\(first)/\(name)"), try cells(of: "\(other)/\(name)"))
        #expect(here != there)
      }
    }
  }

  @Test func `every date of the sample's world reads back`() {
    for day in stride(from: -30_000, to: 40_000, by: 17) {
      var date = SampleDate(1970, 1, 1)
      date.day = day
      let parts = date.parts
      #expect(SampleDate(parts.year, parts.month, parts.day).day == day)
    }
    #expect(SampleDate(2024, 2, 29).iso == "2024-02-29")
    #expect(SampleDate(2024, 3, 5).serial == 45_356)
  }
}
