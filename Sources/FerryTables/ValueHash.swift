internal import FerryCore

// How it works: sixteen bytes are multiplied with two words that depend on all bytes before; the
// high and the low half of the product are mixed. A text of some kilobytes is hashed by its
// beginning, its end and its length, since a workbook may name one of them in every cell.

/// A hash that is the same in every process.
///
/// Source: Wang Yi, "wyhash" (2019), whose mixing step this is.
package func stableHash(_ value: Span<UInt8>) -> UInt64 {
  // Bytes are numbers of any kind; each load is checked.
  let bytes = unsafe value.bytes
  let count = bytes.byteCount
  var seed = HashWord.seed
  if count <= 16 {
    let (low, high) = HashWord.ends(bytes)
    return HashWord.finished(HashWord.mixed(low ^ HashWord.first, high ^ seed), count)
  }
  let looked = min(count, SheetHead.lookedAtBytes)
  var offset = 0
  while offset + 16 < looked {
    seed = HashWord.mixed(
      HashWord.word(bytes, offset) ^ HashWord.first, HashWord.word(bytes, offset + 8) ^ seed)
    offset += 16
  }
  let last = HashWord.mixed(
    HashWord.word(bytes, count - 16) ^ HashWord.first, HashWord.word(bytes, count - 8) ^ seed)
  return HashWord.finished(last, count)
}

private enum HashWord {
  // Odd numbers with as many ones as zeros.
  static let seed: UInt64 = 0xA076_1D64_78BD_642F
  static let first: UInt64 = 0xE703_7ED1_A0B4_28DB
  static let second: UInt64 = 0x8EBC_6AF0_9C88_C6E3

  @inline(__always)
  static func mixed(_ one: UInt64, _ other: UInt64) -> UInt64 {
    let product = one.multipliedFullWidth(by: other)
    return product.high ^ product.low
  }

  /// Mixes once more: one step leaves the low bits of numbers in a row uneven.
  @inline(__always)
  static func finished(_ hash: UInt64, _ count: Int) -> UInt64 {
    mixed(hash ^ first, second ^ UInt64(count))
  }

  @inline(__always)
  static func word(_ bytes: RawSpan, _ offset: Int) -> UInt64 {
    // The span checks the bounds; any eight bytes are a number.
    unsafe UInt64(
      littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  @inline(__always)
  static func half(_ bytes: RawSpan, _ offset: Int) -> UInt64 {
    unsafe UInt64(
      UInt32(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self)))
  }

  /// All bytes of a text of at most sixteen, in two words.
  @inline(__always)
  static func ends(_ bytes: RawSpan) -> (UInt64, UInt64) {
    let count = bytes.byteCount
    if count >= 8 { return (word(bytes, 0), word(bytes, count - 8)) }
    if count >= 4 { return (half(bytes, 0), half(bytes, count - 4)) }
    var low: UInt64 = 0
    for index in 0..<count {
      low = low << 8 | UInt64(unsafe bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self))
    }
    return (low, 0)
  }
}

/// Whether bytes come before others, as their text sorts.
func isLess(_ one: Span<UInt8>, _ other: Span<UInt8>) -> Bool {
  for index in 0..<min(one.count, other.count) where one[index] != other[index] {
    return one[index] < other[index]
  }
  return one.count < other.count
}
