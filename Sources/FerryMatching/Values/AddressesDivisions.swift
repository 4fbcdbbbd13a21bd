import FerryNormalization

/// The names of China's provinces and cities, found at a place in a text.
struct AddressDivisions: Sendable {
  struct Division: Sendable {
    /// 1 province, 2 city; a municipality is a city.
    let level: Int
    /// Where the short name lies in ``AddressDivisions/units``.
    let short: Range<Int>
    let isFull: Bool
  }

  static let table = AddressDivisions()

  private(set) var units = ContiguousArray<UInt32>()
  private var divisions = ContiguousArray<Division>()
  private var longest = 0
  /// Open addressing; a hash, and division + 1, 0 where the place is free.
  private var hashes = ContiguousArray<UInt64>(repeating: 0, count: placeCount)
  private var places = ContiguousArray<UInt16>(repeating: 0, count: placeCount)
  /// Whether some name begins with an ideograph, by its lowest twelve bits.
  private var isFirst = ContiguousArray(repeating: false, count: 4096)
  private static let placeCount = 4096

  /// The longest name that stands at `start`, below `level`, and where it ends.
  func division(_ text: ContiguousArray<UInt32>, at start: Int, below level: Int)
    -> (division: Division, end: Int)?
  {
    guard start < text.count, isFirst[Int(text[start] & 0xFFF)] else { return nil }
    var found: (Division, Int)?
    var hash = Self.seed
    for index in start..<min(text.count, start + longest) {
      hash = Self.extend(hash, text[index])
      guard index > start else { continue }
      var place = Self.place(hash)
      while places[place] != 0 {
        let division = divisions[Int(places[place]) - 1]
        if hashes[place] == hash, division.level > level {
          found = (division, index + 1)
          break
        }
        place = (place + 1) & (Self.placeCount - 1)
      }
    }
    return found
  }

  private init() {
    for name in DivisionName.all {
      let text = ContiguousArray(TextFold.folded(name.name))
      let start = units.count
      units.append(contentsOf: TextFold.folded(name.short))
      longest = max(longest, text.count)
      divisions.append(
        Division(
          level: name.isMunicipality ? 2 : name.level, short: start..<units.count,
          isFull: name.name != name.short))
      isFirst[Int(text[0] & 0xFFF)] = true
      var hash = Self.seed
      for unit in text { hash = Self.extend(hash, unit) }
      var place = Self.place(hash)
      while places[place] != 0 { place = (place + 1) & (Self.placeCount - 1) }
      places[place] = UInt16(divisions.count)
      hashes[place] = hash
    }
  }

  private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

  @inline(__always)
  private static func extend(_ hash: UInt64, _ unit: UInt32) -> UInt64 {
    (hash ^ UInt64(unit)) &* 0x100_0000_01B3
  }

  @inline(__always)
  private static func place(_ hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash ^ hash >> 29) & (placeCount - 1)
  }
}
