import FerryCore
public import FerryMigration

/// How the runs of one mapping into one store went, one after the other.
public struct RunTrend: Sendable {
  /// One run of it.
  public struct Point: Sendable {
    /// When it began, UTC in ISO 8601.
    public let at: String
    /// What it read and changed.
    public let counts: RunCounts
    /// How long it took in seconds; `nil` where a person's time is in it.
    public let seconds: Double?

    /// States it.
    public init(at: String, counts: RunCounts, seconds: Double?) {
      self.at = at
      self.counts = counts
      self.seconds = seconds
    }
  }

  /// What was loaded where, for people.
  public let title: String
  /// Oldest first.
  public let points: [Point]

  /// Gathers them.
  public init(title: String, points: [Point]) {
    self.title = title
    self.points = points
  }
}

extension TerminalReport {
  /// A trend: a line for each entity, one for the rows and one for the time.
  public func text(of trend: RunTrend) -> String {
    // Four columns of bars with a number behind each have to fit.
    let points = trend.points.suffix(max(4, min(20, (width - 16) / 4 - 9)))
    guard let first = points.first, let last = points.last else { return "" }
    var table = TextTable(
      [
        Words(en: "", zh: ""), ReportWords.records, ReportWords.created, ReportWords.updated,
        ReportWords.rejected,
      ].map { .init($0[language]) })
    for counts in last.counts.entities {
      let line = points.map { point in point.counts.entities.first { $0.entity == counts.entity } }
      table.add(
        [ReportWords.entityName(counts.entity, in: language)]
          + [\EntityCounts.records, \.created, \.updated, \.rejected].map { path in
            cell(line.map { $0.map { Double($0[keyPath: path]) } })
          })
    }
    table.add([TrendWords.rows[language], cell(points.map { Double($0.counts.rows) })])
    if points.contains(where: { $0.seconds != nil }) {
      table.add([TrendWords.seconds[language], cell(points.map(\.seconds))])
    }
    let head = TrendWords.head.filled(
      with: [
        trend.title, NumberText.count(points.count), String(first.at.prefix(10)),
        String(last.at.prefix(10)),
      ], in: language)
    return paint(head.safeForTerminal, .strong) + "\n" + text(of: table)
  }

  private func cell(_ numbers: [Double?]) -> String {
    let last = numbers.last.flatMap { $0 }.map { NumberText.count(Int($0)) } ?? "–"
    return "\(Sparkline.text(of: numbers)) \(last)"
  }
}

enum TrendWords {
  static let head = Words(
    en: "{0} · {1} {1:run|runs}, {2} to {3}", zh: "{0} · {1} 次运行，{2} 至 {3}")
  static let rows = Words(en: "rows read", zh: "读取行数")
  static let seconds = Words(en: "seconds", zh: "用时（秒）")
}
