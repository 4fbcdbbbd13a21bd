import FerryCore
import FerryMatching
import FerryReports
import FerryTables

/// The tables of a match and the columns of them that count.
struct MatchInput {
  let sources: [MatchSource]
  let columns: [MatchColumn]
  /// What every column was taken for, where no config says so.
  let guesses: [ColumnGuess]
  let options: MatchOptions

  /// Holds the config against the tables, or finds what their columns hold.
  init(_ sources: [MatchSource], config: MatchConfig?) throws {
    self.sources = sources
    options = config?.options ?? MatchOptions()
    let headers = sources.map(\.header)
    if let config, config.namesColumns {
      columns = try config.columns(in: headers)
      guesses = []
    } else {
      guesses = try Self.guesses(sources, headers)
      columns = guesses.compactMap { guess in
        guess.kind.map { MatchColumn(header: guess.header, kind: $0) }
      }
      if columns.isEmpty { throw NoColumns(headers, guesses) }
    }
    try config?.checkUses(of: columns)
  }

  private static func guesses(
    _ sources: [MatchSource], _ headers: [MatchHeader]
  ) throws -> [ColumnGuess] {
    var finder = ColumnKindFinder(headers: headers)
    for source in sources {
      var left = ColumnKindFinder.rowsNeeded
      let places = finder.names.compactMap { source.header.place(of: $0) }
      _ = try source.forEachRow(columns: places) { bytes, cells in
        finder.add(bytes, cells: cells)
        left -= 1
        return left > 0
      }
    }
    return finder.guesses()
  }

  /// Reads all rows; those of a second table follow the first's.
  ///
  /// - Returns: The rows, and how many each table has.
  func read(_ console: Console, _ progress: ProgressLine) throws -> (MatchTable, counts: [Int]) {
    var table = MatchTable(columns: columns, options: options)
    var counts: [Int] = []
    for source in sources {
      let before = table.rowCount
      let places = columns.compactMap { source.header.place(of: $0.header) }
      let findings = try source.forEachRow(columns: places) { bytes, cells in
        table.append(bytes, cells: cells)
        if table.rowCount & 1023 == 0 {
          progress.show(Words(en: "reading", zh: "读取"), table.rowCount, of: nil)
        }
        return true
      }
      counts.append(table.rowCount - before)
      progress.end()
      let warnings = (source.file.findings + findings).filter { $0.severity > .info }
      if !warnings.isEmpty { console.say(console.report.text(of: warnings)) }
    }
    return (table, counts)
  }
}

/// No column tells one row from another.
private struct NoColumns: Failure {
  let findings: [Finding]
  var exitStatus: ExitStatus { .wrongUsage }

  init(_ headers: [MatchHeader], _ guesses: [ColumnGuess]) {
    let files = headers.map(\.file).joined(separator: ", ")
    let lists = [Language.english, .chinese].map { language in
      let list = guesses.filter { !$0.header.isEmpty }.map {
        "\($0.header) (\($0.reason.words[language]))"
      }
      return list.isEmpty ? "-" : list.joined(separator: language == .english ? ", " : "、")
    }
    findings = [Finding(CLIRules.noColumns, at: Provenance(file: files), arguments: lists)]
  }
}
