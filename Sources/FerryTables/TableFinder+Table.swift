internal import FerryCore

// A block with its header becomes a table, and all that was decided becomes notes.
extension TableFinder {
  /// The table of a block.
  func table(
    _ rows: ArraySlice<SheetHead.Row>, _ found: Header, lastRowNumber: Int?
  ) -> Table {
    let isForm = !isHeaderTold && SheetForm(rows).isForm
    let header = isForm ? Header(rows: nil, names: [:]) : found
    let first = header.rows.map { $0.upperBound + 1 } ?? rows.first?.number ?? 1
    let firstRow = max(options.firstRowNumber ?? first, first)
    var table = Table(
      file: file, sheet: sheet, sheetIndex: sheetIndex, columns: [], headerRows: header.rows,
      firstRowNumber: firstRow, lastRowNumber: options.lastRowNumber ?? lastRowNumber,
      mergedRanges: merges.ranges(from: firstRow, to: options.lastRowNumber ?? lastRowNumber))
    let titles = rows.filter { $0.number < header.rows?.lowerBound ?? firstRow }
    table.titleRows = titles.map(\.number)
    table.notes = titles.map { row in
      Finding(
        .titleRow, at: place(row.number), arguments: [titleText(row.cells.map(\.text))])
    }
    let data = rows.filter { $0.number >= firstRow }
    table.columns = columns(header, data, &table.notes)
    dropHiddenColumns(&table)
    if !isForm { table.summedColumns = summedColumns(table, data) }
    table.isForm = isForm
    table.policy = options.policy
    table.headerLines = header.lines
    table.notes += headerNotes(table) + layoutNotes(table)
    return table
  }

  private var isHeaderTold: Bool { options.headerRows != nil || options.firstRowNumber != nil }

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
    return names.sorted { $0.key < $1.key }.map { index, name in
      TableColumn(
        name: name, columnIndex: index,
        isHidden: hiddenColumns.contains { $0.contains(index) })
    }
  }

  /// Leaves hidden columns out where the caller says so, unless there are no others.
  private func dropHiddenColumns(_ table: inout Table) {
    let hidden = table.columns.filter(\.isHidden)
    guard options.policy.hidden == .drop, let first = hidden.first,
      hidden.count < table.columns.count
    else { return }
    table.columns.removeAll(where: \.isHidden)
    table.notes.append(
      Finding(
        .hiddenColumnsDropped, at: place(nil, first.columnIndex),
        arguments: [String(hidden.count), letters(hidden)]))
  }

  private func letters(_ columns: [TableColumn]) -> String {
    columns.prefix(RowRuns.limit).map { CellAddress.columnName($0.columnIndex) }
      .joined(separator: ", ") + (columns.count > RowRuns.limit ? " …" : "")
  }

  /// The columns that hold numbers, in a table that has others as well.
  private func summedColumns(_ table: Table, _ data: [SheetHead.Row]) -> [Int] {
    var counts: [Int: (numbers: Int, all: Int)] = [:]
    for cell in data.prefix(60).flatMap(\.cells) {
      let isNumber = ValueShape(cell.text, kind: cell.kind) == .number
      counts[cell.columnIndex, default: (0, 0)].numbers += isNumber ? 1 : 0
      counts[cell.columnIndex, default: (0, 0)].all += 1
    }
    let columns = counts.filter { $0.value.numbers * 5 >= $0.value.all * 4 }.keys.sorted()
    return columns.count < table.columns.count ? columns : []
  }

  /// Whether a column stands apart from the header's columns.
  private func isFarAway(_ columnIndex: Int, _ header: Header) -> Bool {
    guard let first = header.names.keys.min(), let last = header.names.keys.max() else {
      return false
    }
    return columnIndex < first - 1 || columnIndex > last + 2
  }

  private func headerNotes(_ table: Table) -> [Finding] {
    if table.isForm {
      return [Finding(.formSheet, at: place(table.firstRowNumber))]
    }
    guard let rows = table.headerRows else {
      return options.hasHeader ? [Finding(.noHeader, at: place(table.firstRowNumber))] : []
    }
    let first = table.columns.first.map { CellAddress.columnName($0.columnIndex) } ?? "A"
    let last = table.columns.last.map { CellAddress.columnName($0.columnIndex) } ?? "A"
    let header = Finding(
      .headerRow, at: place(rows.upperBound),
      arguments: [String(rows.upperBound), String(table.columns.count), first, last])
    guard rows.count > 1 else { return [header] }
    let joined = Finding(
      .headerOfSeveralRows, at: place(rows.lowerBound),
      arguments: [String(rows.lowerBound), String(rows.upperBound)])
    return [header, joined]
  }

  private func layoutNotes(_ table: Table) -> [Finding] {
    var notes: [Finding] = []
    if let range = table.mergedRanges.first {
      let rule: Rule = table.policy.merged == .fill ? .mergedCells : .mergedCellsKept
      notes.append(
        Finding(
          rule, at: place(range.first.rowNumber, range.first.columnIndex),
          arguments: [String(table.mergedRanges.count), range.description]))
    }
    let hidden = table.columns.filter(\.isHidden)
    if let first = hidden.first {
      notes.append(
        Finding(
          .hiddenColumns, at: place(nil, first.columnIndex),
          arguments: [String(hidden.count), letters(hidden)]))
    }
    return notes
  }

  /// Gives each of several tables its number, and a note that says so.
  func numbered(_ tables: [Table]) -> [Table] {
    tables.enumerated().map { index, table in
      var table = table
      table.number = index + 1
      let top = table.headerRows?.lowerBound ?? table.firstRowNumber
      let corner = CellAddress(columnIndex: table.columnIndexes.lowerBound, rowNumber: top)
      table.notes.append(
        Finding(
          .severalTables, at: place(top, corner.columnIndex),
          arguments: [String(tables.count), String(index + 1), corner.description]))
      return table
    }
  }

  private func place(_ rowNumber: Int? = nil, _ columnIndex: Int? = nil) -> Provenance {
    Provenance(file: file, sheet: sheet, rowNumber: rowNumber, columnIndex: columnIndex)
  }
}
