/// FNV-1a with 128 bits: the part of an activity's id that stands for its text.
///
/// Chosen because it is short to state and never changes; it guards against chance, not against a
/// person who looks for two texts with one hash. Ids that were made with it stand in stores, so it
/// must give the same digits forever.
///
/// Source: G. Fowler, L. Noll, K.-P. Vo, D. Eastlake, "The FNV Non-Cryptographic Hash Algorithm",
/// IETF draft-eastlake-fnv, section 5 for the 128-bit prime and offset basis.
struct StableHash {
  private static let offsetBasis: UInt128 = 0x6C62_272E_07BB_0142_62B8_2175_6295_C58D
  private static let prime: UInt128 = 0x0000_0000_0100_0000_0000_0000_0000_013B

  private var state = Self.offsetBasis

  /// Adds bytes.
  mutating func add(_ bytes: Span<UInt8>) {
    for index in bytes.indices { state = (state ^ UInt128(bytes[index])) &* Self.prime }
  }

  /// The hash so far as 32 lower-case hexadecimal digits.
  var digits: ContiguousArray<UInt8> {
    ContiguousArray(
      (0..<32).reversed().map { Self.hex[Int(truncatingIfNeeded: state >> (4 * $0)) & 15] })
  }

  private static let hex = Array("0123456789abcdef".utf8)
}
