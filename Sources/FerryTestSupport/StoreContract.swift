import FerryCore
import FerryRecords
public import FerryStores

/// Holds a store against what every store promises.
///
/// `make` opens the same store each time, empty at first. The entities used are account, contact,
/// deal, order and order_line, product and user.
///
///     let broken = try await checkStore { access throws(StoreError) in
///       try SQLiteStore.open(path: path, access: access)
///     }
///     #expect(broken == [])
///
/// - Parameter make: Opens the store under test.
/// - Returns: The promises that are not kept; none for a good store.
/// - Throws: What the store throws where it should not.
public func checkStore(
  _ make: (StoreAccess) async throws(StoreError) -> any CRMStore
) async throws -> [String] {
  var contract = StoreContract()
  let before = try await make(.readOnly)
  try await contract.checkEmpty(before)
  await before.close()
  let store = try await make(.readWrite)
  try await store.prepare(StoreContract.shapes)
  try await store.prepare(StoreContract.shapes)
  try await contract.checkLoading(store)
  try await contract.checkWriting(store)
  try await contract.checkValues(store)
  try await contract.checkReferences(store)
  try await contract.checkPaging(store)
  await store.close()
  let reader = try await make(.readOnly)
  try await contract.checkReadOnly(reader)
  await reader.close()
  return contract.broken
}

/// The promises, and those that were found broken.
struct StoreContract {
  var broken: [String] = []

  static let account = shape(SalesChain.account)
  static let contact = shape(SalesChain.contact)
  static let deal = shape(SalesChain.deal)
  static let order = shape(SalesChain.order)
  static let orderLine = shape(SalesChain.orderLine)
  static let product = shape(SalesChain.product)
  static let user = shape(SalesChain.user)
  static let shapes = [user, product, account, contact, deal, order, orderLine]

  private static func shape(_ entity: Entity) -> EntityFields {
    EntityFields(entity, entity.fields)
  }

  /// Notes `claim` as broken unless it holds.
  mutating func expect(_ holds: Bool, _ claim: String) {
    if !holds { broken.append(claim) }
  }

  /// Notes `claim` as broken unless both are the same, with both.
  mutating func expectEqual<T: Equatable>(_ found: T, _ expected: T, _ claim: String) {
    if found != expected { broken.append("\(claim): expected \(expected), found \(found)") }
  }

  mutating func checkEmpty(_ store: any CRMStore) async throws {
    let page = try await store.page(of: Self.account, after: nil)
    expect(page.records.count == 0 && page.next == nil, "a store not prepared yet is empty")
    let found = try await store.records(of: Self.account, withExternalIDs: ["A1"])
    expect(found.count == 0, "a store not prepared yet holds no external id")
    let named = try await store.records(of: Self.account, withStoreIDs: ["1"])
    expect(named.count == 0, "a store not prepared yet holds no id")
    guard let name = SalesChain.account.field("name") else { return }
    let looked = try await store.records(of: Self.account, where: name, isOneOf: ["x"])
    expect(looked.count == 0, "a store not prepared yet finds no value")
  }

  mutating func checkReadOnly(_ store: any CRMStore) async throws {
    let rows = try await all(Self.account, in: store)
    expect(!rows.isEmpty, "a store opened for reading shows what was written")
    do {
      _ = try await store.write(.init(.create, page(Self.account, [("no", ["name": "x"])])))
      broken.append("a store opened for reading refuses a write")
    } catch {
      expect(!error.findings.isEmpty, "a refused write says why")
    }
    do {
      try await store.prepare(Self.shapes)
      broken.append("a store opened for reading refuses to be prepared")
    } catch {
      expect(!error.findings.isEmpty, "a refused preparation says why")
    }
    let after = try await all(Self.account, in: store)
    expectEqual(after.count, rows.count, "a refused write leaves the store as it was")
  }
}

// MARK: - Records as plain dictionaries

extension StoreContract {
  /// One record, its ids under `id` and `ferry_id`.
  typealias Row = [String: String]

  /// A page to create records from.
  func page(_ shape: EntityFields, _ records: [(String, Row)]) -> RecordPage {
    var page = RecordPage(shape)
    for (externalID, row) in records {
      fill(&page, page.append(storeID: nil, externalID: externalID), row)
    }
    return page
  }

  /// A page to update or delete records with.
  func page(_ shape: EntityFields, ids: [(String, Row)]) -> RecordPage {
    var page = RecordPage(shape)
    for (id, row) in ids { fill(&page, page.append(storeID: id, externalID: nil), row) }
    return page
  }

  private func fill(_ page: inout RecordPage, _ record: Int, _ row: Row) {
    for (index, field) in page.shape.fields.enumerated() {
      if let value = row[field.name] { page.set(value, field: index, of: record) }
    }
  }

  /// The records of a page.
  func rows(_ page: RecordPage) -> [Row] {
    (0..<page.count).map { record in
      var row: Row = [:]
      row["id"] = page.storeID(of: record)
      row["ferry_id"] = page.externalID(of: record)
      for (index, field) in page.shape.fields.enumerated() {
        row[field.name] = page.string(field: index, of: record)
      }
      return row
    }
  }

  /// All records of an entity, page by page.
  func all(_ shape: EntityFields, in store: any CRMStore) async throws -> [Row] {
    var found: [Row] = []
    var cursor: String?
    repeat {
      let page = try await store.page(of: shape, after: cursor)
      found += rows(page.records)
      cursor = page.next
    } while cursor != nil
    return found
  }

  /// The one record of that external id without its store id; empty where it is not there.
  func row(_ shape: EntityFields, _ externalID: String, in store: any CRMStore) async throws -> Row
  {
    let page = try await store.records(of: shape, withExternalIDs: [externalID])
    var row = rows(page).first ?? [:]
    row["id"] = nil
    row["ferry_id"] = nil
    return row
  }

  /// The store ids of the results; `-` for a refused record.
  func ids(_ results: [WriteResult]) -> [String] {
    results.map { if case .written(let id) = $0 { id } else { "-" } }
  }
}
