import FerryCore
public import FerryDrafting
public import FerryTables

extension TerminalReport {
  /// Keys, links, doubles and personal data, a line each; empty where there is nothing to say.
  public func text(of insights: FolderInsights, _ profiles: [TableProfile]) -> String {
    let names = InsightNames(profiles)
    var sections: [(Words, [[String]])] = []
    let keys = Dictionary(grouping: insights.keys, by: \.table).sorted { $0.key < $1.key }
    sections.append(
      (
        InsightWords.keys,
        keys.map { table, places in
          [names.table(table), places.map(names.column).joined(separator: language.comma)]
        }
      ))
    sections.append(
      (
        InsightWords.links,
        insights.links.map { link in
          [names.full(link.from), "→ " + names.full(link.to), NumberText.percent(link.share)]
        }
      ))
    sections.append(
      (
        InsightWords.doubles,
        insights.doubles.map { [names.full($0.place), NumberText.count($0.rowCount)] }
      ))
    sections.append(
      (
        InsightWords.personal,
        Self.grouped(insights.personal, names).map { table, columns in
          [table, columns.joined(separator: language.comma)]
        }
      ))
    return sections.filter { !$0.1.isEmpty }.map { title, rows in
      var table = TextTable(rows[0].map { _ in .init("") })
      for row in rows.prefix(Self.mostRows) { table.add(row.map(\.safeForTerminal)) }
      let more = rows.count - Self.mostRows
      let rest = more > 0 ? "  … +\(more)\n" : ""
      return "\n" + paint(title[language], .strong) + "\n" + text(of: table) + rest
    }.joined()
  }

  /// More are on the page.
  private static let mostRows = 20

  private static func grouped(
    _ personal: [FolderInsights.PersonalColumn], _ names: InsightNames
  ) -> [(String, [String])] {
    Dictionary(grouping: personal, by: \.place.table).sorted { $0.key < $1.key }
      .map { (names.table($0), $1.map { names.column($0.place) }) }
  }
}

/// How places are called.
struct InsightNames {
  private let profiles: [TableProfile]
  private let hasSeveralTables: Set<String>

  init(_ profiles: [TableProfile]) {
    self.profiles = profiles
    let sheets = Dictionary(grouping: profiles) { "\($0.table.file)\n\($0.table.sheet)" }
    hasSeveralTables = Set(sheets.filter { $0.value.count > 1 }.keys)
  }

  func table(_ index: Int) -> String {
    let table = profiles[index].table
    let stem = table.file.split(separator: ".").dropLast().joined(separator: ".")
    let name = stem == table.sheet ? table.file : "\(table.file) '\(table.sheet)'"
    return hasSeveralTables.contains("\(table.file)\n\(table.sheet)")
      ? "\(name) \(table.number)" : name
  }

  func column(_ place: FolderInsights.Place) -> String {
    profiles[place.table].columns[place.column].column.name
  }

  func full(_ place: FolderInsights.Place) -> String {
    "\(table(place.table)) \(column(place))"
  }
}
