import FerryCore
import FerryTestSupport
import Foundation
import Testing

@testable import FerryXLSX

struct ArchiveCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let change: @Sendable (inout ZipFixture) -> Void

  static let all = [
    ArchiveCase(testDescription: "as it is") { _ in },
    ArchiveCase(testDescription: "ZIP64") { $0.isZip64 = true },
    ArchiveCase(testDescription: "a program in front") {
      $0.prefix = [UInt8](repeating: 77, count: 999)
    },
    ArchiveCase(testDescription: "ZIP64 behind a program") {
      $0.isZip64 = true
      $0.prefix = [UInt8](repeating: 77, count: 999)
    },
    ArchiveCase(testDescription: "a comment") {
      $0.comment = Array("PK\u{5}\u{6} what is this".utf8)
    },
    ArchiveCase(testDescription: "a comment of full length") {
      $0.comment = [UInt8](repeating: 80, count: 65_535)
    },
    ArchiveCase(testDescription: "sizes behind the data") { archive in
      for index in archive.entries.indices { archive.entries[index].hasDataDescriptor = true }
    },
    ArchiveCase(testDescription: "stored") { archive in
      for index in archive.entries.indices { archive.entries[index].method = .stored }
    },
    ArchiveCase(testDescription: "backslashes in names") { archive in
      for index in archive.entries.indices {
        archive.entries[index].name = archive.entries[index].name.replacing("/", with: "\\")
      }
    },
    ArchiveCase(testDescription: "a slash before names") { archive in
      for index in archive.entries.indices {
        archive.entries[index].name = "/" + archive.entries[index].name
      }
    },
    ArchiveCase(testDescription: "upper case names") { archive in
      for index in archive.entries.indices {
        archive.entries[index].name = archive.entries[index].name.uppercased()
      }
    },
    ArchiveCase(testDescription: "absolute targets") { archive in
      archive.replace("Target=\"", with: "Target=\"/xl/", in: "xl/_rels/workbook.xml.rels")
      archive.replace("Target=\"", with: "Target=\"/", in: "_rels/.rels")
    },
    ArchiveCase(testDescription: "targets with dots") { archive in
      archive.replace("Target=\"", with: "Target=\"./../xl/", in: "xl/_rels/workbook.xml.rels")
    },
    ArchiveCase(testDescription: "strict namespaces") { archive in
      for index in archive.entries.indices {
        archive.replace(
          "http://schemas.openxmlformats.org/officeDocument/2006",
          with: "http://purl.oclc.org/ooxml/officeDocument", in: archive.entries[index].name)
      }
    },
  ]
}

extension ZipFixture {
  mutating func replace(_ old: String, with new: String, in name: String) {
    for index in entries.indices where entries[index].name == name {
      let text = String(decoding: entries[index].content, as: UTF8.self)
      entries[index].content = Array(text.replacing(old, with: new).utf8)
    }
  }
}

@Suite struct ZipArchiveTests {
  // FERRY_DEEP=1 looks fifty times as long.
  private static let rounds = ProcessInfo.processInfo.environment["FERRY_DEEP"] == nil ? 60 : 3000

  private static let book = WorkbookFixture(
    sheet: "s", rows: (0..<300).map { [.text("row \($0)"), .number("\($0)"), .date(2024, 3, 5)] })

  @Test(arguments: ArchiveCase.all)
  func readsTheSameCells(_ archive: ArchiveCase) throws {
    var fixture = Self.book.archive()
    archive.change(&fixture)
    try withTemporaryFile(named: "a.xlsx", fixture.bytes()) { path in
      let cells = try cellsOfWorkbook(path)
      #expect(cells.count == 900)
      #expect(cells.last?.value == "2024-03-05" && cells[897].value == "row 299")
    }
  }

  @Test func refusesAFileCutAtAnyPlace() throws {
    let bytes = WorkbookFixture(sheet: "s", rows: [["a", 1]]).archive().bytes()
    for count in stride(from: 0, to: bytes.count, by: 37) {
      try withTemporaryFile(named: "a.xlsx", Array(bytes[..<count])) { path in
        _ = #expect(throws: XLSXError.self) { _ = try cellsOfWorkbook(path) }
      }
    }
  }

  @Test func neverTrapsOnDamagedBytes() throws {
    var random = SeededRandom(seed: 3)
    let sound = WorkbookFixture(
      sheet: "s", rows: [["a", 1, .date(2024, 1, 1)], ["b", nil, true]]
    )
    .archive().bytes()
    for _ in 0..<Self.rounds {
      var bytes = sound
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let place = Int.random(in: bytes.indices, using: &random)
        bytes[place] = UInt8.random(in: 0...255, using: &random)
      }
      try withTemporaryFile(named: "a.xlsx", bytes) { path in readOrRefuse(path) }
    }
  }

  @Test func neverTrapsOnDamagedXMLAndAllWaysRefuseOrRead() throws {
    var random = SeededRandom(seed: 4)
    let pieces = SheetCase.all.map(\.xml).joined()
    let alphabet = Array("<>/\"'= &;crsvtis!-[]A1\0\r\n?:_x\u{4E2D}".utf8)
    for _ in 0..<Self.rounds {
      var xml = Array((SheetCase.all.randomElement(using: &random)?.xml ?? pieces).utf8)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: xml.indices, using: &random)
        xml[place] = alphabet.randomElement(using: &random) ?? 0
      }
      var book = WorkbookFixture(sheet: "s", rows: [])
      book.parts["xl/worksheets/sheet1.xml"] = xml
      try book.withFile { path in
        for way in ReadingWay.allCases { readOrRefuse(path, way) }
      }
    }
  }

  private func readOrRefuse(_ path: String, _ way: ReadingWay = .quick) {
    do {
      _ = try cellsOfWorkbook(path, way: way)
    } catch {
      #expect(error is XLSXError)
    }
  }
}
