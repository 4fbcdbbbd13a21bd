/// One piece of a written date.
struct DateToken: Hashable, Sendable {
  enum Kind: UInt8, Sendable {
    case number
    /// 1…12, from a name.
    case month
    case weekday
    /// 0 before noon, 1 after noon, 2 the night's small hours, 3 about noon.
    case half
    /// 年 月 日 时 分 秒 as 0…5.
    case unit
    /// `-` `/` `.` `,` `:` `+`, or a blank.
    case sign
    /// The T of ISO 8601.
    case timeMark
    /// Z, UTC or GMT.
    case utc
  }

  var kind: Kind
  /// The number, the month, or the sign's byte.
  var value: Int
  /// Digits of a number, as written.
  var digits = 0
}

/// Takes a written date apart.
enum DateScanner {
  /// The most pieces that a date can have; the longest known form has 17.
  private static let most = 24

  /// Fills `tokens`; false where a piece is no piece of a date.
  static func scan(_ text: Span<UInt8>, into tokens: inout ContiguousArray<DateToken>) -> Bool {
    tokens.removeAll(keepingCapacity: true)
    var index = 0
    while index < text.count {
      guard tokens.count < most else { return false }
      let byte = text[index]
      if byte.isDigit {
        guard number(text, &index, into: &tokens) else { return false }
      } else if byte.isLetter {
        guard word(text, &index, into: &tokens) else { return false }
      } else if byte < 0x80 {
        guard sign(byte, into: &tokens) else { return false }
        index += 1
      } else {
        guard let (token, length) = chinese(text, at: index) else { return false }
        tokens.append(token)
        index += length
      }
    }
    while tokens.last.map(isBlank) == true { tokens.removeLast() }
    return !tokens.isEmpty
  }

  static func isBlank(_ token: DateToken) -> Bool { token.kind == .sign && token.value == 0x20 }

  private static func number(
    _ text: Span<UInt8>, _ index: inout Int, into tokens: inout ContiguousArray<DateToken>
  ) -> Bool {
    var value = 0
    let start = index
    while index < text.count, text[index].isDigit {
      guard index - start < 15 else { return false }
      value = value * 10 + Int(text[index] - 0x30)
      index += 1
    }
    tokens.append(DateToken(kind: .number, value: value, digits: index - start))
    return true
  }

  private static func sign(_ byte: UInt8, into tokens: inout ContiguousArray<DateToken>) -> Bool {
    switch byte {
    case 0x20:
      if let last = tokens.last, isBlank(last) { return true }
    case UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: ","),
      UInt8(ascii: ":"), UInt8(ascii: "+"):
      break
    default: return false
    }
    tokens.append(DateToken(kind: .sign, value: Int(byte)))
    return true
  }
}

// MARK: - Words

extension DateScanner {
  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ].map { ContiguousArray($0.utf8) }
  private static let weekdays = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ].map { ContiguousArray($0.utf8) }

  private static func word(
    _ text: Span<UInt8>, _ index: inout Int, into tokens: inout ContiguousArray<DateToken>
  ) -> Bool {
    let start = index
    while index < text.count, text[index].isLetter { index += 1 }
    let word = text.extracting(start..<index)
    let afterNumber = tokens.last?.kind == .number
    switch word.count {
    case 1:
      switch word[0].lower {
      case UInt8(ascii: "t"): tokens.append(DateToken(kind: .timeMark, value: 0))
      case UInt8(ascii: "z"): tokens.append(DateToken(kind: .utc, value: 0))
      default: return false
      }
    case 2 where word[1].lower == UInt8(ascii: "m"):
      guard word[0].lower == UInt8(ascii: "a") || word[0].lower == UInt8(ascii: "p") else {
        return false
      }
      tokens.append(DateToken(kind: .half, value: word[0].lower == UInt8(ascii: "a") ? 0 : 1))
    case 2:  // 5th, 1st: only behind a number
      return afterNumber && isOrdinal(word)
    default: return longWord(word, into: &tokens)
    }
    return true
  }

  private static func isOrdinal(_ word: Span<UInt8>) -> Bool {
    switch (word[0].lower, word[1].lower) {
    case (UInt8(ascii: "s"), UInt8(ascii: "t")), (UInt8(ascii: "n"), UInt8(ascii: "d")),
      (UInt8(ascii: "r"), UInt8(ascii: "d")), (UInt8(ascii: "t"), UInt8(ascii: "h")):
      true
    default: false
    }
  }

  private static func longWord(
    _ word: Span<UInt8>, into tokens: inout ContiguousArray<DateToken>
  ) -> Bool {
    if word.count == 3, word.has("UTC", at: 0) || word.has("GMT", at: 0) {
      tokens.append(DateToken(kind: .utc, value: 0))
      return true
    }
    for (index, month) in months.enumerated() where isPrefix(word, of: month) {
      tokens.append(DateToken(kind: .month, value: index + 1))
      return true
    }
    for weekday in weekdays where isPrefix(word, of: weekday) {
      tokens.append(DateToken(kind: .weekday, value: 0))
      return true
    }
    return false
  }

  /// Whether `word` is `name`, or its first three or four letters.
  private static func isPrefix(_ word: Span<UInt8>, of name: ContiguousArray<UInt8>) -> Bool {
    guard word.count == name.count || word.count == 3 || word.count == 4, word.count <= name.count
    else { return false }
    for index in word.indices where word[index].lower != name[index] { return false }
    return true
  }

  private static let chineseWords: [(StaticString, DateToken.Kind, Int)] = [
    ("年", .unit, 0), ("月", .unit, 1), ("日", .unit, 2), ("号", .unit, 2), ("號", .unit, 2),
    ("时", .unit, 3), ("時", .unit, 3), ("点", .unit, 3), ("點", .unit, 3), ("分", .unit, 4),
    ("秒", .unit, 5), ("上午", .half, 0), ("早上", .half, 0), ("下午", .half, 1), ("晚上", .half, 1),
    ("凌晨", .half, 2), ("中午", .half, 3), ("星期一", .weekday, 0), ("星期二", .weekday, 0),
    ("星期三", .weekday, 0), ("星期四", .weekday, 0), ("星期五", .weekday, 0), ("星期六", .weekday, 0),
    ("星期日", .weekday, 0), ("星期天", .weekday, 0), ("周一", .weekday, 0), ("周二", .weekday, 0),
    ("周三", .weekday, 0), ("周四", .weekday, 0), ("周五", .weekday, 0), ("周六", .weekday, 0),
    ("周日", .weekday, 0),
  ]

  private static func chinese(_ text: Span<UInt8>, at index: Int) -> (DateToken, Int)? {
    for (word, kind, value) in chineseWords where text.has(word, at: index) {
      return (DateToken(kind: kind, value: value), word.utf8CodeUnitCount)
    }
    return nil
  }
}
