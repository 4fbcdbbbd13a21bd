internal import FerryCore

// How it works: the head of the sheet is cut into blocks where blank rows are followed by a row
// that is plainly a header of its own; in each block the row with the best evidence is the header,
// the rows above it are titles; a block whose columns fall apart with headers that repeat is
// two tables side by side. Everything found is said in the table's notes.

/// Finds where tables lie in a sheet.
struct TableFinder {
  let file: String
  let sheet: String
  let sheetIndex: Int
  let head: SheetHead
  let mergedRanges: [CellRange]
  let options: TableOptions

  /// A header found, and what it says.
  struct Header {
    /// The rows it takes; `nil` where the data begins at once.
    var rows: ClosedRange<Int>?
    var names: [Int: String]
    var isJoined = false
  }

  /// The tables, from the top and from the left.
  func tables() throws(SourceError) -> [Table] {
    let rows = rowsInRange()
    guard !rows.isEmpty else {
      let isAsked = options.range != nil || options.headerRows != nil
      throw SourceError(isAsked ? .emptyRange(sheet) : .emptySheet(sheet), file: file)
    }
    if options.headerRows != nil || options.range != nil || options.firstRowNumber != nil {
      return [try tableAsTold(rows)]
    }
    let blocks = blocks(of: rows[...])
    var tables: [Table] = []
    for (index, block) in blocks.enumerated() {
      let isLast = index == blocks.count - 1
      for part in SideBySide(block, header: header(of: block)).parts {
        let header = header(of: part)
        tables.append(
          table(part, header, lastRowNumber: isLast ? nil : block.last?.number))
      }
    }
    return tables.count == 1 ? tables : numbered(tables)
  }

  private func rowsInRange() -> [SheetHead.Row] {
    guard let range = options.range else { return head.rows }
    return head.rows.filter { range.rowNumbers.contains($0.number) }
      .map { row in
        SheetHead.Row(
          number: row.number,
          cells: row.cells.filter { range.columnIndexes.contains($0.columnIndex) })
      }.filter { !$0.cells.isEmpty }
  }
}

// MARK: - As the caller says

extension TableFinder {
  private func tableAsTold(_ rows: [SheetHead.Row]) throws(SourceError) -> Table {
    let last = options.lastRowNumber ?? options.range?.last.rowNumber
    var rows = rows
    var header: Header
    if let asked = options.headerRows {
      rows = rows.filter { $0.number >= asked.lowerBound }
      let lines = rows.filter { asked.contains($0.number) }
      guard !lines.isEmpty else { throw SourceError(.emptyRange(sheet), file: file) }
      header = joined(lines)
      header.rows = asked
    } else if let first = options.firstRowNumber {
      let above = rows.filter { $0.number < first }
      header = above.last.map { joined([$0]) } ?? Header(rows: nil, names: [:])
      rows = rows.filter { $0.number >= header.rows?.lowerBound ?? first }
    } else {
      header = self.header(of: rows[...])
    }
    return table(rows[...], header, lastRowNumber: last)
  }
}

// MARK: - Blocks

extension TableFinder {
  private func blocks(of rows: ArraySlice<SheetHead.Row>) -> [ArraySlice<SheetHead.Row>] {
    var blocks: [ArraySlice<SheetHead.Row>] = []
    var start = rows.startIndex
    for index in rows.indices.dropFirst()
    where rows[index].number > rows[index - 1].number + 1 {
      let block = rows[start..<index]
      guard startsTable(rows[index...], after: block) else { continue }
      blocks.append(block)
      start = index
    }
    blocks.append(rows[start...])
    return blocks
  }

  /// Whether rows behind a gap are a table of their own: a header that is not the one before.
  private func startsTable(
    _ rows: ArraySlice<SheetHead.Row>, after block: ArraySlice<SheetHead.Row>
  ) -> Bool {
    let before = header(of: block)
    guard let headerRow = before.rows?.upperBound, (block.last?.number ?? 0) > headerRow else {
      return false
    }
    let titleCount = rows.prefix(2).prefix { $0.cells.count == 1 }.count
    let rest = rows.dropFirst(titleCount)
    guard let row = rest.first, row.cells.count > 1, rest.count > 1 else { return false }
    if Set(row.cells.map(\.text)).isSubset(of: Set(before.names.values)) { return false }
    let below = rest.dropFirst()
    let evidence = HeaderEvidence(row, below: below, width: modalWidth(below.prefix(20)))
    guard evidence.typedShare == 0, row.cells.count * 2 > modalWidth(below.prefix(20)) else {
      return false
    }
    return evidence.wordShare >= 0.5 || evidence.typeChangeCount > 0 && evidence.wordShare > 0
  }

  /// The number of cells that rows have most often; the larger of two.
  func modalWidth(_ rows: ArraySlice<SheetHead.Row>) -> Int {
    var counts: [Int: Int] = [:]
    for row in rows { counts[row.cells.count, default: 0] += 1 }
    return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 0
  }
}

// MARK: - The table

extension TableFinder {
  private func table(
    _ rows: ArraySlice<SheetHead.Row>, _ header: Header, lastRowNumber: Int?
  ) -> Table {
    let first =
      header.rows.map { $0.upperBound + 1 } ?? options.firstRowNumber ?? rows.first?.number ?? 1
    let firstRow = max(options.firstRowNumber ?? first, first)
    let data = rows.filter { $0.number >= firstRow }
    var notes = titles(rows, above: header.rows?.lowerBound ?? firstRow)
    let columns = columns(header, data, &notes)
    let merges = mergedRanges.filter {
      $0.last.rowNumber >= firstRow && $0.first.rowNumber <= lastRowNumber ?? .max
        && $0.first != $0.last
    }
    notes.append(contentsOf: headerNotes(header, columns, merges))
    return Table(
      file: file, sheet: sheet, sheetIndex: sheetIndex, columns: columns, headerRows: header.rows,
      firstRowNumber: firstRow, lastRowNumber: options.lastRowNumber ?? lastRowNumber,
      mergedRanges: merges, notes: notes)
  }

  private func columns(
    _ header: Header, _ data: [SheetHead.Row], _ notes: inout [Finding]
  ) -> [TableColumn] {
    var names = header.names
    for row in data {
      for cell in row.cells where names[cell.columnIndex] == nil {
        guard header.rows == nil || !isFarAway(cell.columnIndex, header) else { continue }
        let letter = CellAddress.columnName(cell.columnIndex)
        names[cell.columnIndex] = letter
        if header.rows != nil {
          notes.append(
            Finding(
              .unnamedColumn, at: place(row.number, cell.columnIndex), arguments: [letter]))
        }
      }
    }
    return names.sorted { $0.key < $1.key }.map { TableColumn(name: $0.value, columnIndex: $0.key) }
  }

  /// Whether a column stands apart from the header's columns.
  private func isFarAway(_ columnIndex: Int, _ header: Header) -> Bool {
    guard let first = header.names.keys.min(), let last = header.names.keys.max() else {
      return false
    }
    return columnIndex < first - 1 || columnIndex > last + 2
  }

  private func titles(_ rows: ArraySlice<SheetHead.Row>, above number: Int) -> [Finding] {
    rows.filter { $0.number < number }.map { row in
      Finding(
        .titleRow, at: place(row.number), arguments: [titleText(row.cells.map(\.text))])
    }
  }

  private func headerNotes(
    _ header: Header, _ columns: [TableColumn], _ merges: [CellRange]
  ) -> [Finding] {
    var notes: [Finding] = []
    let first = columns.first.map { CellAddress.columnName($0.columnIndex) } ?? "A"
    let last = columns.last.map { CellAddress.columnName($0.columnIndex) } ?? "A"
    if let rows = header.rows {
      notes.append(
        Finding(
          .headerRow, at: place(rows.upperBound),
          arguments: [String(rows.upperBound), String(columns.count), first, last]))
      if header.isJoined {
        notes.append(
          Finding(
            .headerOfTwoRows, at: place(rows.lowerBound),
            arguments: [String(rows.lowerBound), String(rows.upperBound)]))
      }
    } else {
      notes.append(Finding(.noHeader, at: place()))
    }
    if let range = merges.first {
      notes.append(
        Finding(
          .mergedCells, at: place(range.first.rowNumber, range.first.columnIndex),
          arguments: [String(merges.count), range.description]))
    }
    return notes
  }

  private func numbered(_ tables: [Table]) -> [Table] {
    tables.enumerated().map { index, table in
      let top = table.headerRows?.lowerBound ?? table.firstRowNumber
      let corner = CellAddress(columnIndex: table.columnIndexes.lowerBound, rowNumber: top)
      let note = Finding(
        .severalTables, at: place(top, corner.columnIndex),
        arguments: [String(tables.count), String(index + 1), corner.description])
      return Table(
        file: table.file, sheet: table.sheet, sheetIndex: table.sheetIndex,
        columns: table.columns, headerRows: table.headerRows,
        firstRowNumber: table.firstRowNumber, lastRowNumber: table.lastRowNumber,
        mergedRanges: table.mergedRanges, notes: table.notes + [note])
    }
  }

  private func place(_ rowNumber: Int? = nil, _ columnIndex: Int? = nil) -> Provenance {
    Provenance(file: file, sheet: sheet, rowNumber: rowNumber, columnIndex: columnIndex)
  }
}
