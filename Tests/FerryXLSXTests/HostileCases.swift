import FerryTestSupport

/// Files that someone made to do harm, or that no program would write.
extension RefusalCase {
  static let hostile = documentTypes + places + depths + sizes

  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

  // MARK: - Document type declarations

  private static let documentTypes: [RefusalCase] =
    [
      "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
      "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml",
    ].flatMap { part in
      [
        RefusalCase("a DTD in \(part)", declared(part, "<!DOCTYPE x>"), "xlsx.dtd"),
        RefusalCase(
          "a DTD in \(part) that names a file",
          declared(part, #"<!DOCTYPE x SYSTEM "file:///etc/passwd">"#), "xlsx.dtd"),
        RefusalCase(
          "a DTD in \(part) behind a long comment",
          declared(
            part,
            "<!-- \(String(repeating: "long ", count: 4000)) --><!DOCTYPE x [<!ENTITY a 'b'>]>"
          ), "xlsx.dtd"),
        RefusalCase(
          "a DTD in \(part) in UTF-16", declared(part, "<!DOCTYPE x>", isWide: true), "xlsx.dtd"),
      ]
    }

  // `declaration` goes before the part's root element.
  private static func declared(
    _ part: String, _ declaration: String, isWide: Bool = false
  ) -> [UInt8] {
    archive { archive in
      let place = index(part, archive)
      let text = String(decoding: archive.entries[place].content, as: UTF8.self)
        .replacing(#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#, with: "")
      let xml = declaration + text
      archive.entries[place].content =
        isWide
        ? [0xFF, 0xFE] + xml.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        : Array(xml.utf8)
    }
  }

  // MARK: - Cells outside

  private static let places = [
    ("a cell beyond the last column", #"<row r="1"><c r="XFE1"><v>1</v></c></row>"#),
    ("a cell beyond the last row", #"<row r="1048577"><c r="A1048577"><v>1</v></c></row>"#),
    ("a cell beyond the last row, in its own words", #"<row><c r="A1048577"><v>1</v></c></row>"#),
    (
      "a cell beyond the last row, in an earlier one",
      #"<row r="1"><c r="A1"><v>1</v></c><c r="B1048577"><v>1</v></c></row>"#
    ),
    ("a row number of 20 digits", #"<row><c r="A99999999999999999999"><v>1</v></c></row>"#),
    ("a column of 20 letters", #"<row><c r="AAAAAAAAAAAAAAAAAAAA1"><v>1</v></c></row>"#),
    ("an empty cell beyond the last column", #"<row r="1"><c r="XFE1"/></row>"#),
    (
      "too many cells that don't say where",
      "<row>\(String(repeating: "<c><v>1</v></c>", count: 16_385))</row>"
    ),
  ].map { name, rows in
    RefusalCase(
      name, xml("<worksheet><sheetData>\(rows)</sheetData></worksheet>"),
      "xlsx.cell-outside-sheet")
  }

  // MARK: - Depth

  private static let nest =
    String(repeating: "<x>", count: 5000) + String(repeating: "</x>", count: 5000)

  private static let depths =
    [
      ("before the rows", "<worksheet>\(nest)<sheetData/></worksheet>"),
      ("between rows", "<worksheet><sheetData>\(nest)</sheetData></worksheet>"),
      ("in a row", "<worksheet><sheetData><row>\(nest)</row></sheetData></worksheet>"),
      ("in a cell", "<worksheet><sheetData><row><c>\(nest)</c></row></sheetData></worksheet>"),
      (
        "in a text",
        "<worksheet><sheetData><row><c><is>\(nest)</is></c></row></sheetData></worksheet>"
      ),
      (
        "that are rows",
        "<worksheet><sheetData>"
          + nest.replacing("</x>", with: "</row>").replacing("<x>", with: "<row r=\"1\">")
          + "</sheetData></worksheet>"
      ),
      ("behind the rows", "<worksheet><sheetData/>\(nest)</worksheet>"),
    ].map { place, text in
      RefusalCase("elements in elements \(place)", xml(text), "xlsx.too-deep")
    }
    + ["xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"].map { part in
      RefusalCase(
        "elements in elements in \(part)", archive { nest(in: part, &$0) }, "xlsx.too-deep")
    }

  // Right behind the tag of the root element.
  private static func nest(in part: String, _ archive: inout ZipFixture) {
    let place = index(part, archive)
    let text = String(decoding: archive.entries[place].content, as: UTF8.self)
    guard let root = text.firstRange(of: "\(main)\""),
      let end = text[root.upperBound...].firstIndex(of: ">")
    else { return }
    archive.entries[place].content = Array((text[...end] + nest + text[end...].dropFirst()).utf8)
  }

  // MARK: - Sizes

  private static let sizes =
    [
      ("a sheet that is longer than it says", "sheet1.xml", -1, 0, "xlsx.wrong-size"),
      ("a sheet that is shorter than it says", "sheet1.xml", 1, 0, "xlsx.wrong-size"),
      ("a sheet that says it has no bytes", "sheet1.xml", -1_000_000, 0, "xlsx.wrong-size"),
      ("strings that are longer than they say", "sharedStrings.xml", -9, 0, "xlsx.wrong-size"),
      ("a workbook that is longer than it says", "workbook.xml", -9, 0, "xlsx.wrong-size"),
      ("styles that are shorter than they say", "styles.xml", 9, 0, "xlsx.wrong-size"),
      ("a sheet that takes fewer bytes than it says", "sheet1.xml", 0, 7, "xlsx.wrong-size"),
      ("a sheet that takes more bytes than it says", "sheet1.xml", 0, -7, "xlsx.damaged-part"),
      ("a sheet that takes the next part's bytes", "sheet1.xml", 0, 99, "xlsx.overlapping-parts"),
      (
        "a part that reaches into the directory", "sharedStrings.xml", 0, 99,
        "xlsx.overlapping-parts"
      ),
      ("a sheet that says it is a bomb", "sheet1.xml", 1 << 31, 0, "xlsx.packed-too-tight"),
    ].map { name, part, sizeError, packedSizeError, rule in
      RefusalCase(
        name,
        archive { archive in
          guard let place = archive.entries.firstIndex(where: { $0.name.hasSuffix(part) }) else {
            return
          }
          archive.entries[place].sizeError = sizeError
          archive.entries[place].packedSizeError = packedSizeError
        }, rule)
    } + [
      RefusalCase(
        "two sheets on the same bytes",
        archive { archive in
          var twin = archive.entries[index("xl/worksheets/sheet1.xml", archive)]
          twin.sharesBytes = true
          twin.name = "xl/worksheets/sheet2.xml"
          archive.entries.insert(twin, at: index("xl/sharedStrings.xml", archive))
        }, "xlsx.overlapping-parts")
    ]
}
