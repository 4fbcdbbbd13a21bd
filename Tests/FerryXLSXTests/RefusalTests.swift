import FerryCore
import FerryTestSupport
import Testing

@testable import FerryXLSX

struct RefusalCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let bytes: [UInt8]
  let rule: String

  init(_ description: String, _ bytes: [UInt8], _ rule: String) {
    testDescription = description
    self.bytes = bytes
    self.rule = rule
  }

  private static let sound = WorkbookFixture(
    sheet: "s", rows: (0..<200).map { [.text("row \($0)"), .number("\($0)")] })

  private static func compound(_ stream: String) -> [UInt8] {
    var bytes: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    bytes += [UInt8](repeating: 0, count: 1024 - bytes.count)
    bytes += stream.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    return bytes + [UInt8](repeating: 0, count: 1536 - bytes.count)
  }

  static func sound(_ change: (inout WorkbookFixture) -> Void) -> [UInt8] {
    var book = sound
    change(&book)
    return book.archive().bytes()
  }

  static func archive(_ change: (inout ZipFixture) -> Void) -> [UInt8] {
    var archive = sound.archive()
    change(&archive)
    return archive.bytes()
  }

  static func xml(_ text: String) -> [UInt8] {
    WorkbookFixture(sheet: "s", rawXML: text).archive().bytes()
  }

  static func index(_ name: String, _ archive: ZipFixture) -> Int {
    archive.entries.firstIndex { $0.name == name } ?? 0
  }

  private static func openDocument(_ kind: String) -> [UInt8] {
    ZipFixture([
      .init("mimetype", "application/vnd.oasis.opendocument.\(kind)"),
      .init("content.xml", "<x/>"),
    ]).bytes()
  }

  static let all = [
    RefusalCase("an empty file", [], "xlsx.empty"),
    RefusalCase("plain text", Array("id,name\n1,a\n".utf8), "xlsx.not-a-workbook"),
    RefusalCase("one byte", [0x50], "xlsx.not-a-workbook"),
    RefusalCase("a workbook without its second half", half(), "xlsx.truncated"),
    RefusalCase("the first four bytes alone", [0x50, 0x4B, 3, 4], "xlsx.truncated"),
    RefusalCase(
      "an encrypted workbook without its content", compound("EncryptedPackage"),
      "xlsx.damaged-encryption"),
    RefusalCase("an old text document", compound("WordDocument"), "xlsx.other-document"),
    RefusalCase("an .xls", compound("Workbook"), "xlsx.legacy-xls"),
    RefusalCase("an .xls of BIFF4", [0x09, 0x04, 6, 0, 0, 0, 0x10, 0], "xlsx.legacy-xls"),
    RefusalCase(
      "a zip of text files", ZipFixture([.init("a.txt", "a")]).bytes(), "xlsx.no-workbook-inside"),
    RefusalCase("an empty zip", ZipFixture([]).bytes(), "xlsx.no-workbook-inside"),
    RefusalCase(
      "an .ods", openDocument("spreadsheet"), "xlsx.ods"),
    RefusalCase("an .odt", openDocument("text"), "xlsx.no-workbook-inside"),
    RefusalCase(
      "an .xlsb",
      sound {
        $0.parts["_rels/.rels"] = Array(
          #"<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.bin"/></Relationships>"#
            .utf8)
        $0.parts["xl/workbook.bin"] = [1, 2, 3]
      }, "xlsx.xlsb"),
    RefusalCase(
      "a Word document", sound { $0.parts["xl/workbook.xml"] = Array("<document/>".utf8) },
      "xlsx.no-workbook-inside"),
    RefusalCase(
      "a workbook part that is not there", sound { $0.parts["xl/workbook.xml"] = .some(nil) },
      "xlsx.missing-part"),
    RefusalCase(
      "a wrong checksum of the shared strings",
      archive { $0.entries[index("xl/sharedStrings.xml", $0)].checksumError = 1 },
      "xlsx.damaged-part"),
    RefusalCase(
      "an encrypted entry", archive { $0.entries[index("xl/worksheets/sheet1.xml", $0)].flags = 1 },
      "xlsx.encrypted-part"),
    RefusalCase(
      "a sheet that stops in a row", xml("<worksheet><sheetData><row r='1'><c r='A1'>"),
      "xlsx.malformed-xml"),
    RefusalCase(
      "a cell that is never closed",
      xml("<worksheet><sheetData><row><c><v>1</v><c><v>2</v></c></row></sheetData></worksheet>"),
      "xlsx.malformed-xml"),
    RefusalCase(
      "an entity of the document's own",
      xml(
        #"<!DOCTYPE x [<!ENTITY a "boom">]><worksheet><sheetData><row><c t="str"><v>&a;</v></c></row></sheetData></worksheet>"#
      ),
      "xlsx.dtd"),
    RefusalCase(
      "an entity without a DTD",
      xml("<worksheet><sheetData><row><c t='str'><v>&a;</v></c></row></sheetData></worksheet>"),
      "xlsx.malformed-xml"),
    RefusalCase(
      "XML bombs in the workbook part", sound { $0.parts["xl/workbook.xml"] = bomb() }, "xlsx.dtd"),
  ]

  private static func half() -> [UInt8] {
    let bytes = sound.archive().bytes()
    return Array(bytes[..<(bytes.count / 2)])
  }

  private static func bomb() -> [UInt8] {
    var text = #"<!DOCTYPE w [<!ENTITY a0 "ha">"#
    for level in 1...30 {
      text += "<!ENTITY a\(level) \"&a\(level - 1);&a\(level - 1);\">"
    }
    return Array((text + "]><workbook>&a30;</workbook>").utf8)
  }
}

@Suite struct RefusalTests {
  @Test(arguments: RefusalCase.all + RefusalCase.hostile)
  func saysWhyInBothLanguages(_ refusal: RefusalCase) throws {
    try withTemporaryFile(named: "legacy.xlsx", refusal.bytes) { path in
      let error = #expect(throws: XLSXError.self) { _ = try cellsOfWorkbook(path) }
      let finding = try #require(error?.findings.first)
      #expect(finding.rule.id == refusal.rule)
      #expect(finding.provenance?.file == "legacy.xlsx")
      #expect(error?.exitStatus == .unreadableSource)
      for language in Language.allCases {
        #expect(!finding.message(in: language).contains("{"))
        #expect(!finding.suggestion(in: language).isEmpty)
      }
    }
  }

  @Test func saysSoWhereThereIsNoFile() {
    let error = #expect(throws: XLSXError.self) { try Workbook(path: "/nowhere/a.xlsx") }
    #expect(error?.findings.first?.rule.id == "xlsx.unreadable")
  }

  @Test func readsASheetWhoseChecksumIsWrongAndSaysSo() throws {
    var archive = WorkbookFixture(sheet: "s", rows: [[1]]).archive()
    let index = try #require(archive.entries.firstIndex { $0.name.hasSuffix("sheet1.xml") })
    archive.entries[index].checksumError = 7
    try withTemporaryFile(named: "a.xlsx", archive.bytes()) { path in
      let reader = try Workbook(path: path).rows(ofSheet: 0)
      var batch = RowBatch()
      while try reader.read(into: &batch) {}
      #expect(reader.takeFindings().map(\.rule.id) == ["xlsx.wrong-checksum"])
      #expect(reader.takeFindings().isEmpty)
    }
  }
}
