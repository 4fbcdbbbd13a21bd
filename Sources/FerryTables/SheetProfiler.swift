internal import FerryCore

// How it works: where a table lies is nearly always plain from its first rows, but is certain only
// at the sheet's end: another table may begin there, and merged cells are named behind the rows.
// So the rows go to the survey and, as soon as the first block has all the rows that are looked
// at, to the profile of the table that it would be. If the end says the same, the sheet was read
// once; otherwise it is read once more.

/// Reads a sheet and says what its tables hold.
struct SheetProfiler {
  let file: SourceFile
  let sheetIndex: Int

  /// One for each table of the sheet.
  func profiles() throws -> [TableProfile] {
    let reader = try file.rows(ofSheet: sheetIndex)
    var finder = try file.finder(ofSheet: sheetIndex)
    var survey = SheetSurvey(finder)
    var early = EarlyProfiles()
    var batch = RowBatch()
    while try reader.read(into: &batch) {
      survey.take(batch)
      early.take(batch) { survey.openBlock.map { builders(of: finder.tables(in: [$0])) } }
      if survey.hasSeveralBlocks { early.giveUp() }
    }
    let findings = reader.takeFindings()
    finder.merges = MergeIndex(try file.mergedRanges(ofSheet: sheetIndex, readBy: reader))
    let blocks =
      finder.merges.isEmpty || !survey.hasUsedMerges
      ? survey.finish() : try finder.survey(file.rows(ofSheet: sheetIndex)).blocks
    let tables = try finder.tables(of: blocks)
    return try early.profiles(of: tables, findings) ?? again(tables, early.held, findings)
  }

  private func builders(of tables: [Table]) -> [ProfileBuilder] {
    tables.map { ProfileBuilder($0, file.sieve(of: $0)) }
  }

  /// Goes through the rows once more, with tables that are known.
  private func again(
    _ tables: [Table], _ held: [RowBatch]?, _ findings: [Finding]
  ) throws -> [TableProfile] {
    var builders = builders(of: tables)
    if let held {
      for batch in held { builders.take(batch) }
    } else {
      let reader = try file.rows(ofSheet: sheetIndex)
      var batch = RowBatch()
      while try reader.read(into: &batch) { builders.take(batch) }
    }
    return builders.indices.map { builders[$0].finish(findings) }
  }
}

/// The profiles of tables that are only guessed yet.
private struct EarlyProfiles {
  /// How much of a sheet is held, in bytes; one that has no more need not be read again.
  private static let mostBytes = 8 << 20

  /// All rows so far; `nil` where they are many.
  private(set) var held: [RowBatch]? = []
  private var heldBytes = 0
  private var builders: [ProfileBuilder]?
  private var isGivenUp = false

  /// Takes rows in; `guess` gives the builders as soon as it can.
  mutating func take(_ batch: RowBatch, _ guess: () -> [ProfileBuilder]?) {
    hold(batch)
    if builders != nil {
      builders?.take(batch)
    } else if !isGivenUp {
      guard let held else { return giveUp() }
      builders = guess()
      for batch in held { builders?.take(batch) }
    }
  }

  /// Stops guessing.
  mutating func giveUp() {
    isGivenUp = true
    builders = nil
  }

  private mutating func hold(_ batch: RowBatch) {
    guard held != nil else { return }
    heldBytes += batch.bytes.count + batch.cells.count * MemoryLayout<RawCell>.stride
    if heldBytes <= Self.mostBytes { held?.append(batch) } else { held = nil }
  }

  /// The profiles, where the tables are those that were guessed.
  mutating func profiles(of tables: [Table], _ findings: [Finding]) -> [TableProfile]? {
    guard var builders, builders.count == tables.count,
      zip(builders, tables).allSatisfy({ $0.table.isReadLike($1) })
    else { return nil }
    return tables.indices.map { index in
      var profile = builders[index].finish(findings)
      profile.table = tables[index]
      return profile
    }
  }
}

extension Table {
  /// Whether another table has the same rows and columns; what is said of them may differ.
  fileprivate func isReadLike(_ other: Table) -> Bool {
    var (one, two) = (self, other)
    one.notes = []
    two.notes = []
    return one == two
  }
}
