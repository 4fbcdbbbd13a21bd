import Foundation

/// The offsets of a time zone, kept by year so that a cell costs no look into the zone's file.
///
/// How it works: a year's offsets are sampled week by week through Foundation and each change is
/// narrowed down to its second. A civil time that occurs twice is the earlier instant; one that
/// never occurs (spring forward) is moved on by the gap, as `java.time` does.
struct CivilZone: Sendable {
  private let zone: TimeZone
  private var years: [Int: [Change]] = [:]

  private struct Change: Sendable {
    /// The first second of the offset.
    let start: Int
    let offset: Int
  }

  /// The zone of that IANA name; UTC where there is none, which the mapping checks beforehand.
  init(name: String) { zone = TimeZone(identifier: name) ?? .gmt }

  /// The instant of a civil time, both in seconds since 1970-01-01.
  mutating func instant(ofCivil civil: Int) -> Int {
    let before = offset(at: civil - 86_400)
    let after = offset(at: civil + 86_400)
    guard before != after else { return civil - before }
    let early = civil - before
    if offset(at: early) == before { return early }
    let late = civil - after
    return offset(at: late) == after ? late : early
  }

  /// Seconds east of Greenwich at an instant.
  mutating func offset(at instant: Int) -> Int {
    // Close enough: a year of 365.2425 days; changes reach a week over both ends.
    let year = instant / 31_556_952
    let changes = self.changes(of: year)
    var offset = changes[0].offset
    for change in changes where change.start <= instant { offset = change.offset }
    return offset
  }

  private mutating func changes(of year: Int) -> [Change] {
    if let known = years[year] { return known }
    let week = 604_800
    let start = (year - 1) * 31_556_952
    var last = sample(start)
    var changes = [Change(start: start, offset: last)]
    for instant in stride(from: start + week, through: start + 3 * 31_556_952, by: week) {
      let offset = sample(instant)
      guard offset != last else { continue }
      changes.append(
        Change(start: firstSecond(of: offset, after: instant - week, upTo: instant), offset: offset)
      )
      last = offset
    }
    years[year] = changes
    return changes
  }

  private func firstSecond(of offset: Int, after low: Int, upTo high: Int) -> Int {
    var low = low
    var high = high
    while high - low > 1 {
      let middle = (low + high) / 2
      if sample(middle) == offset { high = middle } else { low = middle }
    }
    return high
  }

  private func sample(_ instant: Int) -> Int {
    zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant)))
  }
}
