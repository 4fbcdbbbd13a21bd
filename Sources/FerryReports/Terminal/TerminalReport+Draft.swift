import FerryCore
public import FerryDrafting

extension TerminalReport {
  /// What a draft made of each table, and what to do next; ends in a line break.
  public func text(of draft: MappingDraft, path: String?) -> String {
    var table = TextTable([
      .init(DraftReportWords.table[language]),
      .init(InspectWords.rowsHead[language], alignment: .right),
      .init(DraftReportWords.makes[language]), .init("", alignment: .right),
      .init(DraftReportWords.mapped[language], alignment: .right),
      .init(DraftReportWords.unsure[language], alignment: .right),
      .init(DraftReportWords.kept[language], alignment: .right),
      .init(DraftReportWords.left[language], alignment: .right),
    ])
    for drafted in draft.tables {
      let counts = DraftCounts(drafted)
      table.add([
        drafted.title, NumberText.count(drafted.rowCount),
        drafted.entity == nil ? "–" : drafted.blocks.map(\.entity).joined(separator: " + "),
        drafted.entity == nil ? "" : "\(drafted.guess.confidence) %",
        NumberText.count(counts.mapped), NumberText.count(counts.unsure),
        NumberText.count(counts.kept), NumberText.count(counts.left),
      ])
    }
    return text(of: table) + (path.map { "\n" + next(draft, $0) } ?? "")
  }

  private func next(_ draft: MappingDraft, _ path: String) -> String {
    let unsure = draft.tables.reduce(0) { $0 + DraftCounts($1).unsure + DraftCounts($1).kept }
    let words = unsure == 0 ? DraftReportWords.allSure : DraftReportWords.look
    return words.filled(with: [path, NumberText.count(unsure)], in: language) + "\n"
  }
}

/// How many columns of a drafted table went where.
struct DraftCounts {
  var mapped = 0
  var unsure = 0
  var kept = 0
  var left = 0

  init(_ table: DraftedTable) {
    let all = table.blocks.flatMap { [$0] + $0.lines }
    kept = all.reduce(0) { $0 + $1.custom.count }
    let fields = all.flatMap(\.fields)
    unsure = fields.count { !$0.guess.isSure }
    let columns = Set(fields.flatMap(\.columns)).union(all.flatMap(\.key))
    mapped = columns.count
    left = table.entity == nil ? table.columnCount : table.left.count
  }
}

/// The words of `ferry draft`.
enum DraftReportWords {
  static let table = Words(en: "table", zh: "表格")
  static let makes = Words(en: "each row makes", zh: "每行产生")
  static let mapped = Words(en: "columns mapped", zh: "已映射列")
  static let unsure = Words(en: "unsure", zh: "存疑")
  static let kept = Words(en: "in custom", zh: "存入自定义")
  static let left = Words(en: "left out", zh: "未映射")
  static let look = Words(
    en: "{0} is written. {1} {1:place is|places are} marked `# ?`: look at them, then run\n"
      + "  ferry plan {0} --to sqlite:crm.db",
    zh: "已写入 {0}。其中 {1} 处标有“# ?”，请过目后运行\n  ferry plan {0} --to sqlite:crm.db")
  static let allSure = Words(
    en: "{0} is written. Try it with\n  ferry plan {0} --to sqlite:crm.db",
    zh: "已写入 {0}。试运行：\n  ferry plan {0} --to sqlite:crm.db")
}
