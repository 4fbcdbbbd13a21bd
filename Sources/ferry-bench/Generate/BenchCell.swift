/// One cell to be written.
enum BenchCell: Hashable, Sendable {
  case blank
  case text(String)
  /// A plain decimal.
  case number(String)
  /// Days since 1899-12-30.
  case date(day: Int)
  /// Days since 1899-12-30 and a minute of the day.
  case dateTime(day: Int, minute: Int)

  /// The cell as a CSV file has it.
  var text: String {
    switch self {
    case .blank: ""
    case .text(let text), .number(let text): text
    case .date(let day): CivilDate.iso(ofSerial: day)
    case .dateTime(let day, let minute):
      "\(CivilDate.iso(ofSerial: day)) \(CivilDate.time(minute: minute))"
    }
  }
}

/// Dates of the calendar from Excel's day numbers.
enum CivilDate {
  /// Year, month and day of a day number of the 1900 system, from March 1900 on.
  ///
  /// Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
  static func parts(ofSerial serial: Int) -> (year: Int, month: Int, day: Int) {
    let days = serial - 25_569 + 719_468
    let era = days / 146_097
    let dayOfEra = days % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1
    )
  }

  /// `2024-03-05`.
  static func iso(ofSerial serial: Int) -> String {
    let (year, month, day) = parts(ofSerial: serial)
    return "\(year)-\(twoDigits(month))-\(twoDigits(day))"
  }

  /// `09:30`.
  static func time(minute: Int) -> String { "\(twoDigits(minute / 60)):\(twoDigits(minute % 60))" }

  private static func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}

/// A file that rows are written to, one after the other.
protocol TableSink: AnyObject {
  /// Writes one row.
  func write(_ row: [BenchCell]) throws
  /// Completes the file.
  func close() throws
}
