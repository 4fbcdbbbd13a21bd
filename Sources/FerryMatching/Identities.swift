import FerryCore
import FerryRecords

/// A table's records with equal external ids collapsed: one identity for each id.
///
/// A class, so that passing it on costs one count; it never changes once it is made.
final class Identities: Sendable {
  let table: RecordTable
  /// Record → identity, in order of first appearance.
  let ofRecord: ContiguousArray<Int32>
  /// Identity → its first record.
  let firstRecord: ContiguousArray<Int32>
  /// Record → the next record of its identity, or -1.
  let nextRecord: ContiguousArray<Int32>
  /// Identities whose every record was rejected, with the first record's finding.
  let rejected: [Int: Finding]
  /// By field of the table.
  let keep: [KeepRule]
  /// Which fields are kept together.
  let groups: FieldGroups
  // Where the dates of KeepRule.newest stand.
  private let updatedField: Int?
  private let createdField: Int?
  private let index: KeyIndex
  // Empty where no record was rejected.
  private let isRecordRejected: ContiguousArray<Bool>

  init(_ table: RecordTable, settings: MatchSettings) {
    let (arena, ids) = (table.arena, table.externalIDs)
    var index = KeyIndex(capacity: table.count)
    var ofRecord = ContiguousArray<Int32>()
    ofRecord.reserveCapacity(table.count)
    var firstRecord = ContiguousArray<Int32>()
    var lastRecord = ContiguousArray<Int32>()
    var nextRecord = ContiguousArray<Int32>(repeating: -1, count: table.count)
    for record in ids.indices {
      let hash = arena.withBytes(of: ids[record]) { $0.keyHash }
      let (identity, isNew) = index.number(hash: hash) { number in
        arena.equals(ids[Int(firstRecord[number])], ids[record], in: arena)
      }
      ofRecord.append(Int32(identity))
      if isNew {
        firstRecord.append(Int32(record))
        lastRecord.append(Int32(record))
      } else {
        nextRecord[Int(lastRecord[identity])] = Int32(record)
        lastRecord[identity] = Int32(record)
      }
    }
    self.table = table
    self.index = index
    self.ofRecord = ofRecord
    self.firstRecord = firstRecord
    self.nextRecord = nextRecord
    (isRecordRejected, rejected) = Self.rejections(of: table, ofRecord, firstRecord.count)
    keep = table.fields.map { settings.keep[$0.name] ?? .first }
    groups = FieldGroups(table.fields)
    updatedField = table.fieldIndex("updated_at")
    createdField = table.fieldIndex("created_at")
  }

  /// The rejected records, and the identities that have no other, with their first finding.
  private static func rejections(
    of table: RecordTable, _ ofRecord: ContiguousArray<Int32>, _ count: Int
  ) -> (ContiguousArray<Bool>, [Int: Finding]) {
    guard !table.rejections.isEmpty else { return ([], [:]) }
    var isRejected = ContiguousArray(repeating: false, count: table.count)
    for record in table.rejections.keys { isRejected[record] = true }
    var hasSound = ContiguousArray(repeating: false, count: count)
    for record in isRejected.indices where !isRejected[record] {
      hasSound[Int(ofRecord[record])] = true
    }
    var rejected: [Int: Finding] = [:]
    for record in table.rejections.keys.sorted() {
      let identity = Int(ofRecord[record])
      if hasSound[identity] || rejected[identity] != nil { continue }
      rejected[identity] = table.rejections[record]
    }
    return (isRejected, rejected)
  }

  /// How many distinct external ids there are.
  var count: Int { firstRecord.count }

  /// The external id of an identity.
  func externalID(of identity: Int) -> String {
    table.externalID(of: Int(firstRecord[identity]))
  }

  /// The identity with that external id.
  func identity(withExternalID id: Span<UInt8>) -> Int? {
    index.find(hash: id.keyHash) { number in
      table.arena.withBytes(of: table.externalIDs[Int(firstRecord[number])]) {
        $0.hasSameBytes(as: id)
      }
    }
  }

  // MARK: - Values

  /// The records of one identity, in the order of the sources.
  func records(of identity: Int) -> some Sequence<Int> {
    sequence(first: Int(firstRecord[identity])) { [nextRecord] record in
      nextRecord[record] < 0 ? nil : Int(nextRecord[record])
    }
  }

  /// Whether a record was not rejected by itself.
  func isSound(_ record: Int) -> Bool { isRecordRejected.isEmpty || !isRecordRejected[record] }

  /// Whether a record counts for its identity: sound, or of an identity that has no sound one.
  func counts(_ record: Int) -> Bool {
    isSound(record) || rejected[Int(ofRecord[record])] != nil
  }

  /// The record that supplies a field of an identity, its own records alone; `nil` where absent.
  func supplier(ofField field: Int, identity: Int) -> Int? {
    let first = Int(firstRecord[identity])
    guard nextRecord[first] >= 0 else {
      return table.values[field][first].isPresent ? first : nil
    }
    guard keep[field] == .first, groups[field].isEmpty else {
      return best(of: records(of: identity), field: field)
    }
    return self.first(withField: field, identity: identity)
  }

  /// The first record of an identity that has a field and counts, its own records alone.
  func first(withField field: Int, identity: Int) -> Int? {
    var record = Int(firstRecord[identity])
    while record >= 0 {
      if table.values[field][record].isPresent, counts(record) { return record }
      record = Int(nextRecord[record])
    }
    return nil
  }

  /// The value of a field of an identity, its own records alone.
  func value(ofField field: Int, identity: Int) -> ValueRef {
    supplier(ofField: field, identity: identity).map { table.values[field][$0] } ?? .absent
  }

  /// The record whose value of `field` survives, its group aside; ties go to the first of `records`.
  func winner(of records: some Sequence<Int>, field: Int) -> Int? {
    let values = table.values[field]
    let candidates = records.lazy.filter { values[$0].isPresent && self.counts($0) }
    switch keep[field] {
    case .first: return candidates.first { _ in true }
    case .fullest: return firstMaximum(candidates) { values[$0].byteCount < values[$1].byteCount }
    case .newest: return firstMaximum(candidates, by: isOlder)
    case .frequent: return mostFrequent(candidates, values)
    }
  }

  private func firstMaximum(
    _ records: some Sequence<Int>, by isLess: (Int, Int) -> Bool
  ) -> Int? {
    var best: Int?
    for record in records {
      if let known = best, !isLess(known, record) { continue }
      best = record
    }
    return best
  }

  // A record without a date is older than any that has one; instants are ISO 8601 in UTC.
  private func isOlder(_ left: Int, _ right: Int) -> Bool { date(left) < date(right) }

  private func date(_ record: Int) -> String {
    for case let field? in [updatedField, createdField] {
      if let date = table.string(field: field, of: record) { return date }
    }
    return ""
  }

  private func mostFrequent(
    _ records: some Sequence<Int>, _ values: ContiguousArray<ValueRef>
  ) -> Int? {
    let arena = table.arena
    var index = KeyIndex(capacity: 16)
    var firsts: [Int] = []
    var counts: [Int] = []
    for record in records {
      let hash = arena.withBytes(of: values[record]) { $0.keyHash }
      let (number, isNew) = index.number(hash: hash) { [firsts] in
        arena.equals(values[firsts[$0]], values[record], in: arena)
      }
      if isNew {
        firsts.append(record)
        counts.append(1)
      } else {
        counts[number] += 1
      }
    }
    return firstMaximum(firsts.indices) { counts[$0] < counts[$1] }.map { firsts[$0] }
  }
}
