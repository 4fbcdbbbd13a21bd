import FerryCore
import Testing

@testable import FerryCSV

struct DialectCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let input: String
  let rows: [[String]]
  var rules: [String] = []

  static let all = [
    DialectCase(
      testDescription: "plain rows", input: "a,b\n1,2\n", rows: [["a", "b"], ["1", "2"]]),
    DialectCase(
      testDescription: "no line end at the end", input: "a,b\n1,2",
      rows: [["a", "b"], ["1", "2"]]),
    DialectCase(
      testDescription: "CRLF", input: "a,b\r\n1,2\r\n", rows: [["a", "b"], ["1", "2"]]),
    DialectCase(
      testDescription: "CR alone", input: "a,b\r1,2\r", rows: [["a", "b"], ["1", "2"]]),
    DialectCase(
      testDescription: "blank lines are rows", input: "a,b\n\n1,2\n\n",
      rows: [["a", "b"], [], ["1", "2"], []]),
    DialectCase(
      testDescription: "quotes around delimiters and line breaks",
      input: "a,b\n\"x, y\",\"one\r\ntwo\"\n", rows: [["a", "b"], ["x, y", "one\r\ntwo"]]),
    DialectCase(
      testDescription: "doubled quotes", input: "a,b\n\"say \"\"hi\"\"\",\"\"\"\"\n",
      rows: [["a", "b"], ["say \"hi\"", "\""]]),
    DialectCase(
      testDescription: "empty quoted cells", input: "a,b,c\n\"\",\"\",x\n",
      rows: [["a", "b", "c"], ["", "", "x"]]),
    DialectCase(
      testDescription: "escaped quotes", input: "a,b\n\"say \\\"hi\\\"\",2\n\"a\\\"b\",3\n",
      rows: [["a", "b"], ["say \"hi\"", "2"], ["a\"b", "3"]]),
    DialectCase(
      testDescription: "paths are no escapes", input: "a,b\n\"C:\\Data\\New\",2\n",
      rows: [["a", "b"], ["C:\\Data\\New", "2"]]),
    DialectCase(
      testDescription: "semicolons beside decimal commas",
      input: "name;amount\nMüller;1,50\nWeiß;2,75\nKurz;13,00\n",
      rows: [["name", "amount"], ["Müller", "1,50"], ["Weiß", "2,75"], ["Kurz", "13,00"]]),
    DialectCase(
      testDescription: "tabs", input: "a\tb\n1,5\t2\n", rows: [["a", "b"], ["1,5", "2"]]),
    DialectCase(
      testDescription: "pipes", input: "a|b|c\n1|x, y|3\n",
      rows: [["a", "b", "c"], ["1", "x, y", "3"]]),
    DialectCase(
      testDescription: "the sep line is obeyed and no row", input: "sep=;\na;b\n1,2;3\n",
      rows: [["a", "b"], ["1,2", "3"]]),
    DialectCase(
      testDescription: "single quotes that enclose", input: "a,b\n'x, y',2\n'z, w',3\n",
      rows: [["a", "b"], ["x, y", "2"], ["z, w", "3"]]),
    DialectCase(
      testDescription: "apostrophes are text", input: "name,city\nO'Neil,x\nd'Arc,y\n",
      rows: [["name", "city"], ["O'Neil", "x"], ["d'Arc", "y"]]),
    DialectCase(
      testDescription: "a title line above",
      input: "Customers 2024\n\na,b,c\n1,2,3\n4,5,6\n7,8,9\n",
      rows: [
        ["Customers 2024"], [], ["a", "b", "c"], ["1", "2", "3"], ["4", "5", "6"], ["7", "8", "9"],
      ]),
    DialectCase(
      testDescription: "ragged rows", input: "a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3,\n5,6,7\n",
      rows: [
        ["a", "b", "c"], ["1", "2", "3"], ["1", "2"], ["1", "2", "3", "4"], ["1", "2", "3"],
        ["5", "6", "7"],
      ],
      rules: ["csv.unequal-field-count 3", "csv.unequal-field-count 4"]),
    DialectCase(
      testDescription: "a quote that never closes", input: "a,b\n\"x,2\n3,4\n5,6\n",
      rows: [["a", "b"], ["\"x", "2"], ["3", "4"], ["5", "6"]], rules: ["csv.unclosed-quote 2"]),
    DialectCase(
      testDescription: "a quote that never closes before quoted cells",
      input: "a,b\n\"x,2\n\"3\",\"4\"\n5,6\n",
      rows: [["a", "b"], ["\"x", "2"], ["3", "4"], ["5", "6"]], rules: ["csv.unclosed-quote 2"]),
    DialectCase(
      testDescription: "quotes inside quotes not doubled",
      input: "a,b\n\"the \"big\" one\",2\n\"p\",3\n",
      rows: [["a", "b"], ["the \"big\" one", "2"], ["p", "3"]], rules: ["csv.stray-quote 2"]),
    DialectCase(
      testDescription: "blanks behind a closing quote", input: "a,b\n\"x, y\" ,2\n\"z\",3\n",
      rows: [["a", "b"], ["x, y", "2"], ["z", "3"]]),
    DialectCase(
      testDescription: "NUL bytes", input: "a,b\nx\0y,2\n", rows: [["a", "b"], ["xy", "2"]],
      rules: ["csv.nul-bytes 2"]),
    DialectCase(
      testDescription: "one column", input: "name\nx\ny\n", rows: [["name"], ["x"], ["y"]]),
    DialectCase(
      testDescription: "a mark at the front", input: "\u{FEFF}a,b\n1,2\n",
      rows: [["a", "b"], ["1", "2"]]),
    DialectCase(testDescription: "nothing", input: "", rows: []),
    DialectCase(
      testDescription: "a comma and a blank before quotes",
      input: "a, b, c\n1, \"x, y\", 2\n3, \"z, w\", 4\n",
      rows: [["a", "b", "c"], ["1", "x, y", "2"], ["3", "z, w", "4"]]),
    DialectCase(
      testDescription: "blanks behind commas without quotes stay",
      input: "a, b\n1, 2\n3, 4\n", rows: [["a", " b"], ["1", " 2"], ["3", " 4"]]),
    DialectCase(
      testDescription: "two colons", input: "a::b::c\n15::2::3\n",
      rows: [["a", "b", "c"], ["15", "2", "3"]]),
    DialectCase(
      testDescription: "a lonely empty cell between bars is no wider bar",
      input: "0||test\n1||probe\n", rows: [["0", "", "test"], ["1", "", "probe"]]),
    DialectCase(
      testDescription: "blanks between numbers",
      input: "1 2.5 2024-01-02\n2 3.5 2024-01-03\n3 4.5 2024-01-04\n",
      rows: [
        ["1", "2.5", "2024-01-02"], ["2", "3.5", "2024-01-03"], ["3", "4.5", "2024-01-04"],
      ]),
    DialectCase(
      testDescription: "words of one column stay together",
      input: "DELIVER IN PERSON\nTAKE BACK RETURN\nDELIVER IN PERSON\n",
      rows: [["DELIVER IN PERSON"], ["TAKE BACK RETURN"], ["DELIVER IN PERSON"]]),
    DialectCase(
      testDescription: "Chinese commas", input: "姓名，城市，电话\n张伟，北京，1\n李娜，上海，2\n",
      rows: [["姓名", "城市", "电话"], ["张伟", "北京", "1"], ["李娜", "上海", "2"]]),
    DialectCase(
      testDescription: "the sep line before CR alone", input: "sep=;\ra;b\r1;2\r",
      rows: [["a", "b"], ["1", "2"]]),
    DialectCase(
      testDescription: "a quote too many before a quoted cell",
      input: "a,b,c\n1,2,3\n\"4,5,\"six, 6\"\n7,8,9\n",
      rows: [["a", "b", "c"], ["1", "2", "3"], ["\"4", "5", "six, 6"], ["7", "8", "9"]],
      rules: ["csv.unclosed-quote 3"]),
    DialectCase(
      testDescription: "an inch mark that is not doubled before the closing quote",
      input: "a,b,c\n1,2,3\n4,\"48\"\",\"x, y\"\n7,8,9\n",
      rows: [["a", "b", "c"], ["1", "2", "3"], ["4", "48\"", "x, y"], ["7", "8", "9"]],
      rules: ["csv.stray-quote 3"]),
  ]
}

@Suite("Dialects")
struct DialectTests {
  @Test("are found and read alike in chunks of any size", arguments: DialectCase.all)
  func readsDialect(_ dialect: DialectCase) throws {
    for size in [8, 9, 13, 31, 64, 4096] {
      let (rows, findings) = try read(dialect.input, chunkByteCount: size)
      #expect(rows == dialect.rows, "in chunks of \(size)")
      let rules = findings.map { "\($0.rule.id) \($0.provenance?.rowNumber ?? 0)" }
      #expect(rules == dialect.rules, "in chunks of \(size)")
    }
  }

  @Test("are found though the front of the file is all notes")
  func looksBehindTheFront() throws {
    let notes = String(
      repeating: "These are notes, long and dull; nothing else: skip\n", count: 8000)
    let table = String(repeating: "1;\"x, y\";2024-01-02;4,5;z\n", count: 40_000)
    let file = try CSVFile(bytes: ContiguousArray((notes + table).utf8), name: "test.csv")
    #expect(file.dialect.delimiter == Array(";".utf8))
    #expect(file.columnCount == 5)
  }

  @Test("findings name the line where it is not the row's number")
  func namesLines() throws {
    let text = "a,b\n\"1\r\n2\n3\",x\n4,5,6\n\"7\n8\",\"open\n9,10\n"
    for size in [8, 64, 4096] {
      let findings = try read(text, chunkByteCount: size).findings
      let said = findings.map { "\($0.provenance?.rowNumber ?? 0): \($0.message(in: .english))" }
      #expect(
        said.contains { $0.hasPrefix("3: ") && $0.hasSuffix("(line 5 of the file)") }, "\(said)")
      #expect(
        said.contains { $0.hasPrefix("4: ") && $0.hasSuffix("(line 7 of the file)") }, "\(said)")
    }
  }

  @Test("that the caller names win over evidence")
  func obeysOptions() throws {
    let options = CSVOptions(delimiter: ":", quote: "'")
    #expect(
      try read("a:b,c\n'x:y':2,3\n", options: options).rows == [["a", "b,c"], ["x:y", "2,3"]])
  }

  @Test("a delimiter beyond ASCII is obeyed")
  func obeysWideDelimiter() throws {
    #expect(try read("a，b\n", options: CSVOptions(delimiter: "，")).rows == [["a", "b"]])
  }

  @Test("a quote beyond ASCII is refused")
  func refusesWideQuote() {
    #expect(throws: CSVError(.badOption("“"), file: "test.csv")) {
      try read("a", options: CSVOptions(quote: "“"))
    }
  }

  @Test("a record of cells without end is refused")
  func refusesTooManyColumns() {
    let line = String(repeating: ",", count: CSVLimits.columnCount + 5)
    #expect(throws: CSVError(.tooManyColumns(rowNumber: 2), file: "test.csv")) {
      try read("a,b\n\(line)\n")
    }
  }

  @Test("a record without an end is refused")
  func refusesEndlessRecord() {
    let line = String(repeating: "x", count: CSVLimits.recordByteCount + 10)
    #expect(throws: CSVError(.recordTooLong(rowNumber: 1), file: "test.csv")) {
      _ = try read(line).rows.count
    }
  }
}
