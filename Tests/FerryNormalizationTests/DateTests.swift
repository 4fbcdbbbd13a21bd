import FerryCore
import FerryRecords
import Foundation
import Testing

@testable import FerryNormalization

@Suite struct DateTests {
  /// Sources: GB/T 7408 (ISO 8601), CLDR 44 short and medium patterns, ECMA-376 18.17.4 (serials).
  static let table = [
    NormalizationCase("2024-03-05", "2024-03-05"),
    NormalizationCase("2024-03-05", "2024-03-05", kind: .date),
    NormalizationCase("2024-3-5", "2024-03-05"),
    NormalizationCase("2024/03/05", "2024-03-05"),
    NormalizationCase("2024/3/5", "2024-03-05"),
    NormalizationCase("2024.3.5", "2024-03-05"),
    NormalizationCase("2024年3月5日", "2024-03-05"),
    NormalizationCase("2024年03月05号", "2024-03-05"),
    NormalizationCase("2024 年 3 月 5 日", "2024-03-05"),
    NormalizationCase("24年3月5日", "2024-03-05"),
    NormalizationCase("２０２４－０３－０５", "2024-03-05"),
    NormalizationCase("20240305", "2024-03-05"),
    NormalizationCase("20240305", "2024-03-05", kind: .number),
    NormalizationCase("25/3/2024", "2024-03-25"),
    NormalizationCase("3/25/2024", "2024-03-25"),
    NormalizationCase("3/3/2024", "2024-03-03"),
    NormalizationCase("3/5/2024", "?"),
    NormalizationCase("5.3.2024", "2024-03-05"),
    NormalizationCase("24-3-5", "2024-03-05"),
    NormalizationCase("24-03-05", "?"),
    NormalizationCase("98-3-5", "1998-03-05"),
    NormalizationCase("3/5/24", "?"),
    NormalizationCase("Mar 5 2024", "2024-03-05"),
    NormalizationCase("March 5, 2024", "2024-03-05"),
    NormalizationCase("Tuesday, March 5th, 2024", "2024-03-05"),
    NormalizationCase("5 Mar 2024", "2024-03-05"),
    NormalizationCase("5-Mar-24", "2024-03-05"),
    NormalizationCase("2024-Mar-05", "2024-03-05"),
    NormalizationCase("2024年3月", "2024-03-01", "dates.day-missing"),
    NormalizationCase("2024-03", "2024-03-01", "dates.day-missing"),
    NormalizationCase("2024/3", "2024-03-01", "dates.day-missing"),
    NormalizationCase("Mar 2024", "2024-03-01", "dates.day-missing"),
    NormalizationCase("45356", "2024-03-05", "dates.serial", kind: .number),
    NormalizationCase("45356", "2024-03-05", "dates.serial"),
    NormalizationCase("45356.0", "2024-03-05", "dates.serial", kind: .number),
    NormalizationCase("2024-03-05T00:00:00", "2024-03-05", kind: .datetime),
    NormalizationCase("2024-03-05T09:30:00", "2024-03-05", "dates.time-dropped", kind: .datetime),
    NormalizationCase("2024-03-05 00:00:00", "2024-03-05"),
    NormalizationCase("2024-03-05 星期二", "2024-03-05"),
    NormalizationCase("2024-03-04T20:00:00Z", "2024-03-05", "dates.time-dropped"),
    NormalizationCase("2024-03-04T16:00:00Z", "2024-03-05"),
    NormalizationCase("2024-02-29", "2024-02-29"),
    NormalizationCase("2024-02-30", nil, "dates.impossible"),
    NormalizationCase("2023年2月29日", nil, "dates.impossible"),
    NormalizationCase("31/4/2024", nil, "dates.impossible"),
    NormalizationCase("13/13/2024", nil, "dates.impossible"),
    NormalizationCase("20241305", nil, "dates.impossible"),
    NormalizationCase("0204-03-05", "0204-03-05", "dates.implausible-year"),
    NormalizationCase("3月5日", nil, "dates.year-missing"),
    NormalizationCase("3/5", nil, "dates.year-missing"),
    NormalizationCase("Mar 5", nil, "dates.year-missing"),
    NormalizationCase("明天", nil, "dates.unreadable"),
    NormalizationCase("2024", nil, "dates.unreadable"),
    NormalizationCase("2024-03-05 to 2024-03-09", nil, "dates.unreadable"),
    NormalizationCase("09:30:00", nil, "dates.unreadable", kind: .time),
    NormalizationCase("待定", nil),
  ]

  @Test(arguments: table) func `dates become ISO 8601`(_ row: NormalizationCase) {
    row.check(.date)
  }

  static let instants = [
    NormalizationCase("2024-03-05", "2024-03-04T16:00:00Z"),
    NormalizationCase("2024-03-05 09:30", "2024-03-05T01:30:00Z"),
    NormalizationCase("2024-03-05T09:30:00", "2024-03-05T01:30:00Z", kind: .datetime),
    NormalizationCase("2024/3/5 9:30:15", "2024-03-05T01:30:15Z"),
    NormalizationCase("2024-03-05 09:30:15.250", "2024-03-05T01:30:15Z"),
    NormalizationCase("2024年3月5日 下午2:30", "2024-03-05T06:30:00Z"),
    NormalizationCase("2024年3月5日14时30分", "2024-03-05T06:30:00Z"),
    NormalizationCase("2024年3月5日下午2点", "2024-03-05T06:00:00Z"),
    NormalizationCase("2024-3-5 上午12:05", "2024-03-04T16:05:00Z"),
    NormalizationCase("3/25/2024 2:30 PM", "2024-03-25T06:30:00Z"),
    NormalizationCase("3/25/2024 12:00 AM", "2024-03-24T16:00:00Z"),
    NormalizationCase("2024-03-05T09:30:00Z", "2024-03-05T09:30:00Z"),
    NormalizationCase("2024-03-05T09:30:00+08:00", "2024-03-05T01:30:00Z"),
    NormalizationCase("2024-03-05T09:30:00.000+0000", "2024-03-05T09:30:00Z"),
    NormalizationCase("2024-03-05 09:30:00 UTC", "2024-03-05T09:30:00Z"),
    NormalizationCase("2024-03-05 09:30:00 GMT+8", "2024-03-05T01:30:00Z"),
    NormalizationCase("20240305093000", "2024-03-05T01:30:00Z"),
    NormalizationCase("45356.395833333336", "2024-03-05T01:30:00Z", "dates.serial", kind: .number),
    NormalizationCase("2024-03-05 25:00", nil, "dates.impossible"),
    NormalizationCase("2024-03-05 9:75", nil, "dates.impossible"),
    // 上海 kept summer time in 1988: from 10 April, 02:00.
    NormalizationCase("1988-07-01 09:00", "1988-07-01T00:00:00Z"),
    NormalizationCase("1988-01-01 09:00", "1988-01-01T01:00:00Z"),
  ]

  @Test(arguments: instants) func `instants are UTC`(_ row: NormalizationCase) {
    row.check(.instant)
  }

  @Test func `serials of 1904 begin later`() {
    NormalizationCase("43894", "2024-03-05", "dates.serial", kind: .number).check(
      .date, NormalizationOptions(usesDate1904: true))
  }

  /// Source: the tz database, America/New_York 2024: forward on 10 March, back on 3 November.
  @Test(arguments: [
    NormalizationCase("2024-03-10 01:59", "2024-03-10T06:59:00Z"),
    NormalizationCase("2024-03-10 02:30", "2024-03-10T07:30:00Z"),
    NormalizationCase("2024-03-10 03:00", "2024-03-10T07:00:00Z"),
    NormalizationCase("2024-11-03 01:30", "2024-11-03T05:30:00Z"),
    NormalizationCase("2024-11-03 02:00", "2024-11-03T07:00:00Z"),
  ]) func `clock changes are known`(_ row: NormalizationCase) {
    row.check(.instant, NormalizationOptions(region: "US", timeZone: "America/New_York"))
  }

  @Test(arguments: ["Asia/Shanghai", "America/New_York", "Europe/London", "Australia/Lord_Howe"])
  func `offsets equal Foundation's`(_ name: String) throws {
    let zone = try #require(TimeZone(identifier: name))
    var civil = CivilZone(name: name)
    for instant in stride(from: -1_000_000_000, to: 3_000_000_000, by: 7_654_321) {
      let wanted = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant)))
      #expect(civil.offset(at: instant) == wanted, "\(name) at \(instant)")
    }
  }

  @Test func `day numbers go there and back`() {
    for number in stride(from: -700_000, to: 2_900_000, by: 37) {
      #expect(CivilDate(dayNumber: number)?.dayNumber == number)
    }
  }
}

@Suite struct DateColumnTests {
  /// The decided texts of a column.
  private func column(
    _ cells: [String], region: String = "CN", order: DateOrder? = nil
  ) -> (texts: [String], rule: String?) {
    var normalizer = FieldNormalizer(
      type: .date, options: NormalizationOptions(region: region, dateOrder: order))
    let made = cells.map { normalizer.normalize($0) }
    let decision = normalizer.dateColumn.decision
    let texts = made.map { made in
      guard made.result == .pending else { return made.text }
      var output = ContiguousArray<UInt8>()
      let bytes = ContiguousArray(made.text.utf8)
      DateColumn.resolve(bytes.span, by: decision, into: &output)
      return String(decoding: output, as: UTF8.self)
    }
    return (texts, decision.issue?.rule.id)
  }

  @Test func `one cell that can be read once settles the column`() {
    let days = column(["3/5/2024", "25/3/2024", "1/2/2024"])
    #expect(days.texts == ["2024-05-03", "2024-03-25", "2024-02-01"])
    #expect(days.rule == nil)
    let months = column(["3/5/2024", "3/25/2024"], region: "DE")
    #expect(months.texts == ["2024-03-05", "2024-03-25"])
    #expect(months.rule == nil)
  }

  @Test func `a column without such a cell follows the region and is told`() {
    #expect(column(["3/5/2024"], region: "US").texts == ["2024-03-05"])
    #expect(column(["3/5/2024"], region: "GB").texts == ["2024-05-03"])
    #expect(column(["3/5/2024"]).rule == "dates.ambiguous-column")
  }

  @Test func `cells that contradict each other are told`() {
    let mixed = column(["25/3/2024", "3/25/2024", "26/3/2024", "3/5/2024"])
    #expect(mixed.texts.last == "2024-05-03")
    #expect(mixed.rule == "dates.mixed-order")
  }

  @Test func `years of two digits may come first`() {
    #expect(column(["24-03-05", "24-03-31"]).texts == ["2024-03-05", "2024-03-31"])
    #expect(column(["03/05/24", "12/31/23"]).texts == ["2024-03-05", "2023-12-31"])
    #expect(column(["03/05/24", "31/12/23"], region: "GB").texts == ["2024-05-03", "2023-12-31"])
  }

  @Test func `the mapping's order settles all, and says where it can't`() {
    let given = column(["3/5/2024", "3/25/2024"], order: .dayFirst)
    #expect(given.texts == ["2024-05-03", "2024-03-25"])
    NormalizationCase("3/25/2024", "2024-03-25", "dates.other-order").check(
      .date, NormalizationOptions(dateOrder: .dayFirst))
  }

  @Test func `parts of a column are merged`() {
    var left = DateColumn(region: "US")
    left.observe([.dayFirst, .monthFirst], hasShortYear: false)
    var right = DateColumn(region: "US")
    right.observe([.dayFirst], hasShortYear: false)
    left.merge(right)
    #expect(left.decision.order == .dayFirst)
    #expect(left.decision.issue == nil)
    #expect(left.doubtfulCount == 1)
  }

  @Test func `a column without doubt says nothing`() {
    #expect(column(["2024-03-05", "2024/3/6"]).rule == nil)
  }
}
