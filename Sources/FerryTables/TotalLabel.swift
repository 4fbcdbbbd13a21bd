internal import FerryCore

/// Whether a row is a total: a label such as 合计 among its first cells, and sums behind it.
struct TotalLabel {
  /// Whether it is.
  private(set) var isTotal = false

  private let columns: ClosedRange<Int>
  private let columnCount: Int
  private let filled: Int

  init(
    _ judge: RowJudge, _ batch: borrowing RowBatch, _ rowIndex: Int, _ sight: RowJudge.Sight
  ) {
    columns = judge.columns
    columnCount = judge.columnCount
    filled = sight.filled
    for (place, cell) in sight.first.enumerated()
    where cell.kind == .text && cell.byteCount <= 60 && Self.mayBeLabel(batch, cell) {
      if labels(batch, rowIndex, cell, textsBefore: place) {
        isTotal = true
        return
      }
    }
  }

  private func labels(
    _ batch: borrowing RowBatch, _ rowIndex: Int, _ cell: RawCell, textsBefore: Int
  ) -> Bool {
    let isSparse = filled * 4 <= columnCount * 3
    if mayBeWhole(batch, cell), SheetWords.isTotalLabel(trimmed(batch.text(of: cell))) {
      if columnCount < 2 { return true }
      let behind = textsBehind(batch, rowIndex, cell)
      return behind == 0 || behind == 1 && isSparse
    }
    return columnCount >= 3 && isSparse && textsBefore <= 1
      && SheetWords.isGroupTotalLabel(batch.bytes.span.extracting(cell.range))
      && textsBehind(batch, rowIndex, cell) == 0
  }

  /// How many cells behind the label hold words, those with a number in them left aside.
  private func textsBehind(_ batch: borrowing RowBatch, _ rowIndex: Int, _ label: RawCell) -> Int {
    var count = 0
    for cell in batch.cells(ofRow: rowIndex)
    where cell.columnIndex > label.columnIndex && columns.contains(Int(cell.columnIndex)) {
      guard cell.kind == .text else { continue }
      let value = trimmed(SheetHead.start(of: cell, in: batch))
      let shape = ValueShape(value, kind: cell.kind)
      guard !value.isEmpty, shape != .number, shape != .phone, value != "-", value != "/",
        !(value.utf8.count <= 12 && value.contains(where: \.isNumber))
      else { continue }
      count += 1
    }
    return count
  }

  /// Whether a label may be nothing but a total's: it is short up to a bracket.
  private func mayBeWhole(_ batch: borrowing RowBatch, _ cell: RawCell) -> Bool {
    cell.byteCount <= Self.longestWhole
      || batch.bytes[cell.range].contains { $0 == UInt8(ascii: "(") || $0 == 0xEF }
  }

  /// 本年累计 and `grand count` with blanks between, in bytes.
  private static let longestWhole = 16

  /// Whether the cell holds a part of a total's label.
  private static func mayBeLabel(_ batch: borrowing RowBatch, _ cell: RawCell) -> Bool {
    LabelParts.all.occur(in: batch.bytes.span.extracting(cell.range))
  }
}

/// Parts of labels of totals, three bytes each, all looked for at once.
///
/// Source: R. Baeza-Yates and G. Gonnet, "A New Approach to Text Searching", Communications of the
/// ACM 35 (1992), 74–82: each byte says at which place of which part it may stand.
private struct LabelParts {
  static let all = LabelParts([
    "计", "計", "汇", "和", "额", "均", "tot", "sum", "tal", "sub", "unt", "ult", "age",
  ])

  private var first = ContiguousArray<UInt16>(repeating: 0, count: 256)
  private var second = ContiguousArray<UInt16>(repeating: 0, count: 256)
  private var third = ContiguousArray<UInt16>(repeating: 0, count: 256)

  private init(_ parts: [String]) {
    for (place, part) in parts.enumerated() {
      for text in [part, part.uppercased()] {
        let bytes = Array(text.utf8)
        first[Int(bytes[0])] |= 1 << UInt16(place)
        second[Int(bytes[1])] |= 1 << UInt16(place)
        third[Int(bytes[2])] |= 1 << UInt16(place)
      }
    }
  }

  func occur(in text: Span<UInt8>) -> Bool {
    let (first, second, third) = (first.span, second.span, third.span)
    var index = 2
    while index < text.count {
      let parts = third[Int(text[index])]
      if parts != 0, parts & second[Int(text[index - 1])] & first[Int(text[index - 2])] != 0 {
        return true
      }
      index += 1
    }
    return false
  }
}
