import FerryCore
import FerryMapping
import FerryRecords
import FerrySQLite

// A plan in an order and a form of its own: two plans of the same input and store read the same.

/// A line of a plan beside its records.
public struct PlanNote: Hashable, Sendable, Comparable {
  /// What it belongs to.
  public enum Part: String, Hashable, Sendable, CaseIterable {
    case store
    case input
    case table
    case link
    case event
    case finding
    case review
    case control
    case gate
    /// How the plan is applied: who wins where both sides changed, tables that Ferry did not make.
    case policy
  }

  /// What it belongs to.
  public let part: Part
  /// Its words, the same in every plan of the same input and store.
  public let text: String

  /// By part, then by words.
  public static func < (left: PlanNote, right: PlanNote) -> Bool {
    let order = Part.allCases
    guard left.part == right.part else {
      return order.firstIndex(of: left.part) ?? 0 < order.firstIndex(of: right.part) ?? 0
    }
    return left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  /// Whether both say the same, byte for byte.
  func isSame(as other: PlanNote) -> Bool {
    part == other.part && text.utf8.elementsEqual(other.text.utf8)
  }
}

extension PlanFile {
  /// The entities that the plan has records of, in load order.
  func entityNames() throws -> [String] {
    let query = try database.prepare("SELECT entity FROM entities ORDER BY position")
    var found: [String] = []
    while try query.step() { found.append(query.string(at: 0) ?? "") }
    return found
  }

  /// Calls `body` with every record: by entity in load order, then by external id.
  public func forEachRecord(_ body: (PlanRecord) throws -> Void) throws {
    for entity in try entityNames() {
      let cursor = try PlanRecordCursor(self, entity: entity)
      while let record = cursor.record() {
        try body(record)
        try cursor.advance()
      }
    }
  }

  /// Everything else that two plans of the same input and store have in common, sorted.
  ///
  /// Run id, time and paths are left out.
  public func notes() throws -> [PlanNote] {
    var found = [PlanNote(part: .store, text: "\(store) \(timeZone ?? "")")]
    for (part, sql) in Self.noteQueries {
      let query = try database.prepare(sql)
      while try query.step() {
        found.append(PlanNote(part: part, text: query.string(at: 0) ?? ""))
      }
    }
    return found.sorted()
  }

  // Each gives one text a line; char(9) is a tab.
  private static let noteQueries: [(PlanNote.Part, String)] = [
    (.input, "SELECT file || char(9) || fingerprint FROM inputs"),
    (
      .table,
      """
      SELECT file || char(9) || sheet || char(9) || rows || char(9) || mapped || char(9) || blank
        || char(9) || filtered || char(9) || rejected FROM tables
      """
    ),
    (
      .link,
      """
      SELECT changes.entity || char(9) || changes.external_id || char(9) || field || char(9)
        || target_external_id || char(9) || ifnull(target_id, '')
      FROM links JOIN changes ON changes.seq = links.change
      """
    ),
    (
      .event,
      """
      SELECT entity || char(9) || kind || char(9) || external_id || char(9) || survivor || char(9)
        || ifnull(store_id, '') || char(9) || ifnull(rule, '') FROM events
      """
    ),
    (
      .finding,
      """
      SELECT rule || char(9) || ifnull(place, '') || char(9) || severity || char(9) || message
      FROM findings
      """
    ),
    (
      .review,
      """
      SELECT entity || char(9) || left_id || char(9) || right_id || char(9) || state || char(9)
        || ifnull(probability, '') FROM review_pairs
      """
    ),
    (
      .control,
      """
      SELECT name || char(9) || ifnull(group_value, '') || char(9) || total
        || ifnull(char(9) || '= ' || expected, '')
      FROM controls JOIN control_totals ON control = controls.position
      """
    ),
    (
      .gate,
      "SELECT name || char(9) || gate_limit || char(9) || actual || char(9) || is_met FROM gates"
    ),
    (
      .policy,
      """
      SELECT entity || char(9) || field || char(9) || on_conflict FROM fields
      WHERE on_conflict IS NOT NULL
      UNION ALL SELECT name || char(9) || value FROM meta
      WHERE name IN ('scope', 'layout') AND value IS NOT NULL
      """
    ),
  ]
}
