public import FerryCore

/// Turns batches of raw rows into the bytes that `ferry cat` prints.
///
/// The bytes gather in ``output``; the caller writes them out and calls ``removeOutput()``.
public struct CatWriter: Sendable {
  /// What is to be printed so far.
  public private(set) var output = ContiguousArray<UInt8>()
  private let format: CatFormat
  // `{"sheet":"…","ref":"`, the start of each cell of the sheet.
  private let cellStart: ContiguousArray<UInt8>
  private var columnNames: [ContiguousArray<UInt8>] = []
  private var rowDigits = ContiguousArray<UInt8>()
  private var csv = CSVRowWriter()
  private var keys: [Int: ContiguousArray<UInt8>]?

  /// Starts printing a sheet.
  public init(format: CatFormat, sheet: String) {
    self.format = format
    var start = ContiguousArray("{\"sheet\":".utf8)
    JSONBytes.append(ContiguousArray(sheet.utf8).span, to: &start)
    start.append(contentsOf: ",\"ref\":\"".utf8)
    cellStart = start
  }

  /// Forgets what was printed; the memory is kept.
  public mutating func removeOutput() { output.removeAll(keepingCapacity: true) }

  /// Adds the rows of a batch.
  public mutating func append(_ batch: borrowing RowBatch) {
    let bytes = batch.bytes
    if format == .csv {
      for row in batch.rows { csv.append(row, batch.cells, bytes.span, to: &output) }
      return
    }
    for row in batch.rows {
      if format == .cells {
        appendCells(batch.cells, row, bytes.span)
      } else {
        appendObject(batch.cells, row, bytes.span)
      }
    }
  }

  // MARK: - JSON

  private mutating func appendCells(
    _ cells: ContiguousArray<RawCell>, _ row: RawRow, _ bytes: Span<UInt8>
  ) {
    rowDigits.removeAll(keepingCapacity: true)
    rowDigits.append(contentsOf: String(row.rowNumber).utf8)
    for index in Int(row.cells.lowerBound)..<Int(row.cells.upperBound) {
      let cell = cells[index]
      guard cell.byteCount > 0 else { continue }
      output.append(contentsOf: cellStart)
      appendColumnName(Int(cell.columnIndex))
      output.append(contentsOf: rowDigits)
      output.append(contentsOf: Self.kinds[Int(cell.kind.rawValue)])
      JSONBytes.append(bytes.extracting(cell.range), to: &output)
      output.append(UInt8(ascii: "}"))
      output.append(UInt8(ascii: "\n"))
    }
  }

  private mutating func appendColumnName(_ columnIndex: Int) {
    while columnNames.count <= columnIndex {
      columnNames.append(ContiguousArray(CellAddress.columnName(columnNames.count).utf8))
    }
    output.append(contentsOf: columnNames[columnIndex])
  }

  // What stands between a cell's address and its value, by the kind's number.
  private static let kinds = CellKind.allCases.map {
    ContiguousArray("\",\"kind\":\"\($0.name)\",\"value\":".utf8)
  }

  private mutating func appendObject(
    _ cells: ContiguousArray<RawCell>, _ row: RawRow, _ bytes: Span<UInt8>
  ) {
    let range = Int(row.cells.lowerBound)..<Int(row.cells.upperBound)
    guard range.contains(where: { cells[$0].byteCount > 0 }) else { return }
    guard let keys else {
      keys = Self.keys(of: cells[range], bytes)
      return
    }
    output.append(UInt8(ascii: "{"))
    var separator = false
    for index in range where cells[index].byteCount > 0 {
      if separator { output.append(UInt8(ascii: ",")) }
      separator = true
      let column = Int(cells[index].columnIndex)
      output.append(contentsOf: keys[column] ?? Self.key(CellAddress.columnName(column)))
      output.append(UInt8(ascii: ":"))
      JSONBytes.append(bytes.extracting(cells[index].range), to: &output)
    }
    output.append(contentsOf: "}\n".utf8)
  }

  private static func keys(
    of cells: ContiguousArray<RawCell>.SubSequence, _ bytes: Span<UInt8>
  ) -> [Int: ContiguousArray<UInt8>] {
    var used: Set<String> = []
    var keys: [Int: ContiguousArray<UInt8>] = [:]
    for cell in cells where cell.byteCount > 0 {
      let name = bytes.extracting(cell.range).text
      var (unique, count) = (name, 1)
      while !used.insert(unique).inserted {
        count += 1
        unique = "\(name)_\(count)"
      }
      keys[Int(cell.columnIndex)] = key(unique)
    }
    return keys
  }

  private static func key(_ name: String) -> ContiguousArray<UInt8> {
    var key = ContiguousArray<UInt8>()
    JSONBytes.append(ContiguousArray(name.utf8).span, to: &key)
    return key
  }
}
