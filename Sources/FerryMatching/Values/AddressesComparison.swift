// How two addresses stand to each other. Each part that both have agrees, nearly agrees or
// contradicts. Road, house and room decide first; where slips or swapped columns make them unclear,
// the parts' weights are added up, in bits, roughly as rare as each kind of part is.

/// How one part of two addresses stands.
enum PartAgreement: UInt8, Sendable {
  /// One of both lacks it.
  case unknown
  case same, near, differs

  var agrees: Bool { self == .same || self == .near }

  /// The bits of agreement, three quarters of them where it is near, or those of contradiction.
  func bits(_ agreement: Int, _ contradiction: Int) -> Int {
    switch self {
    case .unknown: 0
    case .same: agreement
    case .near: agreement * 3 / 4
    case .differs: -contradiction
    }
  }
}

extension Addresses {
  /// From this many bits on most parts agree.
  private static let most = 11

  func level(_ left: UInt32, _ right: UInt32) -> Int {
    AddressPair(names, records[Int(left)], records[Int(right)]).level(most: Self.most)
  }
}

/// The parts of two addresses, compared.
struct AddressPair {
  private var road = PartAgreement.unknown
  private var place = PartAgreement.unknown
  private var district = PartAgreement.unknown
  private let city: PartAgreement
  private let state: PartAgreement
  private let house: PartAgreement
  private let postcode: PartAgreement
  private let unit: PartAgreement
  /// Whether one names a room or building and the other none.
  private let lacksUnit: Bool

  init(_ names: CodePointPool, _ left: Addresses.Record, _ right: Addresses.Record) {
    house = Self.numbers(left.house, right.house)
    state = Self.numbers(left.state, right.state)
    city = Self.names(names, left.city, right.city)
    postcode = Self.postcodes(left.postcode, right.postcode)
    let room = Self.numbers(left.room, right.room)
    let building = Self.numbers(left.building, right.building)
    unit =
      room == .differs || building == .differs
      ? .differs
      : room == .same ? .same : building == .same && left.room == right.room ? .same : .unknown
    lacksUnit =
      unit == .unknown && (left.room | left.building) != 0
      || (right.room | right.building) != 0 && unit == .unknown
    road = Self.names(names, left.road, right.road)
    place = Self.names(names, left.place, right.place)
    if !road.agrees || place == .differs { crossNames(names, left, right) }
    district = Self.names(names, left.district, right.district)
  }

  /// Road and building in each other's column count as agreeing.
  private mutating func crossNames(
    _ names: CodePointPool, _ left: Addresses.Record, _ right: Addresses.Record
  ) {
    guard left.place | right.place != 0 else { return }
    let one = Self.names(names, left.road, right.place)
    let other = Self.names(names, left.place, right.road)
    let both = one.agrees && other.agrees
    guard both || !road.agrees && !place.agrees && (one.agrees || other.agrees) else { return }
    road = one == .same || other == .same ? .same : .near
    place = !both ? .unknown : one == .same && other == .same ? .same : .near
  }

  private static func numbers(_ left: UInt32, _ right: UInt32) -> PartAgreement {
    left == 0 || right == 0 ? .unknown : left == right ? .same : .differs
  }

  private static func postcodes(_ left: UInt32, _ right: UInt32) -> PartAgreement {
    let plain = numbers(left, right)
    return plain == .differs && AddressNumber.isNearPostcode(left, right) ? .near : plain
  }

  private static func names(_ names: CodePointPool, _ left: UInt32, _ right: UInt32)
    -> PartAgreement
  {
    let plain = numbers(left, right)
    return plain == .differs && AddressNames.areNear(names, left, right) ? .near : plain
  }

  func level(most: Int) -> Int {
    let areaDiffers = district == .differs || city == .differs || postcode == .differs
    let isSameHouse = road.agrees && house == .same
    if isSameHouse, !areaDiffers, place != .differs, state != .differs {
      if unit == .differs { return 5 }
      let isExact =
        road == .same && district != .near && city != .near && postcode != .near && place != .near
      if lacksUnit { return 3 }
      return isExact ? 1 : 2
    }
    let bits = self.bits
    if house == .differs, road.agrees, !place.agrees { return bits >= 5 ? 6 : 7 }
    if unit == .differs, isSameHouse { return bits >= 5 ? 5 : 7 }
    if onlyPlaces { return placesLevel }
    if bits >= most, road.agrees || place.agrees {
      return house == .unknown && !areaDiffers && road.agrees && place != .differs ? 2 : 4
    }
    if bits >= most || road.agrees && bits >= 6 { return 6 }
    return bits >= 4 && (postcode.agrees || district.agrees || city.agrees) ? 7 : 8
  }

  /// Whether nothing but places is known on both sides.
  private var onlyPlaces: Bool {
    road == .unknown && place == .unknown && house == .unknown && unit == .unknown
  }

  private var placesLevel: Int {
    let all = [district, city, state, postcode]
    if all.contains(.differs) { return all.contains { $0.agrees } ? 7 : 8 }
    if lacksUnit || !all.contains(where: \.agrees) { return 7 }
    return all.contains(.near) ? 2 : 1
  }

  private var bits: Int {
    road.bits(8, 2) + place.bits(8, 2) + house.bits(5, 3) + unit.bits(5, 3)
      + district.bits(5, 2) + postcode.bits(6, 3) + city.bits(4, 4) + state.bits(1, 1)
  }
}

/// How near two names of roads or places are.
enum AddressNames {
  /// Whether two different names are a few slips apart, or one is the other's beginning or end.
  static func areNear(_ names: CodePointPool, _ left: UInt32, _ right: UInt32) -> Bool {
    let shortest = min(names.length(left), names.length(right))
    let isIdeographic = Sign.isIdeograph(names.first(left))
    let limit = isIdeographic ? slipsOfIdeographs(shortest) : slipsOfLetters(shortest)
    if limit > 0, names.distance(left, right, atMost: limit) <= limit { return true }
    let affix = names.isAffix(left, right)
    if isIdeographic { return affix.suffix && shortest >= 3 || affix.prefix && shortest >= 3 }
    return affix.prefix && shortest >= 5
  }

  /// 北京路 and 南京路 are two roads.
  private static func slipsOfIdeographs(_ length: Int) -> Int {
    length < 4 ? 0 : length < 7 ? 1 : 2
  }

  private static func slipsOfLetters(_ length: Int) -> Int {
    switch length {
    case ..<4: 0
    case ..<7: 1
    case ..<13: 2
    default: 3
    }
  }
}
