import FerryCore
import FerryMatching
import FerryRecords

/// Puts together what goes into `custom`: JSON objects of texts with sorted keys.
enum CustomFields {
  /// The object of an identity: what its rows hold, the first of equal keys, and the texts of
  /// owners that nobody knows; `nil` where there is nothing.
  static func text(_ state: EntityState, _ identity: Int) -> Bytes? {
    let owners = unresolvedOwners(state, identity)
    let table = state.table
    var objects: [ValueRef] = []
    if let field = state.customColumn, state.hasCustomValues {
      if owners.isEmpty, !state.golden.isShared(identity) {
        let value = state.value(field, identity)
        guard value.byteCount > 0 else { return nil }
        return table.arena.withBytes(of: value) { Bytes(copying: $0) }
      }
      objects = state.golden.suppliers(ofField: field, identity: identity)
        .map { table.values[field][$0] }.filter { $0.byteCount > 0 }
    }
    if owners.isEmpty, objects.count < 2 {
      guard let only = objects.first else { return nil }
      return table.arena.withBytes(of: only) { Bytes(copying: $0) }
    }
    var members: [String: String] = [:]
    for object in objects {
      guard let found = Self.members(table.arena.string(object) ?? "") else { continue }
      members.merge(found) { first, _ in first }
    }
    members.merge(owners) { first, _ in first }
    return Bytes(encoded(members).utf8)
  }

  /// The store's object with ours laid over it: keys that only the store has are kept.
  ///
  /// `nil` where ours changes nothing.
  static func overlay(_ ours: Bytes, on stored: String) -> Bytes? {
    guard let new = members(ours.text), let old = members(stored) else { return ours }
    let both = old.merging(new) { _, new in new }
    return both == old ? nil : Bytes(encoded(both).utf8)
  }

  /// Whether an owner of an identity is nobody whom the store knows.
  static func hasUnresolvedOwners(_ state: EntityState, _ identity: Int) -> Bool {
    guard state.customIndex != nil else { return false }
    return state.owners.contains {
      state.references[$0][identity] == ReferenceCode.unresolved
    }
  }

  private static func unresolvedOwners(_ state: EntityState, _ identity: Int) -> [String: String] {
    guard hasUnresolvedOwners(state, identity) else { return [:] }
    var owners: [String: String] = [:]
    for index in state.owners {
      guard state.references[index][identity] == ReferenceCode.unresolved else { continue }
      owners[state.fields[index].name] = state.table.arena.string(state.value(index, identity))
    }
    return owners
  }

  private static func members(_ text: String) -> [String: String]? {
    // An object with other values than texts was made by someone else: it is taken as a whole.
    try? StoredJSON.value([String: String].self, in: text)
  }

  private static func encoded(_ members: [String: String]) -> String {
    // Texts can always be encoded.
    (try? StoredJSON.text(members)) ?? "{}"
  }
}

extension Bytes {
  /// A copy of `span`.
  init(copying span: Span<UInt8>) {
    self.init()
    append(copying: span)
  }
}
