import FerryCore
import FerryTestSupport
import Testing

@testable import FerryCSV

@Suite("Words of bytes")
struct ScannerTests {
  @Test("tell the same places as a look at each byte", arguments: 0..<40)
  func agreesWithEachByte(_ round: UInt64) {
    let seed = 0xB17E + round
    var random = SeededRandom(seed: seed)
    let alphabet: [UInt8] = [0, 9, 10, 13, 14, 34, 44, 45, 0x7F, 0x80, 0x8A, 0xAC, 0xFF]
    let bytes = ContiguousArray((0..<8).map { _ in alphabet.randomElement(using: &random) ?? 0 })
    let word = ByteWord(unsafe bytes.span.bytes, at: 0)
    let comma = UInt8(ascii: ",")
    #expect(
      places(word.places(of: ByteWord.pattern(comma)))
        == bytes.indices.filter { bytes[$0] == comma })
    #expect(
      places(word.placesOfControls) == bytes.indices.filter { bytes[$0] < 0x0E }, "seed \(seed)")
    #expect(places(word.beyondASCII) == bytes.indices.filter { bytes[$0] > 0x7F }, "seed \(seed)")
  }

  @Test("UTF-8 ends where the standard library says it does", arguments: 0..<200)
  func agreesOnUTF8(_ round: UInt64) {
    let seed = 0x0F8 + round
    var random = SeededRandom(seed: seed)
    var bytes = ContiguousArray("a客户é𠮷 北京华信科技有限公司,,上海镕基商贸".utf8)
    for _ in 0..<Int.random(in: 0...2, using: &random) {
      let index = Int.random(in: 0..<bytes.count, using: &random)
      bytes[index] = UInt8.random(in: 0...255, using: &random)
    }
    let prefix = validUTF8Prefix(bytes.span, from: 0)
    let front = bytes.prefix(prefix.validEnd)
    #expect(String(validating: front, as: UTF8.self) != nil, "seed \(seed)")
    if prefix.validEnd < bytes.count, !prefix.isIncomplete {
      for end in 1...4 where prefix.validEnd + end <= bytes.count {
        let more = bytes.prefix(prefix.validEnd + end)
        #expect(String(validating: more, as: UTF8.self) == nil, "seed \(seed)")
      }
    }
  }

  @Test("every chunk size reads mutated files alike", arguments: 0..<150)
  func agreesInChunks(_ round: UInt64) throws {
    let seed = 0xC4A0 + round
    var random = SeededRandom(seed: seed)
    let sources = [
      "a,b,c\n1,\"x, y\",3\n4,\"say \"\"hi\"\"\",6\n7,\"two\r\nlines\",9\n",
      "a;b;c\r\n1;'x; y';3\r\n4;5;6\r\n\"7\";8;9\r\n",
      "a, b, c\n1, \"x, y\", 3\n4, \"z, w\", 6\n", "a::b::c\n1::2::3\n4::5::6\n",
      "姓名,城市\n张伟,\"北\\\"京\"\n李娜,上海\n",
    ]
    let marks = ContiguousArray(",;:\"'\\\n\r \0|".utf8) + [0x80, 0xE5]
    var bytes = ContiguousArray((sources.randomElement(using: &random) ?? "").utf8)
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let index = Int.random(in: 0..<bytes.count, using: &random)
      let mark = marks.randomElement(using: &random) ?? 0
      if Bool.random(using: &random) { bytes[index] = mark } else { bytes.insert(mark, at: index) }
    }
    for encoding in ["UTF-8", "GB18030"] {
      let options = CSVOptions(encoding: encoding)
      let file = try CSVFile(bytes: bytes, name: "seed-\(seed).csv", options: options)
      let whole = try read(file)
      // A line in another encoding is only seen whole in a chunk that holds it.
      if whole.findings.contains(where: { $0.rule.id == "csv.mixed-encoding" }) { continue }
      for size in [8, 13, 64] {
        let cut = try read(file, chunkByteCount: size)
        if cut.findings.contains(where: { $0.rule.id == "csv.mixed-encoding" }) { continue }
        #expect(cut.rows == whole.rows, "seed \(seed), chunks of \(size)")
        #expect(cut.findings == whole.findings, "seed \(seed), chunks of \(size)")
      }
    }
  }

  private func places(_ bits: UInt64) -> [Int] {
    var (bits, places) = (bits, [Int]())
    while bits != 0 {
      places.append(bits.firstPlace)
      bits.dropFirstPlace()
    }
    return places
  }
}
