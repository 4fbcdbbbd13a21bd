import FerryMatching
import FerrySQLite

/// What became of the identity of a record: it went into another one, or stands alone again.
struct IdentityEvent {
  /// What happened.
  enum Kind: String {
    /// The record went into another one.
    case merge
    /// A record that had gone into another one is one of its own again.
    case split
  }

  let kind: Kind
  let externalID: String
  /// The other record: its external id, or `#ID`.
  let survivor: String
  /// Where the other record is one of the store's that the input does not name: its id there.
  let storeID: String?
  /// What decided.
  let rule: String?
}

extension Journal {
  /// Takes over the events of a plan that is applied; doing it twice changes nothing.
  func addEvents(of plan: PlanFile, store: String, at time: String) throws(SQLiteError) {
    let query = try plan.database.prepare(
      "SELECT entity, kind, external_id, survivor, store_id, rule FROM events ORDER BY seq")
    guard try query.step() else { return }
    if !database.isInTransaction { try database.begin() }
    let insert = try database.cached(
      """
      INSERT OR IGNORE INTO events
        (run, store, at, entity, kind, external_id, survivor, store_id, rule)
      VALUES (?,?,?,?,?,?,?,?,?)
      """)
    try insert.bind(plan.run, at: 1)
    try insert.bind(time, at: 3)
    var entity: String?
    repeat {
      if let name = query.string(at: 0), name != entity {
        try insert.bind(try place(of: name, in: store), at: 2)
        entity = name
      }
      for column in 0..<6 { try insert.bind(columnOf: query, column, at: column + 4) }
      try insert.run()
    } while try query.step()
    try database.commit()
  }

  /// Notes that a run was taken back, and its events with it.
  ///
  /// What that run had taken back itself holds again. Doing it twice changes nothing.
  func undoEvents(of run: String, by undo: String, in scope: UndoScope) throws(SQLiteError) {
    if !database.isInTransaction { try database.begin() }
    for (change, condition) in [("NULL", "undone_by = ?2"), ("?1", "run = ?2")] {
      let update = try database.cached(
        """
        UPDATE events SET undone_by = \(change) WHERE \(condition) AND ?1 IS NOT NULL
          AND (?3 IS NULL OR entity = ?3) AND (?4 IS NULL OR external_id = ?4)
        """)
      try update.bind(undo, at: 1)
      try update.bind(run, at: 2)
      try update.bind(scope.entity, at: 3)
      try update.bind(scope.externalID, at: 4)
      try update.run()
    }
    try database.commit()
  }

  /// The records of an entity that went into others and still are there, by external id.
  func earlierMerges(
    of entity: String, store: String, identity: String? = nil
  ) throws(SQLiteError) -> [String: EarlierMerge] {
    guard try database.userVersion() > 2 else { return [:] }
    let query = try database.prepare(
      """
      SELECT external_id, kind, survivor, store_id, rule FROM events
      WHERE store = ? AND entity = ? AND undone_by IS NULL ORDER BY id
      """)
    try query.bind(try place(of: entity, in: store, identity: identity), at: 1)
    try query.bind(entity, at: 2)
    var found: [String: EarlierMerge] = [:]
    while try query.step() {
      let isMerge = query.string(at: 1) == IdentityEvent.Kind.merge.rawValue
      found[query.string(at: 0) ?? ""] =
        isMerge
        ? EarlierMerge(
          survivor: query.string(at: 2) ?? "", storeID: query.string(at: 3),
          rule: query.string(at: 4) ?? "")
        : nil
    }
    return found
  }
}
