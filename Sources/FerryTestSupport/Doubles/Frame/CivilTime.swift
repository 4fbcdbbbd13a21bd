/// Instants and dates as services write them, without a calendar or a time zone of the machine.
enum CivilTime {
  /// `2026-11-23T08:00:00.000Z` of milliseconds since 1970.
  static func text(_ milliseconds: Int) -> String {
    let seconds = floored(milliseconds, 1000)
    let day = floored(seconds, 86_400)
    let inDay = seconds - day * 86_400
    let time = [inDay / 3600, inDay / 60 % 60, inDay % 60].map { padded($0, 2) }
    return
      "\(date(day))T\(time.joined(separator: ":")).\(padded(milliseconds - seconds * 1000, 3))Z"
  }

  /// `2026-11-23 08:00:00` in UTC.
  static func plainText(_ milliseconds: Int) -> String {
    let text = text(milliseconds)
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(8))"
  }

  /// Whether it is a day of the calendar, written `2026-11-23`.
  static func isDate(_ text: String) -> Bool { dayNumber(text[...]) != nil }

  /// Milliseconds since 1970 of an ISO 8601 instant with `Z` or an offset; `nil` where it is none.
  static func milliseconds(_ text: String) -> Int? {
    let text = text[...]
    guard let day = dayNumber(text.prefix(10)), text.dropFirst(10).first == "T" else { return nil }
    var rest = text.dropFirst(11)
    guard let seconds = secondsInDay(rest.prefix(8)) else { return nil }
    rest = rest.dropFirst(8)
    var thousandths = 0
    if rest.first == "." {
      let digits = rest.dropFirst().prefix { $0.isNumber }
      guard !digits.isEmpty, let value = Int(digits.prefix(3)) else { return nil }
      thousandths = value * [100, 10, 1][min(digits.count, 3) - 1]
      rest = rest.dropFirst(1 + digits.count)
    }
    guard let offset = offset(rest) else { return nil }
    return ((day * 86_400) + seconds - offset) * 1000 + thousandths
  }

  /// Seconds since midnight of `08:00:00`.
  static func secondsInDay(_ text: Substring) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy({ $0.count == 2 }), let hour = Int(parts[0]),
      let minute = Int(parts[1]), let second = Int(parts[2]), hour < 24, minute < 60, second < 60
    else { return nil }
    return hour * 3600 + minute * 60 + second
  }

  private static func offset(_ text: Substring) -> Int? {
    if text == "Z" { return 0 }
    guard let sign = text.first, sign == "+" || sign == "-" else { return nil }
    let digits = text.dropFirst().filter { $0 != ":" }
    guard digits.count == 4, let number = Int(digits) else { return nil }
    return (sign == "-" ? -1 : 1) * (number / 100 * 3600 + number % 100 * 60)
  }

  /// Days since 1970 of `2026-11-23`.
  private static func dayNumber(_ text: Substring) -> Int? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.map(\.count) == [4, 2, 2], let year = Int(parts[0]),
      let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month)
    else { return nil }
    let number = days(year, month, day)
    return date(number) == text ? number : nil
  }

  /// Days since 1970 of a day of the calendar.
  ///
  /// Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = floored(year, 400)
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The day of the calendar; the same source, civil_from_days.
  private static func date(_ number: Int) -> String {
    let shifted = number + 719_468
    let era = floored(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let part = (5 * dayOfYear + 2) / 153
    let month = part + (part < 10 ? 3 : -9)
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return
      "\(padded(year, 4))-\(padded(month, 2))-\(padded(dayOfYear - (153 * part + 2) / 5 + 1, 2))"
  }

  private static func floored(_ number: Int, _ divisor: Int) -> Int {
    number / divisor - (number % divisor < 0 ? 1 : 0)
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
