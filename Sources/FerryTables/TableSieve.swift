internal import FerryCore

/// Picks the rows of one table out of the sheet's, and gives each its role.
///
/// Rows stay where the sheet's reader put them; only a batch with merged cells is copied.
struct TableSieve {
  private static let noteLimit = 1_000

  private let table: Table
  private let keepsTrailingBlankRows: Bool
  private var judge: RowJudge
  private var filler: MergeFiller
  private var nextRowNumber: Int
  /// Whether no row of the table comes any more.
  private(set) var isDone = false
  private var isTold = false
  private var findings: [Finding] = []
  /// The rows left out so far, by reason.
  private(set) var leftOut = [RowRuns](repeating: RowRuns(), count: RowJudge.Reason.allCases.count)
  /// The rows of data so far that nobody sees.
  private(set) var hiddenRows = RowRuns()
  /// The last row so far that holds something.
  private(set) var lastUsedRowNumber: Int?
  private var scratch = RowBatch()
  private var kept = ContiguousArray<RawRow>()

  init(_ table: Table, keepsTrailingBlankRows: Bool) {
    self.table = table
    self.keepsTrailingBlankRows = keepsTrailingBlankRows
    judge = RowJudge(table)
    filler = MergeFiller(table)
    nextRowNumber = table.firstRowNumber
  }

  /// What was found about the table's rows so far, and of what the sheet's reader found that which
  /// is about the table.
  mutating func takeFindings(_ below: [Finding]) -> [Finding] {
    let last = table.lastRowNumber ?? .max
    let own = below.filter { finding in
      guard let number = finding.provenance?.rowNumber else { return true }
      return number >= table.firstRowNumber && number <= last
    }
    defer { findings.removeAll() }
    return own + findings
  }

  /// Keeps the table's rows, sets their roles, and fills merged cells.
  mutating func take(_ batch: inout RowBatch) {
    guard let lastRow = batch.rows.last else { return }
    kept.removeAll(keepingCapacity: true)
    let lastNumber = Int(lastRow.rowNumber)
    let fills = !filler.isIdle && filler.concerns(rowsUpTo: lastNumber)
    scratch.removeAll()
    for index in batch.rows.indices {
      let number = Int(batch.rows[index].rowNumber)
      if let last = table.lastRowNumber, number > last {
        isDone = true
        break
      }
      if fills { filler.observe(batch, index) }
      guard number >= table.firstRowNumber else { continue }
      let (role, reason) = judge.judge(batch, index)
      batch.rows[index].role = role
      if role == .blank {
        if !keepsTrailingBlankRows { continue }
      } else {
        lastUsedRowNumber = number
        if let reason {
          note(reason, number)
        } else if batch.rows[index].isHidden {
          hiddenRows.add(number)
        }
      }
      keep(batch, index, number, copies: fills)
    }
    if fills { swap(&batch, &scratch) } else { swap(&batch.rows, &kept) }
  }

  /// Adds the rows that the sheet leaves out, then this one.
  private mutating func keep(_ batch: borrowing RowBatch, _ index: Int, _ number: Int, copies: Bool)
  {
    while nextRowNumber < number {
      if copies {
        scratch.startRow(number: nextRowNumber, role: .blank)
      } else {
        kept.append(RawRow(blankRowNumber: nextRowNumber))
      }
      nextRowNumber += 1
    }
    if copies { filler.copy(batch, index, to: &scratch) } else { kept.append(batch.rows[index]) }
    nextRowNumber = number + 1
  }

  private mutating func note(_ reason: RowJudge.Reason, _ rowNumber: Int) {
    leftOut[reason.rawValue].add(rowNumber)
    let count = leftOut[reason.rawValue].count
    let place = Provenance(file: table.file, sheet: table.sheet, rowNumber: rowNumber)
    if count <= Self.noteLimit {
      findings.append(Finding(reason.rule, at: place))
    } else if count == Self.noteLimit + 1 {
      let sheet = Provenance(file: table.file, sheet: table.sheet)
      findings.append(Finding(.moreNotes, at: sheet, arguments: [reason.rule.id]))
    }
  }

  /// Says at the end what only the end can say.
  mutating func finish() {
    guard !isTold else { return }
    isDone = true
    isTold = true
    guard let first = hiddenRows.runs.first else { return }
    findings.append(
      Finding(
        .hiddenRows,
        at: Provenance(file: table.file, sheet: table.sheet, rowNumber: first.lowerBound),
        arguments: [String(hiddenRows.count), hiddenRows.description]))
  }
}
