/// What a number format makes of a number: which kind of value a person sees.
enum NumberFormat: UInt8, Hashable, Sendable {
  case number
  case date
  case time
  case datetime
  /// Elapsed time, such as `[h]:mm`.
  case duration

  /// Reads a format code, such as `yyyy"年"m"月"d"日"` or `[h]:mm;@`.
  ///
  /// Only the first section counts: it is that of positive numbers, as dates are.
  /// Source: ECMA-376 Part 1, 18.8.31 (numFmts).
  init(code: String) {
    var parser = FormatCodeParser()
    parser.read(code)
    self = parser.result
  }

  /// The format that every program knows under `id`; `nil` where there is none.
  ///
  /// Source: ECMA-376 Part 1, 18.8.30 (numFmt), with its tables for zh, ja, ko and th.
  static func builtIn(_ id: Int) -> NumberFormat? {
    switch id {
    case 14...17, 27...31, 36, 50...54, 57, 58, 71...74, 81: .date
    case 18...21, 32...35, 45, 47, 55, 56, 75, 76, 78, 80: .time
    case 22, 77: .datetime
    case 46, 79: .duration
    case 0...49: .number
    default: nil
    }
  }
}

/// Walks a format code and notes which parts of a date or time it shows.
private struct FormatCodeParser {
  private var showsDate = false
  private var showsClock = false
  private var showsElapsed = false
  private var showsMonthOrMinute = false
  private var showsDigits = false

  var result: NumberFormat {
    if showsElapsed { return .duration }
    // m alone is a month; beside hours or seconds it is minutes.
    let isDate = showsDate || (showsMonthOrMinute && !showsClock)
    switch (isDate, showsClock) {
    case (true, true): return .datetime
    case (true, false): return .date
    case (false, true): return .time
    case (false, false): return .number
    }
  }

  mutating func read(_ code: String) {
    var rest = Substring(code)
    if code.lowercased().hasPrefix("general") { return }
    while let character = rest.first {
      rest.removeFirst()
      switch character {
      case ";": return
      case "\"": rest = rest.drop { $0 != "\"" }.dropFirst()
      case "\\", "_", "*": rest = rest.dropFirst()
      case "[":
        readBracket(rest.prefix { $0 != "]" }.lowercased())
        rest = rest.drop { $0 != "]" }.dropFirst()
      default: readLetter(character, &rest)
      }
    }
  }

  private mutating func readBracket(_ content: String) {
    guard let first = content.first, "hms".contains(first) else { return }
    if content.allSatisfy({ $0 == first }) { showsElapsed = true }
  }

  private mutating func readLetter(_ character: Character, _ rest: inout Substring) {
    switch character {
    case "0", "#", "?": showsDigits = true
    case "E" where showsDigits, "e" where showsDigits:
      // 0.00E+00, the power of ten.
      if rest.first == "+" || rest.first == "-" { rest = rest.dropFirst() }
    case "y", "Y", "d", "D", "e", "E", "g", "b", "B": showsDate = true
    case "G" where rest.lowercased().hasPrefix("eneral"): rest = rest.dropFirst(6)
    case "G": showsDate = true
    case "h", "H", "s", "S": showsClock = true
    case "m", "M":
      let run = rest.prefix { $0 == "m" || $0 == "M" }
      rest = rest.dropFirst(run.count)
      // mmm is the month's name, never minutes.
      if run.count >= 2 { showsDate = true } else { showsMonthOrMinute = true }
    case "a", "A": readA(&rest)
    default: break
    }
  }

  // AM/PM and A/P belong to a clock; aaa and aaaa are days of the week.
  private mutating func readA(_ rest: inout Substring) {
    let following = rest.lowercased()
    if following.hasPrefix("m/pm") {
      rest = rest.dropFirst(4)
      showsClock = true
    } else if following.hasPrefix("/p") {
      rest = rest.dropFirst(2)
      showsClock = true
    } else if following.hasPrefix("aa") {
      rest = rest.dropFirst(2)
      showsDate = true
    }
  }
}
