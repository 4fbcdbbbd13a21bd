internal import FerryCore

extension TableFinder {
  private static let candidateCount = 15

  /// The header of a block, by the evidence of its first rows.
  func header(of rows: ArraySlice<SheetHead.Row>) -> Header {
    let width = max(
      modalWidth(rows.prefix(60)), rows.dropFirst().prefix(20).map(\.cells.count).min() ?? 1)
    var best: (index: Int, score: Double, evidence: HeaderEvidence)?
    for (place, index) in rows.indices.prefix(Self.candidateCount).enumerated() {
      let row = rows[index]
      if width > 1, row.cells.count * 2 < width || row.cells.count < 2 { continue }
      let evidence = HeaderEvidence(row, below: rows[(index + 1)...], width: width)
      let score = evidence.score - Double(place) * 0.12
      if score > best?.score ?? -1 { best = (index, score, evidence) }
    }
    guard let best, best.score + 1.2 >= HeaderEvidence.threshold else {
      return rows.first.map { headerless($0) } ?? Header(rows: nil, names: [:])
    }
    if best.evidence.wordShare == 0, best.evidence.typeChangeCount == 0,
      best.evidence.typedShare > 0
    {
      return headerless(rows[best.index])
    }
    return withSecondRow(rows, best.index)
  }

  /// The data begins at once; where it begins is said by the first row number.
  private func headerless(_ row: SheetHead.Row) -> Header { Header(rows: nil, names: [:]) }

  /// Joins the row above or below where the two are one header.
  private func withSecondRow(_ rows: ArraySlice<SheetHead.Row>, _ index: Int) -> Header {
    let row = rows[index]
    if index > rows.startIndex, rows[index - 1].number == row.number - 1,
      isGroupRow(rows[index - 1], over: row)
    {
      return joined([rows[index - 1], row])
    }
    if index + 1 < rows.endIndex, rows[index + 1].number == row.number + 1,
      index + 2 < rows.endIndex, isGroupRow(row, over: rows[index + 1])
    {
      return joined([row, rows[index + 1]])
    }
    return joined([row])
  }

  /// Whether `upper` names groups of the columns that `lower` names.
  private func isGroupRow(_ upper: SheetHead.Row, over lower: SheetHead.Row) -> Bool {
    let lowerShapes = lower.cells.map { ValueShape($0.text, kind: $0.kind) }
    guard upper.cells.count > 1, lower.cells.count > 1,
      !lowerShapes.contains(where: \.isTyped), !upper.cells.contains(where: isLabelled)
    else { return false }
    let lowerColumns = Set(lower.cells.map(\.columnIndex))
    let merges = mergedRanges.filter { $0.rowNumbers.contains(upper.number) }
    let spansGroup = merges.contains { range in
      range.first.rowNumber == upper.number && range.last.rowNumber == upper.number
        && range.columnIndexes.count > 1 && range.columnIndexes.count < lower.cells.count + 1
        && range.columnIndexes.contains { lowerColumns.contains($0) }
    }
    if spansGroup { return true }
    let upperColumns = Set(upper.cells.map(\.columnIndex))
    // Without merges: each row alone lacks columns that the other names.
    return merges.isEmpty && mergedRanges.isEmpty
      && upperColumns.subtracting(lowerColumns).count > 0
      && lowerColumns.subtracting(upperColumns).count > 0 && upper.cells.count > 2
      && lower.cells.contains { SheetWords.isHeader($0.text) }
      && !looksLikeData(lower)
  }

  private func isLabelled(_ cell: SheetHead.Cell) -> Bool {
    cell.text.contains { $0 == ":" || $0 == "\u{FF1A}" } || cell.text.utf8.count > 60
  }

  private func looksLikeData(_ row: SheetHead.Row) -> Bool {
    row.cells.contains { ValueShape($0.text, kind: $0.kind) == .identifier }
  }

  /// One name a column from the header's lines.
  func joined(_ lines: [SheetHead.Row]) -> Header {
    var names: [Int: String] = [:]
    for (index, line) in lines.enumerated() {
      var filled: [Int: String] = [:]
      for cell in line.cells { filled[cell.columnIndex] = oneLine(cell.text) }
      if index < lines.count - 1 { spreadGroups(line, over: lines[index + 1], into: &filled) }
      for (column, name) in filled {
        if let above = names[column], above != name {
          names[column] = above + " " + name
        } else {
          names[column] = name
        }
      }
    }
    let numbers = lines.map(\.number)
    let rows = numbers.first.flatMap { first in numbers.last.map { first...$0 } }
    return Header(rows: rows, names: names, isJoined: lines.count > 1)
  }

  /// Gives each column under a group the group's name: the merged cells, else up to the next group.
  private func spreadGroups(
    _ upper: SheetHead.Row, over lower: SheetHead.Row, into filled: inout [Int: String]
  ) {
    let merges = mergedRanges.filter { $0.first.rowNumber == upper.number }
    let lowerColumns = lower.cells.map(\.columnIndex)
    for (index, cell) in upper.cells.enumerated() {
      let name = oneLine(cell.text)
      if let range = merges.first(where: { $0.first.columnIndex == cell.columnIndex }) {
        for column in range.columnIndexes { filled[column] = name }
      } else if merges.isEmpty, lowerColumns.contains(cell.columnIndex) {
        let next = index + 1 < upper.cells.count ? upper.cells[index + 1].columnIndex : Int.max
        for column in lowerColumns where column > cell.columnIndex && column < next {
          filled[column] = name
        }
      }
    }
  }

  /// A header broken over lines as one line.
  private func oneLine(_ text: String) -> String {
    guard text.contains(where: \.isNewline) else { return text }
    return text.split(whereSeparator: \.isNewline).map { trimmed(String($0)) }
      .joined(separator: " ")
  }
}
