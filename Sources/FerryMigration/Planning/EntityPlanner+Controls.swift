import FerryCore
import FerryRecords
import FerryStores

// What the store should come to once the plan is applied.
extension EntityPlanner {
  /// Counts a record that will be created.
  mutating func tallyNew(_ identity: Int) {
    for index in tallies.indices where !tallies[index].addPlain() {
      let group = group(of: tallies[index], identity) { plannedValue($0, identity) }
      let amount = tallies[index].sumIndex.map { plannedValue($0, identity) } ?? []
      let currency = tallies[index].currencyIndex.map { plannedValue($0, identity) } ?? []
      tallies[index].add(group: group.span, amount: amount.span, currency: currency.span)
    }
  }

  /// Counts a record that the store has, as it will be.
  mutating func tallyStored(_ identity: Int, _ record: Int, _ page: RecordPage) {
    for index in tallies.indices where !tallies[index].addPlain() {
      tallyStored(identity, record, page, in: index)
    }
  }

  private mutating func tallyStored(
    _ identity: Int, _ record: Int, _ page: RecordPage, in index: Int
  ) {
    let (isWritten, fates) = (line.kind == .update, fates)
    let value = { (planner: EntityPlanner, index: Int) -> Bytes in
      if isWritten, fates[index] == .write { return planner.plannedValue(index, identity) }
      let stored = page.values[index][record]
      guard stored.isPresent else { return [] }
      guard let other = planner.state.fields[index].referenced else {
        return page.arena.withBytes(of: stored) { Bytes(copying: $0) }
      }
      return page.arena.withBytes(of: stored) {
        planner.states.label(ofStoreID: $0, entity: other)
      }
    }
    let group = group(of: tallies[index], identity) { value(self, $0) }
    let amount = tallies[index].sumIndex.map { value(self, $0) } ?? []
    let currency = tallies[index].currencyIndex.map { value(self, $0) } ?? []
    tallies[index].add(group: group.span, amount: amount.span, currency: currency.span)
  }

  private func group(of tally: ControlTally, _ identity: Int, _ value: (Int) -> Bytes) -> Bytes {
    guard !tally.isByRecord else {
      return state.withExternalID(identity) { Bytes(copying: $0) }
    }
    return tally.groupIndex.map(value) ?? []
  }

  private func plannedValue(_ fieldIndex: Int, _ identity: Int) -> Bytes {
    if state.fields[fieldIndex].referenced != nil {
      if case .rejected = states.target(state, fieldIndex, identity) { return [] }
      return states.label(state, fieldIndex, identity)
    }
    let value = state.value(fieldIndex, identity)
    return state.table.arena.withBytes(of: value) { Bytes(copying: $0) }
  }
}
