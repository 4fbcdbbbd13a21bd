import FerryCore
import FerryRecords
public import FerryStores

// How a create stays one: external ids are looked up before anything is sent. A record whose answer
// was lost is looked up again, with pauses, since what a product finds may lag behind what it stored;
// only what is still not there is sent again. The same pauses go before records that an earlier try or
// a run that was cut off may have sent. A unique field for external ids closes the rest: then a second
// one is refused, and found.
extension HTTPStore {
  /// How often a record whose answer is lost is sent anew.
  private static let resends = 2

  /// Writes one batch, record by record or as the product takes them.
  public func write(_ batch: WriteBatch) async throws(StoreError) -> [WriteResult] {
    try checkWritable()
    guard batch.records.count > 0 else { return [] }
    guard let shape = try await shape(of: batch.records.shape.entity) else {
      throw HTTPStoreRules.error(
        .unsuitable, isTransient: false, ProfileRules.noObject, adapter.client.name,
        batch.records.shape.entity.name)
    }
    switch batch.kind {
    case .create:
      let object = shape.object.name
      let isDoubtful = batch.isRedone || doubtful.contains(object)
      doubtful.insert(object)
      let results = try await create(batch.records, shape, isDoubtful: isDoubtful)
      doubtful.remove(object)
      lastCreation = adapter.client.surroundings.elapsed()
      return results
    case .update: return try await update(batch.records, shape)
    case .delete:
      let ids = (0..<batch.records.count).map { batch.records.storeID(of: $0) ?? "" }
      let results = try await adapter.delete(ids, in: shape.object.name)
      return try settled(results, shape)
    }
  }

  // MARK: - Creates

  private func create(
    _ page: RecordPage, _ shape: RemoteShape, isDoubtful: Bool
  ) async throws(StoreError) -> [WriteResult] {
    let known = try await stored(page, shape, isDoubtful: isDoubtful)
    var results: [WriteResult?] = Array(repeating: nil, count: page.count)
    var (old, new) = ([(Int, RemoteRecord)](), [(Int, RemoteRecord)]())
    for index in 0..<page.count {
      var record = RemoteRecord(values: shape.values(of: page, index, adapter, isNew: true))
      if let id = page.externalID(of: index), let field = shape.externalID {
        record.values[field] = .string(id)
        if let there = known[id] {
          record.id = there
          record.values = shape.values(of: page, index, adapter, isNew: false)
          old.append((index, record))
          continue
        }
      }
      record.values.merge(shape.constants) { own, _ in own }
      new.append((index, record))
    }
    if !old.isEmpty {
      let done = try settled(
        try await adapter.update(old.map(\.1), in: shape.object.name), shape)
      for ((index, _), result) in zip(old, done) { results[index] = result }
    }
    try await send(new, shape, &results)
    return results.compactMap { $0 }
  }

  /// Sends new records; those whose answer is lost are looked up, and sent again where absent.
  private func send(
    _ records: [(Int, RemoteRecord)], _ shape: RemoteShape, _ results: inout [WriteResult?]
  ) async throws(StoreError) {
    var left = records
    var lastReason = ""
    for _ in 0...Self.resends where !left.isEmpty {
      let done = try await adapter.create(left.map(\.1), in: shape.object.name)
      var (lost, again) = ([(Int, RemoteRecord)](), [(Int, RemoteRecord)]())
      for ((index, record), result) in zip(left, done) {
        switch result {
        case .written(let id): results[index] = .written(storeID: id)
        case .refused(let refusal):
          results[index] = refused(refusal, shape)
          // Perhaps since it is there already.
          if refusal.isDuplicate {
            lost.append((index, record))
          } else {
            again.append((index, record))
          }
        case .unknown(let reason):
          lastReason = reason
          lost.append((index, record))
        }
      }
      // What was refused for another reason has its answer, unless an earlier try had stored it.
      try await find(again, shape, pauses: [.zero], &results)
      left = try await find(lost, shape, pauses: lookAgain, &results)
        .filter { results[$0.0] == nil }
    }
    guard left.isEmpty else {
      throw HTTPStoreRules.error(
        .busy, isTransient: true, HTTPStoreRules.outcomeUnknown, adapter.client.name, lastReason)
    }
  }

  /// Looks records up that may have been stored; those that can't be found are given back.
  @discardableResult private func find(
    _ lost: [(Int, RemoteRecord)], _ shape: RemoteShape, pauses: [Duration],
    _ results: inout [WriteResult?]
  ) async throws(StoreError) -> [(Int, RemoteRecord)] {
    guard let field = shape.externalID else { return lost }
    let ids = lost.compactMap { $0.1.values[field]?.text }
    let known = try await found(ids, shape, pauses: pauses)
    var there: [(Int, RemoteRecord)] = []
    let left = lost.filter { index, record in
      guard let key = record.values[field]?.text, let id = known[key] else { return true }
      results[index] = .written(storeID: id)
      there.append((index, RemoteRecord(id: id, values: shape.changeable(record.values))))
      return false
    }
    guard !adapter.storesWhole, !there.isEmpty else { return left }
    let done = try await adapter.update(there.map(\.1), in: shape.object.name)
    for ((index, _), result) in zip(there, try settled(done, shape)) { results[index] = result }
    return left
  }

  /// External id → the product's id, of those records that are there.
  private func stored(
    _ page: RecordPage, _ shape: RemoteShape, isDoubtful: Bool
  ) async throws(StoreError) -> [String: String] {
    let ids = (0..<page.count).compactMap { page.externalID(of: $0) }
    return try await found(
      ids, shape, pauses: [.zero] + (isDoubtful ? lookAgain : []))
  }

  /// External id → the product's id, asked for after each pause until all are found.
  private func found(
    _ ids: [String], _ shape: RemoteShape, pauses: [Duration]
  ) async throws(StoreError) -> [String: String] {
    guard let field = shape.externalID else { return [:] }
    var known: [String: String] = [:]
    var missing = ids
    for pause in pauses.isEmpty ? [.zero] : pauses where !missing.isEmpty {
      if pause > .zero { try await adapter.client.rest(for: pause) }
      let found = try await lookUp(shape, fields: [field], where: field, isOneOf: missing)
      known.merge(Self.index(found, by: field)) { first, _ in first }
      missing.removeAll { known[$0] != nil }
    }
    return known
  }

  private static func index(_ records: [RemoteRecord], by field: String) -> [String: String] {
    Dictionary(
      records.compactMap { record in record.values[field]?.text.map { ($0, record.id) } }
    ) { first, _ in first }
  }

  // MARK: - Updates

  private func update(
    _ page: RecordPage, _ shape: RemoteShape
  ) async throws(StoreError) -> [WriteResult] {
    let owned = try await idsOwned(page, shape)
    var results: [WriteResult?] = Array(repeating: nil, count: page.count)
    var wanted: [(Int, RemoteRecord)] = []
    for index in 0..<page.count {
      if let field = shape.writtenOnce(in: page, index) {
        results[index] = .refused(
          Finding(
            HTTPStoreRules.writtenOnceOnly,
            arguments: [adapter.client.name, shape.entity.name, field]))
        continue
      }
      var record = RemoteRecord(
        id: page.storeID(of: index) ?? "",
        values: shape.values(of: page, index, adapter, isNew: false))
      if let id = page.externalID(of: index), let field = shape.externalID,
        !owned.contains(record.id)
      {
        record.values[field] = .string(id)
      }
      wanted.append((index, record))
    }
    let done = try await adapter.update(wanted.map(\.1), in: shape.object.name)
    for ((index, _), result) in zip(wanted, try settled(done, shape)) { results[index] = result }
    return results.compactMap { $0 }
  }

  /// The records that have an external id already, of those that bring one.
  private func idsOwned(
    _ page: RecordPage, _ shape: RemoteShape
  ) async throws(StoreError) -> Set<String> {
    guard let field = shape.externalID else { return [] }
    let ids = (0..<page.count).filter { page.externalID(of: $0) != nil }
      .compactMap { page.storeID(of: $0) }
    guard !ids.isEmpty else { return [] }
    let found = try await lookUp(shape, fields: [field], where: "_id", isOneOf: ids)
    return Set(found.filter { $0.values[field]?.text?.isEmpty == false }.map(\.id))
  }

  // MARK: - Results

  /// The results of writes that may be done again.
  private func settled(
    _ results: [RemoteResult], _ shape: RemoteShape
  ) throws(StoreError) -> [WriteResult] {
    var done: [WriteResult] = []
    for result in results {
      switch result {
      case .written(let id): done.append(.written(storeID: id))
      case .refused(let refusal): done.append(refused(refusal, shape))
      case .unknown(let reason):
        throw HTTPStoreRules.error(
          .busy, isTransient: true, HTTPStoreRules.outcomeUnknown, adapter.client.name, reason)
      }
    }
    return done
  }

  private func refused(_ refusal: Refusal, _ shape: RemoteShape) -> WriteResult {
    .refused(
      Finding(
        HTTPStoreRules.recordRefused,
        arguments: [
          adapter.client.name, shape.entity.name, "\(refusal.message) (\(refusal.code))",
          refusal.trace ?? refusal.code,
        ]))
  }
}

extension RemoteShape {
  /// What each new record gets beside its own values.
  var constants: [String: JSON] { remote.constants.mapValues { .string($0) } }

  /// The fields of a record that are present, as the product writes them.
  func values(
    of page: RecordPage, _ index: Int, _ adapter: any ProductAdapter, isNew: Bool
  ) -> [String: JSON] {
    var values: [String: JSON] = [:]
    for (fieldIndex, field) in page.shape.fields.enumerated() {
      guard let codec = codecs[field.name], codec.remote.isWritable,
        let text = page.string(field: fieldIndex, of: index), isNew || !codec.name.isWrittenOnce
      else { continue }
      // A new record is empty anyway.
      if isNew, text.isEmpty { continue }
      values[codec.remote.name] = adapter.encoded(text, codec)
    }
    return values
  }

  /// Of a new record's values those that may be sent again.
  func changeable(_ values: [String: JSON]) -> [String: JSON] {
    let once = codecs.values.filter(\.name.isWrittenOnce).map(\.remote.name) + [externalID ?? ""]
    return values.filter { !once.contains($0.key) }
  }

  /// A field that the record brings and that only a new record can.
  func writtenOnce(in page: RecordPage, _ index: Int) -> String? {
    for (fieldIndex, field) in page.shape.fields.enumerated()
    where codecs[field.name]?.name.isWrittenOnce == true && page.values[fieldIndex][index].isPresent
    {
      return field.name
    }
    return nil
  }
}
