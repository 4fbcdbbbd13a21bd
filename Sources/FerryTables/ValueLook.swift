internal import FerryCore

/// What one value shows, by its bytes and its kind alone: its shape, and signs of damage.
struct ValueLook {
  /// What it looks like.
  private(set) var shape: ValueShape
  /// What may be wrong with it.
  private(set) var signs: DamageSigns = []
  /// How many digits it has, where it is digits and nothing else, fewer than twenty; else 0.
  private(set) var digitCount: UInt8 = 0
  /// How many characters it has, where it is words; 0 for codes, which have a length of their own.
  private(set) var characterCount: UInt32 = 0
  /// The number that it is; not a number for other shapes.
  private(set) var number = Double.nan

  /// The longest text whose characters are counted, in bytes: what a cell may hold.
  private static let mostBytes = 4 * 32_767

  init(_ value: Span<UInt8>, _ kind: CellKind) {
    guard kind == .text else {
      shape = ValueShape(value, kind: kind)
      switch kind {
      case .error: signs = .formulaError
      case .date, .datetime: lookAtDate(value)
      case .number: lookAtNumber(value)
      default: break
      }
      return
    }
    guard value.count <= TextTraits.mostBytes else {
      shape = TextTraits.startsAsURL(value) ? .url : .text
      lookAtLongText(value)
      return
    }
    let traits = TextTraits(value)
    shape = traits.shape(value)
    lookAtText(value, traits)
  }

  private mutating func lookAtDate(_ value: Span<UInt8>) {
    signs = .trueDate
    // Day numbers below 367: amounts and counts under a format of dates.
    if hasPrefix(value, "1899-") || hasPrefix(value, "1900-") { signs.insert(.oldDate) }
  }

  private mutating func lookAtNumber(_ value: Span<UInt8>) {
    signs = .trueNumber
    number = plainNumber(value) ?? .nan
    lookAtSize()
    guard DamagedText.isDigits(value) else { return }
    lookAtDigits(value, isNumber: true)
    // So many digits name something, as they do in text.
    if shape == .number, value.count > 11 { shape = .identifier }
  }

  private mutating func lookAtSize() {
    guard number.isFinite else { return }
    if number != number.rounded() { signs.insert(.fraction) }
    if number >= 20_000, number < 60_000 { signs.insert(.serial) }
    if number >= 30_000, number < 55_000 { signs.insert(.recentSerial) }
  }

  private mutating func lookAtText(_ value: Span<UInt8>, _ traits: TextTraits) {
    if traits.hasWords { characterCount = UInt32(traits.characterCount) }
    guard value.count > 0 else { return }
    switch shape {
    case .error: signs.insert(.formulaError)
    case .date: lookAtTextDate(value)
    case .number:
      signs.insert(.numberAsText)
      number = plainNumber(value) ?? .nan
      lookAtSize()
      if DamagedText.isPhoneWithPoint(value) { signs.insert(.phonePoint) }
    default: break
    }
    if traits.digits == value.count {
      lookAtDigits(value, isNumber: false)
    } else if traits.letters == 1, traits.digits > 1,
      let isFraction = DamagedText.scientific(value)
    {
      signs.insert(isFraction ? .fraction : .scientific)
    }
    if value[0] == UInt8(ascii: "#"), DamagedText.isHashMarks(value) { signs.insert(.hashMarks) }
    if value[0] == UInt8(ascii: "?"), DamagedText.isQuestionMarks(value) { signs.insert(.mojibake) }
    lookAtCharacters(value, traits.flags)
  }

  /// Only its beginning and its end, and how long it is.
  private mutating func lookAtLongText(_ value: Span<UInt8>) {
    let start = value.extracting(0..<min(value.count, SheetHead.lookedAtBytes))
    lookAtCharacters(start, ByteFlags(of: start))
    if DamagedText.hasOddEdge(value) { signs.insert(.oddBlank) }
    let counted = value.extracting(0..<min(value.count, Self.mostBytes))
    for index in counted.indices where counted[index] & 0xC0 != 0x80 { characterCount += 1 }
  }

  private mutating func lookAtCharacters(_ value: Span<UInt8>, _ flags: ByteFlags) {
    guard !flags.isEmpty else { return }
    if flags.contains(.control) { signs.insert(.control) }
    if DamagedText.hasOddEdge(value) { signs.insert(.oddBlank) }
    if Mojibake.isSeen(in: value, flags) { signs.insert(.mojibake) }
  }

  private mutating func lookAtTextDate(_ value: Span<UInt8>) {
    signs.insert(.textDate)
    guard let (first, second) = DamagedText.slashedPair(value) else { return }
    if first > 12, second <= 12 { signs.insert(.dayFirst) }
    if second > 12, first <= 12 { signs.insert(.monthFirst) }
  }

  private mutating func lookAtDigits(_ value: Span<UInt8>, isNumber: Bool) {
    guard value.count < DamageTally.mostDigits else { return }
    digitCount = UInt8(value.count)
    if value[0] == UInt8(ascii: "0"), value.count > 1 {
      signs.insert(.zeroLed)
      return
    }
    let zeros = DamagedText.trailingZeros(value)
    if value.count == 11, zeros >= 7, value[0] == UInt8(ascii: "1") { signs.insert(.roundPhone) }
    guard value.count >= 16 else { return }
    let isLong = value.count > 16
    signs.insert(isLong ? .long17 : .long16)
    // What a double keeps: fifteen digits; a number that ends earlier is round by itself.
    guard value.count - zeros >= 11 else { return }
    if zeros < value.count - 15 {
      if isNumber, isLong { signs.insert(.longNumber) }
      return
    }
    signs.insert(isLong ? .cut17 : .cut16)
    // A number has lost what lies behind; of text the column must tell.
    if isNumber || value[14] != UInt8(ascii: "0") { signs.insert(.cutLastDigit) }
  }
}

/// Signs of damage that a value may show, each of which the whole column must confirm.
struct DamageSigns: OptionSet {
  let rawValue: UInt32

  /// How many signs there are.
  static let count = 25

  static let scientific = DamageSigns(0)
  static let fraction = DamageSigns(1)
  static let long16 = DamageSigns(2)
  static let cut16 = DamageSigns(3)
  static let long17 = DamageSigns(4)
  static let cut17 = DamageSigns(5)
  static let cutLastDigit = DamageSigns(6)
  static let roundPhone = DamageSigns(7)
  static let formulaError = DamageSigns(8)
  static let hashMarks = DamageSigns(9)
  static let mojibake = DamageSigns(10)
  static let numberAsText = DamageSigns(11)
  static let trueNumber = DamageSigns(12)
  static let serial = DamageSigns(13)
  /// A day of the years from 1982 to 2050, which is said of few other numbers.
  static let recentSerial = DamageSigns(14)
  static let textDate = DamageSigns(15)
  static let trueDate = DamageSigns(16)
  static let oldDate = DamageSigns(17)
  static let dayFirst = DamageSigns(18)
  static let monthFirst = DamageSigns(19)
  static let oddBlank = DamageSigns(20)
  static let control = DamageSigns(21)
  static let zeroLed = DamageSigns(22)
  static let phonePoint = DamageSigns(23)
  static let longNumber = DamageSigns(24)

  init(rawValue: UInt32) { self.rawValue = rawValue }

  private init(_ place: UInt32) { rawValue = 1 << place }
}
