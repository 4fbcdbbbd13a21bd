import FerryCore

/// A written date, read.
struct WrittenDate: Hashable, Sendable {
  /// The readings by order.
  ///
  /// Equal readings count once; one where nothing is in doubt.
  var dayFirst: CivilDate?
  var monthFirst: CivilDate?
  var yearFirst: CivilDate?
  /// The reading that no order changes.
  var certain: CivilDate?
  /// Whether the year had two digits.
  var hasShortYear = false
  /// Whether the day was left out: the first of the month stands for it.
  var lacksDay = false
  /// Seconds since midnight; `nil` where there is no time.
  var time: Int?
  /// Seconds east of Greenwich, where the text says so.
  var offset: Int?

  /// The orders in which there is such a day.
  var orders: DateOrders {
    var orders: DateOrders = []
    if dayFirst != nil { orders.insert(.dayFirst) }
    if monthFirst != nil { orders.insert(.monthFirst) }
    if yearFirst != nil { orders.insert(.yearFirst) }
    return orders
  }

  subscript(order: DateOrder) -> CivilDate? {
    switch order {
    case .dayFirst: dayFirst
    case .monthFirst: monthFirst
    case .yearFirst: yearFirst
    }
  }
}

/// Why a text is no date.
enum DateFault: Error {
  case unreadable
  /// The form is right, but there is no such day or time.
  case impossible
  case yearMissing

  var rule: Rule {
    switch self {
    case .unreadable: .unreadableDate
    case .impossible: .impossibleDate
    case .yearMissing: .yearMissing
    }
  }
}

/// Reads the pieces of a date from left to right.
///
/// Forms: 2024-3-5, 2024/03/05, 2024.3.5, 2024年3月5日, 20240305, 3/5/2024, 5.3.2024, Mar 5 2024,
/// 5-Mar-24, 24-3-5, 2024年3月, each with or without a time (14:30, 2:30 PM, 下午2点30分) and a zone.
/// `5.3.2024` is day-first: no region writes months first with points.
struct DateReader {
  private let tokens: ContiguousArray<DateToken>
  private var index = 0
  private var date = WrittenDate()

  init(_ tokens: ContiguousArray<DateToken>) { self.tokens = tokens }

  mutating func read() throws(DateFault) -> WrittenDate {
    skipWeekday()
    try readDate()
    skipBlanksAndMarks()
    try readTime()
    try readZone()
    skipWeekday()
    guard index == tokens.count else { throw .unreadable }
    return date
  }
}

// MARK: - Pieces

extension DateReader {
  private var current: DateToken? { index < tokens.count ? tokens[index] : nil }

  private func token(_ ahead: Int) -> DateToken? {
    index + ahead < tokens.count ? tokens[index + ahead] : nil
  }

  private func isSign(_ ahead: Int, _ sign: UInt8) -> Bool {
    token(ahead) == DateToken(kind: .sign, value: Int(sign))
  }

  private func isUnit(_ ahead: Int, _ unit: Int) -> Bool {
    token(ahead) == DateToken(kind: .unit, value: unit)
  }

  private mutating func skipBlanks() {
    while let token = current, DateScanner.isBlank(token) { index += 1 }
  }

  private mutating func skipBlanksAndMarks() {
    while let token = current,
      DateScanner.isBlank(token) || token.kind == .timeMark || token.kind == .weekday
        || (token.kind == .sign && token.value == 0x2C)
    {
      index += 1
    }
  }

  private mutating func skipWeekday() {
    skipBlanks()
    guard current?.kind == .weekday else { return }
    index += 1
    while isSign(0, 0x2C) || isSign(0, 0x20) || isSign(0, 0x2E) { index += 1 }
  }

  private mutating func takeNumber() throws(DateFault) -> DateToken {
    skipBlanks()
    guard let token = current, token.kind == .number else { throw .unreadable }
    index += 1
    return token
  }
}

// MARK: - Date

extension DateReader {
  private mutating func readDate() throws(DateFault) {
    guard let first = current else { throw .unreadable }
    if first.kind == .month { return try readMonthFirstName() }
    guard first.kind == .number else { throw .unreadable }
    index += 1
    if first.digits == 8 || first.digits == 14 || first.digits == 12 {
      return try readCompact(first)
    }
    skipBlanks()
    if isUnit(0, 0) { return try readChinese(year: first) }
    if isUnit(0, 1) { throw .yearMissing }
    guard let sign = current else { throw .unreadable }
    if sign.kind == .month { return try readNamedMonth(before: first) }
    guard sign.kind == .sign, [0x2D, 0x2F, 0x2E].contains(sign.value) else { throw .unreadable }
    index += 1
    skipBlanks()
    if current?.kind == .month { return try readNamedMonth(before: first) }
    let second = try takeNumber()
    guard current == sign else { return try readYearAndMonth(first, second) }
    index += 1
    let third = try takeNumber()
    try settle(first, second, third, sign: sign.value)
  }

  private mutating func readCompact(_ number: DateToken) throws(DateFault) {
    let hasTime = number.digits > 8
    let clock = number.digits == 14 ? 1_000_000 : hasTime ? 10_000 : 1
    let day = number.value / clock
    date.certain = try civil(day / 10_000, day / 100 % 100, day % 100)
    guard hasTime else { return }
    let time = number.digits == 14 ? number.value % clock : number.value % clock * 100
    date.time = try seconds(time / 10_000, time / 100 % 100, time % 100)
  }

  private mutating func readChinese(year: DateToken) throws(DateFault) {
    index += 1
    let month = try takeNumber()
    skipBlanks()
    guard isUnit(0, 1) else { throw .unreadable }
    index += 1
    skipBlanks()
    guard let next = current, next.kind == .number, !isUnit(1, 3), !isSign(1, 0x3A) else {
      date.lacksDay = true
      date.certain = try civil(full(year), month.value, 1)
      return
    }
    index += 1
    if isUnit(0, 2) { index += 1 } else if isSign(0, 0x20), isUnit(1, 2) { index += 2 }
    date.certain = try civil(full(year), month.value, next.value)
  }

  /// `Mar 5, 2024` and `March 2024`.
  private mutating func readMonthFirstName() throws(DateFault) {
    guard let month = current else { throw .unreadable }
    index += 1
    skipSigns()
    let first = try takeNumber()
    if first.digits == 4 {
      date.lacksDay = true
      date.certain = try civil(first.value, month.value, 1)
      return
    }
    skipSigns()
    guard let next = current, next.kind == .number, !isSign(1, 0x3A) else { throw .yearMissing }
    let year = try takeNumber()
    date.certain = try civil(full(year), month.value, first.value)
  }

  /// `5 Mar 2024`, `5-Mar-24` and `2024-Mar-05`.
  private mutating func readNamedMonth(before first: DateToken) throws(DateFault) {
    guard let month = current else { throw .unreadable }
    index += 1
    skipSigns()
    guard current?.kind == .number else { throw .yearMissing }
    let last = try takeNumber()
    date.certain =
      first.digits == 4
      ? try civil(first.value, month.value, last.value)
      : try civil(full(last), month.value, first.value)
  }

  private mutating func skipSigns() {
    while isSign(0, 0x20) || isSign(0, 0x2C) || isSign(0, 0x2D) || isSign(0, 0x2E)
      || isSign(0, 0x2F)
    {
      index += 1
    }
  }

  private mutating func readYearAndMonth(_ first: DateToken, _ second: DateToken)
    throws(DateFault)
  {
    guard first.digits == 4 || second.digits == 4 else { throw .yearMissing }
    date.lacksDay = true
    date.certain =
      first.digits == 4
      ? try civil(first.value, second.value, 1) : try civil(second.value, first.value, 1)
  }

  private mutating func settle(
    _ first: DateToken, _ second: DateToken, _ third: DateToken, sign: Int
  ) throws(DateFault) {
    if first.digits == 4 {
      guard second.digits <= 2, third.digits <= 2 else { throw .unreadable }
      date.certain = try civil(first.value, second.value, third.value)
      return
    }
    guard first.digits <= 2, second.digits <= 2, third.digits == 4 || third.digits <= 2 else {
      throw .unreadable
    }
    let year = full(third)
    date.hasShortYear = third.digits <= 2
    date.dayFirst = CivilDate(year: year, month: second.value, day: first.value)
    date.monthFirst = CivilDate(year: year, month: first.value, day: second.value)
    if date.hasShortYear {
      date.yearFirst = CivilDate(year: full(first), month: second.value, day: third.value)
      // A single digit is never a year: 3/5/24 is no day of 2003.
      if first.digits == 1 { date.yearFirst = nil }
      if third.digits == 1 { (date.dayFirst, date.monthFirst) = (nil, nil) }
    } else if sign == 0x2E, date.dayFirst != nil {
      date.monthFirst = nil
    }
    guard !date.orders.isEmpty else { throw .impossible }
  }

  /// A year of two digits: 69 to 99 are of the 20th century, 00 to 68 of this one.
  ///
  /// Source: POSIX.1-2017, strptime, %y.
  private func full(_ year: DateToken) -> Int {
    guard year.digits <= 2 else { return year.value }
    return year.value + (year.value < 69 ? 2000 : 1900)
  }

  private func civil(_ year: Int, _ month: Int, _ day: Int) throws(DateFault) -> CivilDate {
    guard let date = CivilDate(year: year, month: month, day: day) else { throw .impossible }
    return date
  }
}

// MARK: - Time and zone

extension DateReader {
  private mutating func readTime() throws(DateFault) {
    skipBlanks()
    var half: Int?
    if let token = current, token.kind == .half {
      half = token.value
      index += 1
    }
    skipBlanks()
    guard let hour = current, hour.kind == .number, date.time == nil else {
      guard half == nil else { throw .unreadable }
      return
    }
    index += 1
    var clock = [hour.value, 0, 0]
    try readMinutes(into: &clock)
    skipFraction()
    skipBlanks()
    if half == nil, let token = current, token.kind == .half {
      half = token.value
      index += 1
    }
    date.time = try seconds(hour24(clock[0], half: half), clock[1], clock[2])
  }

  private mutating func readMinutes(into clock: inout [Int]) throws(DateFault) {
    if isUnit(0, 3) {
      index += 1
      for unit in 1...2 {
        guard let number = current, number.kind == .number else { return }
        clock[unit] = number.value
        index += 1
        if isUnit(0, unit + 3) { index += 1 }
      }
      return
    }
    guard isSign(0, 0x3A) || current?.kind == .half || isSign(0, 0x20) else { throw .unreadable }
    for unit in 1...2 where isSign(0, 0x3A) {
      index += 1
      guard let number = current, number.kind == .number, number.digits <= 2 else {
        throw .unreadable
      }
      clock[unit] = number.value
      index += 1
    }
  }

  /// Fractions of a second are let go: no field keeps them.
  private mutating func skipFraction() {
    guard isSign(0, 0x2E) || isSign(0, 0x2C), token(1)?.kind == .number else { return }
    index += 2
  }

  private func hour24(_ hour: Int, half: Int?) -> Int {
    switch half {
    case 0, 2: hour == 12 ? 0 : hour
    case 1: hour < 12 ? hour + 12 : hour
    case 3: hour < 11 ? hour + 12 : hour
    default: hour
    }
  }

  private func seconds(_ hour: Int, _ minute: Int, _ second: Int) throws(DateFault) -> Int {
    guard hour < 24 || (hour == 24 && minute == 0 && second == 0), minute < 60, second <= 60 else {
      throw .impossible
    }
    return hour * 3600 + minute * 60 + min(second, 59)
  }

  private mutating func readZone() throws(DateFault) {
    skipBlanks()
    guard date.time != nil else { return }
    if current?.kind == .utc {
      index += 1
      date.offset = 0
      skipBlanks()
    }
    guard let sign = current, sign.kind == .sign, sign.value == 0x2B || sign.value == 0x2D,
      let number = token(1), number.kind == .number
    else { return }
    index += 2
    var minutes =
      number.digits > 2 ? number.value / 100 * 60 + number.value % 100 : number.value * 60
    if isSign(0, 0x3A), let rest = token(1), rest.kind == .number {
      minutes += rest.value
      index += 2
    }
    guard minutes <= 18 * 60 else { throw .impossible }
    date.offset = (sign.value == 0x2B ? 1 : -1) * minutes * 60
  }
}
