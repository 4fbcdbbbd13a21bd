import FerryCore
import FerryMapping
import FerryRecords

/// What the owner map makes of the owners that records name; each name is looked up once.
struct OwnerNames {
  private let map: OwnerMap
  private var seen = ByteSet()
  private var texts: [Bytes?] = []

  init(_ map: OwnerMap) { self.map = map }

  /// The text by which an owner is looked up, which stays the same where the map has no line for
  /// it; `nil` where nobody is to be found.
  mutating func text(for value: Span<UInt8>) -> Bytes? {
    let number = seen.insert(value)
    if number < texts.count { return texts[number] }
    let found: Bytes? =
      switch map.fate(of: value.text) {
      case .user(let name): Bytes(name.utf8)
      case .pool, .inactive: nil
      case nil: Bytes(copying: value)
      }
    texts.append(found)
    return found
  }
}

extension MigrationPolicies {
  /// Whether it matters who the owners are.
  var asksForOwners: Bool {
    owners != nil
      || gates.contains { $0.count == .unmappedOwners || $0.count == .inactiveOwners }
  }
}
