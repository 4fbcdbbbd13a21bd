import FerryCore
import FerrySQLite

// What records held before a batch wrote them: a block for each batch, besides it a line for each
// record of which that has to be on the disk before it is written over, or is not what the plan says.
extension Journal {
  // Since version 8; before, each record had a line.
  private static let blockVersion = 8

  /// Keeps what the records of a batch held before.
  func add(_ block: BeforeBlock, of batch: Int64) throws(SQLiteError) {
    if !database.isInTransaction { try database.begin() }
    let insert = try database.cached("INSERT OR REPLACE INTO before_blocks VALUES (?,?)")
    try insert.bind(batch, at: 1)
    try insert.bind(blob: block.bytes.span, at: 2)
    try insert.run()
  }

  /// Keeps what one record held before; `fields` are in the plan's form.
  func addBeforeImage(
    batch: Int64, seq: Int, externalID: Span<UInt8>, storeID: Span<UInt8>, fields: Span<UInt8>
  ) throws(SQLiteError) {
    if !database.isInTransaction { try database.begin() }
    let insert = try database.cached("INSERT OR REPLACE INTO before_images VALUES (?,?,?,?,?)")
    try insert.bind(batch, at: 1)
    try insert.bind(seq, at: 2)
    try insert.bind(externalID, at: 3)
    try insert.bind(storeID, at: 4)
    try insert.bind(fields, at: 5)
    try insert.run()
  }

  /// Takes back what ``addBeforeImage(batch:seq:externalID:storeID:fields:)`` kept.
  func removeBeforeImage(batch: Int64, seq: Int) throws(SQLiteError) {
    if !database.isInTransaction { try database.begin() }
    let delete = try database.cached("DELETE FROM before_images WHERE batch = ? AND seq = ?")
    try delete.bind(batch, at: 1)
    try delete.bind(seq, at: 2)
    try delete.run()
  }

  /// Of a batch that was begun and not finished: what it was about to write over against the plan,
  /// by sequence number.
  func images(ofIntent batch: Int64) throws(SQLiteError) -> [Int: Bytes] {
    let query = try database.cached("SELECT seq, fields FROM before_images WHERE batch = ?")
    try query.bind(batch, at: 1)
    var found: [Int: Bytes] = [:]
    while try query.step() {
      found[Int(query.integer(at: 0))] = query.withText(at: 1) { Bytes(copying: $0) }
    }
    return found
  }

  /// What the records of one batch held before, by sequence number; `nil` where that is damaged.
  func beforeImages(of batch: Int64) throws(SQLiteError) -> [BeforeImage]? {
    guard let lines = try beforeLines(of: batch), let block = try beforeBlock(of: batch) else {
      return nil
    }
    guard !lines.isEmpty else { return block }
    let seqs = Set(lines.map(\.seq))
    return (block.filter { !seqs.contains($0.seq) } + lines).sorted { $0.seq < $1.seq }
  }

  private func beforeBlock(of batch: Int64) throws(SQLiteError) -> [BeforeImage]? {
    guard try database.userVersion() >= Self.blockVersion else { return [] }
    let query = try database.cached("SELECT records FROM before_blocks WHERE batch = ?")
    try query.bind(batch, at: 1)
    guard try query.step() else { return [] }
    defer { query.reset() }
    return query.withBlob(at: 0) { BeforeBlock.images(in: $0) }
  }

  private func beforeLines(of batch: Int64) throws(SQLiteError) -> [BeforeImage]? {
    let query = try database.cached(
      "SELECT seq, external_id, store_id, fields FROM before_images WHERE batch = ? ORDER BY seq")
    try query.bind(batch, at: 1)
    defer { query.reset() }
    var parsed = ParsedFields()
    var found: [BeforeImage] = []
    while try query.step() {
      guard query.withText(at: 3, { parsed.parse($0) }) else { return nil }
      let fields = parsed.fields.filter { !$0.isLater }.map { field in
        let label = parsed.string(field.old)
        return BeforeImage.Field(
          name: parsed.string(field.name), old: parsed.string(field.oldID) ?? label ?? "",
          oldLabel: label)
      }
      found.append(
        BeforeImage(
          seq: Int(query.integer(at: 0)), externalID: query.string(at: 1) ?? "",
          storeID: query.string(at: 2) ?? "", fields: Array(fields)))
    }
    return found
  }
}
