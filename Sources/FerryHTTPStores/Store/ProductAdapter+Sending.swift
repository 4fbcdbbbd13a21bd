import FerryStores

// What adapters share of sending: chunks, halves, second tries, the answer or an error.

/// What became of a batch that a product takes whole or not at all.
enum BatchOutcome: Sendable {
  /// One result a record, in order.
  case done([RemoteResult])
  /// None of it was stored.
  case refused(Refusal)
  /// It may be stored.
  case unknown(reason: String)
}

extension ProductAdapter {
  /// The answer of a call that must succeed.
  ///
  /// - Throws: What the product says instead.
  func answer(_ call: HTTPCall) async throws(StoreError) -> JSON {
    switch try await client.send(call) {
    case .answer(let json): return json
    case .refused(let refusal):
      throw HTTPStoreRules.error(
        .refused, isTransient: false, HTTPStoreRules.refused, client.name, refusal.shown)
    case .unknown(let reason):
      throw HTTPStoreRules.error(
        .busy, isTransient: true, HTTPStoreRules.busy, client.name, reason)
    }
  }

  /// Takes items in chunks, some at once, and gives one result an item, in order.
  func inChunks<Item: Sendable, R: Sendable>(
    _ items: [Item], of size: Int, atOnce width: Int,
    _ body: @escaping @Sendable ([Item]) async throws(StoreError) -> [R]
  ) async throws(StoreError) -> [R] {
    let starts = Array(stride(from: 0, to: items.count, by: size))
    let found = try await inFlight(starts.count, atOnce: width) { (number) throws(StoreError) in
      let start = starts[number]
      return try await body(Array(items[start..<min(start + size, items.count)]))
    }
    return found.flatMap(\.self)
  }

  /// Sends a batch that the product takes whole or not at all; one that is refused is halved until
  /// the records that are bad stand alone.
  func halving<Item: Sendable>(
    _ items: [Item], _ send: ([Item]) async throws(StoreError) -> BatchOutcome
  ) async throws(StoreError) -> [RemoteResult] {
    guard !items.isEmpty else { return [] }
    switch try await send(items) {
    case .done(let results): return results
    case .unknown(let reason): return items.map { _ in .unknown(reason: reason) }
    case .refused(let refusal):
      guard items.count > 1 else { return [.refused(refusal)] }
      let middle = items.count / 2
      let first = try await halving(Array(items[..<middle]), send)
      return first + (try await halving(Array(items[middle...]), send))
    }
  }

  /// Sends once more the records that were refused for a passing reason, with pauses.
  func retrying<Item: Sendable>(
    _ items: [Item], isPassing: (Refusal) -> Bool,
    _ send: ([Item]) async throws(StoreError) -> [RemoteResult]
  ) async throws(StoreError) -> [RemoteResult] {
    var results = try await send(items)
    for pause in [Duration.seconds(1), .seconds(4), .seconds(10)] {
      let again = results.indices.filter {
        if case .refused(let refusal) = results[$0] { isPassing(refusal) } else { false }
      }
      guard !again.isEmpty else { break }
      try await client.rest(for: client.surroundings.jittered(pause))
      let next = try await send(again.map { items[$0] })
      for (index, result) in zip(again, next) { results[index] = result }
    }
    return results
  }
}

extension CallResult {
  /// What a call came to for the record that it is about.
  func forRecord(_ id: String) -> RemoteResult {
    switch self {
    case .answer: .written(id: id)
    case .refused(let refusal): .refused(refusal)
    case .unknown(let reason): .unknown(reason: reason)
    }
  }
}
