import FerryCore
public import FerryRecords
public import FerryStores

/// The records of a store that lives as long as the test: plain, slow and obviously right.
///
/// Several ``InMemoryStore``s may share one, as several openings of one file would.
public actor InMemoryRecords {
  struct Record {
    var externalID: String?
    var values: [String: String] = [:]
  }

  /// By entity name, then by store id.
  var tables: [String: [Int: Record]] = [:]
  private var idsByExternalID: [String: [String: Int]] = [:]
  private var lastID = 0
  /// How many more batches are written before every write fails as busy; `nil` is no limit.
  private var batchesBeforeFailure: Int?

  /// Makes an empty store.
  public init() {}

  /// Makes every write after the next `count` fail, as a lost connection would; `nil` ends that.
  public func failWrites(after count: Int?) { batchesBeforeFailure = count }

  /// How many records of that entity there are.
  public func count(of entity: String) -> Int { tables[entity]?.count ?? 0 }

  /// Puts a value in as a person would, past Ferry.
  public func edit(_ entity: String, externalID: String, field: String, to value: String?) {
    for (id, record) in tables[entity] ?? [:] where record.externalID == externalID {
      tables[entity]?[id]?.values[field] = value
    }
  }

  func select(_ request: EntityFields, _ isWanted: (Int, Record) -> Bool) -> RecordPage {
    var page = RecordPage(request)
    for (id, record) in (tables[request.entity.name] ?? [:]).sorted(by: { $0.key < $1.key })
    where isWanted(id, record) {
      let index = page.append(storeID: String(id), externalID: record.externalID)
      for (field, name) in request.fields.map(\.name).enumerated() {
        page.set(record.values[name], field: field, of: index)
      }
    }
    return page
  }

  func write(_ batch: WriteBatch) throws(StoreError) -> [WriteResult] {
    if let left = batchesBeforeFailure {
      guard left > 0 else {
        throw StoreError(.busy, isTransient: true, finding: Finding(InMemoryStore.failing))
      }
      batchesBeforeFailure = left - 1
    }
    return (0..<batch.records.count).map { write($0, of: batch) }
  }

  private func write(_ index: Int, of batch: WriteBatch) -> WriteResult {
    let page = batch.records
    let entity = page.shape.entity.name
    let externalID = page.externalID(of: index)
    let named = page.storeID(of: index).flatMap { Int($0) }
    switch batch.kind {
    case .create:
      let id = idOfRecord(entity, externalID) ?? named ?? lastID + 1
      lastID = max(lastID, id)
      tables[entity, default: [:]][id, default: Record()].externalID = externalID
      if let externalID { idsByExternalID[entity, default: [:]][externalID] = id }
      merge(index, of: page, into: id)
      return .written(storeID: String(id))
    case .update:
      guard let id = named, tables[entity]?[id] != nil else {
        return .refused(Finding(InMemoryStore.gone))
      }
      if let externalID, tables[entity]?[id]?.externalID == nil {
        tables[entity]?[id]?.externalID = externalID
        idsByExternalID[entity, default: [:]][externalID] = id
      }
      merge(index, of: page, into: id)
      return .written(storeID: String(id))
    case .delete:
      if let named { tables[entity]?[named] = nil }
      return .written(storeID: page.storeID(of: index) ?? "")
    }
  }

  /// The record of that external id, if it is still there.
  private func idOfRecord(_ entity: String, _ externalID: String?) -> Int? {
    guard let externalID, let id = idsByExternalID[entity]?[externalID],
      tables[entity]?[id] != nil
    else { return nil }
    return id
  }

  private func merge(_ index: Int, of page: RecordPage, into id: Int) {
    for (field, name) in page.shape.fields.map(\.name).enumerated() {
      guard let value = page.string(field: field, of: index) else { continue }
      tables[page.shape.entity.name]?[id]?.values[name] = value.isEmpty ? nil : value
    }
  }
}

/// A store in memory, for tests of what uses stores and to hold real stores against.
public struct InMemoryStore: CRMStore {
  static let failing = Rule(
    id: "test.failing", severity: .error,
    message: Words(en: "the store was told to fail", zh: "存储按要求失败"),
    suggestion: Words(en: "Try again.", zh: "请重试。"))
  static let gone = Rule(
    id: "test.record-gone", severity: .error,
    message: Words(en: "the record is not there", zh: "记录不存在"),
    suggestion: Words(en: "Plan again.", zh: "请重新执行 plan。"))
  static let readOnly = Rule(
    id: "test.read-only", severity: .error,
    message: Words(en: "the store was opened for reading", zh: "存储以只读方式打开"),
    suggestion: Words(en: "Open it for writing.", zh: "请以可写方式打开。"))

  /// What it holds.
  public let contents: InMemoryRecords
  private let access: StoreAccess
  private let recordsPerPage: Int

  /// Opens `contents`; small pages show whether a caller asks for the next one.
  public init(
    _ contents: InMemoryRecords = InMemoryRecords(), access: StoreAccess = .readWrite,
    recordsPerPage: Int = 100
  ) {
    self.contents = contents
    self.access = access
    self.recordsPerPage = recordsPerPage
  }

  /// What it can do.
  public var capabilities: StoreCapabilities {
    StoreCapabilities(
      kind: "memory", displayName: "memory", isTransactional: true, keepsHistory: true,
      largestBatch: 1000)
  }

  /// Needs no room.
  public func prepare(_ entities: [EntityFields]) async throws(StoreError) {
    try checkWritable()
  }

  /// One page by rising id.
  public func page(
    of request: EntityFields, after cursor: String?
  ) async throws(StoreError) -> StoredPage {
    let last = cursor.flatMap { Int($0) } ?? 0
    let ids = await contents.select(request) { id, _ in id > last }
    let wanted = Set((0..<min(recordsPerPage, ids.count)).compactMap { ids.storeID(of: $0) })
    let page = await contents.select(request) { id, _ in wanted.contains(String(id)) }
    let isLast = ids.count <= recordsPerPage
    return StoredPage(records: page, next: isLast ? nil : page.storeID(of: page.count - 1))
  }

  /// By external id.
  public func records(
    of request: EntityFields, withExternalIDs ids: [String]
  ) async throws(StoreError) -> RecordPage {
    let wanted = Set(ids)
    return await contents.select(request) { _, record in
      record.externalID.map { wanted.contains($0) } ?? false
    }
  }

  /// By store id.
  public func records(
    of request: EntityFields, withStoreIDs ids: [String]
  ) async throws(StoreError) -> RecordPage {
    let wanted = Set(ids)
    return await contents.select(request) { id, _ in wanted.contains(String(id)) }
  }

  /// By a field's values.
  public func records(
    of request: EntityFields, where field: Field, isOneOf values: [String]
  ) async throws(StoreError) -> RecordPage {
    await contents.select(request) { _, record in
      record.values[field.name].map { values.contains($0) } ?? false
    }
  }

  /// Writes a batch.
  public func write(_ batch: WriteBatch) async throws(StoreError) -> [WriteResult] {
    try checkWritable()
    return try await contents.write(batch)
  }

  /// Has nothing to let go of.
  public func close() async {}

  private func checkWritable() throws(StoreError) {
    guard access == .readWrite else {
      throw StoreError(.refused, isTransient: false, finding: Finding(Self.readOnly))
    }
  }
}
