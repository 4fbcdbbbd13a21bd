/// A word of a name: its number in a ``WordPool``, and what its place says of it.
struct NameWord: Hashable, Sendable {
  private(set) var bits: UInt32

  private static let roles: UInt32 = 0xF000_0000
  private static let father: UInt32 = 1 << 31
  private static let given: UInt32 = 1 << 30
  private static let family: UInt32 = 1 << 29
  private static let middle: UInt32 = 1 << 28

  init(_ word: UInt32, _ part: PersonNamePart = .full, isFather: Bool = false) {
    bits = word & ~Self.roles
    if isFather { bits |= Self.father }
    switch part {
    case .given: bits |= Self.given
    case .family: bits |= Self.family
    case .middle: bits |= Self.middle
    default: break
    }
  }

  /// The number of the word.
  var word: UInt32 { bits & ~Self.roles }
  /// Whether `bin` or its like stands before it.
  var isFather: Bool { bits & Self.father != 0 }
  var isGiven: Bool { bits & Self.given != 0 }
  var isFamily: Bool { bits & Self.family != 0 }

  /// Whether one is said to be the given name and the other the family name.
  func isOpposite(to other: NameWord) -> Bool {
    isGiven && other.isFamily || isFamily && other.isGiven
  }
}
