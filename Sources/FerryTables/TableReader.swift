internal import FerryCore

/// The rows of one table, each with its role.
///
/// Rows stay where the sheet's reader put them; only a batch with merged cells is copied.
final class TableReader: RowReader {
  private static let noteLimit = 1_000

  private let inner: any RowReader
  private let table: Table
  private let keepsTrailingBlankRows: Bool
  private var judge: RowJudge
  private var filler: MergeFiller
  private var nextRowNumber: Int
  private var isDone = false
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

  init(_ inner: any RowReader, table: Table, keepsTrailingBlankRows: Bool) {
    self.inner = inner
    self.table = table
    self.keepsTrailingBlankRows = keepsTrailingBlankRows
    judge = RowJudge(table)
    filler = MergeFiller(table)
    nextRowNumber = table.firstRowNumber
  }

  func read(into batch: inout RowBatch) throws -> Bool {
    repeat {
      guard !isDone, try inner.read(into: &batch) else {
        if !isTold { tell() }
        batch.removeAll()
        return false
      }
      take(&batch)
    } while batch.rows.isEmpty
    return true
  }

  func takeFindings() -> [Finding] {
    let last = table.lastRowNumber ?? .max
    let below = inner.takeFindings().filter { finding in
      guard let number = finding.provenance?.rowNumber else { return true }
      return number >= table.firstRowNumber && number <= last
    }
    defer { findings.removeAll() }
    return below + findings
  }

  /// Keeps the table's rows, sets their roles, and fills merged cells.
  private func take(_ batch: inout RowBatch) {
    kept.removeAll(keepingCapacity: true)
    let lastNumber = Int(batch.rows[batch.rows.count - 1].rowNumber)
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
  private func keep(_ batch: borrowing RowBatch, _ index: Int, _ number: Int, copies: Bool) {
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

  private func note(_ reason: RowJudge.Reason, _ rowNumber: Int) {
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
  private func tell() {
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
