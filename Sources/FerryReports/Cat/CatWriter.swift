public import FerryCore

/// Turns batches of raw rows into the bytes that `ferry cat` prints.
///
/// The bytes gather in ``output``; the caller writes them out and calls ``removeOutput()``.
public struct CatWriter: Sendable {
  /// What is to be printed so far.
  public private(set) var output = ContiguousArray<UInt8>()
  private let format: CatFormat
  private let sheet: ContiguousArray<UInt8>
  private var nextRowNumber = 1
  private var keys: [Int: ContiguousArray<UInt8>]?

  /// Starts printing a sheet.
  public init(format: CatFormat, sheet: String) {
    self.format = format
    var name = ContiguousArray<UInt8>()
    JSONBytes.append(ContiguousArray(sheet.utf8).span, to: &name)
    self.sheet = name
  }

  /// Forgets what was printed; the memory is kept.
  public mutating func removeOutput() { output.removeAll(keepingCapacity: true) }

  /// Adds the rows of a batch.
  public mutating func append(_ batch: borrowing RowBatch) {
    let bytes = batch.bytes
    for rowIndex in batch.rows.indices {
      let row = batch.rows[rowIndex]
      switch format {
      case .csv: appendCSV(batch.cells, row, bytes.span)
      case .jsonl: appendObject(batch.cells, row, bytes.span)
      case .cells: appendCells(batch.cells, row, bytes.span)
      }
    }
  }

  // MARK: - CSV

  private mutating func appendCSV(
    _ cells: ContiguousArray<RawCell>, _ row: RawRow, _ bytes: Span<UInt8>
  ) {
    while nextRowNumber < row.rowNumber {
      output.append(UInt8(ascii: "\n"))
      nextRowNumber += 1
    }
    nextRowNumber = Int(row.rowNumber) + 1
    var column = 0
    for index in Int(row.cells.lowerBound)..<Int(row.cells.upperBound) {
      let cell = cells[index]
      guard cell.byteCount > 0 else { continue }
      while column < cell.columnIndex {
        output.append(UInt8(ascii: ","))
        column += 1
      }
      appendField(bytes.extracting(cell.range))
    }
    while column < Int(row.width) - 1 {
      output.append(UInt8(ascii: ","))
      column += 1
    }
    output.append(UInt8(ascii: "\n"))
  }

  private mutating func appendField(_ value: Span<UInt8>) {
    guard needsQuotes(value) else {
      for index in value.indices { output.append(value[index]) }
      return
    }
    output.append(UInt8(ascii: "\""))
    for index in value.indices {
      if value[index] == UInt8(ascii: "\"") { output.append(UInt8(ascii: "\"")) }
      output.append(value[index])
    }
    output.append(UInt8(ascii: "\""))
  }

  private func needsQuotes(_ value: Span<UInt8>) -> Bool {
    for index in value.indices {
      switch value[index] {
      case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        return true
      default: continue
      }
    }
    return false
  }

  // MARK: - JSON

  private mutating func appendCells(
    _ cells: ContiguousArray<RawCell>, _ row: RawRow, _ bytes: Span<UInt8>
  ) {
    for index in Int(row.cells.lowerBound)..<Int(row.cells.upperBound) {
      let cell = cells[index]
      guard cell.byteCount > 0 else { continue }
      let address = CellAddress(
        columnIndex: Int(cell.columnIndex), rowNumber: Int(row.rowNumber))
      output.append(contentsOf: "{\"sheet\":".utf8)
      output.append(contentsOf: sheet)
      output.append(contentsOf: ",\"ref\":\"\(address)\",\"kind\":\"\(cell.kind.name)\"".utf8)
      output.append(contentsOf: ",\"value\":".utf8)
      JSONBytes.append(bytes.extracting(cell.range), to: &output)
      output.append(contentsOf: "}\n".utf8)
    }
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
