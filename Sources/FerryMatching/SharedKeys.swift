import FerryCore
import FerryRecords

extension MatchContext {
  /// The groups of two or more identities that have one key, by their first member; each rising.
  ///
  /// `writeKey` appends an identity's key, or gives false where it has none. Keys are written
  /// anew to be compared, so that none is kept.
  func groups(writeKey: (Int, inout ContiguousArray<UInt8>) -> Bool) -> [[Int]] {
    var index = KeyIndex(capacity: identities.count)
    var first = ContiguousArray<Int32>()
    var groupOfNumber: [Int: Int] = [:]
    var groups: [[Int]] = []
    var (key, other) = (ContiguousArray<UInt8>(), ContiguousArray<UInt8>())
    for identity in 0..<identities.count where takesPart(identity) {
      key.removeAll(keepingCapacity: true)
      guard writeKey(identity, &key), !key.isEmpty else { continue }
      let (number, isNew) = index.number(hash: key.span.keyHash) { number in
        other.removeAll(keepingCapacity: true)
        return writeKey(Int(first[number]), &other) && other == key
      }
      if isNew {
        first.append(Int32(identity))
      } else if let group = groupOfNumber[number] {
        groups[group].append(identity)
      } else {
        groupOfNumber[number] = groups.count
        groups.append([Int(first[number]), identity])
      }
    }
    return groups.sorted { $0[0] < $1[0] }
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

  /// Appends the account of an identity: its own, else that of its order, contract or deal.
  func writeAccount(of identity: Int, into key: inout ContiguousArray<UInt8>) -> Bool {
    if let field = table.fieldIndex("account"),
      writeReference(field: field, of: identity, into: &key)
    {
      return true
    }
    for name in ["order", "contract", "deal"] {
      guard let field = table.fieldIndex(name),
        let record = identities.supplier(ofField: field, identity: identity),
        case .one(let parent)? = references.resolve(field: field, of: record, in: table),
        let account = references.account(of: parent, entity: name)
      else { continue }
      key.append(contentsOf: "#\(account)".utf8)
      return true
    }
    return false
  }
}
