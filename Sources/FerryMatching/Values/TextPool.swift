import FerryCore

/// Byte strings, each kept once and numbered from 1 in the order they were first seen.
///
/// The empty one has number 0. A text is known by its hash; see ``NumberTable`` for the odds.
struct TextPool: Sendable {
  /// All texts, one after the other; ``range(_:)`` says where each lies.
  private(set) var bytes = ContiguousArray<UInt8>()
  /// Where text n ends.
  private var ends: ContiguousArray<Int> = [0]
  private var table = NumberTable()
  private var hashes = ContiguousArray<UInt64>()

  /// How many texts there are.
  var count: Int { ends.count - 1 }

  /// Appends the number of each text, new or known.
  mutating func add(_ texts: TextRows, to numbers: inout ContiguousArray<UInt32>) {
    hashes.removeAll(keepingCapacity: true)
    for index in 0..<texts.count { hashes.append(texts.hash(of: index)) }
    table.touch(hashes)
    for index in hashes.indices {
      if hashes[index] == 0 {
        numbers.append(0)
        continue
      }
      let (number, isNew) = table.add(hashes[index])
      numbers.append(number)
      guard isNew else { continue }
      bytes.append(copying: texts.bytes.span.extracting(texts.range(index)))
      ends.append(bytes.count)
    }
  }

  /// Frees what only adding needs.
  mutating func finish() {
    table = NumberTable()
    hashes = []
  }

  /// Loads the texts of some numbers; the sum of their first bytes.
  func touch(_ numbers: ContiguousArray<UInt32>) -> UInt64 {
    var sum: UInt64 = 0
    for number in numbers { sum += UInt64(bytes[range(number).lowerBound]) }
    return sum
  }

  /// Where text `number` lies in ``bytes``.
  @inline(__always)
  func range(_ number: UInt32) -> Range<Int> {
    ends[max(0, Int(number) - 1)]..<ends[Int(number)]
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
