internal import FerryCore

extension TableFinder {
  private static let candidateCount = 40
  /// Each row further down is a little less likely the header, up to here.
  private static let agingCount = 14
  /// How many rows a header has at most.
  private static let mostLines = 3

  /// The header of a block, by the evidence of its first rows.
  func header(of rows: ArraySlice<SheetHead.Row>) -> Header {
    // Lines of text above a table say nothing of its width.
    let wide = rows.drop { $0.cells.count == 1 }
    let rows = modalWidth(wide.prefix(20)) > 1 ? wide : rows
    let width = max(
      modalWidth(rows.prefix(60)), rows.dropFirst().prefix(20).map(\.cells.count).min() ?? 1)
    var best: (index: Int, score: Double, evidence: HeaderEvidence)?
    var place = 0
    for index in rows.indices.prefix(Self.candidateCount) {
      let row = rows[index]
      if width > 1, row.cells.count * 2 < width || row.cells.count < 2 { continue }
      place = min(place + 1, Self.agingCount)
      let evidence = HeaderEvidence(row, below: rows[(index + 1)...], width: width)
      let score = evidence.score - Double(place - 1) * 0.12
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
    return withNeighbours(rows, best.index)
  }

  /// The data begins at once; where it begins is said by the first row number.
  private func headerless(_ row: SheetHead.Row) -> Header { Header(rows: nil, names: [:]) }

  /// Joins the rows above and below that are one header with this one, three at most.
  private func withNeighbours(_ rows: ArraySlice<SheetHead.Row>, _ index: Int) -> Header {
    var (first, last) = (index, index)
    while last - first < 2 {
      if first > rows.startIndex, rows[first - 1].number == rows[first].number - 1,
        isGroupRow(rows[first - 1], over: rows[first], above: rows[(first + 1)...])
          || last > first && isGroupOfGroups(rows[first - 1], over: rows[first])
      {
        first -= 1
      } else if last + 2 < rows.endIndex, rows[last + 1].number == rows[last].number + 1,
        isGroupRow(rows[last], over: rows[last + 1], above: rows[(last + 2)...])
      {
        last += 1
      } else {
        break
      }
    }
    last = max(last, endOfTallCells(rows, from: first))
    if last + 2 < rows.endIndex, rows[last + 1].number == rows[last].number + 1,
      isUnitsRow(rows[last + 1], under: rows[last], above: rows[(last + 2)...])
    {
      last += 1
    }
    return joined(Array(rows[first...last]))
  }

  /// The last row that header cells merged downwards reach, where no data stands beside them.
  private func endOfTallCells(_ rows: ArraySlice<SheetHead.Row>, from first: Int) -> Int {
    let depth = merges.tall(fromRow: rows[first].number).map(\.rowNumbers.count)
      .filter { $0 <= Self.mostLines }.max()
    guard let depth else { return first }
    var last = first
    while last + 2 < rows.endIndex, last - first + 1 < depth,
      rows[last + 1].number < rows[first].number + depth,
      !rows[last + 1].cells.contains(where: { ValueShape($0.text, kind: $0.kind).isTyped })
    {
      last += 1
    }
    return last
  }

  /// Whether `upper` names groups of the columns that `lower` names; `data` stands below both.
  private func isGroupRow(
    _ upper: SheetHead.Row, over lower: SheetHead.Row, above data: ArraySlice<SheetHead.Row>
  ) -> Bool {
    let lowerShapes = lower.cells.map { ValueShape($0.text, kind: $0.kind) }
    guard upper.cells.count > 1, lower.cells.count > 1,
      !lowerShapes.contains(where: \.isTyped), !upper.cells.contains(where: isLabelled)
    else { return false }
    let lowerColumns = Set(lower.cells.map(\.columnIndex))
    let wide = merges.wide(inRow: upper.number)
    let spansGroup = wide.contains { range in
      range.columnIndexes.count < lower.cells.count + 1
        && range.columnIndexes.contains { lowerColumns.contains($0) }
    }
    let evidence = HeaderEvidence(lower, below: data, width: lower.cells.count)
    if spansGroup { return evidence.wordShare > 0 || evidence.typeChangeCount > 0 }
    // Without merges: each row alone lacks columns that the other names, or the names below repeat
    // from group to group.
    guard merges.isEmpty, !looksLikeData(lower) else { return false }
    let upperColumns = Set(upper.cells.map(\.columnIndex))
    guard !lowerColumns.isSubset(of: upperColumns) else { return false }
    if !upperColumns.isSubset(of: lowerColumns) {
      return upper.cells.count > 2 && evidence.wordShare > 0
    }
    let names = lower.cells.map(\.text)
    guard evidence.plainShare > 0 || evidence.typeChangeCount > 0 else { return false }
    return Set(names).count * 3 <= names.count * 2
      || Set(names).count < names.count && tellsApart(upper, lower)
  }

  /// Whether names that stand twice in `lower` are different ones under the groups of `upper`.
  private func tellsApart(_ upper: SheetHead.Row, _ lower: SheetHead.Row) -> Bool {
    let names = joined([upper, lower]).names.values
    return Set(names).count == names.count
  }

  /// Whether `upper` names groups of groups, each of which begins where one of `lower` does.
  ///
  /// It may name columns besides that have no name below. Merged cells tell all that by themselves.
  private func isGroupOfGroups(_ upper: SheetHead.Row, over lower: SheetHead.Row) -> Bool {
    guard merges.isEmpty, upper.cells.count <= lower.cells.count,
      !upper.cells.contains(where: isLabelled),
      !upper.cells.contains(where: { ValueShape($0.text, kind: $0.kind).isTyped })
    else { return false }
    let starts = Set(lower.cells.map(\.columnIndex))
    let groups = upper.cells.filter { starts.contains($0.columnIndex) }
    guard groups.count > 1, let first = starts.min() else { return false }
    return upper.cells.allSatisfy { starts.contains($0.columnIndex) || $0.columnIndex < first }
  }

  /// Whether a row says in what units the columns of a header are, such as 万元 and %.
  private func isUnitsRow(
    _ row: SheetHead.Row, under header: SheetHead.Row, above data: ArraySlice<SheetHead.Row>
  ) -> Bool {
    guard header.cells.count > 1, row.cells.count <= header.cells.count else { return false }
    let units = row.cells.filter { SheetWords.isUnit($0.text) }
    let labels = row.cells.count { SheetWords.isUnitLabel($0.text) }
    guard !units.isEmpty, units.count + labels == row.cells.count, labels <= 1 else { return false }
    return units.allSatisfy { unit in
      header.cell(unit.columnIndex) != nil
        && HeaderEvidence.isTypedBelow(unit.columnIndex, data.prefix(20))
    }
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
    var texts: [[Int: String]] = []
    for (index, line) in lines.enumerated() {
      texts.append(
        Dictionary(line.cells.map { ($0.columnIndex, $0.text) }, uniquingKeysWith: { $1 }))
      var filled: [Int: String] = [:]
      for cell in line.cells { filled[cell.columnIndex] = oneLine(cell.text) }
      let below = lines[(index + 1)...].flatMap(\.cells).map(\.columnIndex)
      if !below.isEmpty { spreadGroups(line, over: Set(below).sorted(), into: &filled) }
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
    return Header(rows: rows, names: names, lines: texts)
  }

  /// Gives each column under a group the group's name: the merged cells, else up to the next group.
  private func spreadGroups(
    _ upper: SheetHead.Row, over lowerColumns: [Int], into filled: inout [Int: String]
  ) {
    let wide = merges.wide(inRow: upper.number)
    for (index, cell) in upper.cells.enumerated() {
      let name = oneLine(cell.text)
      if let range = wide.first(where: { $0.first.columnIndex == cell.columnIndex }) {
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
