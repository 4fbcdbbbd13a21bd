import FerryRecords
import FerryStores
import Foundation

/// Turns canonical text into what a column of a foreign table holds, and back.
///
/// What neither a word nor the form covers passes as it stands, so that the database judges it.
struct ColumnCodec {
  private let form: ColumnForm
  private let words: [String: String]
  private let meanings: [String: String]
  private let zone: TimeZone

  /// `nil` where the column holds canonical text.
  init?(_ column: ColumnLayout, timeZone: String) {
    guard column.form != .plain || !column.words.isEmpty else { return nil }
    form = column.form
    words = column.words
    // The mapping was refused where two values have one word.
    meanings = Dictionary(column.words.map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    zone = TimeZone(identifier: timeZone) ?? .gmt
  }

  /// What the column is to hold.
  func encoded(_ text: String) -> String {
    if let word = words[text] { return word }
    switch form {
    case .plain, .date: return text
    case .hundredths: return Self.shifted(text, by: 2) ?? text
    case .datetime, .localDatetime, .unix, .unixMilliseconds:
      guard let seconds = CivilTime.seconds(text) else { return text }
      return switch form {
      case .unix: String(seconds)
      case .unixMilliseconds: String(seconds * 1000)
      case .datetime: CivilTime.text(seconds, separator: " ")
      default: CivilTime.text(seconds + offset(at: seconds), separator: " ")
      }
    }
  }

  /// The canonical text of what a column holds.
  func decoded(_ text: String) -> String {
    if let meaning = meanings[text] { return meaning }
    switch form {
    case .plain: return text
    case .date: return String(text.prefix(10))
    case .hundredths: return Self.shifted(text, by: -2) ?? text
    case .unix: return Int64(text).map { CivilTime.instant($0) } ?? text
    case .unixMilliseconds: return Int64(text).map { CivilTime.instant($0 / 1000) } ?? text
    case .datetime: return CivilTime.seconds(text).map { CivilTime.instant($0) } ?? text
    case .localDatetime:
      guard let local = CivilTime.seconds(text) else { return text }
      // The offset just before is that of the time itself, changes of the clock aside.
      let guess = local - offset(at: local)
      return CivilTime.instant(local - offset(at: guess))
    }
  }

  private func offset(at seconds: Int64) -> Int64 {
    Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(seconds))))
  }

  /// A plain decimal with its point moved to the right, or to the left with two digits behind it.
  private static func shifted(_ text: String, by places: Int) -> String? {
    let isNegative = text.hasPrefix("-")
    let parts = (isNegative ? text.dropFirst() : text[...])
      .split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first, parts.joined().allSatisfy(\.isWholeNumber) else { return nil }
    let fraction = parts.count > 1 ? String(parts[1]) : ""
    guard places > 0 else {
      guard fraction.allSatisfy({ $0 == "0" }) else { return nil }
      let digits = String(repeating: "0", count: max(0, 3 - whole.count)) + whole
      return "\(isNegative ? "-" : "")\(digits.dropLast(2)).\(digits.suffix(2))"
    }
    // A third digit behind the point has no place in such a column; the database refuses the text.
    guard fraction.count <= places else { return nil }
    let digits = whole + fraction + String(repeating: "0", count: places - fraction.count)
    let trimmed = digits.drop { $0 == "0" }
    return trimmed.isEmpty ? "0" : "\(isNegative ? "-" : "")\(trimmed)"
  }
}

/// Seconds since 1970 and civil time, in UTC.
///
/// Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
enum CivilTime {
  /// The seconds of `2024-03-05T01:30:00Z` or `2024-03-05 01:30:00`; a fraction is left out.
  static func seconds(_ text: String) -> Int64? {
    let parts = text.split { !$0.isASCII || !$0.isWholeNumber }.prefix(6).compactMap { Int64($0) }
    guard text.first?.isWholeNumber == true, parts.count >= 3, (1...12).contains(parts[1]),
      (1...31).contains(parts[2])
    else { return nil }
    let year = parts[1] <= 2 ? parts[0] - 1 : parts[0]
    let era = (year >= 0 ? year : year - 399) / 400
    let dayOfYear = (153 * (parts[1] + (parts[1] > 2 ? -3 : 9)) + 2) / 5 + parts[2] - 1
    let yearOfEra = year - era * 400
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let days = era * 146_097 + dayOfEra - 719_468
    let time = parts.dropFirst(3) + [0, 0, 0]
    return days * 86_400 + time[3] * 3_600 + time[4] * 60 + time[5]
  }

  /// `2024-03-05T01:30:00Z`.
  static func instant(_ seconds: Int64) -> String { text(seconds, separator: "T") + "Z" }

  /// `2024-03-05 01:30:00`.
  static func text(_ seconds: Int64, separator: String) -> String {
    let days = Int64((Double(seconds) / 86_400).rounded(.down))
    let rest = seconds - days * 86_400
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * month + 2) / 5 + 1
    let number = month < 10 ? month + 3 : month - 9
    let year = yearOfEra + era * 400 + (number <= 2 ? 1 : 0)
    return padded(year, 4) + "-" + padded(number, 2) + "-" + padded(day, 2) + separator
      + padded(rest / 3_600, 2) + ":" + padded(rest / 60 % 60, 2) + ":" + padded(rest % 60, 2)
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

// MARK: - Pages

extension SQLTable {
  /// A batch whose values are as the columns hold them.
  func encoded(_ batch: WriteBatch) -> WriteBatch {
    guard !codecs.isEmpty else { return batch }
    var page = batch.records
    change(&page) { codec, text in codec.encoded(text) }
    return WriteBatch(batch.kind, page)
  }

  /// Makes the values of a page canonical.
  func decode(_ page: inout RecordPage) {
    guard !codecs.isEmpty else { return }
    change(&page) { codec, text in codec.decoded(text) }
  }

  /// Lookup values as a field's column holds them.
  func encoded(_ values: [String], of field: Field) -> [String] {
    guard let codec = codecs[field.name] else { return values }
    return values.map { codec.encoded($0) }
  }

  private func change(_ page: inout RecordPage, _ text: (ColumnCodec, String) -> String) {
    for (index, field) in page.shape.fields.enumerated() {
      guard let codec = codecs[field.name] else { continue }
      for record in 0..<page.count {
        guard let old = page.string(field: index, of: record), !old.isEmpty else { continue }
        let new = text(codec, old)
        if new != old { page.set(new, field: index, of: record) }
      }
    }
  }
}
