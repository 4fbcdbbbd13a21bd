import FerryStores

// Tryton sets an opportunity's state by buttons only, and lets most fields be written in `lead` alone.
// So a change goes back to `lead`, writes, and goes on to the state that is wanted. What converting makes,
// an empty draft sale, is taken out again: orders are loaded for themselves. The way back from
// `converted` is a sale that is cancelled.
extension TrytonAdapter {
  /// Brings opportunities to where their fields can be written.
  ///
  /// - Returns: The values with those that the way back would lose, and where each is to go; an
  ///   empty text where it stays.
  func opened(
    _ records: [RemoteRecord], _ values: [[String: JSON]], _ standing: [String: JSON],
    _ results: inout [RemoteResult]
  ) async throws(StoreError) -> (values: [[String: JSON]], targets: [String]) {
    var (values, targets) = (values, [String]())
    for (index, record) in records.enumerated() {
      let state = standing[record.id]?["state"]?.text ?? ""
      let target = record.values["state"]?.text ?? state
      let stays = target == state && ["lead", "opportunity"].contains(state)
      targets.append(stays ? "" : target)
      guard !stays else { continue }
      for field in ["amount", "end_date"] where values[index][field] == nil {
        values[index][field] = standing[record.id]?[field]
      }
    }
    let moving = records.indices.filter { !targets[$0].isEmpty }
    let done = try await reopened(moving.map { standing[records[$0].id] ?? .null })
    for (index, result) in zip(moving, done) where !result.isWritten { results[index] = result }
    return (values, targets)
  }

  /// Brings opportunities back to `lead`.
  private func reopened(_ items: [JSON]) async throws(StoreError) -> [RemoteResult] {
    var results: [RemoteResult] = items.map { .written(id: $0["id"]?.text ?? "") }
    let converted = items.indices.filter { items[$0]["state"] == "converted" }
    try await loseSales(of: converted.map { items[$0] })
    try await press("lead", items, &results) {
      converted.contains($0)
        || TrytonTable.reopened.contains(items[$0]["state"]?.text ?? "")
    }
    return results
  }

  /// Makes converted opportunities lost, as cancelling their sales does.
  private func loseSales(of items: [JSON]) async throws(StoreError) {
    let made = try await halved(
      items.map { item in
        [
          "party": item["party"] ?? .null,
          "origin": .string("\(TrytonTable.opportunity),\(item["id"]?.text ?? "")"),
        ]
      }
    ) { (rows) throws(StoreError) in
      try await call("sale.sale", "create", [.array(rows)], repeats: false)
    }
    let sales = made.compactMap { if case .written(let id) = $0 { JSON.number(id) } else { nil } }
    for method in ["cancel", "delete"] {
      _ = try await halved(sales) { (sales) throws(StoreError) in
        try await call("sale.sale", method, [.array(sales)], repeats: true)
      }
    }
  }

  /// Brings opportunities from `lead` to their states; a new one that can't go there is taken out.
  func closed(
    _ results: [RemoteResult], _ targets: [String], areNew: Bool
  ) async throws(StoreError) -> [RemoteResult] {
    var done = results
    let items = results.map { result -> JSON in
      if case .written(let id) = result { ["id": .number(id)] } else { .null }
    }
    for (button, states) in TrytonTable.buttons {
      try await press(button, items, &done) { states.contains(targets[$0]) }
    }
    let converted = done.indices.filter { done[$0].isWritten && targets[$0] == "converted" }
    try await removeEmptySales(of: converted.compactMap { items[$0]["id"]?.text })
    let failed = done.indices.filter { results[$0].isWritten && !done[$0].isWritten }
    if areNew, !failed.isEmpty {
      _ = try await delete(
        failed.compactMap { items[$0]["id"]?.text }, in: TrytonTable.opportunity)
    }
    return done
  }

  private func removeEmptySales(of ids: [String]) async throws(StoreError) {
    guard !ids.isEmpty else { return }
    let origins = ids.map { JSON.string("\(TrytonTable.opportunity),\($0)") }
    let sales = try await records(
      "sale.sale",
      [
        ["origin", "in", .array(origins)], ["state", "=", "draft"], ["reference", "=", .null],
        ["lines", "=", .null],
      ], [])
    _ = try await halved(sales.compactMap { $0["id"] }) { (sales) throws(StoreError) in
      try await call("sale.sale", "delete", [.array(sales)], repeats: true)
    }
  }

  /// Cancels opportunities, since Tryton removes no others.
  func cancelled(_ ids: [String]) async throws(StoreError) -> [RemoteResult] {
    let items = try await records(
      TrytonTable.opportunity, [["id", "in", .array(ids.map { .number($0) })]],
      TrytonTable.opportunityFields)
    let known = Dictionary(items.map { ($0["id"]?.text ?? "", $0) }) { first, _ in first }
    let standing = ids.map { known[$0] ?? .null }
    var results = try await reopened(standing)
    try await press("cancel", standing, &results) { standing[$0] != .null }
    // One that is gone is cancelled.
    return results.indices.map { results[$0].isWritten ? .written(id: ids[$0]) : results[$0] }
  }

  private func press(
    _ button: String, _ items: [JSON], _ results: inout [RemoteResult],
    where isWanted: (Int) -> Bool
  ) async throws(StoreError) {
    let indexes = items.indices.filter { results[$0].isWritten && isWanted($0) }
    let done = try await halved(indexes.compactMap { items[$0]["id"] }) {
      (ids) throws(StoreError) in
      try await call(TrytonTable.opportunity, button, [.array(ids)], repeats: false)
    }
    for (index, result) in zip(indexes, done) where !result.isWritten { results[index] = result }
  }
}
