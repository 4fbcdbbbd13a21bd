/// A record of a double.
struct DoubleRecord: Hashable, Sendable {
  let id: String
  var values: [String: WireValue]
  /// Milliseconds since 1970.
  var createdAt: Int
  var changedAt: Int
  /// Void, archived or in the bin: what the product calls it.
  var isGone = false
  /// Searches that still don't find it.
  var hiddenReads = 0
  /// Milliseconds since 1970 from when searches find it.
  var hiddenUntil = 0
}

/// The records of one object of a double, in the order in which they came, some fields indexed.
struct RecordTable: Hashable, Sendable {
  /// By id.
  private(set) var records: [String: DoubleRecord] = [:]
  private var order: [String] = []
  /// By field and value: the ids of the records that hold it.
  private var index: [String: [WireValue: Set<String>]] = [:]

  /// Indexes these fields.
  init(indexed: [String]) {
    for field in indexed { index[field] = [:] }
  }

  /// All, in the order in which they came.
  var all: [DoubleRecord] { order.compactMap { records[$0] } }

  subscript(id: String) -> DoubleRecord? { records[id] }

  /// Puts a record in, or a changed one in its place.
  mutating func put(_ record: DoubleRecord) {
    if let old = records.updateValue(record, forKey: record.id) {
      unindex(old)
    } else {
      order.append(record.id)
    }
    for field in index.keys {
      guard let value = record.values[field] else { continue }
      index[field]?[value, default: []].insert(record.id)
    }
  }

  /// Takes a record out for good.
  mutating func remove(_ id: String) {
    guard let old = records.removeValue(forKey: id) else { return }
    unindex(old)
    order.removeAll { $0 == id }
  }

  /// Those that hold one of these values, by id; `nil` where the field isn't indexed.
  func holding(_ values: [WireValue], in field: String) -> [DoubleRecord]? {
    guard let known = index[field] else { return nil }
    let ids = values.reduce(into: Set<String>()) { $0.formUnion(known[$1] ?? []) }
    return ids.sorted().compactMap { records[$0] }
  }

  /// Counts a search and tells which of these records it finds.
  mutating func found(_ candidates: [DoubleRecord], at now: Int) -> [DoubleRecord] {
    candidates.filter { record in
      if record.hiddenReads > 0 {
        records[record.id]?.hiddenReads -= 1
        return false
      }
      return record.hiddenUntil <= now
    }
  }

  private mutating func unindex(_ record: DoubleRecord) {
    for field in index.keys {
      guard let value = record.values[field] else { continue }
      index[field]?[value]?.remove(record.id)
    }
  }
}

extension DoubleRecord {
  /// A record that a call creates.
  init(id: String, values: [String: WireValue], _ call: ProductCall) {
    self.init(
      id: id, values: values, createdAt: call.now, changedAt: call.now,
      hiddenReads: call.lag.reads, hiddenUntil: call.now + call.lag.milliseconds)
  }
}
