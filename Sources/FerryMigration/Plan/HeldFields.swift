import FerryCore

/// What the mapped fields of a stored record held when the plan was made and left them alone.
///
/// Four bytes of a hash for each field of the entity's shape, little-endian; 0 where nothing is
/// held, since the source says nothing or the run writes the field. With it `verify` can tell of
/// fields that the run had no need to write.
struct HeldFields {
  private(set) var bytes = Bytes()
  /// Whether any field is held.
  private(set) var holdsAny = false

  /// Bytes for each field.
  static let width = 4

  /// Adds the next field, by the hash of what it holds; `nil` where it is not held.
  mutating func append(_ hash: UInt64?) {
    let mark = hash.map(Self.mark) ?? 0
    if mark != 0 { holdsAny = true }
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: mark >> shift))
    }
  }

  /// Takes over the marks of one record with that many fields; none where the blob is of another
  /// length.
  mutating func append(marks: Span<UInt8>, fieldCount: Int) {
    guard marks.count == fieldCount * Self.width else {
      for _ in 0..<fieldCount { append(nil) }
      return
    }
    bytes.append(copying: marks)
    holdsAny = true
  }

  /// Whether the field at a place is held and is not what it was.
  func differs(at place: Int, from hash: @autoclosure () -> UInt64) -> Bool {
    var mark: UInt32 = 0
    for index in 0..<Self.width {
      mark |= UInt32(bytes[place * Self.width + index]) << UInt32(index * 8)
    }
    return mark != 0 && mark != Self.mark(hash())
  }

  /// Forgets everything and keeps the memory.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    holdsAny = false
  }

  // Never 0, which stands for a field that is not held.
  private static func mark(_ hash: UInt64) -> UInt32 {
    let folded = UInt32(truncatingIfNeeded: hash ^ (hash >> 32))
    return folded == 0 ? 1 : folded
  }
}
