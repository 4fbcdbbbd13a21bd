import FerryCore
import FerryRecords

/// Finds identities by external ids that mostly come in the order of the identities.
///
/// A store gives its records in the order in which they were made, which is that of the sources: the
/// next few identities are looked at before the index is asked. The result is the same in any order.
public struct IdentityFinder: Sendable {
  /// Identities that went into others have no record of their own, and are passed over.
  private static let tries = 4

  private let identities: Identities
  private let externalIDs: ContiguousArray<ValueRef>
  private let firstRecord: ContiguousArray<Int32>
  private let arena: ByteArena
  private var next = 0

  init(_ identities: Identities) {
    self.identities = identities
    externalIDs = identities.table.externalIDs
    firstRecord = identities.firstRecord
    arena = identities.table.arena
  }

  /// The identity with that external id; `nil` where there is none.
  public mutating func identity(withExternalID id: Span<UInt8>) -> Int? {
    for identity in next..<min(next + Self.tries, firstRecord.count) {
      let own = externalIDs[Int(firstRecord[identity])]
      guard own.byteCount == id.count, arena.withBytes(of: own, { $0.hasSameBytes(as: id) }) else {
        continue
      }
      next = identity + 1
      return identity
    }
    guard let found = identities.identity(withExternalID: id) else { return nil }
    next = found + 1
    return found
  }
}

extension GoldenRecords {
  /// Finds identities by many external ids.
  public var finder: IdentityFinder { IdentityFinder(identities) }
}
