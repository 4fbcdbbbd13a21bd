internal import FerryCore

/// Goes through the rows of one table and says what it holds, in memory that does not grow.
struct ProfileBuilder {
  /// The table.
  let table: Table
  private var sieve: TableSieve
  private var profile: TableProfile
  private let gauges: ColumnGauges

  init(_ table: Table, _ sieve: TableSieve) {
    self.table = table
    self.sieve = sieve
    profile = TableProfile(table: table)
    gauges = ColumnGauges(table)
  }

  /// Takes rows of the sheet in, as its reader gives them.
  mutating func take(_ rows: RowBatch) {
    guard !sieve.isDone else { return }
    var batch = rows
    sieve.take(&batch)
    for index in batch.rows.indices {
      switch batch.rows[index].role {
      case .data: profile.dataRowCount += 1
      case .blank: profile.blankRowCount += 1
      case .filtered: profile.filteredRowCount += 1
      }
    }
    gauges.observe(batch)
  }

  /// What the table holds, after the last row; `findings` are those of the sheet's reader.
  mutating func finish(_ findings: [Finding]) -> TableProfile {
    sieve.finish()
    let gauges = gauges.all
    profile.columns = gauges.map { $0.profile() }
    profile.damages = gauges.flatMap { $0.damage() }
    profile.findings =
      sieve.takeFindings(findings) + profile.damages.map { $0.finding(in: table) }
    profile.lastUsedRowNumber = sieve.lastUsedRowNumber
    profile.hiddenRows = sieve.hiddenRows
    profile.totalRows = sieve.leftOut[RowJudge.Reason.total.rawValue]
    profile.noteRows = sieve.leftOut[RowJudge.Reason.note.rawValue]
    profile.repeatedRows = sieve.leftOut[RowJudge.Reason.repeated.rawValue]
    return profile
  }
}

extension [ProfileBuilder] {
  /// Gives rows to all.
  mutating func take(_ batch: RowBatch) {
    for index in indices { self[index].take(batch) }
  }
}
