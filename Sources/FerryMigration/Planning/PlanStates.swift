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
  /// What the store takes once, and who has it.
  let taken = TakenValues()
  // By position and field: the entity that a reference points to.
  private let others: [[EntityState?]]

  init(_ golden: [String: GoldenRecords]) {
    byName = golden.mapValues { EntityState($0) }
    let byName = byName
    ordered = SalesChain.entities.compactMap { byName[$0.name] }
    for (position, state) in ordered.enumerated() { state.position = position }
    others = ordered.map { state in
      state.fields.map { $0.referenced.flatMap { byName[$0] } }
    }
  }

  /// The records that a reference field may point to; `nil` where the input has none.
  private func other(_ state: EntityState, _ fieldIndex: Int) -> EntityState? {
    others[state.position][fieldIndex]
  }

  /// An id in the store, where it lies.
  enum StoreID {
    case ofInput(EntityState, Int)
    case ofStore(ForeignRecord)

    /// Calls `body` with the id.
    func withBytes<R>(_ body: (Span<UInt8>) -> R) -> R {
      switch self {
      case .ofInput(let state, let identity):
        state.storeArena.withBytes(of: state.storeID(of: identity), body)
      case .ofStore(let record): body(record.storeID.span)
      }
    }
  }

  /// Calls `body` with the store's id of the record that a reference points to; `nil` where the
  /// store has none.
  func withStoreID<R>(
    _ state: EntityState, _ fieldIndex: Int, _ identity: Int, _ body: (Span<UInt8>) -> R
  ) -> R? {
    let code = state.references[fieldIndex][identity]
    if code <= ReferenceCode.foreign {
      let record = state.foreign[Int(ReferenceCode.foreign - code)]
      return body(record.storeID.span)
    }
    guard code >= 0, let other = other(state, fieldIndex) else { return nil }
    let id = other.storeID(of: Int(code))
    return id.isPresent ? other.storeArena.withBytes(of: id, body) : nil
  }

  /// What a reference of a record comes to at this point of planning.
  enum Target {
    /// The field is left alone.
    case absent
    /// The field is set to null.
    case clear
    /// A record that the store has: its id there.
    case stored(StoreID)
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
      return .stored(.ofStore(state.foreign[Int(ReferenceCode.foreign - code)]))
    }
    guard let other = other(state, fieldIndex) else { return .absent }
    let target = Int(code)
    if other.storeID(of: target).isPresent { return .stored(.ofInput(other, target)) }
    switch other.kind(of: target) {
    // Records of one entity may go to the store together, so that none has an id before.
    case .create where other.isPlanned: return .created(other.seq(of: target))
    case .reject: return .rejected(other, target)
    default: return .later(other, target)
    }
  }

  /// What people call the target of a reference: its external id, or `#ID`.
  func label(_ state: EntityState, _ fieldIndex: Int, _ identity: Int) -> Bytes {
    withLabel(state, fieldIndex, identity) { Bytes(copying: $0) }
  }

  /// Calls `body` with what people call the target of a reference; empty where it has none.
  func withLabel<R>(
    _ state: EntityState, _ fieldIndex: Int, _ identity: Int, _ body: (Span<UInt8>) -> R
  ) -> R {
    let code = state.references[fieldIndex][identity]
    if code >= 0, let other = other(state, fieldIndex) {
      return other.withExternalID(Int(code), body)
    }
    let label =
      code <= ReferenceCode.foreign
      ? state.foreign[Int(ReferenceCode.foreign - code)].label : []
    return body(label.span)
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

  /// The fields whose values share a list in which each may stand once.
  func fields(in list: String) -> [(entity: Entity, field: Field)] {
    ordered.flatMap { state in
      state.uniqueFields.filter { $0.list == list }.map { (state.entity, state.fields[$0.index]) }
    }
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
