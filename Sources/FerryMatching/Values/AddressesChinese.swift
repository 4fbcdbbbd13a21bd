// A Chinese address: 广东省深圳市南山区科技路70号创业大厦A座1201室. Divisions first, known names or
// what ends in 市, 区, 县; then the road up to its number; then numbers, each with its marker behind
// it, and the names of buildings between them. Japanese and Taiwanese ones are near enough.

extension AddressReader {
  mutating func readChinese() {
    dropBlanks()
    var index = 0
    while index < units.count, Sign.isDigit(units[index]) { index += 1 }
    index = readDivisions(from: index == 6 ? readNumber(0..<index) : 0)
    while index < units.count {
      if let end = numberEnd(at: index) {
        index = readNumber(index..<end)
      } else if units[index] == 0x28 {  // (
        index = skipParenthesis(index)
      } else {
        index = readNameSign(index)
      }
    }
  }

  private mutating func dropBlanks() {
    guard units.contains(Sign.space) else { return }
    var count = 0
    for index in units.indices where units[index] != Sign.space {
      units[count] = units[index]
      count += 1
    }
    units.removeLast(units.count - count)
  }

  private func skipParenthesis(_ start: Int) -> Int {
    var index = start
    while index < units.count, units[index] != 0x29 { index += 1 }
    return index + 1
  }

  private func unit(_ index: Int) -> UInt32 { index < units.count ? units[index] : 0 }

  // MARK: Divisions

  /// Reads 省, 市, 区 and 镇; gives where the road begins.
  private mutating func readDivisions(from start: Int) -> Int {
    var index = start
    if unit(index) == 0x4E2D, unit(index + 1) == 0x56FD { index += 2 }  // 中国
    var level = 0
    while index < units.count {
      while index < units.count, Self.isGap(units[index]) { index += 1 }
      if level < 2,
        let (division, end) = AddressDivisions.table.division(units, at: index, below: level),
        division.isFull || !isStreet(end)
      {
        level = division.level
        let name = AddressDivisions.table.units[division.short]
        if level == 1, parts.state.isEmpty { parts.state.append(contentsOf: name) }
        if level == 2, parts.city.isEmpty { parts.city.append(contentsOf: name) }
        // 吉林 may be the province's name and the city's.
        index = end
        if index < units.count, Self.isDivisionEnd(units[index]), !division.isFull { index += 1 }
        continue
      }
      guard let end = namedDivisionEnd(index) else { break }
      take(index..<end)
      level = max(level, 2)
      index = end
    }
    return index
  }

  private static func isGap(_ unit: UInt32) -> Bool {
    unit == Sign.comma || unit == Sign.hyphen || unit == Sign.slash || unit == 0x3B || unit == 0xB7
  }

  /// 省 and 市 alone; a district's 区 belongs to another name.
  private static func isDivisionEnd(_ unit: UInt32) -> Bool { unit == 0x7701 || unit == 0x5E02 }

  /// Whether a short name is the beginning of a road's: 北京路, 南京东路, 中山大道.
  private func isStreet(_ end: Int) -> Bool {
    Self.isRoadEnd(unit(end)) || Self.isRoadEnd(unit(end + 1))
  }

  /// 路, 街, 道, 巷, 弄 and 胡同 end a road.
  private static func isRoadEnd(_ unit: UInt32) -> Bool {
    switch unit {
    case 0x8DEF, 0x8857, 0x9053, 0x5DF7, 0x5F04, 0x540C: true
    default: false
    }
  }

  /// Where a name that ends in 省, 市, 区, 县, 旗, or 镇, 乡 and 街道 before a road, ends.
  private func namedDivisionEnd(_ start: Int) -> Int? {
    for index in start..<min(units.count, start + 8) {
      let unit = units[index]
      if !Sign.isIdeograph(unit) { return nil }
      // 街道 is a division of a city, 街 and 道 are roads.
      if unit == 0x8857, self.unit(index + 1) == 0x9053 {
        return index > start && continuesWithRoad(index + 2) ? index + 2 : nil
      }
      if Self.isRoadEnd(unit), index > start { return nil }
      guard index > start else { continue }
      if unit == 0x9547 || unit == 0x4E61 {  // 镇 乡
        return index - start >= 1 && continuesWithRoad(index + 1) ? index + 1 : nil
      }
      if Sign.endsDivision(unit), !isOtherWord(index) { return index + 1 }
    }
    return nil
  }

  /// 小区, 园区, 社区 are estates, 市场 and 市政 are no cities.
  private func isOtherWord(_ index: Int) -> Bool {
    switch units[index - 1] {
    case 0x5C0F, 0x56ED, 0x793E, 0x6821, 0x5382, 0x666F, 0x8425, 0x5EAB: return true
    default: break
    }
    switch unit(index + 1) {
    case 0x573A, 0x653F, 0x6C11: return units[index] == 0x5E02
    default: return false
    }
  }

  private func continuesWithRoad(_ start: Int) -> Bool {
    for index in start..<min(units.count, start + 10) {
      if Self.isRoadEnd(units[index]) || units[index] == 0x6751 { return index > start }  // 村
      if Sign.isDigit(units[index]) { return false }
    }
    return false
  }

  /// Keeps a division whose name no table knows; 镇 and 街道 are left out as often as not.
  private mutating func take(_ range: Range<Int>) {
    let last = units[range.upperBound - 1]
    let name = units[range.count > 2 ? range.lowerBound..<range.upperBound - 1 : range]
    switch last {
    case 0x7701: if parts.state.isEmpty { parts.state.append(contentsOf: name) }
    case 0x5E02 where parts.city.isEmpty: parts.city.append(contentsOf: name)
    case 0x9547, 0x4E61, 0x9053: break
    default: if parts.district.isEmpty { parts.district.append(contentsOf: name) }
    }
  }

  // MARK: Numbers

  /// Where the digits and letters, or the Chinese numeral before a marker, that begin here end.
  private func numberEnd(at start: Int) -> Int? {
    var end = start
    while end < units.count, Sign.isAlphanumeric(units[end]) { end += 1 }
    if end > start {
      // Letters alone are a number where a marker follows: A座.
      let hasDigit = units[start..<end].contains(where: Sign.isDigit)
      return hasDigit || AddressMarker(unit(end)) != nil ? end : nil
    }
    while end < units.count, ChineseDigits.value(units[end]) != nil { end += 1 }
    return end > start && AddressMarker(unit(end)) != nil ? end : nil
  }

  private mutating func readNumber(_ range: Range<Int>) -> Int {
    let number = hash(range)
    let end = range.upperBound
    let marker = AddressMarker(unit(end))
    if range.count == 6, marker == nil, parts.postcode == 0,
      range.lowerBound == 0 || end == units.count, units[range].allSatisfy(Sign.isDigit),
      parts.house != 0 || range.lowerBound == 0
    {
      parts.postcode = AddressNumber.postcode(units, range)
      return end
    }
    switch marker {
    case .house where unit(end + 1) == 0x9662:  // 号院
      parts.house = AddressNumber.join(parts.house, number)
      return end + 2
    case .lane:
      parts.house = AddressNumber.join(parts.house, number)
      isInLane = true
    case .house where Self.isRoadEnd(unit(end + 1)):  // 一号路
      parts.road.append(contentsOf: units[range.lowerBound...end])
    case .house where unit(end + 1) == 0x697C:  // 号楼
      parts.building = number
      return end + 2
    case .house:
      if parts.house == 0 || isInLane {
        parts.house = AddressNumber.join(parts.house, number)
        isInLane = false
      } else {
        parts.room = number
      }
    case .building: parts.building = number
    case .entrance:
      if parts.building == 0 { parts.building = number }
      return end + 2
    case .floor: parts.floor = number
    case .room: parts.room = number
    case .dash: return readChain(number, from: end)
    case nil: return readBareNumber(number, range)
    }
    return end + 1
  }

  /// Reads 3-2-501 and 70-3号 from the first hyphen on.
  private mutating func readChain(_ first: UInt32, from hyphen: Int) -> Int {
    var index = hyphen
    var last: UInt32 = 0
    var all = first
    while unit(index) == Sign.hyphen, let end = numberEnd(at: index + 1) {
      last = hash(index + 1..<end)
      all = AddressNumber.join(all, last)
      index = end
    }
    guard last != 0 else {
      parts.addNumber(first)
      return hyphen + 1
    }
    let marker = AddressMarker(unit(index))
    if parts.house == 0, marker == .house, unit(index + 1) != 0x697C {
      parts.house = all
    } else if parts.house == 0, marker != .room {
      parts.house = first
      parts.room = last
    } else {
      parts.building = first
      parts.room = last
    }
    return marker == nil ? index : index + 1
  }

  /// Reads a number that no marker follows; 318国道 is a road's name.
  private mutating func readBareNumber(_ number: UInt32, _ range: Range<Int>) -> Int {
    if parts.road.isEmpty, parts.house == 0, range.upperBound < units.count {
      parts.road.append(contentsOf: units[range])
    } else {
      parts.addNumber(number)
    }
    return range.upperBound
  }

  private func hash(_ range: Range<Int>) -> UInt32 {
    if Sign.isAlphanumeric(units[range.lowerBound]) { return AddressNumber.hash(units, range) }
    return AddressNumber.hash(ChineseDigits.digits(units, range))
  }

  // MARK: Names

  /// Takes a sign of the road's name, or of a building's once there is a number.
  private mutating func readNameSign(_ index: Int) -> Int {
    let unit = units[index]
    guard unit >= 0x80 || Sign.isAlphanumeric(unit) else { return index + 1 }
    // 第3栋, 靠近 and 旁 say nothing; 层 left behind its number was read with it.
    if unit == 0x7B2C { return index + 1 }
    if parts.house == 0, parts.building == 0, parts.room == 0 {
      parts.road.append(unit)
    } else {
      parts.place.append(unit)
    }
    return index + 1
  }
}

/// What a number in a Chinese address counts, by the sign behind it.
enum AddressMarker {
  case lane, house, building, entrance, floor, room, dash

  init?(_ unit: UInt32) {
    switch unit {
    case 0x5F04: self = .lane  // 弄
    case 0x53F7: self = .house  // 号
    case 0x680B, 0x5E62, 0x5EA7, Sign.hash: self = .building  // 栋 幢 座 #
    case 0x5355: self = .entrance  // 单元
    case 0x5C42, 0x697C: self = .floor  // 层 楼
    case 0x5BA4, 0x623F, 0x6237: self = .room  // 室 房 户
    case Sign.hyphen: self = .dash
    default: return nil
    }
  }
}

/// Chinese numerals below a thousand.
enum ChineseDigits {
  private static let signs: [UInt32] = [
    0x96F6, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341, 0x767E,
  ]

  /// 零…九, 10 for 十, 11 for 百; `nil` for another sign.
  static func value(_ unit: UInt32) -> Int? {
    unit == 0x3007 ? 0 : signs.firstIndex(of: unit)
  }

  /// The digits of 二十一, 一百零二, 一〇二.
  static func digits(_ units: ContiguousArray<UInt32>, _ range: Range<Int>)
    -> ContiguousArray<UInt32>
  {
    var total = 0
    var last = 0
    for index in range {
      switch value(units[index]) ?? 0 {
      case 10: (total, last) = (total + max(1, last) * 10, 0)
      case 11: (total, last) = (total + max(1, last) * 100, 0)
      case let digit: last = last &* 10 &+ digit
      }
    }
    return ContiguousArray(String(total &+ last).unicodeScalars.map(\.value))
  }
}
