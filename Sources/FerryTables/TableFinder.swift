internal import FerryCore

// How it works: `SheetSurvey` cuts the sheet into blocks where rows are plainly a header of their
// own; in each block the row with the best evidence is the header, the rows above it are titles; a
// block whose columns fall apart with headers that repeat is two tables side by side. Everything
// found is said in the table's notes.

/// Finds where tables lie in a sheet.
struct TableFinder {
  let file: String
  let sheet: String
  let sheetIndex: Int
  /// Known when the sheet has been read; none before.
  var merges: MergeIndex
  let hiddenColumns: [ClosedRange<Int>]
  let options: TableOptions

  /// A header found, and what it says.
  struct Header {
    /// The rows it takes; `nil` where the data begins at once.
    var rows: ClosedRange<Int>?
    var names: [Int: String]
    /// The texts of its rows, by column.
    var lines: [[Int: String]] = []
  }

  /// The tables of a sheet's blocks, from the top and from the left.
  func tables(of blocks: [SheetSurvey.Block]) throws -> [Table] {
    guard let first = blocks.first else {
      let isAsked = options.range != nil || options.headerRows != nil
      throw SourceError(isAsked ? .emptyRange(sheet) : .emptySheet(sheet), file: file)
    }
    if isToldPlace { return [try tableAsTold(first, isLast: blocks.count == 1)] }
    return try wanted(tables(in: blocks))
  }

  /// The same, wherever the caller says that they lie.
  func tables(in blocks: [SheetSurvey.Block]) -> [Table] {
    var tables: [Table] = []
    for (index, block) in blocks.enumerated() {
      let isLast = index == blocks.count - 1
      tables += self.tables(in: block, lastRowNumber: isLast ? nil : block.lastRowNumber)
    }
    return tables.count == 1 ? tables : numbered(tables)
  }

  /// Whether the caller says where the table lies.
  private var isToldPlace: Bool {
    options.headerRows != nil || options.range != nil || options.firstRowNumber != nil
      || !options.hasHeader
  }

  private func wanted(_ tables: [Table]) throws(SourceError) -> [Table] {
    guard let number = options.tableNumber else { return tables }
    guard tables.indices.contains(number - 1) else {
      throw SourceError(.noSuchTable(number, sheet: sheet, count: tables.count), file: file)
    }
    return [tables[number - 1]]
  }

  /// Cuts the rows of a sheet into blocks.
  ///
  /// - Returns: The blocks, and whether the merged cells known had a say in them.
  func survey(
    _ reader: any RowReader
  ) throws -> (blocks: [SheetSurvey.Block], hasUsedMerges: Bool) {
    let first = options.headerRows?.lowerBound ?? options.firstRowNumber.map { $0 - 1 } ?? 1
    let last = options.lastRowNumber ?? Int.max
    var rows = max(1, min(first, last))...last
    if let range = options.range {
      rows = rows.clamped(to: range.rowNumbers)
    }
    var survey = SheetSurvey(self)
    var batch = RowBatch()
    while try reader.read(into: &batch) {
      survey.take(batch, rows: rows, columns: options.range?.columnIndexes)
      if let end = batch.rows.last, Int(end.rowNumber) > rows.upperBound { break }
    }
    return (survey.finish(), survey.hasUsedMerges)
  }
}

// MARK: - Blocks

extension TableFinder {
  private func tables(in block: SheetSurvey.Block, lastRowNumber: Int?) -> [Table] {
    let rows = block.rows[...]
    let parts = SideBySide(rows, header: header(of: rows), cut: blocks).parts
    guard parts.count > 1 else {
      return [table(rows, header(of: rows), lastRowNumber: lastRowNumber)]
    }
    return parts.flatMap { part in
      // Beside a long table, short ones may stand below each other.
      let blocks = self.blocks(of: part)
      return blocks.enumerated().map { index, block in
        let last = index == blocks.count - 1 ? lastRowNumber : block.lastRowNumber
        return table(block.rows[...], header(of: block.rows[...]), lastRowNumber: last)
      }
    }
  }

  private func blocks(of rows: ArraySlice<SheetHead.Row>) -> [SheetSurvey.Block] {
    var survey = SheetSurvey(self)
    for row in rows { survey.take(row) }
    return survey.finish()
  }

  /// Whether rows might begin a table at all; a quick look.
  func mayStartTable(_ rows: ArraySlice<SheetHead.Row>, isBehindGap: Bool) -> Bool {
    let titleCount = rows.prefix(3).prefix { $0.cells.count == 1 }.count
    let rest = rows.dropFirst(titleCount)
    guard let row = rest.first, row.cells.count > 1, rest.count > 1 else { return false }
    guard isBehindGap || titleCount > 0 else { return false }
    return row.cells.allSatisfy {
      $0.text.utf8.count <= 90 && !ValueShape($0.text, kind: $0.kind).isTyped
    }
  }

  /// Whether rows are a table of their own: a header that is not the one before.
  ///
  /// Without a gap there must be a title, and a header beyond doubt.
  func startsTable(
    _ rows: ArraySlice<SheetHead.Row>, after block: SheetSurvey.Block, under before: Header,
    isBehindGap: Bool
  ) -> Bool {
    guard let headerRow = before.rows?.upperBound, block.lastRowNumber > headerRow,
      !isPreamble(block.rows)
    else { return false }
    let titles = rows.prefix(3).prefix { $0.cells.count == 1 }
    if let title = titles.first, isRowOfTable(title) { return false }
    let rest = rows.dropFirst(titles.count)
    guard let row = rest.first, !repeats(row, before) else { return false }
    let below = rest.dropFirst()
    let width = modalWidth(below.prefix(20))
    guard row.cells.count * 2 > width, Set(row.cells.map(\.text)).count == row.cells.count
    else { return false }
    let evidence = HeaderEvidence(row, below: below, width: width)
    guard evidence.typedShare == 0 else { return false }
    if isBehindGap, isApart(row, from: before) { return true }
    let table = TableAbove(block, headerRow: headerRow) { repeats($0, before) }
    guard !table.holds(row) else { return false }
    if !isBehindGap {
      return evidence.plainShare >= 0.6 && evidence.typeChangeCount > 0 && row.cells.count > 2
    }
    return isHeader(row, evidence, hasTitle: titles.contains(where: table.mayBeTitled))
      && (evidence.isPlain || !table.goesOn(below))
  }

  /// Whether a row behind a gap is a header by its own words and the values below it.
  private func isHeader(
    _ row: SheetHead.Row, _ evidence: HeaderEvidence, hasTitle: Bool
  ) -> Bool {
    evidence.isPlain || evidence.typeChangeCount > 0 && evidence.plainShare > 0
      || hasTitle && evidence.typeChangeCount * 2 >= row.cells.count
  }

  /// Whether rows are lines of text or a form, to stand above a table and be no table themselves.
  private func isPreamble(_ rows: [SheetHead.Row]) -> Bool {
    if SheetForm(rows[...], leastRows: 2).isForm { return true }
    guard let first = rows.first?.cells.first, !SheetWords.isPlainHeader(first.text) else {
      return false
    }
    return rows.allSatisfy { row in
      row.cells.count == 1 && !ValueShape(row.cells[0].text, kind: row.cells[0].kind).isTyped
    }
  }

  /// Whether a lone cell is a total or a remark of the table above.
  private func isRowOfTable(_ row: SheetHead.Row) -> Bool {
    let text = row.cells.first?.text ?? ""
    return SheetWords.isTotalLabel(text) || SheetWords.isNote(text)
  }

  /// Whether a row holds a header's names in the header's own columns.
  private func repeats(_ row: SheetHead.Row, _ header: Header) -> Bool {
    let known = Set(header.names.values).union(header.lines.flatMap(\.values))
    return row.cells.allSatisfy { cell in
      known.contains(cell.text)
        && (header.names[cell.columnIndex] == cell.text
          || header.lines.contains { $0[cell.columnIndex] == cell.text })
    }
  }

  /// Whether a row has no column in common with a header.
  private func isApart(_ row: SheetHead.Row, from header: Header) -> Bool {
    guard let first = header.names.keys.min(), let last = header.names.keys.max(),
      let left = row.cells.first?.columnIndex, let right = row.cells.last?.columnIndex
    else { return false }
    return left > last || right < first
  }

  /// The number of cells that rows have most often; the larger of two.
  func modalWidth(_ rows: ArraySlice<SheetHead.Row>) -> Int {
    var counts: [Int: Int] = [:]
    for row in rows { counts[row.cells.count, default: 0] += 1 }
    return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 0
  }
}

// MARK: - As the caller says

extension TableFinder {
  private func tableAsTold(_ block: SheetSurvey.Block, isLast: Bool) throws(SourceError) -> Table {
    let last =
      options.lastRowNumber ?? options.range?.last.rowNumber
      ?? (isLast ? nil : block.lastRowNumber)
    var rows = block.rows[...]
    var header: Header
    if !options.hasHeader {
      header = Header(rows: nil, names: [:])
      if let first = options.firstRowNumber { rows = rows.filter { $0.number >= first }[...] }
    } else if let asked = options.headerRows {
      header = try headerAsTold(asked, rows)
    } else if let first = options.firstRowNumber {
      header = rows.last { $0.number < first }.map { joined([$0]) } ?? Header(rows: nil, names: [:])
      rows = rows.filter { $0.number >= header.rows?.lowerBound ?? first }[...]
    } else {
      header = self.header(of: rows)
    }
    return table(rows, header, lastRowNumber: last)
  }

  private func headerAsTold(
    _ asked: ClosedRange<Int>, _ rows: ArraySlice<SheetHead.Row>
  ) throws(SourceError) -> Header {
    let lines = rows.filter { asked.contains($0.number) }
    guard !lines.isEmpty else { throw SourceError(.emptyRange(sheet), file: file) }
    var header = joined(lines)
    header.rows = asked
    return header
  }
}
