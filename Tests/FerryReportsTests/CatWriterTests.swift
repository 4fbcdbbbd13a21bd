import FerryCore
import FerryTestSupport
import Testing

@testable import FerryReports

@Suite struct CatWriterTests {
  private struct Cell {
    let row: Int
    let column: Int
    let text: String
  }

  private static func batch(_ cells: [Cell]) -> RowBatch {
    var batch = RowBatch()
    var row = 0
    for cell in cells {
      if cell.row != row { batch.startRow(number: cell.row) }
      row = cell.row
      batch.append(cell.text, columnIndex: cell.column)
    }
    return batch
  }

  private static func printed(_ batches: [RowBatch]) -> String {
    var writer = CatWriter(format: .csv, sheet: "s")
    for batch in batches { writer.append(batch) }
    return String(decoding: writer.output, as: UTF8.self)
  }

  // The same rule by characters, one value at a time.
  private static func plain(_ cells: [Cell]) -> String {
    let rows = Dictionary(grouping: cells, by: \.row)
    return (1...(rows.keys.max() ?? 1)).map { number in
      let row = rows[number] ?? []
      let texts = Dictionary(uniqueKeysWithValues: row.map { ($0.column, $0.text) })
      return (0...(row.map(\.column).max() ?? 0)).map { column in
        let text = texts[column] ?? ""
        let isSpecial = text.unicodeScalars.contains { ",\"\n\r".unicodeScalars.contains($0) }
        return isSpecial ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
      }.joined(separator: ",") + "\n"
    }.joined()
  }

  static let rows: [(cells: [(row: Int, column: Int, text: String)], text: String)] = [
    ([(1, 0, "a"), (1, 1, "b")], "a,b\n"),
    ([(1, 2, "c")], ",,c\n"),
    ([(3, 0, "x")], "\n\nx\n"),
    (
      [(1, 0, "a,b"), (1, 1, "say \"hi\""), (1, 2, "two\nlines"), (1, 3, "cr\r")],
      "\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\"cr\r\"\n"
    ),
    (
      [(1, 0, "exactly8"), (1, 1, "sixteen bytes ab"), (1, 2, "客户名称")],
      "exactly8,sixteen bytes ab,客户名称\n"
    ),
    ([(1, 0, "1234567,"), (1, 1, "12345678,")], "\"1234567,\",\"12345678,\"\n"),
  ]

  @Test(arguments: rows)
  func writesCSV(_ cells: [(row: Int, column: Int, text: String)], _ text: String) {
    let cells = cells.map { Cell(row: $0.row, column: $0.column, text: $0.text) }
    #expect(Self.printed([Self.batch(cells)]) == text)
    #expect(Self.plain(cells) == text)
  }

  @Test func writesLikeThePlainWay() {
    var random = SeededRandom(seed: 17)
    let alphabet = Array("ab,\"\n\r -+;!#张é").map(String.init)
    for _ in 0..<300 {
      var cells: [Cell] = []
      for row in 1...4 where Bool.random(using: &random) {
        for column in 0..<6 where Bool.random(using: &random) {
          let length = Int.random(in: 1...30, using: &random)
          // Half of the values hold nothing special, as in life.
          let letters = Bool.random(using: &random) ? alphabet : ["a", "b", "张"]
          let text = (0..<length).map { _ in letters.randomElement(using: &random) ?? "" }
          cells.append(Cell(row: row, column: column, text: text.joined()))
        }
      }
      guard !cells.isEmpty else { continue }
      #expect(Self.printed([Self.batch(cells)]) == Self.plain(cells))
      // Batch by batch, as rows come.
      let parts = (1...4).map { row in Self.batch(cells.filter { $0.row == row }) }
      #expect(Self.printed(parts) == Self.plain(cells))
    }
  }

  @Test func writesACellALine() {
    var batch = RowBatch()
    batch.startRow(number: 14)
    batch.append("12.5", kind: .number, columnIndex: 2)
    batch.append("a\"b\\\n\r\t\u{01}\u{7F}é", columnIndex: 27)
    var writer = CatWriter(format: .cells, sheet: "a\"b")
    writer.append(batch)
    let expected =
      #"{"sheet":"a\"b","ref":"C14","kind":"number","value":"12.5"}"# + "\n"
      + #"{"sheet":"a\"b","ref":"AB14","kind":"text","value":"a\"b\\\n\r\t\u0001\u007fé"}"# + "\n"
    #expect(String(decoding: writer.output, as: UTF8.self) == expected)
    let kinds = CellKind.allCases.enumerated().filter { $0.offset != Int($0.element.rawValue) }
    #expect(kinds.isEmpty, "the words of kinds are found by number")
  }
}
