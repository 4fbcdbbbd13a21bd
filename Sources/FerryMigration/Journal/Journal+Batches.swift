import FerryCore
import FerrySQLite

/// One line of the journal's `batches`.
struct BatchRecord {
  enum State: String {
    case intent
    case done
  }

  var id: Int64 = 0
  var run: String
  var number: Int
  var store: String
  var entity: String
  /// `create`, `update`, `delete` or `link`, see ``ChangeBatch/Kind``.
  var kind: String
  /// Sequence numbers of the plan's changes.
  var first: Int
  var last: Int
  var state = State.intent
  var written = 0
  var conflicted = 0
  var rejected = 0
  var fields: [String] = []
}

/// A record that a run left as it is, and why.
struct KeptRecord {
  let entity: String
  let externalID: String
  let storeID: String?
  let finding: Finding
  /// The fields in the plan's form, see ``FieldsWriter``.
  let fields: String
}

extension KeptRecord {
  /// The rows of a query for entity, both ids, the stored finding and the fields.
  static func all(_ query: Statement) throws(SQLiteError) -> [KeptRecord] {
    var found: [KeptRecord] = []
    while try query.step() {
      guard let finding = StoredFinding.decode(query.string(at: 3) ?? "") else { continue }
      found.append(
        KeptRecord(
          entity: query.string(at: 0) ?? "", externalID: query.string(at: 1) ?? "",
          storeID: query.string(at: 2), finding: finding, fields: query.string(at: 4) ?? "[]"))
    }
    return found
  }
}

extension Journal {
  /// Writes that a batch is about to go to the store; whatever is pending is committed with it.
  func begin(_ batch: inout BatchRecord) throws(SQLiteError) {
    if !database.isInTransaction { try database.begin() }
    let insert = try database.cached(
      """
      INSERT INTO batches (run, number, store, entity, kind, first, last, state)
      VALUES (?,?,?,?,?,?,?,'intent')
      """)
    try insert.bind(batch.run, at: 1)
    try insert.bind(batch.number, at: 2)
    try insert.bind(try place(of: batch.entity, in: batch.store), at: 3)
    try insert.bind(batch.entity, at: 4)
    try insert.bind(batch.kind, at: 5)
    try insert.bind(batch.first, at: 6)
    try insert.bind(batch.last, at: 7)
    try insert.run()
    batch.id = database.lastInsertedRowID
    try database.commit()
  }

  /// Writes what became of a batch; it is committed with the next batch's intent, or by
  /// ``commitPending()``.
  ///
  /// A kill in between makes the batch be done again, which changes nothing in the store.
  func finish(
    _ batch: BatchRecord, records: Span<UInt8>, kept: [KeptRecord]
  ) throws(SQLiteError) {
    if !database.isInTransaction { try database.begin() }
    let update = try database.cached(
      """
      UPDATE batches SET state = 'done', written = ?, conflicted = ?, rejected = ?, fields = ?,
      records = ? WHERE id = ?
      """)
    try update.bind(batch.written, at: 1)
    try update.bind(batch.conflicted, at: 2)
    try update.bind(batch.rejected, at: 3)
    try update.bind(batch.fields.joined(separator: ","), at: 4)
    try update.bind(blob: records, at: 5)
    try update.bind(batch.id, at: 6)
    try update.run()
    for record in kept { try add(record, batch) }
  }

  /// Commits what ``finish(_:records:kept:)`` left open.
  func commitPending() throws(SQLiteError) {
    if database.isInTransaction { try database.commit() }
  }

  private func add(_ record: KeptRecord, _ batch: BatchRecord) throws(SQLiteError) {
    let insert = try database.cached(
      """
      INSERT INTO kept (run, batch, entity, external_id, store_id, rule, message, finding, fields)
      VALUES (?,?,?,?,?,?,?,?,?)
      """)
    try insert.bind(batch.run, at: 1)
    try insert.bind(batch.id, at: 2)
    try insert.bind(record.entity, at: 3)
    try insert.bind(record.externalID, at: 4)
    try insert.bind(record.storeID, at: 5)
    try insert.bind(record.finding.rule.id, at: 6)
    try insert.bind(record.finding.message(in: .english), at: 7)
    try insert.bind(StoredFinding.encode(record.finding), at: 8)
    try insert.bind(record.fields, at: 9)
    try insert.run()
  }
}

// MARK: - Reading

extension Journal {
  private static let batchColumns =
    """
    id, run, number, store, entity, kind, first, last, state, written, conflicted, rejected, fields
    """

  /// A run's batches by number, without their records.
  func batches(of run: String) throws(SQLiteError) -> [BatchRecord] {
    let query = try database.prepare(
      "SELECT \(Self.batchColumns) FROM batches WHERE run = ? ORDER BY number")
    try query.bind(run, at: 1)
    var found: [BatchRecord] = []
    while try query.step() { found.append(Self.batch(query)) }
    return found
  }

  /// Calls `body` with each finished batch of an entity in a store, oldest first, with its records.
  ///
  /// What a hand-over wrote was not loaded from a source: it is left out, like what people change.
  func forEachBatch(
    entity: String, store: String, _ body: (BatchRecord, Span<UInt8>) -> Void
  ) throws(SQLiteError) {
    let query = try database.prepare(
      """
      SELECT \(Self.batchColumns), records FROM batches
      WHERE entity = ? AND store = ? AND state = 'done' AND run NOT IN (
        WITH RECURSIVE handover (run) AS (
          SELECT run FROM runs WHERE command = ?3
          UNION SELECT runs.run FROM runs JOIN handover ON runs.of_run = handover.run)
        SELECT run FROM handover)
      ORDER BY id
      """)
    try query.bind(entity, at: 1)
    try query.bind(try place(of: entity, in: store), at: 2)
    try query.bind(RunRecord.handover, at: 3)
    while try query.step() {
      let batch = Self.batch(query)
      query.withBlob(at: 13) { body(batch, $0) }
    }
  }

  /// Calls `body` with the records of one batch.
  func withRecords<R>(of batch: Int64, _ body: (Span<UInt8>) -> R) throws(SQLiteError) -> R? {
    let query = try database.cached("SELECT records FROM batches WHERE id = ?")
    try query.bind(batch, at: 1)
    guard try query.step() else { return nil }
    let result = query.withBlob(at: 0) { body($0) }
    query.reset()
    return result
  }

  /// What a run left as it is, in the order that it came up.
  func kept(by run: String) throws(SQLiteError) -> [KeptRecord] {
    let query = try database.prepare(
      """
      SELECT entity, external_id, store_id, finding, fields FROM kept WHERE run = ? ORDER BY id
      """)
    try query.bind(run, at: 1)
    return try KeptRecord.all(query)
  }

  private static func batch(_ query: Statement) -> BatchRecord {
    let fields = query.string(at: 12) ?? ""
    return BatchRecord(
      id: query.integer(at: 0), run: query.string(at: 1) ?? "", number: Int(query.integer(at: 2)),
      store: query.string(at: 3) ?? "", entity: query.string(at: 4) ?? "",
      kind: query.string(at: 5) ?? "", first: Int(query.integer(at: 6)),
      last: Int(query.integer(at: 7)),
      state: BatchRecord.State(rawValue: query.string(at: 8) ?? "") ?? .intent,
      written: Int(query.integer(at: 9)), conflicted: Int(query.integer(at: 10)),
      rejected: Int(query.integer(at: 11)),
      fields: fields.isEmpty ? [] : fields.split(separator: ",").map(String.init))
  }
}
