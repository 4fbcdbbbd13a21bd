import FerryCore
import FerryMapping
import FerryRecords
import FerryTables

// Free-form cells of follow-ups: each dated note in them is an activity of what its row makes.
extension TableDrafter {
  /// Headers of such columns; others need more of their cells to look so.
  private static let headers: Set<String> = Set(
    [
      "跟进记录", "跟进", "跟进情况", "跟进内容", "跟进过程", "沟通记录", "沟通情况", "联系记录", "拜访记录", "跟踪记录", "跟踪情况",
      "进展", "最新进展", "项目进展", "历史跟进", "洽谈记录", "回访记录", "跟进明细", "客户跟进", "follow up", "follow ups",
      "followups", "call log", "activity log", "history", "contact history", "call notes",
      "activities", "progress",
      "interactions",
    ].map(HeaderText.fold))

  /// Finds a column of dated notes, and makes a block of activities for it.
  mutating func findNotes() {
    guard ["account", "contact", "lead", "deal"].contains(entity.entity.name) else { return }
    let found = columns.indices.compactMap { column -> (column: Int, share: Double)? in
      let share = notesShare(column)
      let isNamed = Self.headers.contains(columns[column].header.folded)
      let isLong = columns[column].values.prefix(40).contains { $0.text.count > 12 }
      return share >= (isNamed ? 0.3 : 0.7) && isLong ? (column, share) : nil
    }.max { $0.share != $1.share ? $0.share < $1.share : $0.column > $1.column }
    guard let found else { return }
    var block = WorkingBlock(entity: SalesChain.activity, isPrimary: false)
    var pick = Pick(
      columns: [found.column],
      guess: Guess(
        0.6 + 0.35 * found.share, [Evidence(DraftWords.entries, percent(found.share))]))
    if let year = year() {
      pick.add("year", String(year.number))
      pick.guess = Guess(
        0.7,
        [
          Evidence(DraftWords.entries, percent(found.share)),
          Evidence(DraftWords.yearFrom, columns[year.column].column.name),
        ])
    }
    block.picks["notes"] = pick
    blocks.append(block)
    left[found.column] = nil
    taken.insert(found.column)
  }

  /// How many of the cells hold a note with its date.
  private func notesShare(_ column: Int) -> Double {
    let fits = columns[column].fits
    guard columns[column].filled > 0, fits.date < 0.9, fits.number < 0.5, fits.phone < 0.5 else {
      return 0
    }
    let sample = columns[column].values.prefix(80)
    let dated = sample.count { value in
      DatedNotes.notes(in: value.text, year: 2000).contains { !$0.time.isEmpty && !$0.text.isEmpty }
    }
    return Double(dated) / Double(sample.count)
  }

  /// The latest year that the table's dates name: notes without one are mostly of it.
  private func year() -> (number: Int, column: Int)? {
    var best: (number: Int, column: Int)?
    for (position, column) in columns.enumerated() where column.fits.date > 0.9 {
      for value in column.values {
        guard let number = Int(value.text.prefix(4)), (1990...2099).contains(number) else {
          continue
        }
        if number > best?.number ?? 0 { best = (number, position) }
      }
    }
    return best
  }
}
