import FerryCore

/// Byte strings, each kept once and numbered from 1 in the order they were first seen.
struct TextPool: Sendable {
  /// All texts, one after the other; ``range(_:)`` says where each lies.
  private(set) var bytes = ContiguousArray<UInt8>()
  /// Where text n ends; text 0 is the empty one.
  private var ends: ContiguousArray<Int> = [0]
  private var hashes: ContiguousArray<UInt32> = [0]
  /// Open addressing; 0 is a free place.
  private var places = ContiguousArray<UInt32>(repeating: 0, count: 1024)

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
    let hash = ByteHash.hash(text)
    var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
    while places[place] != 0 {
      let number = places[place]
      if hashes[Int(number)] == UInt32(truncatingIfNeeded: hash >> 32),
        bytes.span.extracting(range(number)).hasSameBytes(as: text)
      {
        return (number, false)
      }
      place = (place + 1) & (places.count - 1)
    }
    bytes.append(copying: text)
    ends.append(bytes.count)
    hashes.append(UInt32(truncatingIfNeeded: hash >> 32))
    let number = UInt32(count)
    places[place] = number
    if count * 2 > places.count { grow() }
    return (number, true)
  }

  /// Where text `number` lies in ``bytes``.
  @inline(__always)
  func range(_ number: UInt32) -> Range<Int> {
    ends[max(0, Int(number) - 1)]..<ends[Int(number)]
  }

  private mutating func grow() {
    places = ContiguousArray(repeating: 0, count: places.count * 2)
    for number in 1...UInt32(count) {
      let hash = ByteHash.hash(bytes.span.extracting(range(number)))
      var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
      while places[place] != 0 { place = (place + 1) & (places.count - 1) }
      places[place] = number
    }
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
    var state = seed ^ first
    var word: UInt64 = 0
    var filled = 0
    for index in bytes.indices {
      word = word << 8 | UInt64(bytes[index])
      filled += 1
      if filled == 8 {
        state = fold(state ^ word, second)
        word = 0
        filled = 0
      }
    }
    return fold(state ^ word ^ UInt64(bytes.count) << 56, first)
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
