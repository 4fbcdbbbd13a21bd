import FerryMapping
import FerrySQLite
import Foundation

extension Journal {
  private static let cellKind = "cell"

  /// What a correction is about, as the journal keeps it.
  private struct Subject: Codable {
    let column: String
    let value: String
    let row: [RowKeyPart]
  }

  /// Remembers a correction; a later one of the same cell takes its place.
  func put(_ correction: CellCorrection, at time: String) throws(SQLiteError) {
    let insert = try database.cached(
      """
      INSERT INTO decisions (kind, subject, decision, decided_at) VALUES (?,?,?,?)
      ON CONFLICT (kind, subject) DO UPDATE SET decision = ?3, decided_at = ?4
      """)
    let subject = Subject(
      column: correction.column, value: correction.value, row: correction.row)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Encoding strings can't fail.
    guard let data = try? encoder.encode(subject) else { return }
    try insert.bind(Self.cellKind, at: 1)
    try insert.bind(String(decoding: data, as: UTF8.self), at: 2)
    try insert.bind(correction.replacement, at: 3)
    try insert.bind(time, at: 4)
    try insert.run()
  }

  /// All corrections, oldest first.
  func corrections() throws(SQLiteError) -> [CellCorrection] {
    let query = try database.prepare(
      "SELECT subject, decision FROM decisions WHERE kind = 'cell' ORDER BY id")
    var found: [CellCorrection] = []
    while try query.step() {
      // What another version wrote is left out rather than guessed.
      let text = Data((query.string(at: 0) ?? "").utf8)
      guard let subject = try? JSONDecoder().decode(Subject.self, from: text) else { continue }
      found.append(
        CellCorrection(
          column: subject.column, value: subject.value, row: subject.row,
          replacement: query.string(at: 1) ?? ""))
    }
    return found
  }
}
