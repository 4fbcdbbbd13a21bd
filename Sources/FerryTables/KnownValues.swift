internal import FerryCore

/// The first thousand different values of a column, how often each occurs, and what it shows.
///
/// A value that is known is only counted: most columns have few different values.
struct KnownValues {
  /// How many values are kept.
  static let limit = 1_000
  /// A longer value is kept cut, in bytes.
  private static let mostBytes = 256

  private struct Value {
    let hash: UInt64
    let kind: CellKind
    let look: ValueLook
    var count: Int
    /// Where it lies in `bytes`.
    let range: Range<Int>
    let isCut: Bool
  }

  private var values = ContiguousArray<Value>()
  private var bytes = ContiguousArray<UInt8>()
  /// Places by hash: some bits of the hash, which settle most questions, above one more than the
  /// index of a value; zero where the place is free.
  private var places = ContiguousArray<UInt32>(repeating: 0, count: 16)

  /// Counts a value that is known.
  ///
  /// - Returns: What it shows; `nil` where it is not known.
  @inline(__always)
  mutating func count(_ hash: UInt64, _ kind: CellKind) -> ValueLook? {
    let entry = places[place(of: hash)]
    guard entry > 0 else { return nil }
    let index = Int(entry & 0xFFFF) - 1
    values[index].count += 1
    return values[index].kind == kind ? values[index].look : nil
  }

  /// Keeps a value, unless it is known as another kind or there is no room.
  mutating func keep(_ value: Span<UInt8>, _ hash: UInt64, _ kind: CellKind, _ look: ValueLook) {
    guard values.count < Self.limit, places[place(of: hash)] == 0 else { return }
    let isCut = value.count > Self.mostBytes
    let start = bytes.count
    var end = min(value.count, Self.mostBytes)
    while isCut, end > 0, value[end] & 0xC0 == 0x80 { end -= 1 }
    bytes.append(copying: value.extracting(0..<end))
    values.append(
      Value(
        hash: hash, kind: kind, look: look, count: 1, range: start..<bytes.count, isCut: isCut))
    if values.count * 2 > places.count { grow() }
    places[place(of: hash)] = Self.entry(hash, values.count - 1)
  }

  /// The most frequent values, most frequent first; of those alike the lesser text.
  func top(_ count: Int) -> [ColumnProfile.TopValue] {
    values.map { value in
      let text = String(decoding: bytes[value.range], as: UTF8.self)
      return ColumnProfile.TopValue(value: value.isCut ? text + "…" : text, count: value.count)
    }
    .sorted { ($1.count, $0.value) < ($0.count, $1.value) }
    .prefix(count).map { $0 }
  }

  @inline(__always)
  private static func entry(_ hash: UInt64, _ index: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: hash) & 0xFFFF_0000 | UInt32(truncatingIfNeeded: index + 1)
  }

  /// Where a hash is, or where it would be.
  @inline(__always)
  private func place(of hash: UInt64) -> Int {
    let mask = places.count - 1
    let tag = Self.entry(hash, -1)
    var place = Int(truncatingIfNeeded: hash >> 32) & mask
    while places[place] > 0 {
      let entry = places[place]
      if entry & 0xFFFF_0000 == tag, values[Int(entry & 0xFFFF) - 1].hash == hash { break }
      place = (place + 1) & mask
    }
    return place
  }

  private mutating func grow() {
    places = ContiguousArray(repeating: 0, count: places.count * 2)
    for index in values.indices.dropLast() {
      let hash = values[index].hash
      places[place(of: hash)] = Self.entry(hash, index)
    }
  }
}
