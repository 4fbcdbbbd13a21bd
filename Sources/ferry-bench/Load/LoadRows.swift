import FerryRecords
import FerryStores
import Foundation

/// The rows of a ledger as what is loaded: twelve texts each, the first of them the key.
struct LoadRows {
  static let columnCount = 12
  /// The fields that the other eleven texts go to; all of them hold any text.
  private static let fieldNames = [
    "name", "industry", "website", "phone", "email", "address", "level", "country", "province",
    "source", "description",
  ]

  private let texts: ContiguousArray<String>

  init(_ setting: BenchSetting) {
    let generator = setting.generator
    var texts = ContiguousArray<String>()
    texts.reserveCapacity(setting.rows * Self.columnCount)
    for number in 0..<setting.rows {
      texts += generator.row(number).prefix(Self.columnCount).map(\.text)
    }
    self.texts = texts
  }

  var count: Int { texts.count / Self.columnCount }

  /// What the records are of: accounts with eleven fields.
  static var shape: EntityFields {
    let entity = SalesChain.account
    return EntityFields(entity, fieldNames.compactMap { entity.field($0) })
  }

  /// The records in batches; with `suffix` behind each text that is not the key.
  ///
  /// Those that are there already have their numbers as store ids.
  func batches(_ kind: WriteBatch.Kind, of size: Int, suffix: String = "") -> [WriteBatch] {
    stride(from: 0, to: count, by: size).map { start in
      var page = RecordPage(Self.shape)
      for row in start..<min(start + size, count) {
        let own = row * Self.columnCount
        let record = page.append(
          storeID: kind == .create ? nil : String(row + 1), externalID: texts[own])
        for field in Self.fieldNames.indices {
          let text = texts[own + 1 + field]
          page.set(text.isEmpty ? nil : text + suffix, field: field, of: record)
        }
      }
      return WriteBatch(kind, page)
    }
  }

  /// Writes the texts one after the other, a zero byte behind each: what the limit program reads.
  func writeFields(to path: String) throws {
    let output = try OutputFile(path: path)
    for text in texts { try output.write(Array(text.utf8) + [0]) }
    try output.close()
  }

  /// Writes the rows in the text format of PostgreSQL's COPY, with `suffix` as in ``batches``.
  func writeCopy(to path: String, suffix: String = "") throws {
    let output = try OutputFile(path: path)
    for row in 0..<count {
      let values = (0..<Self.columnCount).map { column -> String in
        let text = texts[row * Self.columnCount + column]
        guard !text.isEmpty else { return "\\N" }
        return Self.escaped(text) + (column > 0 ? suffix : "")
      }
      try output.write(Array((values.joined(separator: "\t") + "\n").utf8))
    }
    try output.close()
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\t", with: "\\t").replacing("\n", with: "\\n")
      .replacing("\r", with: "\\r")
  }
}
