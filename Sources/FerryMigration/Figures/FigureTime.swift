import Foundation

/// Instants and days of canonical text, counted.
///
/// Source of the day count: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms",
/// `days_from_civil`.
struct FigureTime {
  private let timeZone: TimeZone

  init(timeZone: TimeZone) { self.timeZone = timeZone }

  /// Seconds since 1970 of `2024-03-05T01:30:00Z`; `nil` where the text is none.
  func seconds(ofInstant text: String?) -> Double? {
    guard let text, let day = dayNumber(of: text) else { return nil }
    if let seconds = plainClock(text.utf8) { return Double(day * 86_400 + seconds) }
    let clock = text.dropFirst(11).prefix { $0 != "Z" }.split(separator: ":").map { Double($0) }
    guard clock.count == 3, let hour = clock[0], let minute = clock[1], let second = clock[2]
    else { return nil }
    return Double(day) * 86_400 + hour * 3_600 + minute * 60 + second
  }

  /// The day of an instant, as a count since 1970, where the time zone is.
  func localDay(ofInstant text: String?) -> Int? {
    guard let seconds = seconds(ofInstant: text) else { return nil }
    let offset = timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: seconds))
    return Int(((seconds + Double(offset)) / 86_400).rounded(.down))
  }

  /// The day of `2024-03-05…`, as a count since 1970; `nil` where the text is none.
  func dayNumber(of text: String?) -> Int? {
    guard let text else { return nil }
    if let (year, month, day) = plainDay(text.utf8) {
      return dayNumber(year: year, month: month, day: day)
    }
    let parts = text.prefix(10).split(separator: "-").map { Int($0) }
    guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2]
    else { return nil }
    return dayNumber(year: year, month: month, day: day)
  }

  /// The numbers of `2024-03-05…`; `nil` where the text has another shape.
  private func plainDay(_ text: String.UTF8View) -> (year: Int, month: Int, day: Int)? {
    var (year, month, day, position) = (0, 0, 0, 0)
    for byte in text {
      switch position {
      case 4, 7: guard byte == UInt8(ascii: "-") else { return nil }
      default:
        guard byte >= 0x30, byte <= 0x39 else { return nil }
        let digit = Int(byte - 0x30)
        switch position {
        case ..<4: year = year * 10 + digit
        case ..<7: month = month * 10 + digit
        default: day = day * 10 + digit
        }
      }
      position += 1
      if position == 10 { return (year, month, day) }
    }
    return nil
  }

  /// The seconds of the day in `2024-03-05T01:30:00Z`; `nil` where the text has another shape.
  private func plainClock(_ text: String.UTF8View) -> Int? {
    guard text.count == 20 else { return nil }
    var (numbers, position) = ([0, 0, 0], 0)
    for byte in text {
      switch position {
      case ..<11: break
      case 13, 16: guard byte == UInt8(ascii: ":") else { return nil }
      case 19: guard byte == UInt8(ascii: "Z") else { return nil }
      default:
        guard byte >= 0x30, byte <= 0x39 else { return nil }
        numbers[(position - 11) / 3] = numbers[(position - 11) / 3] * 10 + Int(byte - 0x30)
      }
      position += 1
    }
    return numbers[0] * 3_600 + numbers[1] * 60 + numbers[2]
  }

  private func dayNumber(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The month in which an instant lies where the time zone is, such as `2024-03`.
  func month(ofInstant text: String?) -> String? {
    localDay(ofInstant: text).map(month(ofDay:))
  }

  /// The month of a day, such as `2024-03`.
  func month(ofDate text: String?) -> String? { dayNumber(of: text).map(month(ofDay:)) }

  private func month(ofDay dayNumber: Int) -> String {
    let shifted = dayNumber + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    let digits = String(year)
    let padding = String(repeating: "0", count: max(0, 4 - digits.count))
    return "\(padding)\(digits)-\(month < 10 ? "0" : "")\(month)"
  }
}
