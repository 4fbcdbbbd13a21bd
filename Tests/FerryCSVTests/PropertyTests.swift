import FerryTestSupport
import Testing

@testable import FerryCSV

@Suite("Writing and reading back")
struct PropertyTests {
  private static let pieces = [
    "a", "客户", "0", "13800000000", ",", ";", "\t", "|", "\"", "'", "\n", "\r\n", " ", "é", "𠮷",
    "\\", "#",
    "sep=", "2024-03-05", "=1+1", ":",
  ]

  @Test("gives the same cells, whatever is in them", arguments: 0..<60)
  func readsWhatWasWritten(_ round: UInt64) throws {
    let seed = 0xC5F + round
    var random = SeededRandom(seed: seed)
    let width = Int.random(in: 2...6, using: &random)
    let delimiter = [",", ";", "\t", "|"].randomElement(using: &random) ?? ","
    let lineEnd = ["\n", "\r\n"].randomElement(using: &random) ?? "\n"
    var rows: [[String]] = []
    for _ in 0..<Int.random(in: 1...40, using: &random) {
      rows.append((0..<width).map { _ in Self.value(&random) })
    }
    var text = ""
    for row in rows {
      text += row.map { "\"" + Self.doubled($0) + "\"" }.joined(separator: delimiter) + lineEnd
    }
    let options = CSVOptions(
      encoding: "UTF-8", delimiter: Character(delimiter), quote: "\"")
    let expected = rows.map { row in
      var row = row
      while row.last?.isEmpty == true { row.removeLast() }
      return row
    }
    for size in [16, 61, 4096] {
      #expect(
        try read(text, options: options, chunkByteCount: size).rows == expected,
        "seed \(seed), chunks of \(size)")
    }
  }

  @Test("any bytes are read to the end without a trap", arguments: 0..<60)
  func survivesAnyBytes(_ round: UInt64) throws {
    let seed = 0xF00D + round
    var random = SeededRandom(seed: seed)
    let alphabet: [UInt8] = [
      0, 9, 10, 13, 34, 39, 44, 59, 92, 124, 65, 0x80, 0xB0, 0xA1, 0xC3, 0xE6, 0xFF, 0xFE, 0x30,
      0x81,
    ]
    let bytes = ContiguousArray(
      (0..<Int.random(in: 0...400, using: &random)).map { _ in
        alphabet.randomElement(using: &random) ?? 0
      })
    let file = try CSVFile(bytes: bytes, name: "seed-\(seed).csv")
    _ = try read(file, chunkByteCount: 16)
    _ = try read(file)
  }

  private static func value(_ random: inout SeededRandom) -> String {
    (0..<Int.random(in: 0...5, using: &random))
      .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
  }

  private static func doubled(_ text: String) -> String {
    text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
  }
}
