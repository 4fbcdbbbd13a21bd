/// A day of the Gregorian calendar, with no zone.
struct CivilDate: Hashable, Sendable {
  let year: Int
  let month: Int
  let day: Int

  /// The day, where there is such a day.
  init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.days(inMonth: month, of: year)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// The day that is `dayNumber` days after 1970-01-01.
  ///
  /// Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013), civil_from_days.
  init?(dayNumber: Int) {
    let shifted = dayNumber + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    self.init(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// Days since 1970-01-01; same source, days_from_civil.
  var dayNumber: Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Writes `2024-03-05`.
  func append(to output: inout ContiguousArray<UInt8>) {
    output.append(decimal: year, width: 4)
    output.append(UInt8(ascii: "-"))
    output.append(decimal: month, width: 2)
    output.append(UInt8(ascii: "-"))
    output.append(decimal: day, width: 2)
  }

  /// Writes the instant as `2024-03-05T01:30:00Z`; false outside the years 1 to 9999.
  static func append(instant seconds: Int, to output: inout ContiguousArray<UInt8>) -> Bool {
    let dayNumber = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    guard let date = CivilDate(dayNumber: dayNumber) else { return false }
    let time = seconds - dayNumber * 86_400
    date.append(to: &output)
    output.append(UInt8(ascii: "T"))
    output.append(decimal: time / 3600, width: 2)
    output.append(UInt8(ascii: ":"))
    output.append(decimal: time / 60 % 60, width: 2)
    output.append(UInt8(ascii: ":"))
    output.append(decimal: time % 60, width: 2)
    output.append(UInt8(ascii: "Z"))
    return true
  }
}
