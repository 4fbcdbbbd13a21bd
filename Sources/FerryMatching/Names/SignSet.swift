/// A set of code points of the basic plane, as bits: one look says whether a table is worth asking.
struct SignSet: Sendable {
  private var bits = ContiguousArray<UInt64>(repeating: 0, count: 1024)

  mutating func insert(_ sign: UInt32) {
    if sign < 0x1_0000 { bits[Int(sign >> 6)] |= 1 << UInt64(sign & 63) }
  }

  @inline(__always)
  func contains(_ sign: UInt32) -> Bool {
    sign < 0x1_0000 && bits[Int(sign >> 6)] >> UInt64(sign & 63) & 1 != 0
  }
}
