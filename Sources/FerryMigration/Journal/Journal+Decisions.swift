import FerryMatching
import FerrySQLite
import Foundation

extension Journal {
  private static let kind = "match."

  /// Remembers a decision; a later one about the same two records takes its place.
  func put(_ decision: MatchDecision, at time: String) throws(SQLiteError) {
    let insert = try database.cached(
      """
      INSERT INTO decisions (kind, subject, decision, decided_at, label, picks)
      VALUES (?,?,?,?,?,?)
      ON CONFLICT (kind, subject)
      DO UPDATE SET decision = ?3, decided_at = ?4, label = ?5, picks = ?6
      """)
    try insert.bind(Self.kind + decision.entity, at: 1)
    try insert.bind(decision.digests.joined(separator: " "), at: 2)
    try insert.bind(decision.isSame ? "same" : "different", at: 3)
    try insert.bind(time, at: 4)
    try insert.bind(decision.label, at: 5)
    try insert.bind(Self.text(of: decision.picks), at: 6)
    try insert.run()
  }

  /// Forgets what was decided about two records.
  func remove(_ decision: MatchDecision) throws(SQLiteError) {
    let delete = try database.cached("DELETE FROM decisions WHERE kind = ? AND subject = ?")
    try delete.bind(Self.kind + decision.entity, at: 1)
    try delete.bind(decision.digests.joined(separator: " "), at: 2)
    try delete.run()
  }

  /// All decisions about records, oldest first.
  func matchDecisions() throws(SQLiteError) -> [MatchDecision] {
    let version = try database.userVersion()
    let (label, picks) = (version > 1 ? "label" : "NULL", version > 3 ? "picks" : "NULL")
    let query = try database.prepare(
      """
      SELECT kind, subject, decision, \(label), \(picks) FROM decisions
      WHERE kind LIKE 'match.%' ORDER BY id
      """)
    var found: [MatchDecision] = []
    while try query.step() {
      let digests = (query.string(at: 1) ?? "").split(separator: " ").map(String.init)
      guard digests.count == 2 else { continue }
      found.append(
        MatchDecision(
          entity: String((query.string(at: 0) ?? "").dropFirst(Self.kind.count)),
          digests: digests, isSame: query.string(at: 2) == "same",
          picks: Self.picks(in: query.string(at: 4)), label: query.string(at: 3) ?? ""))
    }
    return found
  }

  private static func text(of picks: [String: String]) -> String? {
    guard !picks.isEmpty else { return nil }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    // Encoding strings can't fail.
    return (try? encoder.encode(picks)).map { String(decoding: $0, as: UTF8.self) }
  }

  private static func picks(in text: String?) -> [String: String] {
    // What can't be read picks nothing: the mapping decides then, as without a pick.
    text.flatMap { try? JSONDecoder().decode([String: String].self, from: Data($0.utf8)) } ?? [:]
  }
}
