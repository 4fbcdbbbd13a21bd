/// A date as a note writes it.
struct NoteDate: Hashable {
  /// `nil` where it names none.
  let year: Int?
  let month: Int
  let day: Int
  /// `14:30`; `nil` where it names none.
  var clock: String?

  func text(year: Int) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(year)-\(two(month))-\(two(day))" + (clock.map { " \($0)" } ?? "")
  }
}

/// Finds the dates that begin notes.
struct NoteScanner {
  /// A date at the beginning of a note.
  struct Start {
    /// Where the date begins.
    let begin: Int
    /// Where the note's text begins.
    let end: Int
    let date: NoteDate
    /// Whether only a comma stands before it.
    let isAfterComma: Bool
  }

  private let text: [Character]
  private var place = 0

  init(_ text: [Character]) { self.text = text }

  /// The next one; `nil` at the end.
  mutating func next() -> Start? {
    while place < text.count {
      let begin = place
      guard let before = edge(before: begin), var found = date(at: begin) else {
        place += 1
        continue
      }
      if let clock = clock(at: found.end) {
        found.date.clock = clock.text
        found.end = clock.end
      }
      let head = self.head(before: begin)
      if head.isBracketed, sign(at: found.end, "】])）〕") { found.end += 1 }
      place = found.end
      return Start(
        begin: head.begin, end: found.end, date: found.date, isAfterComma: before == .comma)
    }
    return nil
  }

  /// Where the bracket and the number of a note begin that stand before its date: `2、【3/9】`.
  private func head(before index: Int) -> (begin: Int, isBracketed: Bool) {
    var begin = index
    while begin > 0, "【[(（〔".contains(text[begin - 1]) { begin -= 1 }
    let isBracketed = begin < index
    var before = begin
    while before > 0, text[before - 1] == " " { before -= 1 }
    guard before > 1, "、.)）".contains(text[before - 1]) else { return (begin, isBracketed) }
    var digits = before - 1
    while digits > 0, before - 1 - digits < 2, text[digits - 1].isWholeNumber { digits -= 1 }
    guard digits < before - 1, digits == 0 || edge(before: digits) != nil else {
      return (begin, isBracketed)
    }
    if digits > 0, "(（".contains(text[digits - 1]) { digits -= 1 }
    return (digits, isBracketed)
  }

  private enum Edge { case plain, comma }

  /// What a note may begin behind; `nil` in the middle of a sentence.
  private func edge(before index: Int) -> Edge? {
    var before = index - 1
    // 1、 or (2) or 【 may stand before the date.
    while before >= 0, text[before] == " " || "【[(（〔".contains(text[before]) { before -= 1 }
    guard before >= 0 else { return .plain }
    if text[before].isNewline || "；;。.!！|｜\t、)）】]".contains(text[before]) {
      return text[before] == "." && before > 0 && text[before - 1].isNumber && index == before + 1
        ? nil : .plain
    }
    return "，,".contains(text[before]) ? .comma : nil
  }

  private func number(at index: Int, most: Int) -> (value: Int, end: Int)? {
    var end = index
    var value = 0
    while end < text.count, end - index < most, let digit = text[end].wholeNumberValue,
      text[end].isASCII
    {
      value = value * 10 + digit
      end += 1
    }
    return end == index ? nil : (value, end)
  }

  private func sign(at index: Int, _ signs: String) -> Bool {
    index < text.count && signs.contains(text[index])
  }

  private func date(at index: Int) -> (date: NoteDate, end: Int)? {
    guard let first = number(at: index, most: 8) else { return nil }
    let digits = first.end - index
    if digits == 8 {
      return checked(first.value / 10_000, first.value / 100 % 100, first.value % 100, first.end)
    }
    guard digits <= 4, sign(at: first.end, "/-.年月"),
      let second = number(at: first.end + 1, most: 2)
    else { return nil }
    if digits <= 2, sign(at: second.end, "/-."), let year = number(at: second.end + 1, most: 4),
      year.end == second.end + 5
    {
      // 3/5/2024 is the fifth of March, unless there is no such month.
      let (month, day) =
        first.value > 12 ? (second.value, first.value) : (first.value, second.value)
      return checked(year.value, month, day, year.end)
    }
    if digits == 4 || sign(at: first.end, "年") || sign(at: second.end, "/-.") && digits == 2 {
      guard sign(at: second.end, "/-.月"), let third = number(at: second.end + 1, most: 2) else {
        return nil
      }
      let year = first.value < 100 ? 2000 + first.value : first.value
      return checked(year, second.value, third.value, third.end)
    }
    guard digits <= 2 else { return nil }
    return checked(nil, first.value, second.value, second.end)
  }

  private func checked(
    _ year: Int?, _ month: Int, _ day: Int, _ end: Int
  ) -> (date: NoteDate, end: Int)? {
    guard (1...12).contains(month), (1...31).contains(day) else { return nil }
    if let year, !(1990...2099).contains(year) { return nil }
    var end = end
    if sign(at: end, "日号") { end += 1 }
    // 3.5万 and 3-5天 are no dates.
    guard year != nil || !sign(at: end, "万千百元%折kK吨台套年个天周月小人次家时.0123456789") else { return nil }
    return (NoteDate(year: year, month: month, day: day), end)
  }

  private func clock(at index: Int) -> (text: String, end: Int)? {
    var start = index
    while sign(at: start, " T") { start += 1 }
    guard let hour = number(at: start, most: 2), sign(at: hour.end, ":："), hour.value < 24,
      let minute = number(at: hour.end + 1, most: 2), minute.end == hour.end + 3, minute.value < 60
    else { return nil }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return ("\(two(hour.value)):\(two(minute.value))", minute.end)
  }
}

/// The years of dates that name none.
struct NoteYears {
  private let dates: [NoteDate]
  private let given: Int?

  init(_ dates: [NoteDate], given: Int?) {
    self.dates = dates
    self.given = given
  }

  /// The year of a date: its own, that of the nearest one before or behind it, or the given one.
  ///
  /// Notes go up or down in time; from December to January the year changes.
  func year(of index: Int) -> (year: Int?, isInferred: Bool) {
    if let own = dates[index].year { return (own, false) }
    if let before = dates[..<index].lastIndex(where: { $0.year != nil }),
      let year = dates[before].year
    {
      return walked(from: before, year, through: Array(before...index))
    }
    if let behind = dates[index...].firstIndex(where: { $0.year != nil }),
      let year = dates[behind].year
    {
      return walked(from: behind, year, through: Array((index...behind).reversed()))
    }
    guard let given else { return (nil, false) }
    return walked(from: 0, given, through: Array(0...index))
  }

  private func walked(
    from start: Int, _ year: Int, through steps: [Int]
  ) -> (year: Int?, isInferred: Bool) {
    var current = year
    var changed = false
    for (one, two) in zip(steps, steps.dropFirst()) {
      let (month, next) = (dates[one].month, dates[two].month)
      if month >= 11, next <= 2 {
        current += 1
        changed = true
      } else if month <= 2, next >= 11 {
        current -= 1
        changed = true
      }
    }
    return (current, changed)
  }
}
