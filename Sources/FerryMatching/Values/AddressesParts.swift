import FerryCore

/// What an address says, its names as code points without blanks.
struct AddressParts: Sendable {
  /// Road, or what stands in its place: a village, an estate.
  var road = ContiguousArray<UInt32>()
  /// A name beside the road: a building, an estate.
  var place = ContiguousArray<UInt32>()
  var district = ContiguousArray<UInt32>()
  var city = ContiguousArray<UInt32>()
  var state = ContiguousArray<UInt32>()
  /// Hashes of numbers; 0 where there is none.
  var house: UInt32 = 0
  var building: UInt32 = 0
  var floor: UInt32 = 0
  var room: UInt32 = 0
  /// See ``AddressNumber/postcode(_:_:)``.
  var postcode: UInt32 = 0

  mutating func removeAll() {
    road.removeAll(keepingCapacity: true)
    place.removeAll(keepingCapacity: true)
    district.removeAll(keepingCapacity: true)
    city.removeAll(keepingCapacity: true)
    state.removeAll(keepingCapacity: true)
    (house, building, floor, room, postcode) = (0, 0, 0, 0, 0)
  }

  /// Takes a number whose kind nobody tells: the house's where there is none yet, then the room's.
  mutating func addNumber(_ number: UInt32) {
    if house == 0 {
      house = number
    } else {
      if building == 0, room != 0 { building = room }
      room = number
    }
  }

  /// Says what is there once all columns are read.
  mutating func finish() {
    if room == 0 { room = floor }
    if road.isEmpty { swap(&road, &place) }
    if road.count > 5, road.suffix(3).elementsEqual([0x73, 0x74, 0x72]) {  // Hauptstr
      road.append(contentsOf: [0x61, 0x73, 0x73, 0x65])
    }
  }
}

/// Numbers in addresses: digits with letters, such as 12, 12a, b3.
enum AddressNumber {
  /// A hash of `units[range]`, never 0; zeros before other digits don't count.
  static func hash(_ units: ContiguousArray<UInt32>, _ range: Range<Int>) -> UInt32 {
    var start = range.lowerBound
    while start + 1 < range.upperBound, units[start] == 0x30 { start += 1 }
    var hash: UInt32 = 0x811C_9DC5
    for index in start..<range.upperBound { hash = (hash ^ units[index]) &* 0x0100_0193 }
    return max(1, hash ^ hash >> 15)
  }

  /// The same of all of `units`.
  static func hash(_ units: ContiguousArray<UInt32>) -> UInt32 { hash(units, units.indices) }

  /// Joins the numbers of a lane and a house, in this order; 0 is no number.
  static func join(_ left: UInt32, _ right: UInt32) -> UInt32 {
    left == 0 ? right : max(1, (left ^ right &* 0x9E37_79B1) &* 0x85EB_CA6B)
  }

  /// Up to eight digits as they stand, behind a 1 that keeps zeros; other codes as a hash.
  static func postcode(_ units: ContiguousArray<UInt32>, _ range: Range<Int>) -> UInt32 {
    var value: UInt32 = 1
    for index in range {
      let digit = units[index] &- 0x30
      guard digit < 10, range.count <= 8 else { return hash(units, range) | 1 << 31 }
      value = value * 10 + digit
    }
    return value
  }

  /// Whether two postcodes of digits are one digit, or two swapped neighbours, apart.
  static func isNearPostcode(_ left: UInt32, _ right: UInt32) -> Bool {
    guard left < 1 << 31, right < 1 << 31 else { return false }
    var (one, other) = (left, right)
    while one > 0, one % 10 == other % 10 { (one, other) = (one / 10, other / 10) }
    if one == 0 || other == 0 { return one == other }
    let last = (one % 10, other % 10)
    (one, other) = (one / 10, other / 10)
    if one == other { return true }
    return (one % 10, other % 10) == (last.1, last.0) && one / 10 == other / 10
  }
}
