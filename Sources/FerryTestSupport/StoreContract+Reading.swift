import FerryCore
import FerryRecords
import FerryStores

// What reading promises.
extension StoreContract {
  // Canonical text of every type, and what people really type.
  private static let deals: [(String, Row)] = [
    (
      "crm:D|1\\|'\"",
      [
        "name": "O'Neil \"Q\" \\ 100% — 龍𠮷😀 \u{1F468}\u{200D}\u{1F469}", "amount": "37.50",
        "currency": "CNY", "stage": "won", "probability": "50", "close_date": "2024-02-29",
        "closed_at": "2024-03-05T01:30:00Z", "description": "一行\n二行\t\\N\r\n完",
        "custom": #"{"b":"1","a":"中文 \"引号\""}"#,
      ]
    ),
    (
      "D2",
      [
        "name": "NULL", "amount": "-12345678901234567890.12", "probability": "33.3",
        "close_date": "1899-12-31", "closed_at": "1999-12-31T23:59:59Z", "description": "\\N",
      ]
    ),
    ("D3", ["name": "=1+1; DROP TABLE deals; --", "amount": "0.00", "probability": "0"]),
    ("D4", ["name": String(repeating: "长文本 long ", count: 20_000), "amount": "1000000"]),
  ]

  mutating func checkValues(_ store: any CRMStore) async throws {
    _ = try await store.write(.init(.create, page(Self.deal, Self.deals)))
    for (id, expected) in Self.deals {
      let found = try await row(Self.deal, id, in: store)
      for name in Set(expected.keys).union(found.keys).sorted()
      where Self.plain(found[name]) != Self.plain(expected[name]) {
        let (wanted, got) = (expected[name] ?? "null", found[name] ?? "null")
        broken.append(
          "\(id).\(name) comes back as written: \(wanted.prefix(60)), \(got.prefix(60))")
      }
    }
    _ = try await store.write(
      .init(
        .create, page(Self.user, [("U1", ["name": "王芳", "active": "0"]), ("U2", ["name": "李雷"])])))
    expectEqual(
      try await row(Self.user, "U1", in: store), ["name": "王芳", "active": "0"],
      "a boolean comes back as 0 or 1")
    try await checkLookups(store)
  }

  /// A number without zeros at its end: a store may keep more digits than were written.
  private static func plain(_ text: String?) -> String? {
    guard let text, text.contains("."), Double(text) != nil else { return text }
    var digits = text[...]
    while digits.hasSuffix("0") { digits = digits.dropLast() }
    return String(digits.hasSuffix(".") ? digits.dropLast() : digits)
  }

  private mutating func checkLookups(_ store: any CRMStore) async throws {
    let ids = Self.deals.map(\.0)
    let byID = try await store.records(of: Self.deal, withExternalIDs: ids + ["none", ids[0]])
    expectEqual(
      Set(rows(byID).compactMap { $0["ferry_id"] }), Set(ids), "external ids find their records")
    expectEqual(byID.count, ids.count, "an external id named twice gives its record once")
    let names = ["王芳", "none", "o'x", "李雷"]
    guard let name = SalesChain.user.field("name") else { return }
    let users = try await store.records(of: Self.user, where: name, isOneOf: names)
    expectEqual(
      rows(users).compactMap { $0["ferry_id"] }.sorted(), ["U1", "U2"],
      "a lookup finds every record that has one of the values")
    let narrow = EntityFields(SalesChain.user, [name])
    let narrowed = try await store.records(of: narrow, withExternalIDs: ["U1"])
    expectEqual(narrowed.values.count, 1, "a page holds the fields that were asked for")
    expectEqual(narrowed.string(field: 0, of: 0), "王芳", "fields come in the order asked for")
    let odd = try await store.records(
      of: Self.user, withStoreIDs: ["", "x", "99999999999999999999"])
    expectEqual(odd.count, 0, "an id that is none finds nothing")
  }

  mutating func checkPaging(_ store: any CRMStore) async throws {
    let count = 12_003
    let batchSize = store.capabilities.largestBatch
    for start in stride(from: 0, to: count, by: batchSize) {
      let records = (start..<min(count, start + batchSize)).map { number in
        ("B\(number)", ["name": "客户\(number)"])
      }
      _ = try await store.write(.init(.create, page(Self.account, records)))
    }
    let shape = EntityFields(
      SalesChain.account, SalesChain.account.fields.filter { $0.name == "name" })
    let first = try await all(shape, in: store)
    expectEqual(first.count, count + 2, "all pages together hold every record")
    expectEqual(Set(first.map { $0["id"] }).count, first.count, "no record comes twice")
    expectEqual(try await all(shape, in: store), first, "reading again gives the same order")
    let wrong = first.filter { row in
      guard let id = row["ferry_id"], id.hasPrefix("B") else { return false }
      return row["name"] != "客户\(id.dropFirst())"
    }
    expect(wrong.isEmpty, "values stay with their records")
  }
}
