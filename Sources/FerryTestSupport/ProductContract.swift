import FerryCore
import FerryRecords
public import FerryStores

/// What a product's contract needs to know beside what its store describes.
public struct ProductSamples: Sendable {
  /// By entity: field values without which the product takes no record, such as an owner.
  public var needs: [String: [String: String]]
  /// How many accounts the paging is tried with; more than two of the product's pages.
  public var pagedCount: Int

  /// Gathers them.
  public init(needs: [String: [String: String]] = [:], pagedCount: Int = 230) {
    self.needs = needs
    self.pagedCount = pagedCount
  }
}

/// Holds the store of a CRM product against what every store promises, as far as the product has a
/// place for it: what ``checkStore(_:)`` is for databases.
///
/// Only what the store describes as loaded is written; users are never. `make` opens the same store
/// each time, empty of accounts, contacts and deals at first.
///
/// - Returns: The promises that are not kept; none for a good store.
/// - Throws: What the store throws where it should not.
public func checkProductStore(
  _ samples: ProductSamples,
  _ make: (StoreAccess) async throws(StoreError) -> any CRMStore
) async throws -> [String] {
  let reader = try await make(.readOnly)
  let described = try await reader.description(of: [
    SalesChain.account, SalesChain.contact, SalesChain.deal, SalesChain.order,
  ])
  var contract = ProductContract(samples, described)
  try await contract.checkEmpty(reader)
  await reader.close()
  let store = try await make(.readWrite)
  try await store.prepare([contract.account])
  try await contract.checkCreating(store)
  try await contract.checkUpdating(store)
  try await contract.checkLinking(store)
  try await contract.checkValues(store)
  try await contract.checkDeleting(store)
  try await contract.checkPaging(store)
  await store.close()
  let late = try await make(.readOnly)
  try await contract.checkReadOnly(late)
  await late.close()
  return contract.common.broken
}

/// The promises of a product's store.
struct ProductContract {
  typealias Row = StoreContract.Row

  var common = StoreContract()
  let samples: ProductSamples
  let described: StoreDescription
  /// By external id of an account.
  private var made: [String: String] = [:]

  init(_ samples: ProductSamples, _ described: StoreDescription) {
    self.samples = samples
    self.described = described
  }

  var account: EntityFields { shape(SalesChain.account) }
  var contact: EntityFields { shape(SalesChain.contact) }

  /// The fields that the product has a place for.
  func shape(_ entity: Entity) -> EntityFields {
    let known = described.entities[entity.name]?.fields ?? [:]
    return EntityFields(entity, entity.fields.filter { known[$0.name] != nil })
  }

  func isLoaded(_ entity: Entity) -> Bool { described.entities[entity.name]?.place == .loaded }

  /// The fields of a row that the entity has, with what the product needs.
  func full(_ shape: EntityFields, _ row: Row) -> Row {
    row.filter { shape.names.contains($0.key) }
      .merging(samples.needs[shape.entity.name] ?? [:]) { own, _ in own }
  }

  func page(_ shape: EntityFields, _ records: [(String, Row)]) -> RecordPage {
    common.page(shape, records.map { ($0.0, full(shape, $0.1)) })
  }

  /// What the store holds of those fields of a record.
  func stored(
    _ shape: EntityFields, _ externalID: String, _ names: [String], in store: any CRMStore
  ) async throws -> Row {
    try await common.row(shape, externalID, in: store).filter { names.contains($0.key) }
  }

  mutating func checkEmpty(_ store: any CRMStore) async throws {
    let page = try await store.page(of: account, after: nil)
    common.expect(page.records.count == 0 && page.next == nil, "a store without accounts is empty")
    let found = try await store.records(of: account, withExternalIDs: ["A1"])
    common.expect(found.count == 0, "an external id that is none finds nothing")
  }

  // MARK: - Writing

  mutating func checkCreating(_ store: any CRMStore) async throws {
    let rows: [(String, Row)] = [
      ("A1", ["name": "甲公司", "address": "上海市浦东新区1号", "description": "一"]),
      ("A2", ["name": "乙公司"]),
    ]
    let first = common.ids(try await store.write(.init(.create, page(account, rows))))
    common.expect(
      Set(first).count == 2 && !first.contains("-"), "each record gets an id of its own")
    for isRedone in [false, true] {
      let again = try await store.write(.init(.create, page(account, rows), isRedone: isRedone))
      common.expectEqual(common.ids(again), first, "creating again gives the same ids")
    }
    let partly = [("A1", ["description": "", "phone": "+862161234567"]), ("A3", ["name": "丙公司"])]
    let batch = common.page(
      account, [(partly[0].0, partly[0].1.filter { account.names.contains($0.key) })]
    )
    let changed = common.ids(try await store.write(.init(.create, batch)))
    common.expectEqual(changed, [first[0]], "creating what is there changes it")
    let added = common.ids(try await store.write(.init(.create, page(account, [partly[1]]))))
    common.expectEqual(
      try await common.all(account, in: store).count, 3, "no record is there twice")
    let wanted: Row = ["name": "甲公司", "address": "上海市浦东新区1号"]
    let names = ["name", "address", "description"].filter { account.names.contains($0) }
    common.expectEqual(
      try await stored(account, "A1", names, in: store),
      wanted.filter { names.contains($0.key) },
      "creating again sets present fields, empties empty ones and leaves absent ones alone")
    made = ["A1": first[0], "A2": first[1], "A3": added.first ?? ""]
  }

  mutating func checkUpdating(_ store: any CRMStore) async throws {
    let ids = [made["A1"] ?? "", made["A2"] ?? ""]
    let changes = common.page(account, ids: [(ids[0], ["name": "甲"]), (ids[1], ["name": "乙"])])
    let updated = common.ids(try await store.write(.init(.update, changes)))
    common.expectEqual(updated, ids, "an update gives the ids back")
    common.expectEqual(
      try await stored(account, "A2", ["name"], in: store), ["name": "乙"],
      "an update sets present fields")
    let none = common.page(account, ids: [(ids[0], [:])])
    common.expectEqual(
      common.ids(try await store.write(.init(.update, none))), [ids[0]],
      "an update may change nothing")
    var other = RecordPage(account)
    other.append(storeID: ids[0], externalID: "A9")
    _ = try await store.write(.init(.update, other))
    let kept = try await store.records(of: account, withExternalIDs: ["A1", "A9"])
    common.expectEqual(
      common.rows(kept).map { $0["id"] }, [ids[0]], "an update changes no external id")
    let nothing = try await store.write(.init(.create, RecordPage(account)))
    common.expect(nothing.isEmpty, "an empty batch has no results")
  }

  mutating func checkDeleting(_ store: any CRMStore) async throws {
    let id = made["A3"] ?? ""
    let batch = common.page(account, ids: [(id, [:])])
    for _ in 0..<2 {
      common.expectEqual(
        common.ids(try await store.write(.init(.delete, batch))), [id],
        "a delete gives the id, also of what is gone")
    }
    let found = try await store.records(of: account, withStoreIDs: [id])
    common.expectEqual(found.count, 0, "a deleted record is gone")
    let gone = common.page(account, ids: [(id, ["name": "x"]), (made["A2"] ?? "", ["name": "二"])])
    common.expectEqual(
      common.ids(try await store.write(.init(.update, gone))), ["-", made["A2"] ?? ""],
      "an update of a record that is gone refuses that record alone")
  }

  // MARK: - Reading

  mutating func checkLinking(_ store: any CRMStore) async throws {
    let account = made["A1"] ?? ""
    var wanted: [(Entity, String, Row)] = [
      (SalesChain.contact, "C1", ["name": "王芳", "account": account]),
      (SalesChain.deal, "D1", ["name": "项目", "account": account]),
      (SalesChain.order, "O1", ["name": "订单", "number": "O-1", "account": account]),
    ]
    wanted.removeAll { !isLoaded($0.0) || !shape($0.0).names.contains("account") }
    for (entity, id, row) in wanted {
      let shape = shape(entity)
      let results = try await store.write(.init(.create, page(shape, [(id, row)])))
      if case .refused(let finding)? = results.first {
        common.broken.append("\(entity.name) is refused: \(finding.message(in: .english))")
        continue
      }
      common.expectEqual(
        try await stored(shape, id, ["account"], in: store)["account"], account,
        "a reference of \(entity.name) comes back as the id of the other record")
    }
  }

  mutating func checkValues(_ store: any CRMStore) async throws {
    let name = "O'Neil & <张伟> \"引号\" \\ 100% — 龍𠮷😀"
    let rows: [(String, Row)] = [
      ("V|1\\|'\"", ["name": name, "description": "一行\n二行\t完"]),
      ("V2", ["name": "=1+1"]), ("V3", ["name": "NULL"]),
    ]
    _ = try await store.write(.init(.create, page(account, rows)))
    for (id, row) in rows {
      let names = row.keys.filter { account.names.contains($0) }
      common.expectEqual(
        try await stored(account, id, names, in: store), row.filter { names.contains($0.key) },
        "what was written comes back")
    }
    let ids = rows.map(\.0)
    let byID = try await store.records(of: account, withExternalIDs: ids + ["none", ids[0]])
    common.expectEqual(
      Set(common.rows(byID).compactMap { $0["ferry_id"] }), Set(ids), "external ids find records")
    common.expectEqual(byID.count, ids.count, "an external id named twice gives its record once")
    let odd = try await store.records(of: account, withStoreIDs: ["", "x"])
    common.expectEqual(odd.count, 0, "an id that is none finds nothing")
    guard let field = SalesChain.account.field("name") else { return }
    let named = try await store.records(of: account, where: field, isOneOf: ["NULL", "none", name])
    common.expectEqual(named.count, 2, "a look-up finds every record that has one of the values")
    let narrow = try await store.records(
      of: EntityFields(SalesChain.account, [field]), withExternalIDs: ["V2"])
    common.expectEqual(narrow.string(field: 0, of: 0), "=1+1", "fields come in the order asked for")
  }

  mutating func checkPaging(_ store: any CRMStore) async throws {
    let before = try await common.all(account, in: store).count
    let size = store.capabilities.largestBatch
    for start in stride(from: 0, to: samples.pagedCount, by: size) {
      let rows = (start..<min(samples.pagedCount, start + size)).map { number in
        ("B\(number)", ["name": "客户\(number)"])
      }
      _ = try await store.write(.init(.create, page(account, rows)))
    }
    let first = try await common.all(account, in: store)
    common.expectEqual(
      first.count, before + samples.pagedCount, "all pages together hold every record")
    common.expectEqual(Set(first.map { $0["id"] }).count, first.count, "no record comes twice")
    common.expectEqual(
      try await common.all(account, in: store), first, "reading again gives the same order")
    let wrong = first.filter { row in
      guard let id = row["ferry_id"], id.hasPrefix("B") else { return false }
      return row["name"] != "客户\(id.dropFirst())"
    }
    common.expect(wrong.isEmpty, "values stay with their records")
  }

  mutating func checkReadOnly(_ store: any CRMStore) async throws {
    let count = try await common.all(account, in: store).count
    do {
      _ = try await store.write(.init(.create, page(account, [("no", ["name": "x"])])))
      common.broken.append("a store opened for reading refuses a write")
    } catch {
      common.expect(!error.findings.isEmpty, "a refused write says why")
    }
    common.expectEqual(
      try await common.all(account, in: store).count, count,
      "a refused write leaves the store as it was")
  }
}

extension EntityFields {
  fileprivate var names: Set<String> { Set(fields.map(\.name)) }
}
