internal import FerryCore

// How it works: each byte adds one to a counter of its class. Eight counters of eight bits lie in
// one word, so that a byte costs two additions whatever it is. Longer texts than a counter can
// count are no number, date or code anyway.

/// Counts of the bytes of a short text, and the questions they answer.
struct TextTraits {
  /// The longest text that can be counted, in bytes.
  static let mostBytes = 255

  private let first: UInt64
  private let second: UInt64
  /// What kinds of bytes there are.
  let flags: ByteFlags
  private let byteCount: Int

  /// Counts `bytes`, at most ``mostBytes`` of them.
  @inline(__always)
  init(_ bytes: Span<UInt8>) {
    let classes = ByteClass.all
    let table = classes.span
    var (first, second, flags): (UInt64, UInt64, UInt8) = (0, 0, 0)
    for index in bytes.indices {
      let byteClass = table[Int(bytes[index])]
      first &+= byteClass.first
      second &+= byteClass.second
      flags |= byteClass.flags.rawValue
    }
    self.first = first
    self.second = second
    self.flags = ByteFlags(rawValue: flags)
    byteCount = bytes.count
  }

  private func count(_ lane: ByteClass.Lane) -> Int {
    let word = lane.rawValue < 8 ? first : second
    return Int(word >> UInt64(8 * (lane.rawValue & 7)) & 0xFF)
  }

  private func has(_ lane: ByteClass.Lane) -> Bool { count(lane) > 0 }

  var digits: Int { count(.digit) }
  var letters: Int { count(.letter) }
  /// Bytes beyond ASCII.
  var high: Int { count(.high) }
  /// Whether it has several words, or characters beyond ASCII; or is longer than codes are.
  var hasWords: Bool { has(.blank) || has(.high) || byteCount == Self.mostBytes }
  /// How many characters the text has.
  var characterCount: Int { byteCount - count(.continuation) }
}

// MARK: - Shapes

extension TextTraits {
  /// What the text looks like.
  func shape(_ bytes: Span<UInt8>) -> ValueShape {
    guard bytes.count > 0 else { return .text }
    if bytes[0] == UInt8(ascii: "#"), Self.isErrorWord(bytes) { return .error }
    if count(.at) == 1, has(.dot), !has(.blank), digits < bytes.count { return .email }
    if Self.startsAsURL(bytes) { return .url }
    guard digits > 0 else { return .text }
    let marks = high > 0 ? UnitMarks(bytes) : UnitMarks()
    let hasWords = marks.areAmongWords
    if !hasWords, isDate(bytes, marks) { return .date }
    if letters == 0, !hasWords {
      if isPhone(bytes, marks) || ValueShape.looksLikeMobile(bytes) { return .phone }
      if isNumber(bytes, marks) {
        return digits == bytes.count && bytes.count > 11 ? .identifier : .number
      }
    }
    if !hasWords, isMoney(bytes, marks) { return .number }
    if !hasWords, !has(.blank), letters > 0, bytes.count <= 40 { return .identifier }
    return .text
  }

  /// Year, month and day with something between; a time may follow.
  private func isDate(_ bytes: Span<UInt8>, _ marks: UnitMarks) -> Bool {
    guard !has(.plus), digits <= 17, !has(.other), letters <= 3 else { return false }
    let isMarked = marks.dates >= 2 && marks.moneyBytes == 0 && !hasMoneySign && digits >= 2
    let (dashes, slashes, dots) = (count(.dash), count(.slash), count(.dot))
    guard isMarked || dashes == 2 || slashes == 2 || dots == 2 else { return false }
    let run = Self.longestDigitRun(bytes)
    if isMarked { return run <= 8 }
    if letters > 1 || marks.dates > 0 || has(.parenthesis) || startsWithDash(bytes) || run > 4 {
      return false
    }
    if dashes == 2 || slashes == 2 { return digits >= 4 && dots <= 1 }
    return dashes == 0 && digits <= 8 && digits >= 4 && !has(.comma)
  }

  private func isPhone(_ bytes: Span<UInt8>, _ marks: UnitMarks) -> Bool {
    guard !has(.other), marks.byteCount == 0, !hasMoneySign, !has(.comma), !has(.slash),
      !has(.colon), !has(.dot), (7...15).contains(digits), !startsWithDash(bytes)
    else { return false }
    return count(.plus) == 1 || has(.dash) || count(.parenthesis) == 2
  }

  private func isNumber(_ bytes: Span<UInt8>, _ marks: UnitMarks) -> Bool {
    !has(.other) && marks.dates == 0 && !has(.slash) && !has(.colon) && !has(.at)
      && count(.dot) <= 1 && count(.dash) <= 1 && count(.plus) <= 1 && count(.blank) <= 2
      && (!has(.dash) || startsWithDash(bytes))
  }

  /// An amount with a currency or a unit such as 万.
  private func isMoney(_ bytes: Span<UInt8>, _ marks: UnitMarks) -> Bool {
    (marks.moneyBytes > 0 || hasMoneySign
      || letters == 3 && count(.blank) == 1 && Self.startsWithCode(bytes))
      && letters <= 3 && !has(.other) && marks.dates == 0 && !has(.slash) && !has(.colon)
      && !has(.at) && count(.dot) <= 2
  }

  /// Whether there is a `$` or a `%`.
  private var hasMoneySign: Bool { has(.money) }

  private func startsWithDash(_ bytes: Span<UInt8>) -> Bool {
    has(.dash) && bytes[0] == UInt8(ascii: "-")
  }

  private static func longestDigitRun(_ bytes: Span<UInt8>) -> Int {
    var (longest, run) = (0, 0)
    for index in bytes.indices {
      run = bytes[index] &- UInt8(ascii: "0") < 10 ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }

  /// Whether a text of any length is an address of the web.
  static func startsAsURL(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count > 4, bytes[0] == UInt8(ascii: "h") || bytes[0] == UInt8(ascii: "w") else {
      return false
    }
    return hasPrefix(bytes, "http://") || hasPrefix(bytes, "https://") || hasPrefix(bytes, "www.")
  }

  private static func isErrorWord(_ bytes: Span<UInt8>) -> Bool {
    errorWords.contains { $0.utf8.count == bytes.count && hasPrefix(bytes, $0) }
  }

  /// Three capital letters and a blank, such as a currency's code.
  private static func startsWithCode(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count > 4, bytes[3] == UInt8(ascii: " ") else { return false }
    return (0..<3).allSatisfy { bytes[$0] &- UInt8(ascii: "A") < 26 }
  }
}

private let errorWords = [
  "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
]

/// Characters of units and dates that numbers are written with, where there are no others.
private struct UnitMarks {
  /// Whether there are other characters beyond ASCII; then the rest is not counted.
  private(set) var areAmongWords = false
  /// Of 年, 月, 日.
  private(set) var dates = 0
  /// Bytes of 万, 亿, 元, 百, 千, ¥, ¥, €, £.
  private(set) var moneyBytes = 0
  /// Bytes of all of them.
  var byteCount: Int { dates * 3 + moneyBytes }

  init() {}

  init(_ bytes: Span<UInt8>) {
    var index = 0
    while index < bytes.count {
      guard bytes[index] >= 0x80 else {
        index += 1
        continue
      }
      let length = bytes[index] < 0xE0 ? 2 : bytes[index] < 0xF0 ? 3 : 4
      var code: UInt32 = 0
      for offset in 0..<length where index + offset < bytes.count {
        code = code << 8 | UInt32(bytes[index + offset])
      }
      switch code {
      case 0xE5B9B4, 0xE69C88, 0xE697A5: dates += 1
      case 0xE4B887, 0xE4BABF, 0xE58583, 0xE799BE, 0xE58D83, 0xC2A5, 0xEFBFA5, 0xE282AC, 0xC2A3:
        moneyBytes += length
      default:
        areAmongWords = true
        return
      }
      index += length
    }
  }
}

// MARK: - Classes

/// Kinds of bytes that a text may hold.
struct ByteFlags: OptionSet {
  let rawValue: UInt8

  /// Control characters other than tabs and line breaks.
  static let control = ByteFlags(rawValue: 1)
  /// Leads of the letters and marks that bytes read as Latin become.
  static let latin = ByteFlags(rawValue: 2)
  /// Leads of Chinese characters.
  static let chinese = ByteFlags(rawValue: 4)
  /// The lead of U+FFFD, and of wide characters.
  static let wide = ByteFlags(rawValue: 8)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Those of all bytes.
  init(of bytes: Span<UInt8>) {
    let classes = ByteClass.all
    var flags: UInt8 = 0
    for index in bytes.indices { flags |= classes[Int(bytes[index])].flags.rawValue }
    rawValue = flags
  }
}

/// What a byte adds to the counters.
private struct ByteClass {
  enum Lane: Int {
    case digit, letter, blank, dot, dash, slash, colon, comma
    case plus, parenthesis, at, money, other, high, continuation
  }

  private(set) var first: UInt64 = 0
  private(set) var second: UInt64 = 0
  private(set) var flags: ByteFlags = []

  static let all = ContiguousArray((0...255).map { ByteClass(UInt8($0)) })

  private init(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): add(.digit)
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): add(.letter)
    case UInt8(ascii: " "): add(.blank)
    case UInt8(ascii: "."): add(.dot)
    case UInt8(ascii: "-"): add(.dash)
    case UInt8(ascii: "/"): add(.slash)
    case UInt8(ascii: ":"): add(.colon)
    case UInt8(ascii: ","): add(.comma)
    case UInt8(ascii: "+"): add(.plus)
    case UInt8(ascii: "("), UInt8(ascii: ")"): add(.parenthesis)
    case UInt8(ascii: "@"): add(.at)
    case UInt8(ascii: "$"), UInt8(ascii: "%"): add(.money)
    case 0x80...0xBF:
      add(.high)
      add(.continuation)
    case 0xC0...0xFF: add(.high)
    default: add(.other)
    }
    switch byte {
    case 0x09, 0x0A, 0x0D: break
    case 0..<0x20, 0x7F: flags.insert(.control)
    case 0xC2...0xCB, 0xE2: flags.insert(.latin)
    case 0xE3...0xEE: flags.insert(.chinese)
    case 0xEF: flags.insert(.wide)
    default: break
    }
  }

  private mutating func add(_ lane: Lane) {
    let one: UInt64 = 1 << UInt64(8 * (lane.rawValue & 7))
    if lane.rawValue < 8 { first += one } else { second += one }
  }
}

func hasPrefix(_ bytes: Span<UInt8>, _ prefix: String) -> Bool {
  guard bytes.count >= prefix.utf8.count else { return false }
  var index = 0
  for byte in prefix.utf8 {
    if bytes[index] != byte { return false }
    index += 1
  }
  return true
}
