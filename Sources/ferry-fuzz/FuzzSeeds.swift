import FerryTestSupport
import Foundation

/// Inputs for the fuzzer to begin with, and the words that it should know.
enum FuzzSeeds {
  /// Writes them to a folder: `seed-N` each, and the dictionary beside the folder as `FOLDER.dict`.
  static func write(_ target: FuzzTarget, to folder: String) throws {
    let place = URL(fileURLWithPath: folder)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    for (index, seed) in seeds(of: target).enumerated() {
      try Data(seed).write(to: place.appendingPathComponent("seed-\(index)"))
    }
    let words = words(of: target).map { "\"\($0.map(escaped).joined())\"\n" }.joined()
    try Data(words.utf8).write(to: URL(fileURLWithPath: folder + ".dict"))
  }

  private static func escaped(_ byte: UInt8) -> String {
    let isPlain = (0x20..<0x7F).contains(byte) && byte != 0x22 && byte != 0x5C
    let hex = String(byte, radix: 16)
    return isPlain ? String(UnicodeScalar(byte)) : "\\x" + (hex.count == 1 ? "0" + hex : hex)
  }

  private static func seeds(of target: FuzzTarget) -> [[UInt8]] {
    switch target {
    case .zip: books.flatMap { [$0.archive(), altered($0)] }.map { $0.bytes() }
    case .sheet: parts(named: "sheet1.xml") + sheets.map { Array($0.utf8) }
    case .strings: parts(named: "sharedStrings.xml") + strings.map { Array($0.utf8) }
    case .styles: parts(named: "styles.xml") + styles.map { Array($0.utf8) }
    case .csv: tables
    case .xls: books.map { LegacyFixture($0).stream() }
    case .xlsb:
      books.flatMap { BinaryFixture($0).archive().entries }.filter { $0.name.hasSuffix("1.bin") }
        .map(\.content)
    case .ods: books.map { OpenDocumentFixture($0).flat() }
    }
  }

  private static func parts(named name: String) -> [[UInt8]] {
    books.flatMap { $0.archive().entries }.filter { $0.name.hasSuffix(name) }.map(\.content)
  }

  private static func altered(_ book: WorkbookFixture) -> ZipFixture {
    var archive = book.archive()
    archive.isZip64 = true
    archive.prefix = [77, 90, 0]
    archive.comment = Array("PK\u{5}\u{6}".utf8)
    for index in archive.entries.indices { archive.entries[index].hasDataDescriptor = true }
    return archive
  }

  private static let books: [WorkbookFixture] = {
    let rows: [[WorkbookFixture.Cell]] = [
      ["编号", nil, 12, 1.5, true, .error("#N/A")],
      [.date(2024, 3, 5), .datetime(2024, 3, 5, 9, 30), .formatted(0.5, "h:mm")],
      [.formatted(-1.5, "[h]:mm"), .iso("2024-03-05"), .rich(["Exam", "ple"]), "a\r\nb"],
      [.formula("A1&B1", "x & y"), .builtIn(45_356, 14)],
    ]
    var shared = WorkbookFixture(sheet: "s", rows: rows)
    shared.sheets[0].merges = ["A1:B2", "C4:C9"]
    var inline = shared
    inline.usesSharedStrings = false
    inline.method = .stored
    inline.is1904 = true
    return [shared, inline]
  }()
}
