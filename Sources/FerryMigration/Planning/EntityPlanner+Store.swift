import FerryCore
import FerryRecords
import FerryStores

// What the store does or refuses by itself: values that it takes once, owners that it gives.
extension EntityPlanner {
  /// How many values are looked up at once.
  private static let takenLookup = 500

  // MARK: - Values that may stand once

  /// Looks up who has the values that new records bring, also among records that nobody loaded.
  func noteTaken(in store: any CRMStore) async throws {
    guard !state.uniqueFields.isEmpty else { return }
    let missing = (0..<state.count).filter {
      state.kind(of: $0) == .undecided && state.survives($0)
    }
    for (index, list) in state.uniqueFields {
      let values = Set(missing.compactMap { text(index, $0) }).sorted()
      for (entity, field) in states.fields(in: list) where !values.isEmpty {
        let shape = EntityFields(entity, [field])
        // A store without such records needs not be asked for each value.
        let first = try await store.page(of: shape, after: nil)
        guard first.records.count > 0 || first.next != nil else { continue }
        for start in stride(from: 0, to: values.count, by: Self.takenLookup) {
          let some = Array(values[start..<min(start + Self.takenLookup, values.count)])
          let page = try await store.records(of: shape, where: field, isOneOf: some)
          for record in 0..<page.count {
            guard let value = page.string(field: 0, of: record) else { continue }
            let label = page.externalID(of: record) ?? "#\(page.storeID(of: record) ?? "")"
            states.taken.claim(value, in: list, for: .init(entity: entity.name, label: label))
          }
        }
      }
    }
  }

  /// Says which value of a new record the store has already, or takes them for it.
  mutating func takenValue(_ identity: Int) -> Finding? {
    guard !state.uniqueFields.isEmpty else { return nil }
    let id = state.withExternalID(identity) { $0.text }
    for (index, list) in state.uniqueFields {
      guard let value = text(index, identity),
        let holder = states.taken.holder(of: value, in: list)
      else { continue }
      let finding = Finding(
        .storeValueTaken, at: place(identity, index), value: value,
        arguments: [
          state.entity.name, id, state.fields[index].name, list, holder.entity, holder.label,
        ])
      findings.add(finding)
      return finding
    }
    for (index, list) in state.uniqueFields {
      guard let value = text(index, identity) else { continue }
      states.taken.claim(value, in: list, for: .init(entity: state.entity.name, label: id))
    }
    return nil
  }

  /// Notes what a record of the store has, and what the plan gives it.
  func claimStored(_ identity: Int, _ record: Int, _ page: RecordPage) {
    guard !state.uniqueFields.isEmpty else { return }
    let id = state.withExternalID(identity) { $0.text }
    for (index, list) in state.uniqueFields {
      for value in [page.string(field: index, of: record), text(index, identity)] {
        guard let value, !value.isEmpty else { continue }
        states.taken.claim(value, in: list, for: .init(entity: state.entity.name, label: id))
      }
    }
  }

  private func text(_ fieldIndex: Int, _ identity: Int) -> String? {
    let value = state.value(fieldIndex, identity)
    return value.byteCount > 0 ? state.table.arena.string(value) : nil
  }

  // MARK: - Owners

  /// Gives a new record without an owner the one that the store gives it.
  mutating func fillOwner(_ identity: Int) {
    guard let owner = state.usualOwner else { return }
    guard let index = state.fields.firstIndex(where: { $0.name == "owner" }),
      !state.references[index].isEmpty
    else {
      ownerlessCount += 1
      return
    }
    let code = state.references[index][identity]
    guard code < 0, code > ReferenceCode.foreign else { return }
    let last = state.foreign.last.map { $0.storeID == owner.storeID } ?? false
    if !last { state.foreign.append(owner) }
    state.references[index][identity] = ReferenceCode.foreign - Int32(state.foreign.count - 1)
    ownerlessCount += 1
  }

  /// Tells how many new records get an owner that no source names.
  mutating func reportOwnerless() {
    guard ownerlessCount > 0, let owner = state.usualOwner else { return }
    findings.add(
      Finding(
        .storeOwnerFilled,
        arguments: [state.entity.name, String(ownerlessCount), owner.label.text]))
  }
}
