import FerryCore

/// Takes addresses apart; one reader is used again for every row, so that little is allocated.
///
/// How it works: a cell is folded to code points and read once from left to right. Chinese runs
/// from the large to the small (省市区, road, 号, 栋, 室), with a marker behind each; the West runs
/// from the small to the large, with commas between, and words of its own for roads and rooms.
struct AddressReader: Sendable {
  /// What the row's cells said so far.
  var parts = AddressParts()
  /// The folded cell.
  var units = ContiguousArray<UInt32>()
  /// The names of places that a Western address ends with, one after the other.
  var places = ContiguousArray<UInt32>()
  var placeEnds = ContiguousArray<Int>()
  /// The tokens of one segment of a Western address.
  var tokens = ContiguousArray<AddressToken>()
  /// Whether the last number was a lane's, whose house follows.
  var isInLane = false
  /// Longer cells are read as far as this, in bytes.
  private static let longestCell = 4096

  /// Reads one cell, in UTF-8, as the part that its column holds.
  mutating func read(_ cell: Span<UInt8>, as part: AddressPart) {
    guard !cell.isEmpty, part != .country else { return }
    fold(cell)
    switch part {
    case .full: readLine(isStreet: false)
    case .street: readLine(isStreet: true)
    case .secondLine: readSecondLine()
    case .streetNumber: if parts.house == 0 { parts.house = onlyNumber() }
    case .unit: readUnit()
    case .postcode: if parts.postcode == 0 { readPostcode() }
    case .district: if parts.district.isEmpty { parts.district.append(contentsOf: name()) }
    case .city where parts.city.isEmpty:
      let city = name()
      parts.city.append(contentsOf: RomanDivisions.city(city) ?? city)
    case .state where parts.state.isEmpty:
      let state = name()
      parts.state.append(contentsOf: RomanDivisions.province(state) ?? state)
    case .city, .state: break
    case .country: break
    }
  }

  private mutating func fold(_ cell: Span<UInt8>) {
    units.removeAll(keepingCapacity: true)
    isInLane = false
    let end = min(cell.count, Self.longestCell)
    var start = 0
    for index in 0..<end where cell[index] == 0x0A {
      TextFold.appendFolded(cell.extracting(start..<index), to: &units)
      units.append(Sign.comma)
      start = index + 1
    }
    TextFold.appendFolded(cell.extracting(start..<end), to: &units)
  }

  private mutating func readLine(isStreet: Bool) {
    if units.contains(where: Sign.isIdeograph) {
      readChinese()
    } else {
      readWestern(isStreet: isStreet)
    }
  }

  private mutating func readSecondLine() {
    if units.contains(where: Sign.isIdeograph) { return readChinese() }
    tokens.removeAll(keepingCapacity: true)
    tokenize(units.indices)
    guard let kind = tokens.first?.word?.kind, tokens.count > 1,
      [.unit, .floor, .building].contains(kind)
    else { return parts.place.append(contentsOf: name()) }
    for token in tokens where token.startsWithDigit(units) || token.range.count == 1 {
      setUnit(kind, AddressNumber.hash(units, token.range))
      return
    }
    parts.place.append(contentsOf: name())
  }

  /// The numbers of a cell: the last one is the room's, one before it the building's.
  private mutating func readUnit() {
    tokens.removeAll(keepingCapacity: true)
    tokenize(units.indices)
    for token in tokens where token.word == nil || token.range.count == 1 {
      guard let end = digitsEnd(token.range) else { continue }
      if parts.building == 0 { parts.building = parts.room }
      parts.room = AddressNumber.hash(units, token.range.lowerBound..<end)
    }
  }

  /// Where a number with its letters ends, markers such as 室 aside; `nil` where none begins.
  private func digitsEnd(_ range: Range<Int>) -> Int? {
    var end = range.lowerBound
    while end < range.upperBound, !Sign.isIdeograph(units[end]) { end += 1 }
    return end > range.lowerBound ? end : nil
  }

  /// The number of a cell that holds nothing else; of 12-14 the first.
  private func onlyNumber() -> UInt32 {
    var start = 0
    while start < units.count, !Sign.isDigit(units[start]) { start += 1 }
    var end = start
    while end < units.count, Sign.isAlphanumeric(units[end]) { end += 1 }
    return start < end ? AddressNumber.hash(units, start..<end) : 0
  }

  private mutating func readPostcode() {
    var text = ContiguousArray<UInt32>()
    for unit in units {
      // The four digits that a ZIP code may have after its hyphen are often left out.
      if unit == Sign.hyphen, text.count == 5 { break }
      if Sign.isAlphanumeric(unit) { text.append(unit) }
    }
    if !text.isEmpty { parts.postcode = AddressNumber.postcode(text, text.indices) }
  }

  /// The whole cell as a name: abbreviations in full, no blanks, no 区 at the end.
  private mutating func name() -> ContiguousArray<UInt32> {
    tokens.removeAll(keepingCapacity: true)
    tokenize(units.indices)
    var name = ContiguousArray<UInt32>()
    for token in tokens { token.append(units, to: &name) }
    if let word = AddressWords.table.word(name, name.indices), word.kind == .state {
      return ContiguousArray(AddressWords.table.units[word.range])
    }
    if name.count >= 3, let last = name.last, Sign.endsDivision(last) { name.removeLast() }
    return name
  }

  mutating func setUnit(_ kind: AddressWords.Kind, _ number: UInt32) {
    switch kind {
    case .floor: parts.floor = number
    case .building: parts.building = number
    default: parts.room = number
    }
  }
}

/// A word or number of a Western address.
struct AddressToken: Sendable {
  let range: Range<Int>
  let word: AddressWords.Word?
  /// What stands before it, blanks aside: a comma, a slash, a hyphen, a #, or 0.
  let before: UInt32

  /// Appends the token, an abbreviation in full.
  func append(_ units: ContiguousArray<UInt32>, to name: inout ContiguousArray<UInt32>) {
    if let word {
      name.append(contentsOf: AddressWords.table.units[word.range])
    } else {
      name.append(contentsOf: units[range])
    }
  }

  func startsWithDigit(_ units: ContiguousArray<UInt32>) -> Bool {
    Sign.isDigit(units[range.lowerBound])
  }
}

/// The signs that addresses are read by, as folded code points.
enum Sign {
  static let comma: UInt32 = 0x2C
  static let hyphen: UInt32 = 0x2D
  static let slash: UInt32 = 0x2F
  static let hash: UInt32 = 0x23
  static let dot: UInt32 = 0x2E
  static let space: UInt32 = 0x20

  @inline(__always)
  static func isDigit(_ unit: UInt32) -> Bool { unit &- 0x30 < 10 }

  @inline(__always)
  static func isLetter(_ unit: UInt32) -> Bool { unit &- 0x61 < 26 }

  @inline(__always)
  static func isAlphanumeric(_ unit: UInt32) -> Bool { isDigit(unit) || isLetter(unit) }

  @inline(__always)
  static func isIdeograph(_ unit: UInt32) -> Bool {
    unit &- 0x4E00 < 0x5200 || unit &- 0x3400 < 0x19C0 || unit &- 0x2_0000 < 0x1_0000
  }

  /// 省 市 区 县 旗 盟, behind a division's name.
  static func endsDivision(_ unit: UInt32) -> Bool {
    switch unit {
    case 0x7701, 0x5E02, 0x533A, 0x53BF, 0x65D7, 0x76DF: true
    default: false
    }
  }
}
