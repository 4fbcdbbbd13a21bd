import FerryCore

/// Five fields as cron has them: minute, hour, day of the month, month, day of the week.
///
/// Source: POSIX `crontab`; lists, ranges, steps and English names of months and days as in Vixie cron.
struct CronExpression: Hashable, Sendable {
  /// As it is written to a crontab.
  let text: String
  private let fields: [Field]

  /// `nil` where the text is none.
  init?(_ text: String) {
    let words = (Self.shortcuts[text] ?? text).split(whereSeparator: \.isWhitespace).map(
      String.init)
    guard words.count == 5 else { return nil }
    let fields = zip(words, Unit.all).compactMap { Field($0, $1) }
    guard fields.count == 5 else { return nil }
    self.text = words.joined(separator: " ")
    self.fields = fields
  }

  private static let shortcuts = [
    "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0", "@monthly": "0 0 1 * *",
  ]

  /// The same times in systemd's words, each a line of `OnCalendar=`.
  ///
  /// Where both days are limited, cron means either; that takes two lines.
  ///
  /// Source: systemd.time(7), "Calendar events".
  var calendarEvents: [String] {
    let (minute, hour, day, month, weekday) = (
      fields[0], fields[1], fields[2], fields[3], fields[4]
    )
    let time = "\(hour.list()):\(minute.list()):00"
    let (byDay, byWeekday) = (
      "*-\(month.list())-\(day.list()) \(time)",
      "\(weekday.list(names: Unit.weekdayNames)) *-\(month.list())-* \(time)"
    )
    switch (day.isEvery, weekday.isEvery) {
    case (_, true): return [byDay]
    case (true, false): return [byWeekday]
    case (false, false): return [byDay, byWeekday]
    }
  }

  private struct Unit {
    let range: ClosedRange<Int>
    var names: [String] = []

    static let weekdayNames = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    static let monthNames = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    static let all = [
      Unit(range: 0...59), Unit(range: 0...23), Unit(range: 1...31),
      Unit(range: 1...12, names: monthNames), Unit(range: 0...7, names: weekdayNames),
    ]

    func number(_ text: Substring) -> Int? {
      let first = range.lowerBound
      if let place = names.firstIndex(where: { $0.lowercased() == text.lowercased() }) {
        return place + first
      }
      guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
        let number = Int(text), range.contains(number)
      else { return nil }
      return number
    }
  }

  private struct Field: Hashable {
    /// The numbers that fit, in order; 7 is Sunday's 0.
    let numbers: [Int]
    let isEvery: Bool

    init?(_ text: String, _ unit: Unit) {
      var found: Set<Int> = []
      for part in text.split(separator: ",", omittingEmptySubsequences: false) {
        guard let numbers = Self.numbers(part, unit) else { return nil }
        found.formUnion(numbers)
      }
      let isWeekday = unit.range == 0...7
      if isWeekday, found.remove(7) != nil { found.insert(0) }
      numbers = found.sorted()
      isEvery = numbers.count == (isWeekday ? 7 : unit.range.count)
    }

    private static func numbers(_ part: Substring, _ unit: Unit) -> [Int]? {
      let pieces = part.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
      let step = pieces.count == 2 ? Int(pieces[1]) : 1
      guard let step, step > 0 else { return nil }
      let (first, last): (Int, Int)
      let ends = pieces[0].split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
      if pieces[0] == "*" {
        (first, last) = (unit.range.lowerBound, unit.range.upperBound)
      } else if ends.count == 2 {
        guard let from = unit.number(ends[0]), let to = unit.number(ends[1]), from <= to else {
          return nil
        }
        (first, last) = (from, to)
      } else {
        guard let only = unit.number(pieces[0]) else { return nil }
        (first, last) = (only, pieces.count == 2 ? unit.range.upperBound : only)
      }
      return Array(stride(from: first, through: last, by: step))
    }

    func list(names: [String] = []) -> String {
      if isEvery, names.isEmpty { return "*" }
      return numbers.map { number in
        names.isEmpty ? (number < 10 ? "0\(number)" : "\(number)") : names[number]
      }.joined(separator: ",")
    }
  }
}
