internal import FerryCore

/// What a value looks like, whatever its cell's kind says.
enum ValueShape: Int, Hashable, CaseIterable {
  case text
  case number
  case date
  case phone
  case email
  case url
  /// Letters and digits in one word, or many digits: a code.
  case identifier
  case error

  /// Whether data look so and headers do not.
  var isTyped: Bool { self != .text && self != .identifier }

  init(_ bytes: Span<UInt8>, kind: CellKind) {
    switch kind {
    case .date, .datetime, .time, .duration: self = .date
    case .error: self = .error
    case .boolean: self = .text
    case .number: self = Self.looksLikeMobile(bytes) ? .phone : .number
    case .text: self = Self.ofText(bytes)
    }
  }

  init(_ text: String, kind: CellKind) {
    let bytes = ContiguousArray(text.utf8)
    self.init(bytes.span, kind: kind)
  }

  private static func ofText(_ bytes: Span<UInt8>) -> ValueShape {
    let traits = Traits(bytes)
    if traits.isErrorWord { return .error }
    if traits.at == 1, traits.dots > 0, traits.blanks == 0, traits.digits < bytes.count {
      return .email
    }
    if traits.startsAsURL { return .url }
    guard traits.digits > 0 else { return .text }
    if traits.isDate { return .date }
    if traits.letters == 0, traits.high == 0 {
      if traits.isPhone || looksLikeMobile(bytes) { return .phone }
      if traits.isNumber {
        return traits.digits == bytes.count && bytes.count > 11 ? .identifier : .number
      }
    }
    if traits.isMoney { return .number }
    if traits.high == 0, traits.blanks == 0, traits.letters > 0, bytes.count <= 40 {
      return .identifier
    }
    return .text
  }

  /// A mobile number of mainland China: eleven digits from 13 to 19.
  private static func looksLikeMobile(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count == 11, bytes[0] == UInt8(ascii: "1"), bytes[1] >= UInt8(ascii: "3") else {
      return false
    }
    for index in bytes.indices where !isDigit(bytes[index]) { return false }
    return true
  }
}

private func isCapital(_ byte: UInt8) -> Bool {
  byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
}

private func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

/// Counts of a text's characters, and the questions they answer.
private struct Traits {
  private(set) var digits = 0
  private(set) var letters = 0
  private(set) var high = 0
  private(set) var blanks = 0
  private(set) var dots = 0
  private(set) var at = 0
  private var dashes = 0
  private var slashes = 0
  private var colons = 0
  private var commas = 0
  private var plus = 0
  private var parentheses = 0
  private var others = 0
  /// Characters of dates: 年, 月, 日.
  private var dateMarks = 0
  /// Bytes of 万, 亿, 元, ¥, € and the like.
  private var moneyBytes = 0
  private var longestDigitRun = 0
  let startsAsURL: Bool
  let isErrorWord: Bool
  private let startsWithDash: Bool
  /// Three capital letters and a blank, such as a currency's code.
  private let startsWithCode: Bool

  init(_ bytes: Span<UInt8>) {
    startsAsURL =
      hasPrefix(bytes, "http://") || hasPrefix(bytes, "https://") || hasPrefix(bytes, "www.")
    isErrorWord = errorWords.contains { $0.utf8.count == bytes.count && hasPrefix(bytes, $0) }
    startsWithDash = bytes.count > 0 && bytes[0] == UInt8(ascii: "-")
    startsWithCode =
      bytes.count > 4 && bytes[3] == UInt8(ascii: " ") && isCapital(bytes[0])
      && isCapital(bytes[1]) && isCapital(bytes[2])
    var run = 0
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      run = isDigit(byte) ? run + 1 : 0
      longestDigitRun = max(longestDigitRun, run)
      if byte < 0x80 {
        count(byte)
        index += 1
      } else {
        index += countCharacter(bytes, index)
      }
    }
  }

  private mutating func count(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): letters += 1
    case UInt8(ascii: " "): blanks += 1
    case UInt8(ascii: "."): dots += 1
    case UInt8(ascii: "@"): at += 1
    case UInt8(ascii: "-"): dashes += 1
    case UInt8(ascii: "/"): slashes += 1
    case UInt8(ascii: ":"): colons += 1
    case UInt8(ascii: ","): commas += 1
    case UInt8(ascii: "+"): plus += 1
    case UInt8(ascii: "("), UInt8(ascii: ")"): parentheses += 1
    case UInt8(ascii: "$"), UInt8(ascii: "%"): moneyBytes += 1
    default: others += 1
    }
  }

  private mutating func countCharacter(_ bytes: Span<UInt8>, _ index: Int) -> Int {
    let length = bytes[index] < 0xE0 ? 2 : bytes[index] < 0xF0 ? 3 : 4
    var code: UInt32 = 0
    for offset in 0..<length where index + offset < bytes.count {
      code = code << 8 | UInt32(bytes[index + offset])
    }
    switch code {
    case 0xE5B9B4, 0xE69C88, 0xE697A5: dateMarks += 1
    // 万 亿 元 百 千 ¥ ¥ € £
    case 0xE4B887, 0xE4BABF, 0xE58583, 0xE799BE, 0xE58D83, 0xC2A5, 0xEFBFA5, 0xE282AC, 0xC2A3:
      moneyBytes += length
    default: high += length
    }
    return length
  }

  /// Year, month and day with something between; a time may follow.
  var isDate: Bool {
    guard high == 0, plus == 0, digits <= 17, others == 0, letters <= 3, longestDigitRun <= 8
    else { return false }
    if dateMarks >= 2, moneyBytes == 0, digits >= 2 { return true }
    if letters > 1 || dateMarks > 0 || parentheses > 0 || startsWithDash { return false }
    if dashes == 2 || slashes == 2 { return digits >= 4 && longestDigitRun <= 4 && dots <= 1 }
    return dots == 2 && dashes == 0 && digits <= 8 && digits >= 4 && commas == 0
      && longestDigitRun <= 4
  }

  var isPhone: Bool {
    guard others == 0, dateMarks == 0, moneyBytes == 0, commas == 0, slashes == 0, colons == 0,
      dots == 0, (7...15).contains(digits), !startsWithDash
    else { return false }
    return plus == 1 || dashes > 0 || parentheses == 2
  }

  var isNumber: Bool {
    others == 0 && dateMarks == 0 && slashes == 0 && colons == 0 && at == 0 && dots <= 1
      && dashes <= 1 && plus <= 1 && blanks <= 2 && (dashes == 0 || startsWithDash)
  }

  /// An amount with a currency or a unit such as 万.
  var isMoney: Bool {
    (moneyBytes > 0 || letters == 3 && blanks == 1 && startsWithCode) && high == 0 && letters <= 3
      && others == 0 && dateMarks == 0 && slashes == 0
      && colons == 0 && at == 0 && dots <= 2
  }
}

private let errorWords = [
  "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
]

func hasPrefix(_ bytes: Span<UInt8>, _ prefix: String) -> Bool {
  guard bytes.count >= prefix.utf8.count else { return false }
  var index = 0
  for byte in prefix.utf8 {
    if bytes[index] != byte { return false }
    index += 1
  }
  return true
}
