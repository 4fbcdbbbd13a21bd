/// How values are typed into a ledger: in many notations, and often not at all.
struct LedgerWriting {
  /// Days from 1899-12-30, Excel's day 0, to 2010-01-01.
  private static let firstDay = 40_179
  private static let daySpan = 5400

  var random: RowRandom

  mutating func orBlank(_ text: String, _ share: Double) -> BenchCell {
    text.isEmpty || random.chance(share) ? .blank : .text(text)
  }

  mutating func mobile(of person: LedgerPerson) -> BenchCell {
    let digits = person.mobile
    let notation = random.below(8)
    if digits.isEmpty || random.chance(0.07) { return .blank }
    return person.isChinese ? chineseMobile(digits, notation) : mobile(digits, notation)
  }

  private func chineseMobile(_ digits: String, _ notation: Int) -> BenchCell {
    let (start, rest) = (digits.prefix(3), digits.dropFirst(3))
    let (middle, end) = (rest.prefix(4), rest.dropFirst(4))
    switch notation {
    case 0, 1: return .text(digits)
    case 2: return .text("\(start) \(middle) \(end)")
    case 3: return .text("\(start)-\(middle)-\(end)")
    case 4: return .text("+86 \(digits)")
    case 5: return .text("0086\(digits)")
    case 6: return .text("(+86)\(start)-\(middle)-\(end)")
    default: return digits.allSatisfy(\.isNumber) ? .number(digits) : .text(digits)
    }
  }

  private func mobile(_ digits: String, _ notation: Int) -> BenchCell {
    let rest = digits.dropFirst()
    let (area, local) = (rest.prefix(3), rest.dropFirst(3))
    let (exchange, line) = (local.prefix(3), local.dropFirst(3))
    switch notation {
    case 0: return .text("+1 \(area) \(exchange) \(line)")
    case 1: return .text("(\(area)) \(exchange)-\(line)")
    case 2: return .text("\(area)-\(exchange)-\(line)")
    case 3: return .text("\(area).\(exchange).\(line)")
    case 4: return .text("+1\(rest)")
    case 5: return .text("1-\(area)-\(exchange)-\(line)")
    case 6: return digits.allSatisfy(\.isNumber) ? .number(digits) : .text(digits)
    default: return .text("001\(rest)")
    }
  }

  mutating func landline(_ number: String) -> BenchCell {
    switch random.below(8) {
    case 0, 1, 2: .blank
    case 3, 4, 5: .text(number)
    case 6: .text(number.filter { $0 != "-" })
    default: .text("\(number)转\(800 + random.below(100))")
    }
  }

  /// A true date, a true date with time, or text in one of six notations.
  mutating func date() -> BenchCell {
    let day = Self.firstDay + random.below(Self.daySpan)
    let minute = random.below(24 * 60)
    let share = random.unit()
    if share < 0.5 { return .date(day: day) }
    if share < 0.7 { return .dateTime(day: day, minute: minute) }
    let (year, month, date) = CivilDate.parts(ofSerial: day)
    let iso = CivilDate.iso(ofSerial: day)
    switch random.below(6) {
    case 0: return .text("\(year)/\(month)/\(date)")
    case 1: return .text("\(year)年\(month)月\(date)日")
    case 2: return .text(iso)
    case 3: return .text("\(year).\(month).\(date)")
    case 4: return .text("\(month)/\(date)/\(year)")
    default: return .text("\(iso) \(CivilDate.time(minute: minute)):00")
    }
  }

  /// A number, or text with signs and units.
  mutating func amount() -> BenchCell {
    let magnitude = [1000, 10_000, 100_000, 1_000_000, 10_000_000][random.below(5)]
    let cents = magnitude + random.below(magnitude * 9)
    let whole = String(cents / 100)
    let fraction =
      cents % 100 == 0 ? "" : ".\(cents % 100 / 10)" + (cents % 10 == 0 ? "" : "\(cents % 10)")
    switch random.below(50) {
    case 0: return .blank
    case 1, 2, 3: return .text("¥\(grouped(whole))\(fraction)")
    case 4, 5: return .text("\(cents / 1_000_000).\(cents / 100_000 % 10)万")
    case 6: return .text("USD \(whole)")
    default: return .number(whole + fraction)
    }
  }

  private func grouped(_ digits: String) -> String {
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { result += "," }
      result.append(digit)
    }
    return result
  }

  mutating func note() -> BenchCell {
    if random.chance(0.6) { return .blank }
    let lines = (0...random.below(3)).map { _ in
      random.pick(Vocabulary.notes) + (random.chance(0.5) ? random.digits(5) : "")
    }
    return .text(lines.joined(separator: "\n"))
  }
}
