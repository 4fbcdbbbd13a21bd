import FerryCore
import FerryMatching
import FerryRecords
import FerryStores

/// Holds the records of a plan against what the store has a place for, so that the plan says before
/// the first write what can't be loaded, and nothing is cut or guessed.
struct StoreFit {
  private let description: StoreDescription
  /// Fields that have no place, with how many values they have.
  private var lost: [(field: String, count: Int)] = []

  init(_ description: StoreDescription) { self.description = description }

  /// Leaves out what has no place in any of the states, and rejects records that the store would
  /// refuse.
  ///
  /// - Returns: What a person must know.
  mutating func apply(to states: [EntityState]) -> [Finding] {
    let findings = states.flatMap { apply(to: $0) }
    guard !lost.isEmpty else { return findings }
    return findings + [
      Finding(
        .storeFieldNoPlace,
        arguments: [lost.map { "\($0.field) (\($0.count))" }.joined(separator: ", ")])
    ]
  }

  private mutating func apply(to state: EntityState) -> [Finding] {
    guard let entity = description.entities[state.entity.name] else { return [] }
    switch entity.place {
    case .none: return rejectAll(state)
    case .lookedUp:
      state.isLookedUpOnly = true
      let count = (0..<state.count).count { state.survives($0) }
      return [
        Finding(.storeLookedUp, arguments: [state.entity.name, String(count), entity.label])
      ]
    case .loaded: return fit(state, to: entity)
    }
  }

  private func rejectAll(_ state: EntityState) -> [Finding] {
    let survivors = (0..<state.count).filter { state.survives($0) }
    let finding = Finding(
      .storeNoPlace, arguments: [state.entity.name, String(survivors.count)])
    for identity in survivors { state.rejections[Int32(identity)] = finding }
    return survivors.isEmpty ? [] : [finding]
  }

  private mutating func fit(_ state: EntityState, to entity: EntityDescription) -> [Finding] {
    var findings: [Finding] = []
    var unplaced = Set<Int>()
    for (index, field) in state.fields.enumerated() {
      guard let place = entity.fields[field.name] else {
        unplaced.insert(index)
        let count = (0..<state.count).count {
          state.survives($0) && state.value(index, $0).byteCount > 0
        }
        if count > 0 { lost.append(("\(state.entity.name).\(field.name)", count)) }
        continue
      }
      findings += check(state, index, place)
      if let list = place.uniqueAs { state.uniqueFields.append((index, list)) }
    }
    state.usualOwner = entity.fields["owner"]?.filledWith.map {
      ForeignRecord(storeID: Bytes($0.utf8), label: Bytes("#\($0)".utf8))
    }
    if entity.fields["custom"] == nil { state.holdsCustom = false }
    state.leaveOut(unplaced)
    for field in state.entity.fields where entity.fields[field.name]?.isRequired == true {
      state.require(field)
    }
    if !entity.demands.isEmpty, state.count > 0 {
      findings.append(
        Finding(
          .storeDemands,
          arguments: [state.entity.name, entity.label, entity.demands.joined(separator: ", ")]))
    }
    return findings
  }

  /// Rejects records whose value the store would refuse.
  private func check(
    _ state: EntityState, _ index: Int, _ place: FieldDescription
  ) -> [Finding] {
    guard state.fields[index].referenced == nil, place.options != nil || place.longest != nil
    else { return [] }
    let known = place.options.map(Set.init)
    var findings: [Finding] = []
    for identity in 0..<state.count where state.survives(identity) {
      let value = state.value(index, identity)
      guard value.byteCount > 0, let text = state.table.arena.string(value) else { continue }
      let finding: Finding
      if let known, !known.contains(text) {
        let options = place.options ?? []
        let near = NearestName.of(text, among: options)
        finding = self.finding(
          .storeNoOption, state, index, identity, text,
          [place.label, text, near ?? options.prefix(20).joined(separator: ", ")])
      } else if let longest = place.longest, text.count > longest {
        finding = self.finding(
          .storeTooLong, state, index, identity, text,
          [place.label, String(text.count), String(longest)])
      } else {
        continue
      }
      findings.append(finding)
      if state.rejections[Int32(identity)] == nil { state.rejections[Int32(identity)] = finding }
    }
    return findings
  }

  private func finding(
    _ rule: Rule, _ state: EntityState, _ index: Int, _ identity: Int, _ text: String,
    _ arguments: [String]
  ) -> Finding {
    let record =
      state.golden.supplier(ofField: index, identity: identity)
      ?? Int(state.golden.firstRecord[identity])
    return Finding(
      rule, at: state.table.provenance(of: record, field: index), value: text,
      arguments: [state.entity.name, state.fields[index].name] + arguments)
  }

  // MARK: - Time

  /// How long the plan takes, where a store tells its pace, and what else the store says.
  func findings(for counts: [EntityCounts]) -> [Finding] {
    guard let pace = description.pace else { return description.notes }
    var (time, records) = (Duration.zero, 0)
    for entity in counts {
      let (updated, deleted) = (
        entity.updated + entity.goneMarked, entity.removed + entity.goneRemoved
      )
      time += pace.create * entity.created + pace.update * updated + pace.delete * deleted
      records += entity.created + updated + deleted
    }
    guard records > 0 else { return description.notes }
    return description.notes + [
      Finding(.storeTime, arguments: [String(records)] + Self.words(time))
    ]
  }

  /// `1 h 25 min`, in both languages.
  static func words(_ time: Duration) -> [String] {
    let minutes = Int((time / .seconds(60)).rounded(.up))
    guard minutes > 1 else { return ["a minute", "1 分钟"] }
    guard minutes >= 60 else { return ["\(minutes) min", "\(minutes) 分钟"] }
    return [
      "\(minutes / 60) h \(minutes % 60) min", "\(minutes / 60) 小时 \(minutes % 60) 分钟",
    ]
  }
}
