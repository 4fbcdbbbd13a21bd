import Foundation
import Testing

/// An export of another CRM beside the checkout, with the counts that its files hold.
struct CorpusExport: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// Rows of each table, counted by another program (Python's csv).
  let rows: [Int]
  /// Records that each entity must have.
  let records: [String: Int]

  static let all = [
    CorpusExport(
      testDescription: "stomita", rows: [83, 133, 774],
      records: ["account": 83, "contact": 133, "deal": 774]),
    CorpusExport(
      testDescription: "workshop", rows: [22, 102, 50, 8],
      records: ["account": 22, "contact": 102, "deal": 50, "campaign": 8]),
    CorpusExport(
      testDescription: "atomic", rows: [500], records: ["account": 55, "contact": 500, "user": 1]),
  ]

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus")
  static let isHere = FileManager.default.fileExists(
    atPath: folder.appending(path: "../../../../shared/corpus/crm").standardizedFileURL.path)
}

@Suite("exports of other CRMs")
struct CorpusTests {
  @Test(
    .enabled(if: CorpusExport.isHere, "../shared/corpus is not beside this checkout"),
    arguments: CorpusExport.all)
  func `go all the way, and a second time nothing changes`(_ export: CorpusExport) throws {
    let room = try Room()
    defer { room.remove() }
    let mapping = CorpusExport.folder.appending(path: "\(export.testDescription).yaml").path
    let command = "ferry import '\(mapping)' --to sqlite:crm.db --workspace w.ferry --json"
    let first = try document(of: room.run(command))
    #expect(first.tables.map(\.rows) == export.rows)
    #expect(first.entities.mapValues(\.records) == export.records)
    for (entity, counts) in first.entities {
      #expect(counts.created == counts.records, "\(entity)")
    }
    let differing = first.controls.filter { !$0.equal }
    #expect(differing.isEmpty)
    let second = try document(of: room.run(command))
    for (entity, counts) in second.entities {
      #expect(counts.same == counts.records, "\(entity)")
    }
  }

  private struct Document: Decodable {
    struct Table: Decodable { let rows: Int }
    struct Counts: Decodable {
      let records: Int
      let created: Int
      let same: Int
    }
    struct Control: Decodable { let equal: Bool }
    let tables: [Table]
    let entities: [String: Counts]
    let controls: [Control]
  }

  private func document(of result: Room.Result) throws -> Document {
    #expect(result.status == 0, "\(result.errors)")
    return try JSONDecoder().decode(Document.self, from: Data(result.output.utf8))
  }
}
