import FerryCore
import FerryTestSupport
import Testing

@testable import FerryCSV

struct EncodingCase: Sendable, CustomTestStringConvertible {
  let iconvName: String
  let expected: TextEncoding
  let text: String
  var testDescription: String { "\(iconvName): \(text.prefix(12))" }

  static let simplified = "客户编号,客户名称,联系人,手机\nKH001,北京华信科技有限公司,张伟,13800000000\nKH002,上海镕基商贸,王芳,\n"
  static let traditional = "客戶編號,客戶名稱,聯絡人,電話\nA1,臺灣積體電路股份有限公司,陳先生,02-1234\nA2,香港貿易發展局,黃小姐,\n"
  static let japanese = "顧客番号,会社名,担当者\n1,株式会社サンプル,山田太郎\n2,テスト商事,すずき\n"
  static let western = "Name,City\nJosé Núñez,Málaga\nFrançois,Orléans\nMüller,Köln\n"

  static let all = [
    EncodingCase(iconvName: "UTF-8", expected: .utf8, text: simplified),
    EncodingCase(iconvName: "GB18030", expected: .gb18030, text: simplified),
    EncodingCase(iconvName: "GB18030", expected: .gb18030, text: "姓名,电话\n李娜,1\n"),
    EncodingCase(
      iconvName: "GB18030", expected: .gb18030, text: "name,note\nJia,𠮷野家 €\n王,欢迎来到北京\n"),
    EncodingCase(iconvName: "BIG5", expected: .big5, text: traditional),
    EncodingCase(iconvName: "CP932", expected: .shiftJIS, text: japanese),
    EncodingCase(iconvName: "CP1252", expected: .windows1252, text: western),
    EncodingCase(
      iconvName: "CP1252", expected: .windows1252, text: "item,price\nCafé,€5\nThé – vert,£3\n"),
    EncodingCase(iconvName: "UTF-16LE", expected: .utf16LittleEndian, text: simplified),
    EncodingCase(iconvName: "UTF-16BE", expected: .utf16BigEndian, text: western),
    EncodingCase(iconvName: "UTF-16LE", expected: .utf16LittleEndian, text: "\u{FEFF}a,b\n𠮷,2\n"),
    EncodingCase(iconvName: "UTF-16BE", expected: .utf16BigEndian, text: "\u{FEFF}" + traditional),
    EncodingCase(iconvName: "UTF-32LE", expected: .utf32LittleEndian, text: "\u{FEFF}a,b\n𠮷,2\n"),
  ]
}

@Suite("Encodings")
struct EncodingTests {
  @Test("are found and decoded alike in chunks of any size", arguments: EncodingCase.all)
  func findsEncoding(_ encoding: EncodingCase) throws {
    let data = try encoded(encoding.text, encoding.iconvName)
    let file = try CSVFile(bytes: data, name: "test.csv")
    #expect(file.encoding == encoding.expected)
    let plain =
      encoding.text.hasPrefix("\u{FEFF}") ? String(encoding.text.dropFirst()) : encoding.text
    let expected = try read(plain, options: CSVOptions(encoding: "UTF-8")).rows
    for size in [8, 11, 64, 4096] {
      let (rows, findings) = try read(file, chunkByteCount: size)
      #expect(rows == expected, "in chunks of \(size)")
      #expect(findings.isEmpty)
    }
  }

  @Test("a line in another encoding is read in it and told")
  func tellsMixedEncoding() throws {
    var data = ContiguousArray("姓名,城市\n张伟,北京\n".utf8)
    data += try encoded("李娜,上海有限公司\n", "GB18030")
    data += ContiguousArray("王芳,广州\n".utf8)
    let file = try CSVFile(bytes: data, name: "test.csv")
    #expect(file.encoding == .utf8)
    for size in [8, 16, 4096] {
      let (rows, findings) = try read(file, chunkByteCount: size)
      if size > 32 { #expect(rows[2] == ["李娜", "上海有限公司"]) }
      #expect(rows.count == 4)
      #expect(
        findings.contains { $0.rule.id == "csv.mixed-encoding" && $0.provenance?.rowNumber == 3 })
    }
  }

  @Test("half a character is marked and told, never replaced")
  func marksBrokenBytes() throws {
    var data = ContiguousArray("姓名,城市\n张伟,北京\n".utf8)
    data += ContiguousArray("李娜,上海".utf8).dropLast()
    data += ContiguousArray("\n王芳,广州\n".utf8)
    let (rows, findings) = try read(CSVFile(bytes: data, name: "test.csv"))
    #expect(rows[2] == ["李娜", "上\\xE6\\xB5"])
    #expect(findings.first?.rule.id == "csv.undecodable-bytes")
    #expect(findings.first?.provenance?.description == "test.csv 'test'!B3")
  }

  @Test("half a character in GB18030 leaves the rest of the file right")
  func marksBrokenPairs() throws {
    var data = try encoded(EncodingCase.simplified, "GB18030")
    data += try encoded("KH003,深圳公司", "GB18030").dropLast()
    data += try encoded("\nKH004,广州科技,李娜,\n", "GB18030")
    let file = try CSVFile(bytes: data, name: "test.csv")
    #expect(file.encoding == .gb18030)
    let (rows, findings) = try read(file)
    #expect(rows[4] == ["KH004", "广州科技", "李娜"])
    #expect(rows[3] == ["KH003", "深圳公\\xCB"])
    #expect(findings.contains { $0.rule.id == "csv.undecodable-bytes" })
  }

  @Test("an unknown name is refused")
  func refusesUnknownName() {
    #expect(throws: CSVError(.unknownEncoding("KLINGON-8"), file: "test.csv")) {
      try read("a", options: CSVOptions(encoding: "KLINGON-8"))
    }
  }

  @Test("tables decode as iconv does")
  func agreesWithIconv() throws {
    for (encoding, name) in [
      (TextEncoding.gb18030, "GB18030"), (.big5, "CP950"), (.shiftJIS, "CP932"),
    ] {
      let table = try #require(TableDecoder(encoding))
      let iconv = try #require(Iconv(from: name))
      var wrong = 0
      for first in UInt8(0x81)...0xFE {
        for second in stride(from: UInt8(0x40), through: 0xFE, by: 3) {
          let pair: ContiguousArray<UInt8> = [first, second]
          var (expected, offset) = (ContiguousArray<UInt8>(), 0)
          iconv.reset()
          guard case .end = iconv.convert(pair.span, from: &offset, into: &expected) else {
            continue
          }
          var (output, faults) = (ContiguousArray<UInt8>(), ContiguousArray<DecodeFault>())
          _ = table.decode(pair.span, isLast: true, into: &output, faults: &faults)
          if output != expected { wrong += 1 }
        }
      }
      #expect(wrong == 0, "\(name)")
    }
  }

  @Test("decodes a line as a whole, wherever a piece of the file ends", arguments: 8..<64)
  func decodesWholeLines(_ pieceByteCount: Int) throws {
    let damaged: [UInt8] = [0xFF, 0x94, 0xB2, 0x81, 0x20]
    let file = try CSVFile(
      bytes: ContiguousArray(
        Array("id,name\n1,甲乙\n2,客".utf8) + damaged + Array("x\n3,丙\n4,".utf8) + damaged),
      name: "a.csv")
    #expect(try read(file, chunkByteCount: pieceByteCount).rows == read(file).rows)
  }
}
