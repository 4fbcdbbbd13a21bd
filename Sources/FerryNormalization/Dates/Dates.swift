import FerryCore
import FerryRecords

// Dates and instants of one cell. A civil time is meant in the options' zone; a date alone is its
// midnight there. Serial numbers of spreadsheets count days since 1899-12-30 (so that the leap day
// 1900-02-29, which never was, is 60), or since 1904-01-01.

extension FieldNormalizer {
  mutating func readDate(
    _ text: Span<UInt8>, kind: CellKind, into output: inout ContiguousArray<UInt8>
  ) -> NormalizationResult {
    if isISODate(text), let date = isoDate(text) {
      return append(date, text: text, issue: nil, to: &output)
    }
    return read(text, kind: kind, into: &output)
  }

  mutating func readInstant(
    _ text: Span<UInt8>, kind: CellKind, into output: inout ContiguousArray<UInt8>
  ) -> NormalizationResult {
    read(text, kind: kind, into: &output)
  }

  private mutating func read(
    _ text: Span<UInt8>, kind: CellKind, into output: inout ContiguousArray<UInt8>
  ) -> NormalizationResult {
    guard kind != .time, kind != .duration, kind != .boolean else {
      return .invalid(NormalizationIssue(.unreadableDate, text.string))
    }
    if let serial = serial(text, kind: kind) { return readSerial(serial, text, into: &output) }
    var tokens = ContiguousArray<DateToken>()
    swap(&tokens, &self.tokens)
    defer { swap(&tokens, &self.tokens) }
    guard DateScanner.scan(text, into: &tokens) else {
      return .invalid(NormalizationIssue(.unreadableDate, text.string))
    }
    var reader = DateReader(tokens)
    do throws(DateFault) {
      return finish(try reader.read(), text: text, into: &output)
    } catch {
      return .invalid(NormalizationIssue(error.rule, text.string))
    }
  }
}

// MARK: - Orders

extension FieldNormalizer {
  private mutating func finish(
    _ written: WrittenDate, text: Span<UInt8>, into output: inout ContiguousArray<UInt8>
  ) -> NormalizationResult {
    let issue =
      written.lacksDay ? NormalizationIssue(.dayMissing, text.string) : nil
    if let certain = written.certain {
      return append(certain, written, text: text, issue: issue, to: &output)
    }
    dateColumn.observe(written.orders, hasShortYear: written.hasShortYear)
    let readings = DateOrder.allCases.compactMap { order in
      written[order].map { (order: order, date: $0) }
    }
    if let order = options.dateOrder {
      if let date = written[order] {
        return append(date, written, text: text, issue: nil, to: &output)
      }
      let issue = NormalizationIssue(.otherDateOrder, text.string, order.rawValue)
      return append(readings[0].date, written, text: text, issue: issue, to: &output)
    }
    if readings.allSatisfy({ $0.date == readings[0].date }) {
      return append(readings[0].date, written, text: text, issue: nil, to: &output)
    }
    return appendPending(readings, written, text: text, to: &output)
  }

  private mutating func appendPending(
    _ readings: [(order: DateOrder, date: CivilDate)], _ written: WrittenDate,
    text: Span<UInt8>, to output: inout ContiguousArray<UInt8>
  ) -> NormalizationResult {
    for reading in readings {
      if !output.isEmpty { output.append(UInt8(ascii: "|")) }
      output.append(UInt8(ascii: written.hasShortYear ? "2" : "4"))
      output.append(PendingDate.letter(of: reading.order))
      let result = append(reading.date, written, text: text, issue: nil, to: &output)
      if case .invalid = result { return result }
    }
    return .pending
  }
}

// MARK: - Output

extension FieldNormalizer {
  /// Years outside of these are most likely slips of the finger.
  private static let plausibleYears = 1900...2199

  private mutating func append(
    _ date: CivilDate, _ written: WrittenDate = WrittenDate(), text: Span<UInt8>,
    issue: NormalizationIssue?, to output: inout ContiguousArray<UInt8>
  ) -> NormalizationResult {
    var issue = issue
    if !Self.plausibleYears.contains(date.year) {
      issue = NormalizationIssue(.implausibleYear, text.string, String(date.year))
    }
    if type == .date, written.offset == nil {
      date.append(to: &output)
      if let time = written.time, time % 86_400 != 0, issue == nil {
        issue = NormalizationIssue(.timeDropped, text.string)
      }
      return .value(issue)
    }
    let civil = date.dayNumber * 86_400 + (written.time ?? 0)
    let instant = written.offset.map { civil - $0 } ?? zone?.instant(ofCivil: civil) ?? civil
    return append(instant: instant, text: text, issue: issue, to: &output)
  }

  /// Writes an instant; for a date, the day it falls on in the options' zone.
  private mutating func append(
    instant: Int, text: Span<UInt8>, issue: NormalizationIssue?,
    to output: inout ContiguousArray<UInt8>
  ) -> NormalizationResult {
    guard type == .date else {
      guard CivilDate.append(instant: instant, to: &output) else {
        return .invalid(NormalizationIssue(.impossibleDate, text.string))
      }
      return .value(issue)
    }
    let civil = instant + (zone?.offset(at: instant) ?? 0)
    let dayNumber = (civil >= 0 ? civil : civil - 86_399) / 86_400
    guard let date = CivilDate(dayNumber: dayNumber) else {
      return .invalid(NormalizationIssue(.impossibleDate, text.string))
    }
    date.append(to: &output)
    let isMidnight = civil == dayNumber * 86_400
    return .value(issue ?? (isMidnight ? nil : NormalizationIssue(.timeDropped, text.string)))
  }
}

// MARK: - Fast and serial forms

extension FieldNormalizer {
  /// Whether `text` has the shape `2024-03-05`.
  private func isISODate(_ text: Span<UInt8>) -> Bool {
    guard text.count == 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-") else {
      return false
    }
    for index in 0..<10 where index != 4 && index != 7 && !text[index].isDigit { return false }
    return true
  }

  private func isoDate(_ text: Span<UInt8>) -> CivilDate? {
    func digit(_ index: Int) -> Int { Int(text[index] - 0x30) }
    return CivilDate(
      year: digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3),
      month: digit(5) * 10 + digit(6), day: digit(8) * 10 + digit(9))
  }

  /// The days of a serial number; `nil` where `text` is none.
  ///
  /// Five digits, with a fraction or without: 10000 (1927) to 99999 (2173).
  private func serial(_ text: Span<UInt8>, kind: CellKind) -> ExactDecimal? {
    guard kind == .number || kind == .text, text.count >= 5, text.count <= 24 else { return nil }
    for index in 0..<5 where !text[index].isDigit { return nil }
    guard text.count == 5 || text[5] == UInt8(ascii: "."),
      let number = NumberReader(region: "").read(text, from: 0), number.end == text.count,
      text[0] != 0x30
    else { return nil }
    return number.value
  }

  private mutating func readSerial(
    _ serial: ExactDecimal, _ text: Span<UInt8>, into output: inout ContiguousArray<UInt8>
  ) -> NormalizationResult {
    let divisor = ExactDecimal.power(min(serial.scale, 30))
    let days = Int(serial.mantissa / divisor)
    let rest = serial.mantissa % divisor
    // To the nearest second, as spreadsheets show it.
    var time = Int((rest * 86_400 * 2 + divisor) / (divisor * 2))
    let epoch = options.usesDate1904 ? -24_107 : -25_569
    var dayNumber = days + epoch
    if time == 86_400 { (dayNumber, time) = (dayNumber + 1, 0) }
    guard let date = CivilDate(dayNumber: dayNumber) else {
      return .invalid(NormalizationIssue(.unreadableDate, text.string))
    }
    var written = WrittenDate()
    if rest != 0 { written.time = time }
    let issue = NormalizationIssue(.serialDate, text.string)
    return append(date, written, text: text, issue: issue, to: &output)
  }
}
