import Foundation

/// Days and instants as milliseconds since 1970 and back.
struct CivilDays: Sendable {
  /// The zone that a product's days are in.
  let zone: TimeZone

  /// The milliseconds at which a day `2024-03-05` begins; `nil` for no day.
  func milliseconds(ofDay day: String) -> Int? {
    let parts = day.split(separator: "-", omittingEmptySubsequences: false).compactMap { Int($0) }
    guard parts.count == 3, day.count == 10 else { return nil }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    let date = calendar.date(from: DateComponents(year: parts[0], month: parts[1], day: parts[2]))
    guard let date, calendar.component(.day, from: date) == parts[2] else { return nil }
    return Int((date.timeIntervalSince1970 * 1000).rounded())
  }

  /// The day that holds that time.
  func day(ofMilliseconds milliseconds: Int) -> String {
    let offset = zone.secondsFromGMT(
      for: Date(timeIntervalSince1970: Double(milliseconds) / 1000))
    return String(Self.instant(ofMilliseconds: milliseconds + offset * 1000).prefix(10))
  }

  /// The milliseconds of `2024-03-05T01:30:00Z`, or of one that ends in `+0000`; `nil` for no instant.
  static func milliseconds(ofInstant text: String) -> Int? {
    let text = text.hasSuffix("+0000") ? text.dropLast(5) + "Z" : text
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: text.contains("."))
    guard let date = try? style.parse(text) else { return nil }
    return Int((date.timeIntervalSince1970 * 1000).rounded())
  }

  /// `2024-03-05T01:30:00Z`; what is below a second is left out.
  static func instant(ofMilliseconds milliseconds: Int) -> String {
    let seconds = Int((Double(milliseconds) / 1000).rounded(.down))
    return Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
  }
}
