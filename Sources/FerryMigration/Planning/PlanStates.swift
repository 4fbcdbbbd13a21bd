import FerryCore
import FerryMatching
import FerryRecords

/// The states of all entities of a plan, and what follows from several of them together.
final class PlanStates {
  let byName: [String: EntityState]
  /// In load order.
  let ordered: [EntityState]
  /// References that the plan takes from their records; only kept where someone asks for them.
  var released: Set<UndoPlanner.Reference>?

  init(_ golden: [String: GoldenRecords]) {
    byName = golden.mapValues { EntityState($0) }
    let byName = byName
    ordered = SalesChain.entities.compactMap { byName[$0.name] }
  }

  /// What a reference of a record comes to at this point of planning.
  enum Target {
    /// The field is left alone.
    case absent
    /// The field is set to null.
    case clear
    /// A record that the store has: its id there.
    case stored(ContiguousArray<UInt8>)
    /// A record of another entity that an earlier change of this plan creates.
    case created(Int)
    /// A record of the same entity that this plan creates, or one that a later change creates.
    case later(EntityState, Int)
    /// A record that was rejected.
    case rejected(EntityState, Int)
  }

  /// Where a reference field of an identity points to.
  func target(_ state: EntityState, _ fieldIndex: Int, _ identity: Int) -> Target {
    let code = state.references[fieldIndex][identity]
    guard code >= 0 else {
      if code == ReferenceCode.clear { return .clear }
      guard code <= ReferenceCode.foreign else { return .absent }
      return .stored(state.foreign[Int(ReferenceCode.foreign - code)].storeID)
    }
    guard let other = byName[state.fields[fieldIndex].referenced ?? ""] else { return .absent }
    let target = Int(code)
    if other.storeIDs[target].isPresent {
      return .stored(
        other.storeArena.withBytes(of: other.storeIDs[target]) { id in
          var bytes = Bytes()
          bytes.append(copying: id)
          return bytes
        })
    }
    switch other.kinds[target] {
    // Records of one entity may go to the store together, so that none has an id before.
    case .create where other.isPlanned: return .created(Int(other.seqs[target]))
    case .reject: return .rejected(other, target)
    default: return .later(other, target)
    }
  }

  /// What people call the target of a reference: its external id, or `#ID`.
  func label(_ state: EntityState, _ fieldIndex: Int, _ identity: Int) -> Bytes {
    var label = Bytes()
    let code = state.references[fieldIndex][identity]
    if code >= 0, let other = byName[state.fields[fieldIndex].referenced ?? ""] {
      other.withExternalID(Int(code)) { label.append(copying: $0) }
    } else if code <= ReferenceCode.foreign {
      label = state.foreign[Int(ReferenceCode.foreign - code)].label
    }
    return label
  }

  /// What people call the record of an entity that has a store id.
  func label(ofStoreID id: Span<UInt8>, entity: String) -> Bytes {
    var label = Bytes()
    if let other = byName[entity], let identity = other.identity(withStoreID: id) {
      other.withExternalID(identity) { label.append(copying: $0) }
    } else {
      label.append(UInt8(ascii: "#"))
      label.append(copying: id)
    }
    return label
  }

  /// The entities to which references point that are planned before their targets: their ids in
  /// the store must be known early.
  var entitiesNeededEarly: Set<String> {
    var needed = Set<String>()
    for (position, state) in ordered.enumerated() {
      for field in state.fields {
        guard let other = field.referenced,
          let place = ordered.firstIndex(where: { $0.entity.name == other }), place >= position
        else { continue }
        needed.insert(other)
      }
    }
    return needed
  }
}
