import FerryCore
import FerryRecords

/// Collects numbers that share a key, in the order in which they come.
struct GroupCollector {
  private var first = ContiguousArray<Int32>()
  private var groupOfNumber: [Int: Int] = [:]
  private(set) var groups: [[Int]] = []
  private var index: KeyIndex

  init(capacity: Int) { index = KeyIndex(capacity: capacity) }

  /// Adds `member`; `isEqual` says whether an earlier member has the same key.
  mutating func add(_ member: Int, hash: Int, isEqual: (Int) -> Bool) {
    let (number, isNew) = index.number(hash: hash) { [first] in isEqual(Int(first[$0])) }
    if isNew {
      first.append(Int32(member))
    } else if let group = groupOfNumber[number] {
      groups[group].append(member)
    } else {
      groupOfNumber[number] = groups.count
      groups.append([Int(first[number]), member])
    }
  }
}

extension MatchContext {
  /// The groups of two or more identities with the same bytes in a field, by their first member.
  func groups(sharing field: Int) -> [[Int]] {
    let arena = table.arena
    var collector = GroupCollector(capacity: identities.count)
    for identity in 0..<identities.count where takesPart(identity) {
      let value = identities.value(ofField: field, identity: identity)
      guard value.byteCount > 0 else { continue }
      collector.add(identity, hash: arena.withBytes(of: value) { $0.keyHash }) { other in
        arena.equals(identities.value(ofField: field, identity: other), value, in: arena)
      }
    }
    return collector.groups.sorted { $0[0] < $1[0] }
  }

  /// The groups of two or more identities that have one key, by their first member; each rising.
  ///
  /// `writeKey` appends an identity's key, or gives false where it has none. Keys are written
  /// anew to be compared, so that none is kept.
  func groups(writeKey: (Int, inout ContiguousArray<UInt8>) -> Bool) -> [[Int]] {
    var collector = GroupCollector(capacity: identities.count)
    var (key, other) = (ContiguousArray<UInt8>(), ContiguousArray<UInt8>())
    for identity in 0..<identities.count where takesPart(identity) {
      key.removeAll(keepingCapacity: true)
      guard writeKey(identity, &key), !key.isEmpty else { continue }
      collector.add(identity, hash: key.span.keyHash) { earlier in
        other.removeAll(keepingCapacity: true)
        return writeKey(earlier, &other) && other == key
      }
    }
    return collector.groups.sorted { $0[0] < $1[0] }
  }

  /// Appends a field's surviving value; false where absent or blank.
  func write(
    field: Int, of identity: Int, into key: inout ContiguousArray<UInt8>
  ) -> Bool {
    let value = identities.value(ofField: field, identity: identity)
    guard value.byteCount > 0 else { return false }
    table.arena.withBytes(of: value) { key.append(copying: $0) }
    return true
  }

  /// Appends what a reference field points to: the identity, else the reference as it is spelt.
  ///
  /// False where the field is absent, or points to several records.
  func writeReference(
    field: Int, of identity: Int, into key: inout ContiguousArray<UInt8>
  ) -> Bool {
    guard let record = identities.supplier(ofField: field, identity: identity) else { return false }
    switch references.resolve(field: field, of: record, in: table) {
    case .one(let other): key.append(contentsOf: "#\(other)".utf8)
    case .some(.none):
      key.append(contentsOf: "?\(table.links[field][record]):".utf8)
      table.arena.withBytes(of: table.values[field][record]) { key.append(copying: $0) }
    case .several, nil: return false
    }
    return true
  }
}
