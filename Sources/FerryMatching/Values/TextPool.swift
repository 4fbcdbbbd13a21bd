import FerryCore

/// Byte strings, each kept once and numbered from 1 in the order they were first seen.
struct TextPool: Sendable {
  /// All texts, one after the other; ``range(_:)`` says where each lies.
  private(set) var bytes = ContiguousArray<UInt8>()
  /// Where text n ends; text 0 is the empty one.
  private var ends: ContiguousArray<Int> = [0]
  /// Open addressing by hash: half of the hash (32 bits) and the text's number (32); 0 is free.
  private var places = ContiguousArray<UInt64>(repeating: 0, count: 1024)

  /// How many texts there are.
  var count: Int { ends.count - 1 }

  /// The number of the bytes, new or known, and whether it is new.
  mutating func add(_ bytes: ContiguousArray<UInt8>) -> (number: UInt32, isNew: Bool) {
    add(bytes.span)
  }

  /// The number of some of the bytes, new or known, and whether it is new.
  mutating func add(
    _ bytes: ContiguousArray<UInt8>, _ range: Range<Int>
  ) -> (number: UInt32, isNew: Bool) {
    add(bytes.span.extracting(range))
  }

  /// The number of `text`, new or known, and whether it is new.
  mutating func add(_ text: Span<UInt8>) -> (number: UInt32, isNew: Bool) {
    let half = ByteHash.hash(text) >> 32
    var place = Int(half) & (places.count - 1)
    while places[place] != 0 {
      if places[place] >> 32 == half {
        let number = UInt32(truncatingIfNeeded: places[place])
        if bytes.span.extracting(range(number)).hasSameBytes(as: text) { return (number, false) }
      }
      place = (place + 1) & (places.count - 1)
    }
    bytes.append(copying: text)
    ends.append(bytes.count)
    let number = UInt32(count)
    places[place] = half << 32 | UInt64(number)
    if count * 3 > places.count * 2 { grow() }
    return (number, true)
  }

  /// Frees what only adding needs.
  mutating func finish() { places = [] }

  /// Where text `number` lies in ``bytes``.
  @inline(__always)
  func range(_ number: UInt32) -> Range<Int> {
    ends[max(0, Int(number) - 1)]..<ends[Int(number)]
  }

  private mutating func grow() {
    var grown = ContiguousArray<UInt64>(repeating: 0, count: places.count * 2)
    for entry in places where entry != 0 {
      var place = Int(entry >> 32) & (grown.count - 1)
      while grown[place] != 0 { place = (place + 1) & (grown.count - 1) }
      grown[place] = entry
    }
    places = grown
  }
}

/// A hash of bytes that is the same in every run and on every machine.
///
/// Source: the multiply-and-fold step of wyhash (Wang Yi, public domain); the constants are
/// its first two secrets.
enum ByteHash {
  private static let first: UInt64 = 0xa076_1d64_78bd_642f
  private static let second: UInt64 = 0xe703_7ed1_a0b4_28db

  static func hash(_ bytes: Span<UInt8>, seed: UInt64 = 0) -> UInt64 {
    let raw = unsafe bytes.bytes
    let count = raw.byteCount
    var state = seed ^ first
    var offset = 0
    while offset + 8 <= count {
      // In bounds by the condition.
      let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
      state = fold(state ^ word.bigEndian, second)
      offset += 8
    }
    var rest: UInt64 = 0
    if offset > 0, offset < count {
      // The last eight bytes without those that have counted.
      let word = unsafe raw.unsafeLoadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
      rest = word.bigEndian & (1 << UInt64((count - offset) * 8) - 1)
    } else {
      while offset < count {
        rest = rest << 8 | UInt64(bytes[offset])
        offset += 1
      }
    }
    return fold(state ^ rest ^ UInt64(count) << 56, first)
  }

  /// Joins two hashes; the order counts.
  static func join(_ left: UInt64, _ right: UInt64) -> UInt64 {
    fold(left ^ second, right ^ first)
  }

  @inline(__always)
  private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}
