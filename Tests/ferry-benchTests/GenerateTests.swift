import FerryCore
import FerryTables
import Foundation
import Testing

/// Runs `ferry-bench` as a user does and reads what it wrote.
@Suite struct GenerateTests {
  private final class Folder {
    let path = FileManager.default.temporaryDirectory.path + "/ferry-bench-\(UUID().uuidString)"

    deinit { try? FileManager.default.removeItem(atPath: path) }  // a leftover harms nothing

    /// Runs the executable that this build made; gives its exit status and what it said.
    func bench(_ words: String) throws -> (status: Int32, output: String) {
      let process = Process()
      let products = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      process.executableURL = products.appending(path: "ferry-bench")
      process.arguments = words.replacing("DIR", with: path).split(separator: " ").map {
        String($0)
      }
      let pipe = Pipe()
      process.standardOutput = pipe
      process.standardError = pipe
      try process.run()
      let said = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return (process.terminationStatus, String(decoding: said, as: UTF8.self))
    }

    /// The first sheet's cells, row by row, each row 13 columns wide.
    func rows(_ name: String) throws -> [[String]] {
      let reader = try SourceFile(path: "\(path)/\(name)").rows(ofSheet: 0)
      var batch = RowBatch()
      var rows: [[String]] = []
      while try reader.read(into: &batch) {
        for row in batch.rows.indices {
          var texts = Array(repeating: "", count: 13)
          for cell in batch.cells(ofRow: row) {
            texts[Int(cell.columnIndex)] = batch.text(of: cell)
          }
          rows.append(texts)
        }
      }
      return rows
    }

    func bytes(_ name: String) throws -> Data {
      try Data(contentsOf: URL(filePath: "\(path)/\(name)"))
    }
  }

  @Test func aSmallLedgerIsTheHeadOfALargeOne() throws {
    let folder = Folder()
    #expect(try folder.bench("generate --rows 50 --out DIR --formats csv").status == 0)
    #expect(try folder.bench("generate --rows 400 --out DIR --formats csv").status == 0)
    let (small, large) = (try folder.bytes("ledger-50.csv"), try folder.bytes("ledger-400.csv"))
    #expect(large.prefix(small.count) == small)
    #expect(try folder.bench("generate --rows 50 --seed 8 --out DIR --formats csv").status == 0)
    #expect(try folder.bytes("ledger-50.csv") != small)
  }

  @Test func everyFormatHoldsTheSameRows() throws {
    let folder = Folder()
    #expect(try folder.bench("generate --rows 300 --out DIR --header en").status == 0)
    let plain = try folder.rows("ledger-300.csv")
    #expect(plain.count == 301 && plain[0][0] == "id")
    #expect(try folder.rows("ledger-300.gb18030.csv") == plain)
    let shared = try folder.rows("ledger-300.xlsx")
    #expect(try folder.rows("ledger-300.inline.xlsx") == shared)
    for (row, other) in zip(plain, shared) {
      // A workbook's true date with time reads in ISO 8601; a CSV has it as it is typed.
      let date = row[8] == other[8] || "\(row[8]):00".replacing(" ", with: "T") == other[8]
      #expect(
        date && row.enumerated().allSatisfy { $0.offset == 8 || other[$0.offset] == $0.element })
    }
  }

  @Test func theTruthColumnNamesTheFirstSighting() throws {
    let folder = Folder()
    #expect(try folder.bench("generate --rows 3000 --out DIR --formats csv").status == 0)
    let truths = try folder.rows("ledger-3000.csv").dropFirst().map { $0[12] }
    let further = truths.enumerated().filter { String($0.offset) != $0.element }
    #expect((0.24...0.32).contains(Double(further.count) / 3000))
    for (number, truth) in further {
      let first = try #require(Int(truth))
      #expect(first < number && truths[first] == truth)
    }
  }

  @Test func namesakesAreOtherPersons() throws {
    let folder = Folder()
    let words = "generate --rows 1000 --namesakes 0.3 --out DIR --formats csv"
    #expect(try folder.bench(words).status == 0)
    let groups = Dictionary(grouping: try folder.rows("ledger-1000.csv")) { "\($0[1])|\($0[2])" }
    #expect(groups.values.filter { Set($0.map { $0[12] }).count > 1 }.count > 100)
  }

  @Test func aRunPrintsOneLineOfJSONForEachPhaseAndFormat() throws {
    let folder = Folder()
    let result = try folder.bench("run --rows 200 --dir DIR --formats csv,xlsx")
    #expect(result.status == 0, "\(result.output)")
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 11)
    for line in lines {
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(object["rows"] as? Int == 200)
      #expect(object["cpu_seconds"] is Double && object["peak_mib"] is Double)
    }
    #expect(lines.last?.contains("\"done\":1") == true)
  }

  @Test(arguments: [
    ("generate --row 5", "no option --row"), ("generate --rows", "--rows needs a value"),
    ("generate --rows x", "--rows needs a whole number"), ("run --formats xls", "no format xls"),
    ("generate --out DIR --rows 1048576 --formats xlsx", "a sheet holds 1048575 rows"),
  ])
  func saysWhatIsWrongWithItsWords(_ words: String, _ complaint: String) throws {
    let result = try Folder().bench(words)
    #expect(result.status == 1 && result.output.contains(complaint), "\(result.output)")
  }
}
