// How a written number is read, without a table of locales:
//   both signs there: the last one is the decimal sign, the other groups thousands;
//   one sign twice or more: it groups;
//   one comma: groups where three digits follow (unless the region's decimal sign is the comma),
//     else it is the decimal sign;
//   one point: the decimal sign (unless the region's is the comma and three digits follow).
// Blanks and apostrophes between digits group. Groups must have three digits behind the first
// (four for 1,2345,6789, as 万 are counted); anything else can't be read and is never guessed.

/// A number within a text, and where it ended.
struct ReadNumber {
  var value: ExactDecimal
  var end: Int
  /// Written as `1.38E+10`.
  var isScientific = false
}

/// Reads the digits, signs and exponent of one number.
struct NumberReader {
  /// Whether the region writes 1.200,50.
  let usesDecimalComma: Bool

  init(region: String) { usesDecimalComma = Self.commaRegions.contains(region) }

  // Source: CLDR 44, decimal symbol of each region's main language.
  private static let commaRegions: Set<String> = [
    "AR", "AT", "BE", "BG", "BR", "BY", "CL", "CO", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR",
    "HR", "HU", "ID", "IT", "KZ", "LT", "LV", "NL", "NO", "PL", "PT", "RO", "RS", "RU", "SE", "SI",
    "SK", "TR", "UA", "VN",
  ]

  /// Reads the number that starts at `start`; `nil` where none does or its groups make no sense.
  func read(_ text: Span<UInt8>, from start: Int) -> ReadNumber? {
    guard let shape = shape(of: text, from: start) else { return nil }
    let decimalOffset = decimalOffset(in: text, shape: shape)
    guard decimalOffset != Self.unreadable else { return nil }
    guard let digits = digits(of: text, shape: shape, decimalOffset: decimalOffset) else {
      return nil
    }
    var number = ReadNumber(value: digits, end: shape.end)
    guard readExponent(text, number: &number) else { return nil }
    return number
  }
}

// MARK: - Steps

extension NumberReader {
  /// Where the signs of one number stand.
  struct Shape {
    var start: Int
    var end: Int
    var commas = 0
    var points = 0
    var lastComma = -1
    var lastPoint = -1
    var hasOtherGroups = false
  }

  private static let unreadable = -2

  private func shape(of text: Span<UInt8>, from start: Int) -> Shape? {
    var shape = Shape(start: start, end: start)
    var index = start
    var digits = 0
    scan: while index < text.count {
      let hasDigitNext = index + 1 < text.count && text[index + 1].isDigit
      switch text[index] {
      case 0x30...0x39:
        digits += 1
        shape.end = index + 1
      case UInt8(ascii: ",") where hasDigitNext && digits > 0:
        shape.commas += 1
        shape.lastComma = index
      case UInt8(ascii: ".") where hasDigitNext || digits > 0:
        shape.points += 1
        shape.lastPoint = index
        shape.end = index + 1
      case UInt8(ascii: " ") where hasDigitNext && digits > 0,
        UInt8(ascii: "'") where hasDigitNext && digits > 0:
        shape.hasOtherGroups = true
      default: break scan
      }
      index += 1
    }
    return digits > 0 ? shape : nil
  }

  /// The offset of the decimal sign; -1 where there is none.
  private func decimalOffset(in text: Span<UInt8>, shape: Shape) -> Int {
    switch (shape.commas, shape.points) {
    case (0, 0): return -1
    case (0, 1):
      let groups = usesDecimalComma && follows(shape.lastPoint, shape) == 3
      return groups ? -1 : shape.lastPoint
    case (1, 0):
      let decimal = usesDecimalComma || follows(shape.lastComma, shape) != 3
      return decimal ? shape.lastComma : -1
    case (_, 0), (0, _): return -1
    case (_, 1) where shape.lastPoint > shape.lastComma: return shape.lastPoint
    case (1, _) where shape.lastComma > shape.lastPoint: return shape.lastComma
    default: return Self.unreadable
    }
  }

  private func follows(_ offset: Int, _ shape: Shape) -> Int { shape.end - offset - 1 }

  private func digits(of text: Span<UInt8>, shape: Shape, decimalOffset: Int) -> ExactDecimal? {
    var value = ExactDecimal.zero
    var group = 0
    var groupSize = 0
    var isFraction = false
    for index in shape.start..<shape.end {
      let byte = text[index]
      if byte.isDigit {
        guard value.append(digit: byte - 0x30) else { return nil }
        if isFraction { value.scale += 1 }
        group += 1
      } else if index == decimalOffset {
        guard groupSize == 0 || group == groupSize else { return nil }
        isFraction = true
      } else if isFraction {
        return nil
      } else {
        guard isGroup(group, size: &groupSize, following: text, index) else { return nil }
        group = 0
      }
    }
    guard isFraction || groupSize == 0 || group == groupSize else { return nil }
    return value
  }

  /// Whether a group of `count` digits may end here; the second group tells the size of all.
  private func isGroup(_ count: Int, size: inout Int, following text: Span<UInt8>, _ index: Int)
    -> Bool
  {
    guard size == 0 else { return count == size }
    var next = index + 1
    while next < text.count, text[next].isDigit { next += 1 }
    size = next - index - 1
    // Only a comma parts 1,2345,6789 as 万 are counted.
    let sizes = text[index] == UInt8(ascii: ",") ? 3...4 : 3...3
    return sizes.contains(size) && count > 0 && count <= size
  }

  private func readExponent(_ text: Span<UInt8>, number: inout ReadNumber) -> Bool {
    var index = number.end
    guard index < text.count, text[index].lower == UInt8(ascii: "e") else { return true }
    index += 1
    var isNegative = false
    if index < text.count, text[index] == UInt8(ascii: "+") || text[index] == UInt8(ascii: "-") {
      isNegative = text[index] == UInt8(ascii: "-")
      index += 1
    }
    guard index < text.count, text[index].isDigit else { return true }
    var exponent = 0
    while index < text.count, text[index].isDigit, exponent < 1000 {
      exponent = exponent * 10 + Int(text[index] - 0x30)
      index += 1
    }
    number.end = index
    number.isScientific = true
    return number.value.multiply(byPowerOfTen: isNegative ? -exponent : exponent)
  }
}
