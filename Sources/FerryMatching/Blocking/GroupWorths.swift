import Foundation

/// What it is worth that two rows share a group of a field, in eighths of a bit.
struct GroupWorths: Sendable {
  /// Each size up to here has its own place in a table, larger ones together with those near them.
  private static let exactSizes = 1024
  private static let largeShift = 6

  /// By slot and ``place(_:)``; none for a slot that no key has.
  private var tables: [ContiguousArray<UInt8>] = []

  init(_ means: SlotMeans, rowCount: Int) {
    for slot in UInt8.min...UInt8.max {
      let places = 0..<(means.isUsed(slot) ? Self.placeCount : 0)
      tables.append(
        ContiguousArray(
          places.map { place in
            let size =
              place < Self.exactSizes ? place : (place - Self.exactSizes) << Self.largeShift
            return Self.eighths(Double(rowCount) / means.expected(slot, rows: max(1, size)))
          }))
    }
  }

  /// Bits of a chance of one in `rarity`, as they are counted here.
  static func eighths(_ rarity: Double) -> UInt8 {
    UInt8(min(255, max(0, (log2(rarity) * 8).rounded(.down))))
  }

  fileprivate static let placeCount = exactSizes + Int(GroupMark.mostRows) >> largeShift + 1

  @inline(__always)
  fileprivate static func place(_ size: Int) -> Int {
    size < exactSizes ? size : exactSizes + size >> largeShift
  }

  fileprivate func table(_ slot: Int) -> ContiguousArray<UInt8> { tables[slot] }
}

/// The worths of groups of all fields.
struct MarkWorths: Sendable {
  /// Where the table of each field and slot starts in ``worths``.
  private var starts = ContiguousArray<Int32>(repeating: 0, count: GroupMark.mostFieldSlots)
  private var worths = ContiguousArray<UInt8>()

  init(_ fields: [GroupWorths]) {
    for (field, worths) in fields.enumerated() {
      for slot in 0..<256 {
        starts[field << 8 | slot] = Int32(self.worths.count)
        self.worths.append(contentsOf: worths.table(slot))
      }
    }
  }

  /// In eighths of a bit.
  @inline(__always)
  subscript(mark: GroupMark) -> UInt8 {
    worths[Int(starts[mark.fieldSlot]) + GroupWorths.place(mark.size)]
  }
}
