import FerryCore
import FerryRecords
import Foundation
import Testing

@testable import FerryNormalization

@Suite struct PhoneTests {
  /// Sources: 工信部《电信网编号计划》(2017) for shapes; real sheets' habits for spellings; the
  /// subscriber numbers are made up.
  static let mainland = [
    NormalizationCase("13812345678", "+8613812345678"),
    NormalizationCase("138 1234 5678", "+8613812345678"),
    NormalizationCase("138-1234-5678", "+8613812345678"),
    NormalizationCase("+86 138 1234 5678", "+8613812345678"),
    NormalizationCase("+8613812345678", "+8613812345678"),
    NormalizationCase("8613812345678", "+8613812345678"),
    NormalizationCase("008613812345678", "+8613812345678"),
    NormalizationCase("013812345678", "+8613812345678"),
    NormalizationCase("１３８１２３４５６７８", "+8613812345678"),
    NormalizationCase("\u{200B}138\u{00A0}1234\u{202D}5678\u{FEFF}", "+8613812345678"),
    NormalizationCase("手机：13812345678", "+8613812345678"),
    NormalizationCase("13812345678（张经理）", "+8613812345678", "phone.remark"),
    NormalizationCase("13812345678 微信同号", "+8613812345678", "phone.remark"),
    NormalizationCase("13812345678", "+8613812345678", kind: .number),
    NormalizationCase("13812345678.0", "+8613812345678"),
    NormalizationCase("13812345678.00", "+8613812345678"),
    NormalizationCase("1.3812345678E+10", "+8613812345678"),
    NormalizationCase("1.381234567E10", "+8613812345670"),
    NormalizationCase("1.38E+10", nil, "phone.digits-lost"),
    NormalizationCase("1.38123E+10", nil, "phone.digits-lost"),
    NormalizationCase("010-88993108", "+861088993108"),
    NormalizationCase("(010)88993108", "+861088993108"),
    NormalizationCase("（010）8899 3108", "+861088993108"),
    NormalizationCase("01088993108", "+861088993108"),
    NormalizationCase("1088993108", "+861088993108", kind: .number),
    NormalizationCase("+86-10-88993108", "+861088993108"),
    NormalizationCase("86-10-88993108", "+861088993108"),
    NormalizationCase("+86 (0)10 8899 3108", "+861088993108"),
    NormalizationCase("0755-26712345", "+8675526712345"),
    NormalizationCase("0755—26712345", "+8675526712345"),
    NormalizationCase("0755－26712345", "+8675526712345"),
    NormalizationCase("0312-5081234", "+863125081234"),
    NormalizationCase("010-88993108转8012", "+861088993108;ext=8012"),
    NormalizationCase("010-88993108-8012", "+861088993108;ext=8012"),
    NormalizationCase("010-88993108 分机 8012", "+861088993108;ext=8012"),
    NormalizationCase("010-88993108转分机：8012", "+861088993108;ext=8012"),
    NormalizationCase("010-88993108（转8012）", "+861088993108;ext=8012"),
    NormalizationCase("010-88993108 ext. 8012", "+861088993108;ext=8012"),
    NormalizationCase("010-88993108 x8012", "+861088993108;ext=8012"),
    NormalizationCase("+861088993108;ext=8012", "+861088993108;ext=8012"),
    NormalizationCase("400-860-8608", "+864008608608"),
    NormalizationCase("4008608608", "+864008608608"),
    NormalizationCase("400-860-8608转3", "+864008608608;ext=3"),
    NormalizationCase("400-860-8608-123", "+864008608608;ext=123"),
    NormalizationCase("800-810-8888", "+868008108888"),
    NormalizationCase("+1 (201) 555-0123", "+12015550123"),
    NormalizationCase("+852 5123 4567", "+85251234567"),
    NormalizationCase("88993108", nil, "phone.too-short"),
    NormalizationCase("138123456", nil, "phone.too-short"),
    NormalizationCase("138123456789", nil, "phone.no-such-number"),
    NormalizationCase("12345678901", nil, "phone.no-such-number"),
    NormalizationCase("15412345678", "+8615412345678", "phone.unknown-range"),
    NormalizationCase("0755-7654321", "+867557654321", "phone.unknown-range"),
    NormalizationCase("没有电话", nil, "phone.not-a-number"),
    NormalizationCase("见备注", nil, "phone.not-a-number"),
    NormalizationCase("无", nil),
    NormalizationCase("0000", nil),
    NormalizationCase("00000000000", nil),
    NormalizationCase("-", nil),
    NormalizationCase("", nil),
  ]

  @Test(arguments: mainland) func `mainland phones become E.164`(_ row: NormalizationCase) {
    row.check(.phone)
  }

  /// Source: libphonenumber's example numbers; 555-01xx is kept for fiction.
  @Test(arguments: [
    ("US", NormalizationCase("(201) 555-0123", "+12015550123")),
    ("US", NormalizationCase("201.555.0123 x12", "+12015550123;ext=12")),
    ("US", NormalizationCase("1-800-FLOWERS", "+18003569377")),
    ("US", NormalizationCase("(555) 555-1234", "+15555551234", "phone.unknown-range")),
    ("US", NormalizationCase("555-1234", nil, "phone.too-short")),
    ("US", NormalizationCase("+86 138 1234 5678", "+8613812345678")),
    ("US", NormalizationCase("Tel: 201-555-0123", "+12015550123")),
    ("DE", NormalizationCase("030/123456", "+4930123456")),
    ("DE", NormalizationCase("+49 (0)30 123456", "+4930123456")),
    ("HK", NormalizationCase("5123 4567", "+85251234567")),
    ("JP", NormalizationCase("０３－１２３４－５６７８", "+81312345678")),
    ("US", NormalizationCase("+999 123456789", nil, "phone.unknown-country")),
  ]) func `phones of other regions are the library's`(_ region: String, _ row: NormalizationCase) {
    row.check(.phone, NormalizationOptions(region: region))
  }

  struct Several: Sendable {
    let input: String
    let first: String
    let extras: [String]
  }

  static let several = [
    Several(
      input: "13812345678/13912345678", first: "+8613812345678", extras: ["+8613912345678"]),
    Several(
      input: "13812345678、13912345678，010-88993108", first: "+8613812345678",
      extras: ["+8613912345678", "+861088993108"]),
    Several(
      input: "010-88993108转801;13912345678", first: "+861088993108;ext=801",
      extras: ["+8613912345678"]),
    Several(input: "13812345678或13912345678", first: "+8613812345678", extras: ["+8613912345678"]),
    Several(
      input: "13812345678\n13912345678", first: "+8613812345678", extras: ["+8613912345678"]),
    Several(
      input: "010-88993108 13812345678", first: "+861088993108", extras: ["+8613812345678"]),
    Several(
      input: "手机13812345678 电话010-88993108", first: "+8613812345678", extras: ["+861088993108"]),
    Several(input: "13812345678/13812345678", first: "+8613812345678", extras: []),
    Several(input: "88993108/13812345678", first: "+8613812345678", extras: []),
  ]

  @Test(arguments: several) func `several numbers of one cell are all found`(_ row: Several) {
    var normalizer = FieldNormalizer(type: .phone)
    let (text, _) = normalizer.normalize(row.input)
    #expect(text == row.first)
    #expect(normalizer.extras == row.extras)
    _ = normalizer.normalize("13812345678")
    #expect(normalizer.extras.isEmpty)
  }

  @Test func `an unreadable number beside a good one is told`() {
    NormalizationCase("88993108/13812345678", "+8613812345678", "phone.too-short").check(.phone)
  }

  /// Source: hutool, PhoneUtilTest (MulanPSL-2.0), in the corpus; old subscriber numbers of seven
  /// digits are kept here with a warning.
  @Test func `hutool's valid phones are kept and its bad ones are not`() throws {
    guard let lines = Corpus.lines("ref/cn_ids/cn_phones.tsv") else { return }
    for line in lines.dropFirst() {
      let columns = line.split(separator: "\t").map(String.init)
      var normalizer = FieldNormalizer(type: .phone)
      let (text, result) = normalizer.normalize(columns[0])
      // Valid numbers of another kind than the peer's test asked for.
      let isOtherKind = ["010 12345678", "13619887123"].contains(columns[0])
      // Guangzhou's numbers have had eight digits since 1993: one is missing here.
      let isShort = ["020-9999999", "0209999999"].contains(columns[0])
      let isValid = (columns[2] == "valid" && !isShort) || isOtherKind
      #expect(isValid != text.isEmpty, "\(columns[0]) → \(text) \(result)")
    }
  }

  /// Source: libphonenumber's example numbers of all regions in many spellings, parsed back with
  /// PyPI phonenumbers 9.0.43; the system's library is older, so that a few ranges differ.
  @Test func `libphonenumber's spellings of all regions are read`() throws {
    guard let lines = Corpus.lines("ref/phones/phone_cases.jsonl") else { return }
    var total = 0
    var wrong: [String] = []
    for line in lines {
      let row = try JSONDecoder().decode(PhoneRow.self, from: Data(line.utf8))
      guard row.valid, let e164 = row.e164 else { continue }
      total += 1
      var normalizer = FieldNormalizer(
        type: .phone, options: NormalizationOptions(region: row.region))
      let (text, _) = normalizer.normalize(row.raw)
      if text != e164 + (row.ext.map { ";ext=\($0)" } ?? "") {
        wrong.append("\(row.region) \(row.raw) → \(text), not \(e164)")
      }
    }
    print("\(wrong.count) of \(total) differ:", wrong.prefix(40).joined(separator: "\n"))
    #expect(Double(wrong.count) <= 0.01 * Double(total))
  }

  private struct PhoneRow: Decodable {
    let raw: String
    let region: String
    let e164: String?
    let ext: String?
    let valid: Bool

    enum CodingKeys: String, CodingKey {
      case raw
      case region = "default_region"
      case e164
      case ext
      case valid
    }
  }
}

/// The third-party corpus beside the package.
enum Corpus {
  /// The lines of a file; `nil`, with a word, where the corpus is not there.
  static func lines(_ path: String) -> [Substring]? {
    let place = Paths.shared.appending(path: "corpus/\(path)")
    guard let text = try? String(contentsOf: place, encoding: .utf8) else {
      // A machine without the corpus skips what needs it.
      print("skipped: \(path) is not beside the package")
      return nil
    }
    return text.split(whereSeparator: \.isNewline)
  }
}
