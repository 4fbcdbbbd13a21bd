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
    let place = "\(table.file) '\(table.sheet)'".safeForTerminal
    let rows = InspectWords.rows.filled(with: counts.map(NumberText.count), in: language)
    let findings = table.notes + profile.findings
    return paint(place, .strong) + "\n"
      + "  \(header(of: table)) · \(rows)\n"
      + text(of: columns(of: profile)) + text(of: findings)
  }

  private func header(of table: Table) -> String {
    guard let rows = table.headerRows else { return InspectWords.noHeader[language] }
    let (first, last) = (String(rows.lowerBound), String(rows.upperBound))
    return rows.count == 1
      ? InspectWords.headerRow.filled(with: [first], in: language)
      : InspectWords.headerRows.filled(with: [first, last], in: language)
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
  /// All rows below the header, to the end of the table.
  var rowCount: Int { dataRowCount + blankRowCount + filteredRowCount }
}
