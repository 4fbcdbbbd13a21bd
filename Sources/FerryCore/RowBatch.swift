/// What a raw cell holds.
public enum CellKind: UInt8, Hashable, Sendable, CaseIterable {
  case text
  case number
  case boolean
  case date
  case datetime
  case time
  case duration
  case error

  /// The word that `ferry cat --format cells` prints.
  public var name: String {
    switch self {
    case .text: "text"
    case .number: "number"
    case .boolean: "boolean"
    case .date: "date"
    case .datetime: "datetime"
    case .time: "time"
    case .duration: "duration"
    case .error: "error"
    }
  }
}

/// What a table's row is to its table; a reader without tables calls every row `data`.
public enum RowRole: UInt8, Hashable, Sendable {
  case data
  /// No cell holds anything but blanks.
  case blank
  /// A total, a note, or a head printed again on a new page: left out, counted as filtered.
  case filtered
}

/// One cell that is not empty, as a slice of its batch's bytes.
public struct RawCell: Hashable, Sendable {
  /// Zero-based column in the sheet.
  public let columnIndex: Int32
  /// What the cell holds.
  public let kind: CellKind
  /// Where the value's UTF-8 starts in ``RowBatch/bytes``.
  public let startOffset: UInt32
  /// How many bytes it takes.
  public let byteCount: UInt32

  /// Describes a cell.
  @inlinable
  package init(columnIndex: Int, kind: CellKind, startOffset: Int, byteCount: Int) {
    self.columnIndex = Int32(truncatingIfNeeded: columnIndex)
    self.kind = kind
    self.startOffset = UInt32(truncatingIfNeeded: startOffset)
    self.byteCount = UInt32(truncatingIfNeeded: byteCount)
  }

  /// The slice of the batch's bytes.
  public var range: Range<Int> { Int(startOffset)..<Int(startOffset) + Int(byteCount) }
}

/// One row of a batch.
public struct RawRow: Hashable, Sendable {
  /// One-based row as a spreadsheet shows it; in CSV the number of the record.
  public let rowNumber: Int32
  /// What the row is to its table.
  public var role: RowRole
  /// Whether a person who opens the sheet does not see the row: hidden, filtered, of no height.
  public internal(set) var isHidden = false
  /// The row's cells in ``RowBatch/cells``, by rising column.
  public internal(set) var cells: Range<Int32>
  /// How many cells the source has in the row, empty ones at its end too; 0 where it doesn't say.
  public let width: Int32

  init(rowNumber: Int32, role: RowRole, cells: Range<Int32>, width: Int32 = 0) {
    self.rowNumber = rowNumber
    self.role = role
    self.cells = cells
    self.width = width
  }

  /// Makes a row that holds nothing.
  public init(blankRowNumber rowNumber: Int) {
    self.init(rowNumber: Int32(rowNumber), role: .blank, cells: 0..<0)
  }
}

/// Some rows of one sheet, their values in one run of bytes.
///
/// A value is text as `ferry cat` prints it: numbers as the shortest decimal that reads back,
/// dates in ISO 8601, booleans as `true` and `false`. Empty cells are left out. A batch is
/// filled again and again, so that reading allocates nothing per cell.
public struct RowBatch: Sendable {
  /// All values, UTF-8, one after the other.
  public private(set) var bytes = ContiguousArray<UInt8>()
  /// All cells, row by row.
  public private(set) var cells = ContiguousArray<RawCell>()
  /// The rows, in the order of the sheet.
  public var rows = ContiguousArray<RawRow>()

  /// Makes an empty batch.
  public init() {}

  /// Forgets all rows and keeps the memory.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    cells.removeAll(keepingCapacity: true)
    rows.removeAll(keepingCapacity: true)
  }

  /// Starts a row; the cells that follow belong to it.
  public mutating func startRow(
    number rowNumber: Int, role: RowRole = .data, isHidden: Bool = false, width: Int = 0
  ) {
    let next = Int32(cells.count)
    var row = RawRow(
      rowNumber: Int32(rowNumber), role: role, cells: next..<next,
      width: Int32(truncatingIfNeeded: width))
    row.isHidden = isHidden
    rows.append(row)
  }

  /// Adds a cell to the row started last; columns must rise.
  public mutating func append(_ value: Span<UInt8>, kind: CellKind, columnIndex: Int) {
    let start = bytes.count
    bytes.append(copying: value)
    close(kind: kind, columnIndex: columnIndex, from: start)
  }

  /// Copies bytes in that several cells of the row started last will share.
  ///
  /// - Returns: Where they start in ``bytes``.
  public mutating func appendBytes(_ run: Span<UInt8>) -> Int {
    let start = bytes.count
    bytes.append(copying: run)
    return start
  }

  /// Adds a cell to the row started last whose value lies in ``bytes`` already.
  public mutating func appendCell(
    kind: CellKind, columnIndex: Int, startOffset: Int, byteCount: Int
  ) {
    cells.append(
      RawCell(
        columnIndex: columnIndex, kind: kind, startOffset: startOffset, byteCount: byteCount))
    extendLastRow()
  }

  /// Adds a cell to the row started last, its value written by `write` onto the bytes.
  public mutating func append<E: Error>(
    kind: CellKind, columnIndex: Int, write: (inout ContiguousArray<UInt8>) throws(E) -> Void
  ) throws(E) {
    let start = bytes.count
    try write(&bytes)
    close(kind: kind, columnIndex: columnIndex, from: start)
  }

  /// Adds a cell whose value is `text`; for tests and rare paths.
  public mutating func append(_ text: String, kind: CellKind = .text, columnIndex: Int) {
    let start = bytes.count
    bytes.append(contentsOf: text.utf8)
    close(kind: kind, columnIndex: columnIndex, from: start)
  }

  /// Adds cells to the row started last; columns must rise.
  ///
  /// Their values lie in ``bytes``, or are brought by ``fill(_:from:)`` later: for readers that
  /// look values up and want to ask for many at once.
  public mutating func append(_ row: Span<RawCell>) {
    unsafe row.withUnsafeBufferPointer { unsafe cells.append(contentsOf: $0) }
    extendLastRow()
  }

  /// Gives the row started last all cells behind its first.
  @inline(__always)
  private mutating func extendLastRow() {
    let last = rows.count - 1
    guard last >= 0 else { return }
    rows[last].cells = rows[last].cells.lowerBound..<Int32(truncatingIfNeeded: cells.count)
  }

  /// Brings the values of cells that wait for them, each a slice of `source`.
  public mutating func fill(_ fills: Span<CellFill>, from source: Span<UInt8>) {
    var offset = bytes.count
    for index in fills.indices {
      let fill = fills[index]
      cells[fill.cellIndex] = RawCell(
        columnIndex: Int(cells[fill.cellIndex].columnIndex), kind: cells[fill.cellIndex].kind,
        startOffset: offset, byteCount: fill.byteCount)
      offset += fill.byteCount
    }
    bytes.append(fills, from: source, byteCount: offset - bytes.count)
  }

  /// Puts the cells of the row started last in the order of their columns.
  ///
  /// For sources that don't keep the order; of two cells in one column the later one stays.
  public mutating func sortLastRow() {
    guard let last = rows.indices.last else { return }
    let range = Int(rows[last].cells.lowerBound)..<cells.count
    let numbered = cells[range].enumerated().sorted {
      ($0.element.columnIndex, $0.offset) < ($1.element.columnIndex, $1.offset)
    }.map(\.element)
    cells.removeSubrange(range)
    for (index, cell) in numbered.enumerated()
    where index + 1 == numbered.count || numbered[index + 1].columnIndex != cell.columnIndex {
      cells.append(cell)
    }
    rows[last].cells = rows[last].cells.lowerBound..<Int32(cells.count)
  }

  /// Puts the rows in the order of their numbers; rows of one number stay as they stand.
  public mutating func sortRows() {
    rows.sort {
      ($0.rowNumber, $0.cells.lowerBound) < ($1.rowNumber, $1.cells.lowerBound)
    }
  }

  /// The value of a cell as a string; allocates.
  public func text(of cell: RawCell) -> String {
    String(decoding: bytes[cell.range], as: UTF8.self)
  }

  /// The cells of the row at `rowIndex`.
  public func cells(ofRow rowIndex: Int) -> ContiguousArray<RawCell>.SubSequence {
    let range = rows[rowIndex].cells
    return cells[Int(range.lowerBound)..<Int(range.upperBound)]
  }

  private mutating func close(kind: CellKind, columnIndex: Int, from start: Int) {
    appendCell(
      kind: kind, columnIndex: columnIndex, startOffset: start, byteCount: bytes.count - start)
  }
}

/// A stream of rows, pulled a batch at a time.
///
/// A class, since it owns a place in a file. Rows come once, in order, in bounded memory.
public protocol RowReader: AnyObject {
  /// Clears `batch` and fills it with the next rows, about a thousand.
  ///
  /// - Returns: False at the end; then the batch is empty.
  func read(into batch: inout RowBatch) throws -> Bool
  /// What the reader found so far and had not yet given away.
  func takeFindings() -> [Finding]
}
