extension UInt64 {
  /// For eight bytes at once, lowest address lowest: the highest bit of each byte that is `byte`.
  ///
  /// Exact up to the first such byte; above it a byte may be marked that only follows `byte` by
  /// one in value. So `!= 0` and the lowest set bit can be trusted.
  /// Source: H. S. Warren, "Hacker's Delight", 2nd edition, 6-1.
  @inlinable @inline(__always)
  package func zeroBytes(xor byte: UInt8) -> UInt64 {
    let difference = self ^ (0x0101_0101_0101_0101 &* UInt64(byte))
    return (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
  }
}
