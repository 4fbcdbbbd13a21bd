import FerryRecords
import FerryStores
import FerryTestSupport

/// Leads, deals and owners as chance makes them, with gaps in every field.
struct SalesData {
  static let owners = ["Lin Yue", "Chen Mo", "An Ning"]

  private let seed: UInt64

  init(seed: UInt64) { self.seed = seed }

  func write(to store: any CRMStore) async throws {
    var random = SeededRandom(seed: seed)
    let users = try await write(
      SalesChain.user, ["name"], to: store,
      rows: Self.owners.map { ["name": $0] })
    let leads = (0..<700).map { _ in lead(users, &random) }
    _ = try await write(
      SalesChain.lead, ["owner", "source", "status", "created_at"], to: store, rows: leads)
    let deals = (0..<3_000).map { _ in deal(users, &random) }
    _ = try await write(
      SalesChain.deal,
      [
        "owner", "source", "currency", "amount", "stage", "probability", "close_date",
        "closed_at", "created_at",
      ], to: store, rows: deals)
  }

  private func lead(_ users: [String], _ random: inout SeededRandom) -> [String: String] {
    var row = ["created_at": "2024-\(month(&random))-10T02:00:00Z"]
    row["owner"] = (users + [nil]).randomElement(using: &random) ?? nil
    row["source"] = ["fair", "web", nil].randomElement(using: &random) ?? nil
    row["status"] = ["new", "contacted", "converted"].randomElement(using: &random)
    return row
  }

  private func deal(_ users: [String], _ random: inout SeededRandom) -> [String: String] {
    var row: [String: String] = [:]
    row["owner"] = (users + [nil]).randomElement(using: &random) ?? nil
    row["source"] = ["fair", "web", nil].randomElement(using: &random) ?? nil
    row["currency"] = ["CNY", "CNY", "USD", nil].randomElement(using: &random) ?? nil
    let stages = ValueSet.dealStage.options.map(\.value).map(Optional.some) + ["won", "won", nil]
    row["stage"] = stages.randomElement(using: &random) ?? nil
    if Bool.random(using: &random) || Bool.random(using: &random) {
      let cents = Int.random(in: 0...99, using: &random)
      row["amount"] =
        "\(Int.random(in: 0...900_000, using: &random)).\(cents < 10 ? "0" : "")\(cents)"
    }
    if Bool.random(using: &random) {
      row["probability"] = String(Int.random(in: 0...100, using: &random))
    }
    if Bool.random(using: &random) {
      row["close_date"] = "2025-\(month(&random))-\(day(&random))"
    }
    if Bool.random(using: &random) {
      row["created_at"] = "2023-\(month(&random))-\(day(&random))T03:04:05Z"
      row["closed_at"] = "2024-\(month(&random))-\(day(&random))T21:\(day(&random)):30Z"
    }
    return row
  }

  private func month(_ random: inout SeededRandom) -> String { two(1...12, &random) }

  private func day(_ random: inout SeededRandom) -> String { two(1...28, &random) }

  private func two(_ range: ClosedRange<Int>, _ random: inout SeededRandom) -> String {
    let number = Int.random(in: range, using: &random)
    return number < 10 ? "0\(number)" : "\(number)"
  }

  private func write(
    _ entity: Entity, _ names: [String], to store: any CRMStore, rows: [[String: String]]
  ) async throws -> [String] {
    let shape = EntityFields(entity, names.compactMap { entity.field($0) })
    try await store.prepare([shape])
    var ids: [String] = []
    for start in stride(from: 0, to: rows.count, by: 500) {
      var page = RecordPage(shape)
      for (offset, row) in rows[start..<min(start + 500, rows.count)].enumerated() {
        let record = page.append(storeID: nil, externalID: "\(entity.name)-\(start + offset)")
        for (field, name) in names.enumerated() {
          page.set(row[name], field: field, of: record)
        }
      }
      for result in try await store.write(WriteBatch(.create, page)) {
        if case .written(let id) = result { ids.append(id) }
      }
    }
    return ids
  }
}
