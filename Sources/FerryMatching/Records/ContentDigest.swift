import FerryCore

/// A digest of some bytes that is the same in every run and on every machine, 32 hex digits.
///
/// It tells contents apart that people made; it is no defence against someone who forges them.
///
/// Source: FNV-1a with 128 bits, G. Fowler, L. Noll, P. Vo, "The FNV Non-Cryptographic Hash
/// Algorithm", IETF draft-eastlake-fnv.
struct ContentDigest {
  private static let prime: UInt128 = 1 << 88 + 0x13B
  private var state: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d

  /// Takes in one byte.
  mutating func add(_ byte: UInt8) { state = (state ^ UInt128(byte)) &* Self.prime }

  /// Takes in bytes.
  mutating func add(_ bytes: Span<UInt8>) {
    for index in bytes.indices { add(bytes[index]) }
  }

  /// The digest of what was taken in so far.
  var text: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 32 - digits.count) + digits
  }
}
