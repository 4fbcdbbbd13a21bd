/// A civil date and time of the sample's world, with the ways that people write it.
struct SampleDate: Hashable, Comparable {
  /// Days since 1970-01-01.
  var day: Int
  /// Minutes since midnight.
  var minute = 0

  /// Makes a date from its parts.
  ///
  /// Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
  init(_ year: Int, _ month: Int, _ dayOfMonth: Int, minute: Int = 0) {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + dayOfMonth - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    day = era * 146_097 + dayOfEra - 719_468
    self.minute = minute
  }

  /// Year, month and day of the month; civil_from_days of the same source.
  var parts: (year: Int, month: Int, day: Int) {
    let shifted = day + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  static func < (left: SampleDate, right: SampleDate) -> Bool {
    (left.day, left.minute) < (right.day, right.minute)
  }

  /// The date that many days later.
  func adding(_ days: Int, minute: Int? = nil) -> SampleDate {
    var date = self
    date.day += days
    date.minute = minute ?? date.minute
    return date
  }

  /// The serial number of a spreadsheet.
  var serial: Double { Double(day + 25_569) + Double(minute) / 1440 }

  /// `2024-03-05`.
  var iso: String { "\(parts.year)-\(two(parts.month))-\(two(parts.day))" }
  /// `20240305`.
  var compact: String { "\(parts.year)\(two(parts.month))\(two(parts.day))" }
  /// `2024/3/5`.
  var slashes: String { "\(parts.year)/\(parts.month)/\(parts.day)" }
  /// `2024.03.05`.
  var dots: String { "\(parts.year).\(two(parts.month)).\(two(parts.day))" }
  /// `2024年3月5日`.
  var chinese: String { "\(parts.year)年\(parts.month)月\(parts.day)日" }
  /// `3/5/2024`.
  var american: String { "\(parts.month)/\(parts.day)/\(parts.year)" }
  /// `09:30`.
  var clock: String { "\(two(minute / 60)):\(two(minute % 60))" }
  /// `下午2:30`.
  var chineseClock: String {
    let hour = minute / 60
    return "\(hour < 12 ? "上午" : "下午")\(hour > 12 ? hour - 12 : hour):\(two(minute % 60))"
  }

  private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
