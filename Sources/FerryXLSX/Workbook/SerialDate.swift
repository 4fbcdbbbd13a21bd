import FerryCore

/// Writes a spreadsheet's serial days as ISO 8601 text.
///
/// In the 1900 system day 1 is 1900-01-01 and day 60 is 1900-02-29, which never was: a bug of
/// Lotus 1-2-3 that Excel keeps, so days before 60 lie one later than the calendar counts back
/// from today; day 60 is written as 1900-02-28, since no reader of ISO 8601 knows the 29th. In the 1904 system day 0 is 1904-01-01.
/// Source: ECMA-376 Part 1, 18.17.4 (dates and times).
enum SerialDate {
  private static let millisecondsOfDay = 86_400_000
  /// Behind 9999-12-31, the last day there is.
  private static let endOf1900 = 2_958_466.0
  private static let endOf1904 = 2_957_004.0

  /// Appends the value of `serial` as `format` shows it.
  ///
  /// A date format over a number with a fraction gives date and time, and a time format over a
  /// number of whole days gives the date with it: nothing that is in the cell gets lost.
  ///
  /// - Returns: What was appended; `nil`, with nothing appended, where the number is no date.
  static func append(
    _ serial: Double, as format: NumberFormat, is1904: Bool,
    to output: inout ContiguousArray<UInt8>
  ) -> CellKind? {
    if format == .duration { return appendDuration(serial, to: &output) }
    guard serial >= 0, serial < (is1904 ? endOf1904 : endOf1900) else { return nil }
    var day = Int(serial)
    var milliseconds = Int(((serial - Double(day)) * Double(millisecondsOfDay)).rounded())
    if milliseconds == millisecondsOfDay {
      day += 1
      milliseconds = 0
    }
    let kind = kind(of: format, day: day, milliseconds: milliseconds, is1904: is1904)
    if kind != .time { appendDate(day, is1904: is1904, to: &output) }
    if kind == .datetime { output.append(UInt8(ascii: "T")) }
    if kind != .date { appendTime(milliseconds, to: &output) }
    return kind
  }

  private static func kind(
    of format: NumberFormat, day: Int, milliseconds: Int, is1904: Bool
  ) -> CellKind {
    switch format {
    case .time where day == 0: .time
    // Day 0 of the 1900 system is no day; people type a time of day so.
    case .date where day == 0 && !is1904, .datetime where day == 0 && !is1904: .time
    case .date where milliseconds == 0, .time where milliseconds == 0: .date
    default: .datetime
    }
  }

  private static func appendDate(
    _ serialDay: Int, is1904: Bool, to output: inout ContiguousArray<UInt8>
  ) {
    // Days since 1970-01-01; day 60, which never was, is taken for the day before it.
    let day = is1904 ? serialDay - 24_107 : serialDay - (serialDay < 60 ? 25_568 : 25_569)
    let date = civilDate(day)
    appendDigits(date.year, count: 4, to: &output)
    output.append(UInt8(ascii: "-"))
    appendDigits(date.month, count: 2, to: &output)
    output.append(UInt8(ascii: "-"))
    appendDigits(date.day, count: 2, to: &output)
  }

  private static func appendTime(_ milliseconds: Int, to output: inout ContiguousArray<UInt8>) {
    appendDigits(milliseconds / 3_600_000, count: 2, to: &output)
    output.append(UInt8(ascii: ":"))
    appendDigits(milliseconds / 60_000 % 60, count: 2, to: &output)
    output.append(UInt8(ascii: ":"))
    appendDigits(milliseconds / 1000 % 60, count: 2, to: &output)
    appendFraction(milliseconds % 1000, to: &output)
  }

  // PT36H30M, PT5.25S; days are not split off, since [h] counts hours beyond 24.
  private static func appendDuration(
    _ days: Double, to output: inout ContiguousArray<UInt8>
  ) -> CellKind? {
    guard days.magnitude < 1e9 else { return nil }
    let total = Int((days.magnitude * Double(millisecondsOfDay)).rounded())
    let (hours, minutes) = (total / 3_600_000, total / 60_000 % 60)
    let (seconds, fraction) = (total / 1000 % 60, total % 1000)
    if days < 0, total > 0 { output.append(UInt8(ascii: "-")) }
    output.append(contentsOf: "PT".utf8)
    if hours > 0 { output.append(contentsOf: "\(hours)H".utf8) }
    if minutes > 0 { output.append(contentsOf: "\(minutes)M".utf8) }
    if seconds > 0 || fraction > 0 || total == 0 {
      output.append(contentsOf: "\(seconds)".utf8)
      appendFraction(fraction, to: &output)
      output.append(UInt8(ascii: "S"))
    }
    return .duration
  }

  private static func appendFraction(
    _ milliseconds: Int, to output: inout ContiguousArray<UInt8>
  ) {
    guard milliseconds > 0 else { return }
    output.append(UInt8(ascii: "."))
    appendDigits(milliseconds, count: 3, to: &output)
  }

  @inline(__always)
  private static func appendDigits(
    _ value: Int, count: Int, to output: inout ContiguousArray<UInt8>
  ) {
    var divisor = count == 4 ? 1000 : count == 3 ? 100 : 10
    while divisor > 0 {
      output.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
      divisor /= 10
    }
  }

  /// The date of a day counted from 1970-01-01, which is 0.
  ///
  /// Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil's
  /// inverse; eras of 400 years that begin on 1 March.
  static func civilDate(_ day: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
  }
}
