import FerryRecords
import FerryStores

/// Who owns how many records in a store, for the account of a hand-over.
struct StoredOwners {
  let store: any CRMStore

  /// Fills in how many records each of these users has now.
  func fill(_ owners: inout [OwnerTotal]) async throws {
    let labels = Set(owners.compactMap(\.user))
    guard !labels.isEmpty else { return }
    let ids = try await storeIDs(of: labels)
    for entity in SalesChain.entities where owners.contains(where: { $0.entity == entity.name }) {
      let counts = try await counts(of: entity)
      for index in owners.indices where owners[index].entity == entity.name {
        guard let id = owners[index].user.flatMap({ ids[$0] }) else { continue }
        owners[index].stored = counts[id] ?? 0
      }
    }
  }

  private func storeIDs(of labels: Set<String>) async throws -> [String: String] {
    var found: [String: String] = [:]
    for label in labels where label.hasPrefix("#") { found[label] = String(label.dropFirst()) }
    let page = try await store.records(
      of: EntityFields(SalesChain.user, []), withExternalIDs: labels.sorted())
    for record in 0..<page.count {
      found[page.externalID(of: record) ?? ""] = page.storeID(of: record)
    }
    return found
  }

  private func counts(of entity: Entity) async throws -> [String: Int] {
    guard let owner = entity.field("owner") else { return [:] }
    var counts: [String: Int] = [:]
    var cursor: String?
    repeat {
      let page = try await store.page(of: EntityFields(entity, [owner]), after: cursor)
      for record in 0..<page.records.count {
        if let id = page.records.string(field: 0, of: record) { counts[id, default: 0] += 1 }
      }
      cursor = page.next
    } while cursor != nil
    return counts
  }
}
