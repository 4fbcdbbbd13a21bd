internal import FerryCore

// How it works: rows go by; the first of each block are kept. Behind a gap, or at a row that may
// be the title of another table, the next rows are put aside until there are enough of them to
// decide whether a table of its own begins there. If not, they belong to the block before.

/// Cuts a sheet into blocks, each with its own header, in memory that does not grow with the rows.
struct SheetSurvey {
  /// Rows in which a table of its own may begin.
  struct Block {
    /// The first rows that hold something, at most ``SheetSurvey/rowLimit``.
    var rows: [SheetHead.Row] = []
    /// The last row that holds something.
    var lastRowNumber = 0
    /// Whether there are more rows than are kept.
    var isCut = false
  }

  /// How many rows of a block are looked at to find its header and its columns.
  static let rowLimit = 200
  /// How many rows are looked at to decide whether a table begins.
  static let lookAhead = 40
  /// How many tables of a sheet are told apart; a sheet of more is a dump of something else.
  static let blockLimit = 256

  /// Why a table may begin at a row.
  private struct Candidate {
    /// Index into `pending`.
    var index: Int
    var isBehindGap: Bool
  }

  private let finder: TableFinder
  private var blocks: [Block] = []
  private var current = Block()
  private var pending: [SheetHead.Row] = []
  private var candidates: [Candidate] = []
  private var lastNumber = 0
  private var header: (rowCount: Int, header: TableFinder.Header)?

  /// Whether merged cells, known or not, had a say in where a block begins.
  private(set) var hasUsedMerges = false

  init(_ finder: TableFinder) { self.finder = finder }

  /// The first block, once all its rows that are looked at are there and while it is the only one.
  var openBlock: Block? {
    blocks.isEmpty && current.rows.count == Self.rowLimit ? current : nil
  }

  /// Whether a second block has begun.
  var hasSeveralBlocks: Bool { !blocks.isEmpty }

  /// Takes rows of one batch, those in `rows` alone, of the columns in `columns` alone.
  mutating func take(
    _ batch: borrowing RowBatch, rows: ClosedRange<Int> = 1...Int.max,
    columns: ClosedRange<Int>? = nil
  ) {
    for index in batch.rows.indices {
      let number = Int(batch.rows[index].rowNumber)
      guard rows.contains(number), needsLook(batch, index, number) else { continue }
      var row = SheetHead.row(batch, index)
      if let columns { row = row.within(columns) }
      if !row.cells.isEmpty { take(row) }
    }
  }

  /// Whether the row must be looked at; one in the middle of a long block needs not.
  private mutating func needsLook(
    _ batch: borrowing RowBatch, _ index: Int, _ number: Int
  ) -> Bool {
    guard pending.isEmpty, current.rows.count == Self.rowLimit, number == lastNumber + 1 else {
      return true
    }
    let cells = batch.cells(ofRow: index)
    guard cells.count > 2, cells.contains(where: { hasInk(batch, $0) }) else { return true }
    lastNumber = number
    current.lastRowNumber = number
    current.isCut = true
    return false
  }

  /// Whether a cell plainly holds something; false where it takes a closer look.
  private func hasInk(_ batch: borrowing RowBatch, _ cell: RawCell) -> Bool {
    guard cell.byteCount > 0 else { return false }
    let first = batch.bytes[Int(cell.startOffset)]
    return first > 0x20 && first < 0x7F || first > 0xE3 && first < 0xEF
  }

  /// Takes a row that holds something.
  mutating func take(_ row: SheetHead.Row) {
    let isBehindGap = lastNumber > 0 && row.number > lastNumber + 1
    let mayBegin = isBehindGap || row.cells.count == 1
    let begins = mayBegin && !(current.rows.isEmpty && pending.isEmpty)
    lastNumber = row.number
    guard begins || !pending.isEmpty else { return keep(row) }
    if begins {
      candidates.append(Candidate(index: pending.count, isBehindGap: isBehindGap))
    }
    pending.append(row)
    if pending.count >= Self.lookAhead { decide() }
  }

  /// All blocks, after the last row.
  mutating func finish() -> [Block] {
    while !pending.isEmpty { decide() }
    if !current.rows.isEmpty { blocks.append(current) }
    return blocks
  }

  private mutating func keep(_ row: SheetHead.Row) {
    if current.rows.count < Self.rowLimit {
      current.rows.append(row)
    } else {
      current.isCut = true
    }
    current.lastRowNumber = row.number
  }

  /// Decides on the first candidate, and gives the rows up to the next one to their block.
  private mutating func decide() {
    guard let candidate = candidates.first else { return }
    if blocks.count < Self.blockLimit - 1, begins(candidate) {
      blocks.append(current)
      current = Block()
      header = nil
    }
    candidates.removeFirst()
    let end = candidates.first?.index ?? pending.count
    for row in pending[..<end] { keep(row) }
    pending.removeFirst(end)
    for index in candidates.indices { candidates[index].index -= end }
  }

  private mutating func begins(_ candidate: Candidate) -> Bool {
    let rows = pending[candidate.index...]
    guard finder.mayStartTable(rows, isBehindGap: candidate.isBehindGap) else { return false }
    hasUsedMerges = true
    let known = header.flatMap { $0.rowCount == current.rows.count ? $0.header : nil }
    let before = known ?? finder.header(of: current.rows[...])
    header = (current.rows.count, before)
    return finder.startsTable(
      rows, after: current, under: before, isBehindGap: candidate.isBehindGap)
  }
}
