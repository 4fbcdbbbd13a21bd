/// Tells, with few mistakes to the safe side, which hashes were inserted more than once.
struct TwiceSeen {
  private var once: ContiguousArray<UInt64>
  private var twice: ContiguousArray<UInt64>
  private let mask: Int

  init(expected: Int) {
    var bits = 1 << 16
    while bits < expected * 4 { bits <<= 1 }
    once = ContiguousArray(repeating: 0, count: bits / 64)
    twice = once
    mask = bits - 1
  }

  mutating func insert(_ hash: UInt64) {
    let place = Int(truncatingIfNeeded: hash >> 8) & mask
    let bit: UInt64 = 1 << UInt64(place & 63)
    if once[place >> 6] & bit == 0 {
      once[place >> 6] |= bit
    } else {
      twice[place >> 6] |= bit
    }
  }

  func holds(_ hash: UInt64) -> Bool {
    let place = Int(truncatingIfNeeded: hash >> 8) & mask
    return twice[place >> 6] >> UInt64(place & 63) & 1 == 1
  }
}
