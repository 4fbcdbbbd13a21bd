/// One value, seen from outside: what it may be, roughly.
struct ValueLook {
  let text: String
  let words: [Substring]
  private var digits = 0
  private var letters = 0
  private var han = 0
  private var other = 0
  /// The different characters of ``chinesePlaces``, a bit each.
  private var places = 0
  private(set) var isNumber = false
  private(set) var isDate = false

  init(_ text: String) {
    self.text = text
    words = text.split { $0 == " " || $0 == "," || $0 == "\n" || $0 == "\t" }
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x30...0x39, 0xFF10...0xFF19: digits += 1
      case 0x2E80...0x9FFF, 0x2_0000...0x3_FFFF:
        han += 1
        if let place = Self.chinesePlaces.firstIndex(of: scalar) { places |= 1 << place }
      case 0x20, 0x3000, 0x2D, 0x2E, 0x27, 0x2C, 0xB7: break
      case 0x41...0x5A, 0x61...0x7A: letters += 1
      default: if scalar.properties.isAlphabetic { letters += 1 } else { other += 1 }
      }
    }
    isNumber = saysNumber
    isDate = saysDate
  }

  var isEmail: Bool {
    guard let at = text.lastIndex(of: "@") else { return false }
    return text[at...].contains(".") && at > text.startIndex && words.count < 4
  }
  var isLink: Bool { text.hasPrefix("http") || text.hasPrefix("www.") }
  /// Seven digits or more with nothing but signs between them, and no date or amount.
  var isPhone: Bool {
    (7...20).contains(digits) && letters < 4 && han < 3 && other < 8 && !isDate
      && !(isNumber && !(7...13).contains(text.count)) && text.count < 30
      && !text.contains(".00")
  }
  private var saysNumber: Bool {
    guard digits > 0, han < 2, digits <= 15, letters <= 3 else { return false }
    let bare = text.filter { !"$¥€£￥, %".contains($0) }
    return Double(bare) != nil || (letters == 3 && words.count == 2 && digits > 0 && han == 0)
  }
  /// Digits, or letters with digits, in one word.
  var isCode: Bool { words.count == 1 && digits > 0 && han == 0 && !text.contains("@") }
  private var saysDate: Bool {
    guard (6...8).contains(digits) || (10...14).contains(digits), letters < 4 else { return false }
    let numbers = text.split { !$0.isNumber }.compactMap { Int($0) }
    if numbers.count == 1, text.utf8.count == 8 {
      return Self.isDay(numbers[0] / 10000, numbers[0] / 100 % 100, numbers[0] % 100)
    }
    guard numbers.count >= 3 else { return false }
    return Self.isDay(numbers[0], numbers[1], numbers[2])
      || Self.isDay(numbers[2], numbers[0], numbers[1])
      || Self.isDay(numbers[2], numbers[1], numbers[0])
  }

  private static func isDay(_ year: Int, _ month: Int, _ day: Int) -> Bool {
    let isYear = (1850...2100).contains(year) || (0...99).contains(year)
    return isYear && (1...12).contains(month) && (1...31).contains(day)
  }

  var isPerson: Bool {
    guard digits == 0, other == 0 else { return false }
    if han > 0 { return (2...4).contains(han) && letters == 0 && !isChinesePlace }
    return (2...4).contains(words.count) && letters > 3 && words.allSatisfy { $0.count < 15 }
  }
  private var isChinesePlace: Bool {
    text.hasSuffix("市") || text.hasSuffix("省") || text.hasSuffix("区")
  }

  var mayBeCompany: Bool { han > 3 || (letters > 4 && words.count > 1) }

  var isAddress: Bool {
    if han > 3 { return places.nonzeroBitCount > 1 && han + digits > 5 }
    guard digits > 0, words.count > 1 else { return false }
    return words.contains { word in
      Self.streets.contains(word.lowercased().trimmingSuffix(while: { $0 == "." || $0 == "#" }))
    }
  }

  private static let chinesePlaces: [Unicode.Scalar] = [
    "省", "市", "区", "县", "镇", "乡", "村", "路", "街", "号", "楼", "室", "栋",
  ]
  private static let streets: Set<String> = [
    "st", "street", "ave", "avenue", "rd", "road", "blvd", "boulevard", "lane", "ln", "drive", "dr",
    "way", "place", "pl", "suite", "apt", "hwy", "highway", "court", "ct", "square", "sq",
    "parkway",
    "strasse", "straße", "rue",
  ]
}

extension String {
  fileprivate func trimmingSuffix(while isLeftOut: (Character) -> Bool) -> String {
    var text = self[...]
    while let last = text.last, isLeftOut(last) { text.removeLast() }
    return String(text)
  }
}
