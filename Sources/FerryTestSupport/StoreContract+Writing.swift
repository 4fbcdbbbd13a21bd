import FerryCore
import FerryRecords
import FerryStores

// What writing promises.
extension StoreContract {
  mutating func checkWriting(_ store: any CRMStore) async throws {
    let batch = page(
      Self.account, [("A1", ["name": "甲公司", "city": "上海市"]), ("A2", ["name": "乙"])])
    let made = ids(try await store.write(.init(.create, batch)))
    expect(Set(made).count == 2 && !made.contains("-"), "each record gets an id of its own")
    let again = ids(try await store.write(.init(.create, batch)))
    expectEqual(again, made, "creating again gives the same ids")
    expectEqual(try await all(Self.account, in: store).count, 2, "creating again makes no doubles")
    let partly = page(Self.account, [("A1", ["level": "A", "city": ""]), ("A3", ["name": "丙"])])
    let mixed = ids(try await store.write(.init(.create, partly)))
    expectEqual(mixed.first, made.first, "a batch may hold old and new records")
    expectEqual(
      try await row(Self.account, "A1", in: store), ["name": "甲公司", "level": "A"],
      "creating again sets present fields, empties empty ones and leaves absent ones alone")
    try await checkUpdates(store, made)
    try await checkDeletes(store, mixed.last ?? "")
  }

  private mutating func checkUpdates(_ store: any CRMStore, _ made: [String]) async throws {
    let changes = page(
      Self.account, ids: [(made[0], ["name": "甲", "level": ""]), (made[1], ["city": "北京市"])])
    let updated = ids(try await store.write(.init(.update, changes)))
    expectEqual(updated, made, "an update gives the ids back")
    expectEqual(
      try await row(Self.account, "A1", in: store), ["name": "甲"],
      "an update sets present fields and empties empty ones")
    expectEqual(
      try await row(Self.account, "A2", in: store), ["name": "乙", "city": "北京市"],
      "an update leaves absent fields alone")
    let none = page(Self.account, ids: [(made[0], [:])])
    expectEqual(
      ids(try await store.write(.init(.update, none))), [made[0]], "an update may change nothing")
    let gone = page(Self.account, ids: [("987654321", ["name": "x"]), (made[1], ["level": "B"])])
    expectEqual(
      ids(try await store.write(.init(.update, gone))), ["-", made[1]],
      "an update of a record that is gone refuses that record alone")
    var other = RecordPage(Self.account)
    other.append(storeID: made[0], externalID: "A9")
    _ = try await store.write(.init(.update, other))
    let kept = try await store.records(of: Self.account, withExternalIDs: ["A1", "A9"])
    expectEqual(rows(kept).map { $0["id"] }, [made[0]], "an update changes no external id")
  }

  private mutating func checkDeletes(_ store: any CRMStore, _ id: String) async throws {
    let batch = page(Self.account, ids: [(id, [:])])
    expectEqual(ids(try await store.write(.init(.delete, batch))), [id], "a delete gives the id")
    let found = try await store.records(of: Self.account, withStoreIDs: [id])
    expectEqual(found.count, 0, "a deleted record is gone")
    expectEqual(
      ids(try await store.write(.init(.delete, batch))), [id], "deleting twice is no mistake")
    let nothing = try await store.write(.init(.create, RecordPage(Self.account)))
    expect(nothing.isEmpty, "an empty batch has no results")
    expectEqual(try await all(Self.account, in: store).count, 2, "a delete takes its record alone")
  }

  mutating func checkReferences(_ store: any CRMStore) async throws {
    let account = try await store.records(of: Self.account, withExternalIDs: ["A1"]).storeID(of: 0)
    let product = page(Self.product, [("P1", ["name": "泵", "active": "1", "price": "9.90"])])
    let productID = ids(try await store.write(.init(.create, product)))[0]
    let order = page(Self.order, [("O1", ["number": "O-1", "account": account ?? ""])])
    let orderID = ids(try await store.write(.init(.create, order)))[0]
    let line = ["order": orderID, "product": productID, "position": "1", "quantity": "2.5"]
    _ = try await store.write(.init(.create, page(Self.orderLine, [("O1|1", line)])))
    expectEqual(
      try await row(Self.order, "O1", in: store)["account"], account,
      "a reference comes back as the id of the other record")
    expectEqual(
      try await row(Self.orderLine, "O1|1", in: store), line, "a line refers to order and product")
    let lookups = [
      (Self.order, "account", account ?? ""), (Self.orderLine, "position", "1"),
      (Self.product, "active", "1"), (Self.product, "price", "9.90"),
    ]
    for (shape, name, value) in lookups {
      guard let field = shape.entity.field(name) else { continue }
      let found = try await store.records(of: shape, where: field, isOneOf: [value])
      expectEqual(found.count, 1, "a lookup by \(shape.entity.name).\(name) finds its record")
    }
  }
}
