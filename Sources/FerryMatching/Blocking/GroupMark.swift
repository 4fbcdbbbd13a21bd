/// A group of rows that share a blocking key of one field, in one number.
///
/// From the highest bit: how many rows (15), the first of them (28), a hash of all of them (8), the
/// field (5), and the slot of the key (8). So marks sort by size, those of one size by first row;
/// groups that have the same rows have the same number but for the slot; and no table is asked what
/// a group is. Two groups that fall together cost a comparison and no more.
struct GroupMark: Hashable, Comparable, Sendable {
  /// A group of more rows tells next to nothing, and has no mark.
  static let mostRows: UInt32 = 20_000
  /// There are no more fields.
  static let mostFields = 32
  private static let slotBits: UInt64 = 8
  private static let fieldBits: UInt64 = 5
  private static let hashBits: UInt64 = 8
  private static let firstBits: UInt64 = 28
  private static let firstShift = slotBits + fieldBits + hashBits
  private static let sizeShift = firstShift + firstBits

  let bits: UInt64

  init(bits: UInt64) { self.bits = bits }

  /// `rowHash` is the same for the same rows.
  init(size: UInt32, firstRow: UInt32, rowHash: UInt32, field: Int, slot: UInt8) {
    let first = UInt64(firstRow) & (1 << Self.firstBits - 1)
    bits =
      UInt64(size) << Self.sizeShift | first << Self.firstShift
      | UInt64(rowHash >> 24) << (Self.slotBits + Self.fieldBits)
      | UInt64(truncatingIfNeeded: field & 31) << Self.slotBits | UInt64(slot)
  }

  /// The same for the same group, and for groups of a field that have the same rows.
  @inline(__always)
  var identity: UInt64 { bits >> Self.slotBits }

  @inline(__always)
  var size: Int { Int(bits >> Self.sizeShift) }

  @inline(__always)
  var firstRow: Int { Int(bits >> Self.firstShift & (1 << Self.firstBits - 1)) }

  @inline(__always)
  var field: UInt32 { UInt32(truncatingIfNeeded: bits >> Self.slotBits) & 31 }

  /// The field and the slot, below ``mostFieldSlots``.
  @inline(__always)
  var fieldSlot: Int { Int(truncatingIfNeeded: bits) & (Self.mostFieldSlots - 1) }

  static let mostFieldSlots = mostFields << 8

  @inline(__always)
  var slot: UInt8 { UInt8(truncatingIfNeeded: bits) }

  /// More than the bits of any group of no more than `size` rows.
  static func end(ofSize size: Int) -> UInt64 {
    UInt64(max(0, min(size, Int(mostRows)) + 1)) << sizeShift
  }

  @inline(__always)
  static func < (left: GroupMark, right: GroupMark) -> Bool { left.bits < right.bits }
}

extension MutableSpan<GroupMark> {
  /// Sorts the marks of `range`; of groups that have the same rows the one of the first slot stays.
  ///
  /// Gives where those that stay end.
  mutating func sortMarks(_ range: Range<Int>) -> Int {
    var end = range.lowerBound
    for place in range {
      let mark = self[place]
      var position = end
      while position > range.lowerBound, self[position - 1] > mark { position -= 1 }
      if position > range.lowerBound, self[position - 1].identity == mark.identity { continue }
      if position < end, self[position].identity == mark.identity {
        self[position] = mark
        continue
      }
      var hole = end
      while hole > position {
        self[hole] = self[hole - 1]
        hole -= 1
      }
      self[position] = mark
      end += 1
    }
    return end
  }
}
