import FerryCore
public import FerryTables

extension TerminalReport {
  /// What the tables of files hold, ending in a line break.
  public func text(of profiles: [TableProfile]) -> String {
    guard !profiles.isEmpty else { return InspectWords.nothing[language] + "\n" }
    let hint = showsValues ? "" : "\n" + paint(InspectWords.hidden[language], .faint) + "\n"
    return profiles.map(text(of:)).joined(separator: "\n") + hint
  }

  private func text(of profile: TableProfile) -> String {
    let table = profile.table
    let counts = [
      profile.rowCount, profile.dataRowCount, profile.blankRowCount, profile.filteredRowCount,
    ]
    let place = "\(table.file) '\(table.sheet)'!\(profile.range)".safeForTerminal
    let rows = InspectWords.rows.filled(with: counts.map(NumberText.count), in: language)
    let findings = profile.remarks
    return paint(place, .strong) + "\n"
      + "  \(header(of: table)) · \(rows)\n" + layout(of: profile)
      + text(of: columns(of: profile)) + damages(of: profile) + text(of: findings)
  }

  private func header(of table: Table) -> String {
    guard let rows = table.headerRows else { return InspectWords.noHeader[language] }
    let (first, last) = (String(rows.lowerBound), String(rows.upperBound))
    return rows.count == 1
      ? InspectWords.headerRow.filled(with: [first], in: language)
      : InspectWords.headerRows.filled(with: [first, last], in: language)
  }

  /// Titles, rows left out, hidden rows and columns: a line each, with their rows.
  private func layout(of profile: TableProfile) -> String {
    var titles = RowRuns()
    for row in profile.table.titleRows { titles.add(row) }
    let hidden = profile.table.columns.filter(\.isHidden).map {
      CellAddress.columnName($0.columnIndex)
    }
    let lines: [(Words, Int, String)] = [
      (InspectWords.titles, titles.count, titles.description),
      (InspectWords.totals, profile.totalRows.count, profile.totalRows.description),
      (InspectWords.remarks, profile.noteRows.count, profile.noteRows.description),
      (InspectWords.repeated, profile.repeatedRows.count, profile.repeatedRows.description),
      (InspectWords.hiddenRows, profile.hiddenRows.count, profile.hiddenRows.description),
      (InspectWords.hiddenColumns, hidden.count, hidden.joined(separator: ", ")),
    ]
    return lines.filter { $0.1 > 0 }.map { words, count, places in
      "  " + words.filled(with: [NumberText.count(count), places], in: language) + "\n"
    }.joined()
  }

  /// One line for each damage, since columns and cells differ.
  private func damages(of profile: TableProfile) -> String {
    profile.damages.sorted { $0.rule.severity > $1.rule.severity }.map { damage in
      let finding = damage.finding(in: profile.table)
      let word = paint(
        ReportWords.severity(finding.severity)[language], .severity(finding.severity))
      let message = finding.message(in: language).safeForTerminal
      return "  \(word)\(language.colon)\(message) [\(damage.rule.id)]\n"
    }.joined()
  }

  private func columns(of profile: TableProfile) -> TextTable {
    var table = TextTable([
      .init(InspectWords.column[language]), .init(InspectWords.header[language]),
      .init(InspectWords.kind[language]), .init(InspectWords.filled[language], alignment: .right),
      .init("", alignment: .right), .init(InspectWords.distinct[language], alignment: .right),
      .init(InspectWords.range[language]),
      .init(showsValues ? InspectWords.topValues[language] : ""),
    ])
    for column in profile.columns {
      let distinct = NumberText.count(column.distinctCount)
      let range = [column.minimum, column.maximum].compactMap { $0 }.joined(separator: " … ")
      let values = column.topValues.prefix(3).map { "\($0.value) ×\($0.count)" }
      table.add([
        CellAddress.columnName(column.column.columnIndex), column.column.name,
        InspectWords.kind(column.kind.rawValue)[language], NumberText.count(column.filledCount),
        share(column.filledCount, of: profile.dataRowCount),
        column.isDistinctEstimated ? "≈\(distinct)" : distinct, range,
        showsValues ? values.joined(separator: language.comma) : "",
      ])
    }
    return table
  }

  private func share(_ part: Int, of whole: Int) -> String {
    NumberText.percent(whole == 0 ? nil : Double(part) / Double(whole))
  }
}

extension TableProfile {
  /// What is neither damage nor told in a line of its own.
  fileprivate var remarks: [Finding] {
    let told = [
      "tables.title-row", "tables.header", "tables.header-of-several-rows", "tables.total-row",
      "tables.note-row", "tables.repeated-header", "tables.hidden-columns", "tables.more-notes",
    ]
    return (table.notes + findings).filter {
      !told.contains($0.rule.id) && !$0.rule.id.hasPrefix("damage.")
    }
  }

  /// All rows below the header, to the end of the table.
  var rowCount: Int { dataRowCount + blankRowCount + filteredRowCount }
}
