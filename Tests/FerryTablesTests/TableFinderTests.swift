import FerryCore
import Testing

@testable import FerryTables

struct SheetCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let input: String
  var columns: [String]
  var headerRows: ClosedRange<Int>?
  /// Row number and role letter (d, b, f) of each row below the header.
  var rows: String
  var rules: [String] = []

  static let all = [
    SheetCase(
      testDescription: "a header in the first row", input: "name,phone\nAda,13800000001\nBob,\n",
      columns: ["name", "phone"], headerRows: 1...1, rows: "2d 3d"),
    SheetCase(
      testDescription: "a header behind a title and a blank line",
      input: "客户台账,,,\n\n客户编号,客户名称,电话,金额\nKH1,华信,13800000001,12\nKH2,镕基,13800000002,5\n",
      columns: ["客户编号", "客户名称", "电话", "金额"], headerRows: 3...3, rows: "4d 5d",
      rules: ["tables.title-row 1"]),
    SheetCase(
      testDescription: "a line about the sheet above the header",
      input: "制表日期:2024-01-01,,单位:元\n客户,联系人,金额\n甲公司,张三,12\n乙公司,李四,5\n",
      columns: ["客户", "联系人", "金额"], headerRows: 2...2, rows: "3d 4d",
      rules: ["tables.title-row 1"]),
    SheetCase(
      testDescription: "totals, subtotals and remarks",
      input: """
        客户,联系人,金额
        甲,张三,12
        小计,,12
        乙,李四,5
        丙小计,,5
        合 计:,,17
        Total,,17
        备注:金额含税,,
        制表人:王五,,审核人:赵六

        """,
      columns: ["客户", "联系人", "金额"], headerRows: 1...1,
      rows: "2d 3f 4d 5f 6f 7f 8f 9f",
      rules: [
        "tables.total-row 3", "tables.total-row 5", "tables.total-row 6", "tables.total-row 7",
        "tables.note-row 8", "tables.note-row 9",
      ]),
    SheetCase(
      testDescription: "a company called Total and one called 计划 are data",
      input: "company,city,amount\nTotal Energies,Paris,3\n计划生育公司,北京,4\nTotal,Paris,Lyon\n",
      columns: ["company", "city", "amount"], headerRows: 1...1, rows: "2d 3d 4d"),
    SheetCase(
      testDescription: "a header printed again on each page",
      input:
        "客户报表,,\n姓名,电话,城市\n张三,13800000001,北京\n客户报表,,\n姓名,电话,城市\n李四,13800000002,上海\n第 2 页 共 2 页,,\n",
      columns: ["姓名", "电话", "城市"], headerRows: 2...2, rows: "3d 4f 5f 6d 7f",
      rules: [
        "tables.title-row 1", "tables.repeated-header 4", "tables.repeated-header 5",
        "tables.note-row 7",
      ]),
    SheetCase(
      testDescription: "blank rows inside and behind", input: "name,phone\nAda,1\n,\n\nBob,2\n\n",
      columns: ["name", "phone"], headerRows: 1...1, rows: "2d 3b 4b 5d 6b"),
    SheetCase(
      testDescription: "a header of two rows",
      input: "客户编号,联系人,,商机,\n,姓名,手机,名称,金额\nK1,张三,13800000001,采购,12\nK2,李四,13800000002,续约,5\n",
      columns: ["客户编号", "联系人 姓名", "联系人 手机", "商机 名称", "商机 金额"], headerRows: 1...2,
      rows: "3d 4d", rules: ["tables.header-of-several-rows 1"]),
    SheetCase(
      testDescription: "empty columns on the left",
      input: ",,name,phone\n,,Ada,13800000001\n,,Bob,13800000002\n", columns: ["name", "phone"],
      headerRows: 1...1, rows: "2d 3d"),
    SheetCase(
      testDescription: "a column of values without a header",
      input: "name,phone,\nAda,13800000001,x1\nBob,13800000002,x2\n",
      columns: ["name", "phone", "C"],
      headerRows: 1...1, rows: "2d 3d", rules: ["tables.unnamed-column 2"]),
    SheetCase(
      testDescription: "data from the first row on",
      input: "1,13800000001,2024-01-05\n2,13800000002,2024-01-06\n3,13800000003,2024-02-01\n",
      columns: ["A", "B", "C"], headerRows: nil, rows: "1d 2d 3d", rules: ["tables.no-header 1"]),
    SheetCase(
      testDescription: "one column", input: "email\na@example.com\nb@example.com\n",
      columns: ["email"], headerRows: 1...1, rows: "2d 3d"),
    SheetCase(
      testDescription: "a header alone", input: "name,phone,email\n",
      columns: ["name", "phone", "email"], headerRows: 1...1, rows: ""),
    SheetCase(
      testDescription: "nothing but text",
      input: "first,last,city\nAda,Lovelace,London\nAlan,Turing,Wilmslow\nGrace,Hopper,Arlington\n",
      columns: ["first", "last", "city"], headerRows: 1...1, rows: "2d 3d 4d"),
    SheetCase(
      testDescription: "two columns of one name", input: "name,name\na,1\nb,2\n",
      columns: ["name", "name"], headerRows: 1...1, rows: "2d 3d"),
  ]
}

@Suite("TableFinder")
struct TableFinderTests {
  @Test("finds", arguments: SheetCase.all)
  func findsTable(_ sheet: SheetCase) throws {
    let file = try source(sheet.input)
    let tables = try file.tables(inSheet: 0)
    #expect(tables.count == 1)
    let table = try #require(tables.first)
    #expect(table.columns.map(\.name) == sheet.columns)
    #expect(table.headerRows == sheet.headerRows)
    let (rows, findings) = try contents(of: table, in: file)
    #expect(rows.map(\.label).joined(separator: " ") == sheet.rows)
    let notes = (table.notes + findings)
      .filter { $0.rule.id != "tables.header" && !$0.rule.id.hasPrefix("csv.") }
    #expect(notes.map { "\($0.rule.id) \($0.provenance?.rowNumber ?? 0)" } == sheet.rules)
  }

  @Test("tells tables below each other apart")
  func findsTablesBelow() throws {
    let file = try source(
      "姓名,电话\n张三,13800000001\n李四,13800000002\n\n产品清单,\n产品名称,单价,数量\n水泵,12,3\n阀门,5,1\n")
    let tables = try file.tables(inSheet: 0)
    #expect(tables.map { $0.columns.map(\.name) } == [["姓名", "电话"], ["产品名称", "单价", "数量"]])
    #expect(tables.map(\.lastRowNumber) == [3, nil])
    let rows = try tables.map {
      try contents(of: $0, in: file).rows.map(\.label).joined(separator: " ")
    }
    #expect(rows == ["2d 3d", "7d 8d"])
    #expect(tables.allSatisfy { $0.notes.contains { $0.rule.id == "tables.several-tables" } })
  }

  @Test("tells tables beside each other apart")
  func findsTablesBeside() throws {
    let file = try source("姓名,电话,,姓名,电话\n张三,13800000001,,王五,13800000003\n李四,13800000002,,,\n")
    let tables = try file.tables(inSheet: 0)
    #expect(tables.map { $0.columns.map(\.columnIndex) } == [[0, 1], [3, 4]])
    let rows = try tables.map {
      try contents(of: $0, in: file).rows.map(\.label).joined(separator: " ")
    }
    #expect(rows == ["2d 3d", "2d 3b"])
  }

  @Test("a gap between columns does not part one table")
  func keepsGappedTable() throws {
    let file = try source("姓名,电话,,城市,金额\n张三,13800000001,,北京,3\n李四,13800000002,,上海,4\n")
    #expect(
      try file.tables(inSheet: 0).map { $0.columns.map(\.name) } == [["姓名", "电话", "城市", "金额"]])
  }

  @Test("obeys the header row, the rows and the range that it is told")
  func obeysOptions() throws {
    let file = try source("a,b,c\nd,e,f\n1,2,3\n4,5,6\n7,8,9\n")
    let table = try #require(
      try file.tables(inSheet: 0, options: TableOptions(headerRow: 2, lastRowNumber: 4)).first)
    #expect(table.columns.map(\.name) == ["d", "e", "f"])
    #expect(try contents(of: table, in: file).rows.map(\.label) == ["3d", "4d"])
    let range = try #require(CellRange("B1:C3"))
    let part = try #require(try file.tables(inSheet: 0, options: TableOptions(range: range)).first)
    #expect(part.columns.map(\.columnIndex) == [1, 2])
    #expect(part.lastRowNumber == 3)
  }

  @Test("an empty sheet is an error of its own")
  func refusesEmptySheet() throws {
    let file = try source(",,\n,,\n\n")
    #expect(throws: SourceError(.emptySheet("test"), file: "test.csv")) {
      try file.tables(inSheet: 0)
    }
  }
}

func source(_ text: String) throws -> SourceFile {
  try SourceFile(bytes: ContiguousArray(text.utf8), name: "test.csv")
}

struct RowSeen: Hashable {
  let label: String
  let values: [Int: String]
}

/// All rows of a table, each as number and role letter, and the findings of the way.
func contents(of table: Table, in file: SourceFile) throws -> (rows: [RowSeen], findings: [Finding])
{
  let reader = try file.rows(of: table)
  var batch = RowBatch()
  var rows: [RowSeen] = []
  var findings: [Finding] = []
  while try reader.read(into: &batch) {
    for (index, row) in batch.rows.enumerated() {
      let letter =
        switch row.role {
        case .data: "d"
        case .blank: "b"
        case .filtered: "f"
        }
      var values: [Int: String] = [:]
      for cell in batch.cells(ofRow: index) { values[Int(cell.columnIndex)] = batch.text(of: cell) }
      rows.append(RowSeen(label: "\(row.rowNumber)\(letter)", values: values))
    }
    findings.append(contentsOf: reader.takeFindings())
  }
  findings.append(contentsOf: reader.takeFindings())
  return (rows, findings)
}
