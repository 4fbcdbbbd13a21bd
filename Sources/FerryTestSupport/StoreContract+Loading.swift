import FerryRecords
import FerryStores

// What loading into an empty table promises.
extension StoreContract {
  private static let count = 40

  mutating func checkLoading(_ store: any CRMStore) async throws {
    let batch = page(
      Self.contact, (0..<Self.count).map { ("L\($0)", ["name": "张\\\t\($0)\n\"终\""]) })
    try await store.beginLoading(Self.shapes)
    let made = ids(try await store.write(.init(.create, batch)))
    expect(Set(made).count == Self.count && !made.contains("-"), "a load gives each record an id")
    let early = try await store.records(of: Self.contact, withExternalIDs: ["L1", "L2", "none"])
    expectEqual(early.count, 2, "records are found by their ids while they are loaded")
    try await store.finishLoading()
    try await store.finishLoading()
    try await store.prepare(Self.shapes)
    let again = ids(try await store.write(.init(.create, batch)))
    expectEqual(again, made, "creating again after a load gives the same ids")
    let all = try await self.all(Self.contact, in: store)
    expectEqual(all.count, Self.count, "a load leaves each record once")
    expectEqual(
      all.first { $0["ferry_id"] == "L3" || $0["id"] == made[3] }?["name"], "张\\\t3\n\"终\"",
      "a load keeps every character")
    try await checkManyIDs(store, made)
    let gone = page(Self.contact, ids: made.map { ($0, [:]) })
    _ = try await store.write(.init(.delete, gone))
  }

  /// Ids that lie close together, far apart, and some that are none.
  private mutating func checkManyIDs(_ store: any CRMStore, _ made: [String]) async throws {
    let half = made.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
    let wanted = [made, half, half + half, half + ["x", "987654321"], half + ["+1", "01", ""]]
    for ids in wanted {
      let found = try await store.records(of: Self.contact, withStoreIDs: ids)
      let expected = Set(ids).intersection(made)
      expectEqual(
        Set((0..<found.count).compactMap { found.storeID(of: $0) }), expected,
        "records are found by many ids")
      expectEqual(found.count, expected.count, "an id named twice comes once")
    }
  }
}
