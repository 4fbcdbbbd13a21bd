import FerryCore
import Testing

@Suite struct CellRangeTests {
  @Test(arguments: [("B2:D14", "B2:D14"), ("D14:B2", "B2:D14"), ("$A$1", "A1"), ("C3:C3", "C3")])
  func readsA1Notation(_ text: String, _ expected: String) {
    #expect(CellRange(text)?.description == expected)
  }

  @Test(arguments: ["", "A1:", ":B2", "A1:B2:C3", "A", "1:2", "A0"])
  func refusesWhatIsNoRange(_ text: String) {
    #expect(CellRange(text) == nil)
  }

  @Test func containsItsCornersAndNotItsNeighbours() throws {
    let range = try #require(CellRange("B2:D14"))
    #expect(range.contains(range.first) && range.contains(range.last))
    #expect(!range.contains(CellAddress(columnIndex: 0, rowNumber: 2)))
    #expect(!range.contains(CellAddress(columnIndex: 3, rowNumber: 15)))
  }
}

@Suite struct RowBatchTests {
  @Test func sortsTheCellsOfTheLastRowAndKeepsTheLaterOfTwo() {
    var batch = RowBatch()
    batch.startRow(number: 1)
    batch.append("x", columnIndex: 4)
    batch.startRow(number: 2)
    batch.append("c", columnIndex: 2)
    batch.append("a", columnIndex: 0)
    batch.append("d", columnIndex: 2)
    batch.sortLastRow()
    #expect(batch.cells(ofRow: 0).map(\.columnIndex) == [4])
    #expect(batch.cells(ofRow: 1).map(\.columnIndex) == [0, 2])
    #expect(batch.cells(ofRow: 1).map { batch.text(of: $0) } == ["a", "d"])
  }
}
