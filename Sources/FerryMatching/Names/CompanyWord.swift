/// A word of a company's name: its number in a ``WordPool``, and what it is for.
struct CompanyWord: Hashable, Sendable {
  private(set) var bits: UInt32

  init(_ word: UInt32, _ kind: CompanyWords.Kind) {
    bits = word | UInt32(kind.rawValue) << 28
  }

  /// The number of the word.
  var word: UInt32 { bits & 0x0FFF_FFFF }
  var kind: CompanyWords.Kind { CompanyWords.Kind(rawValue: UInt8(bits >> 28)) ?? .name }
}
