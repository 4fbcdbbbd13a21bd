import FerryCore
import Testing

@testable import FerryXLSX

@Suite struct NumberFormatTests {
  @Test(arguments: [
    ("General", NumberFormat.number), ("0.00", .number), ("#,##0.00_);[Red](#,##0.00)", .number),
    ("0.00E+00", .number), ("##0.0E+0", .number), ("@", .number), ("0%", .number),
    ("# ?/?", .number),
    ("¥#,##0.00", .number), ("[$¥-804]#,##0.00", .number), ("0\"元\"", .number),
    ("0\"days\"", .number), ("\\d0", .number), ("_d0_y", .number), ("[Red]0", .number),
    ("[DBNum2][$-804]General", .number), ("General\"h\"", .number), ("", .number),
    ("yyyy-mm-dd", .date), ("yyyy\"年\"m\"月\"d\"日\"", .date), ("yyyy年m月d日", .date),
    ("[$-804]yyyy\"年\"m\"月\"d\"日\";@", .date), ("m/d", .date), ("mmm-yy", .date), ("mm", .date),
    ("dddd", .date), ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", .date), ("ge.m.d", .date),
    ("[$-411]ggge\"年\"m\"月\"d\"日\"", .date), ("aaaa", .date), ("YYYY/MM/DD", .date),
    ("h:mm", .time), ("h:mm:ss AM/PM", .time), ("mm:ss.0", .time), ("上午/下午h\"时\"mm\"分\"", .time),
    ("[$-409]h:mm AM/PM;@", .time), ("hh\"时\"mm\"分\"", .time),
    ("yyyy-mm-dd hh:mm", .datetime), ("m/d/yy h:mm", .datetime),
    ("yyyy-mm-dd\\Thh:mm:ss", .datetime),
    ("[h]:mm", .duration), ("[hh]:mm:ss;@", .duration), ("[m]", .duration), ("[ss].00", .duration),
  ])
  func tellsDatesFromNumbers(_ code: String, _ format: NumberFormat) {
    #expect(NumberFormat(code: code) == format)
  }

  @Test(arguments: [
    (0, NumberFormat.number), (2, .number), (9, .number), (11, .number), (14, .date), (17, .date),
    (18, .time), (21, .time), (22, .datetime), (31, .date), (37, .number), (45, .time),
    (46, .duration), (49, .number), (57, .date),
  ])
  func knowsTheBuiltInFormats(_ id: Int, _ format: NumberFormat) {
    #expect(NumberFormat.builtIn(id) == format)
  }
}

@Suite struct SerialDateTests {
  private func text(_ serial: Double, _ format: NumberFormat, is1904: Bool = false) -> String? {
    var output = ContiguousArray<UInt8>()
    guard let kind = SerialDate.append(serial, as: format, is1904: is1904, to: &output)
    else { return nil }
    return "\(kind) " + String(decoding: output, as: UTF8.self)
  }

  @Test(arguments: [
    (1, NumberFormat.date, "date 1900-01-01"), (59, .date, "date 1900-02-28"),
    (60, .date, "date 1900-02-28"), (61, .date, "date 1900-03-01"),
    (45_356, .date, "date 2024-03-05"), (45_351, .date, "date 2024-02-29"),
    (2_958_465, .date, "date 9999-12-31"),
    (45_356.395833333336, .datetime, "datetime 2024-03-05T09:30:00"),
    (45_356, .datetime, "datetime 2024-03-05T00:00:00"),
    (45_356.5, .date, "datetime 2024-03-05T12:00:00"), (45_356, .time, "date 2024-03-05"),
    (45_356.999999999, .datetime, "datetime 2024-03-06T00:00:00"),
    (0.5, .time, "time 12:00:00"), (0, .time, "time 00:00:00"), (0, .date, "time 00:00:00"),
    (0.0000115740740740741, .time, "time 00:00:01"),
    (0.00000578703703703704, .time, "time 00:00:00.500"),
    (1.5, .duration, "duration PT36H"), (0.0625, .duration, "duration PT1H30M"),
    (-0.0625, .duration, "duration -PT1H30M"), (0, .duration, "duration PT0S"),
    (0.00001736111, .duration, "duration PT1.500S"),
  ])
  func writesISO8601(_ serial: Double, _ format: NumberFormat, _ expected: String) {
    #expect(text(serial, format) == expected)
  }

  @Test(arguments: [-1, -0.5, 2_958_466, 1e300, .infinity, .nan])
  func leavesNumbersThatAreNoDates(_ serial: Double) {
    #expect(text(serial, .date) == nil)
  }

  @Test func countsOneDayAfterTheOtherInBothSystems() {
    // A calendar that is advanced day by day, with no arithmetic to get wrong.
    var (year, month, day) = (1900, 3, 1)
    func advance() {
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      day += 1
      if day > lengths[month - 1] { (month, day) = (month + 1, 1) }
      if month > 12 { (year, month) = (year + 1, 1) }
    }
    for serial in 61..<90_000 {
      defer { advance() }
      let digits = { (value: Int) in value < 10 ? "0\(value)" : "\(value)" }
      let expected = "date \(year)-\(digits(month))-\(digits(day))"
      // An expectation costs more than what it checks here, so only a failure states one.
      let found = text(Double(serial), .date)
      if found != expected { #expect(found == expected) }
      guard serial >= 1462 else { continue }
      let shifted = text(Double(serial - 1462), .date, is1904: true)
      if shifted != expected { #expect(shifted == expected) }
    }
  }

  @Test(arguments: [
    ("2024-03-05", NumberFormat.number, "date 2024-03-05"),
    ("2024-03-05T09:30:00", .number, "datetime 2024-03-05T09:30:00"),
    ("2024-03-05T09:30", .number, "datetime 2024-03-05T09:30:00"),
    ("2024-03-05T09:30:00.000Z", .number, "datetime 2024-03-05T09:30:00"),
    ("2024-03-05T09:30:00.25012", .number, "datetime 2024-03-05T09:30:00.25"),
    ("2024-03-05T00:00:00", .date, "date 2024-03-05"),
    ("2024-03-05T00:00:00", .datetime, "datetime 2024-03-05T00:00:00"),
    ("09:30:15", .time, "time 09:30:15"),
  ])
  func readsISODates(_ input: String, _ format: NumberFormat, _ expected: String) {
    let bytes = ContiguousArray(input.utf8)
    var output = ContiguousArray<UInt8>()
    let kind = ISODate.append(bytes.span, as: format, to: &output)
    #expect(kind.map { "\($0) " + String(decoding: output, as: UTF8.self) } == expected)
  }

  @Test(arguments: ["", "2024", "45356", "2024-13-05", "2024-03-05X", "2024-03-05T9:30", "25:00"])
  func refusesWhatIsNoISODate(_ input: String) {
    let bytes = ContiguousArray(input.utf8)
    var output = ContiguousArray<UInt8>()
    #expect(ISODate.append(bytes.span, as: .date, to: &output) == nil && output.isEmpty)
  }
}
