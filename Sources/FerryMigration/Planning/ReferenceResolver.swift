import FerryCore
import FerryMapping
import FerryMatching
import FerryRecords
import FerryStores

/// Finds what the references of one entity's records point to: first within the input, then in the
/// store; two candidates are a finding, never a guess.
struct ReferenceResolver {
  /// How many values go to the store at once.
  private static let lookupSize = 500

  private let state: EntityState
  private let index: ReferenceIndex
  private let owners: OwnerMap?
  // By target: the values that the input does not hold, each once, and who waits for them.
  private var pending: [ReferenceTarget: PendingValues] = [:]
  private(set) var findings = FindingLog()
  private var unresolvedOwners: [UnresolvedOwner: (count: Int, place: Provenance)] = [:]

  private struct PendingValues {
    var values = ByteSet()
    var waiting: [(field: Int32, identity: Int32, value: Int32)] = []
  }

  private struct UnresolvedOwner: Hashable {
    let field: Int
    let value: String
    let otherwise: String?
  }

  init(_ state: EntityState, _ index: ReferenceIndex, _ owners: OwnerMap?) {
    self.state = state
    self.index = index
    self.owners = owners
  }

  /// Fills ``EntityState/references``, and rejects records whose required references fail.
  mutating func resolve(in store: any CRMStore) async throws {
    for fieldIndex in state.table.fields.indices
    where state.table.fields[fieldIndex].referenced != nil {
      resolveWithinInput(fieldIndex)
    }
    for target in pending.keys.sorted(by: {
      ($0.entity, $0.field ?? "") < ($1.entity, $1.field ?? "")
    }) {
      guard let values = pending[target] else { continue }
      try await resolve(target, values, in: store)
    }
    reportOwners()
  }

  private mutating func resolveWithinInput(_ fieldIndex: Int) {
    let (table, golden) = (state.table, state.golden)
    let links = table.links[fieldIndex]
    var names = table.fields[fieldIndex].name == "owner" ? owners.map { OwnerNames($0) } : nil
    let targets = table.targets.map { target in
      target.map { (target: $0, prepared: index.prepared($0)) }
    }
    let linked = table.linkedRecords[fieldIndex]
    var codes = ContiguousArray(repeating: ReferenceCode.absent, count: state.count)
    for identity in 0..<state.count
    where state.survives(identity) && !state.unplaced.contains(fieldIndex) {
      guard let record = golden.supplier(ofField: fieldIndex, identity: identity) else { continue }
      let value = table.values[fieldIndex][record]
      guard value.byteCount > 0 else {
        if value.isPresent { codes[identity] = ReferenceCode.clear }
        continue
      }
      guard let target = targets[Int(links[record])] else { continue }
      guard names != nil else {
        let other =
          linked[record] < 0 ? nil : target.prepared.identity(ofRecord: Int(linked[record]))
        codes[identity] =
          other.map { Int32($0) }
          ?? table.arena.withBytes(of: value) { resolve(target, $0, fieldIndex, identity) }
        continue
      }
      if let text = table.arena.withBytes(of: value, { names?.text(for: $0) }) {
        codes[identity] = resolve(target, text.span, fieldIndex, identity)
      } else {
        codes[identity] = ReferenceCode.unresolved
        noteOwner(identity, fieldIndex)
      }
    }
    state.references[fieldIndex] = codes
  }

  /// What a reference's text comes to, see ``EntityState/references``.
  private mutating func resolve(
    _ target: (target: ReferenceTarget, prepared: ReferenceIndex.PreparedTarget),
    _ text: Span<UInt8>, _ fieldIndex: Int, _ identity: Int
  ) -> Int32 {
    switch target.prepared.resolve(text) {
    case .one(let other): return Int32(other)
    case .several(let others):
      report(.linkAmbiguous, identity, fieldIndex, candidates: others.count)
      return ReferenceCode.unresolved
    case .none:
      let number = pending[target.target, default: PendingValues()].values.insert(text)
      pending[target.target]?.waiting.append((Int32(fieldIndex), Int32(identity), Int32(number)))
      return ReferenceCode.pending
    }
  }

  // MARK: In the store

  private mutating func resolve(
    _ target: ReferenceTarget, _ pending: PendingValues, in store: any CRMStore
  ) async throws {
    var found: [Int: [ForeignRecord]] = [:]
    if let entity = SalesChain.entity(target.entity) {
      for start in stride(from: 0, to: pending.values.count, by: Self.lookupSize) {
        let end = min(start + Self.lookupSize, pending.values.count)
        let values = (start..<end).map { pending.values.key($0) }
        try await look(for: values, target, entity, in: store) { value, record in
          guard let number = pending.values.number(of: value) else { return }
          found[number, default: []].append(record)
        }
      }
    }
    var codes: [Int: Int32] = [:]
    for (number, records) in found where records.count == 1 {
      codes[number] = ReferenceCode.foreign - Int32(state.foreign.count)
      state.foreign += records
    }
    for waiting in pending.waiting {
      let number = Int(waiting.value)
      let code = codes[number] ?? ReferenceCode.unresolved
      state.references[Int(waiting.field)][Int(waiting.identity)] = code
      guard code == ReferenceCode.unresolved else { continue }
      reportUnresolved(
        Int(waiting.identity), Int(waiting.field), candidates: found[number]?.count ?? 0)
    }
  }

  private func look(
    for values: [String], _ target: ReferenceTarget, _ entity: Entity, in store: any CRMStore,
    _ body: (Span<UInt8>, ForeignRecord) -> Void
  ) async throws {
    let page: RecordPage
    let field = target.field.flatMap { $0 == "key" ? nil : entity.field($0) }
    if let field {
      page = try await store.records(
        of: EntityFields(entity, [field]), where: field, isOneOf: values)
    } else {
      page = try await store.records(of: EntityFields(entity, []), withExternalIDs: values)
    }
    for record in 0..<page.count {
      let id = Bytes((page.storeID(of: record) ?? "").utf8)
      let label = Bytes((page.externalID(of: record) ?? "#\(id.text)").utf8)
      let value = field == nil ? page.externalIDs[record] : page.values[0][record]
      page.arena.withBytes(of: value) { body($0, ForeignRecord(storeID: id, label: label)) }
    }
  }

  // MARK: Findings

  private mutating func reportUnresolved(_ identity: Int, _ fieldIndex: Int, candidates: Int) {
    if candidates > 1 {
      report(.linkAmbiguous, identity, fieldIndex, candidates: candidates)
    } else if state.table.fields[fieldIndex].referenced == "user" {
      noteOwner(identity, fieldIndex)
    } else {
      report(.linkUnresolved, identity, fieldIndex, candidates: 0)
    }
  }

  /// Notes a finding, or rejects the record where it needs the field.
  private mutating func report(
    _ rule: Rule, _ identity: Int, _ fieldIndex: Int, candidates: Int
  ) {
    let field = state.table.fields[fieldIndex]
    if field.referenced == "user" { state.addCustomField() }
    let id = state.withExternalID(identity) { $0.text }
    let (value, place) = cell(identity, fieldIndex)
    guard !field.isRequired else {
      let finding = Finding(
        .linkRequired, at: place, value: value,
        arguments: [state.entity.name, id, field.name, value])
      findings.add(finding)
      if state.rejections[Int32(identity)] == nil { state.rejections[Int32(identity)] = finding }
      return
    }
    findings.add(
      Finding(
        rule, at: place, value: value,
        arguments: [
          state.entity.name, id, field.referenced ?? "", field.name, value, String(candidates),
        ]))
  }

  private func cell(_ identity: Int, _ fieldIndex: Int) -> (String, Provenance) {
    let record = state.golden.supplier(ofField: fieldIndex, identity: identity)
    let row = record ?? Int(state.golden.firstRecord[identity])
    return (
      record.flatMap { state.table.string(field: fieldIndex, of: $0) } ?? "",
      state.table.provenance(of: row, field: fieldIndex)
    )
  }

  /// Owners that nobody knows are counted by name: a whole 公海 is one finding, and its text is
  /// kept in `custom`.
  private mutating func noteOwner(_ identity: Int, _ fieldIndex: Int) {
    state.addCustomField()
    let (value, place) = cell(identity, fieldIndex)
    let owner = UnresolvedOwner(
      field: fieldIndex, value: value, otherwise: target(identity, fieldIndex)?.otherwise)
    unresolvedOwners[owner, default: (0, place)].count += 1
  }

  private func target(_ identity: Int, _ fieldIndex: Int) -> ReferenceTarget? {
    let record = state.golden.supplier(ofField: fieldIndex, identity: identity)
    return record.flatMap { state.table.targets[Int(state.table.links[fieldIndex][$0])] }
  }

  private mutating func reportOwners() {
    let sorted = unresolvedOwners.sorted {
      ($0.key.field, $0.key.value) < ($1.key.field, $1.key.value)
    }
    for (owner, entry) in sorted {
      let field = state.table.fields[owner.field].name
      let fate = field == "owner" ? owners?.fate(of: owner.value) : nil
      let (rule, name, severity): (Rule, String, Severity) =
        switch fate {
        case .pool: (.ownerPooled, owner.value, .info)
        case .inactive: (.ownerLeft, owner.value, .warning)
        case .user(let user): (.ownerUnresolved, user, .warning)
        case nil where !state.holdsCustom: (.ownerLost, owner.value, .warning)
        case nil: (.ownerUnresolved, owner.value, owner.otherwise == nil ? .warning : .info)
        }
      findings.add(
        Finding(
          rule, at: entry.place, value: owner.value,
          arguments: [state.entity.name, field, name, String(entry.count)], severity: severity))
    }
  }
}
