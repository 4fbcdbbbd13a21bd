import FerryCore

/// Remembers where short values were put last, so that equal ones share their bytes.
///
/// Stages, currencies, dates and owners repeat in every other row, and a row's key stands in each
/// record that it makes: a third of all bytes. How it works: a value's hash picks one place, and
/// whatever stands there is forgotten.
struct RecentValues: Sendable {
  /// Longer values are hardly ever told twice.
  private static let longest = 48
  private static let size = 8_192

  private var places = ContiguousArray<ValueRef>()

  /// Puts a value into the arena, unless it is remembered there.
  mutating func store(_ value: Span<UInt8>, in arena: inout ByteArena) -> ValueRef {
    guard value.count > 0, value.count <= Self.longest else { return arena.append(value) }
    if places.isEmpty { places = ContiguousArray(repeating: .absent, count: Self.size) }
    let place = Self.hash(value) & (Self.size - 1)
    let known = places[place]
    if known.byteCount == value.count,
      arena.withBytes(of: known, { $0.hasSameBytes(as: value) })
    {
      return known
    }
    let stored = arena.append(value)
    places[place] = stored
    return stored
  }

  /// Eight bytes at a time; good enough to pick a place.
  private static func hash(_ value: Span<UInt8>) -> Int {
    var hash = UInt64(value.count)
    return unsafe value.withUnsafeBytes { raw in
      var index = 0
      while index + 8 <= raw.count {
        let word = unsafe raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash >> 32
        index += 8
      }
      while index < raw.count {
        hash = (hash ^ UInt64(unsafe raw[index])) &* 0x9E37_79B9_7F4A_7C15
        index += 1
      }
      return Int(truncatingIfNeeded: hash >> 40)
    }
  }
}
