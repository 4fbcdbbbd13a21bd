import FerryCore
import FerryMigration

/// What reports say of a rehearsal.
enum RehearsalWords {
  static let title = Words(en: "Since the last rehearsal", zh: "与上次演练相比")
  static let first = Words(
    en: "this is the first rehearsal; the next will be held against it", zh: "这是首次演练，下次将与之比较")
  static let equal = Words(en: "nothing has changed since {0} ({1})", zh: "与 {0}（{1}）相比没有变化")
  static let since = Words(en: "held against {0} ({1})", zh: "对照 {0}（{1}）")
  static let what = Words(en: "what", zh: "项目")
  static let before = Words(en: "then", zh: "上次")
  static let now = Words(en: "now", zh: "本次")
  static let unequal = Words(en: "control totals that differ", zh: "不一致的控制合计")
  static let gates = Words(en: "gates not met", zh: "未达标的闸门")

  /// The line above the counts.
  static func head(of rehearsal: RehearsalComparison, in language: Language) -> String {
    guard let run = rehearsal.since, let time = rehearsal.at else { return first[language] }
    return (rehearsal.changes.isEmpty ? equal : since).filled(with: [run, time], in: language)
  }

  /// What a change is of, for a person.
  static func subject(_ subject: String, in language: Language) -> String {
    let parts = subject.split(separator: ".", maxSplits: 1).map(String.init)
    switch (parts[0], parts.count) {
    case ("differences", 1): return ReportWords.differences[language]
    case ("controls", 1): return unequal[language]
    case ("gates", 1): return gates[language]
    case ("rule", 2): return parts[1]
    case (let entity, 2):
      let name = ReportWords.entityName(entity, in: language)
      return "\(name) · \((counts[parts[1]] ?? Words(en: parts[1], zh: parts[1]))[language])"
    default: return subject
    }
  }

  private static let counts = [
    "records": ReportWords.records, "created": ReportWords.created,
    "updated": ReportWords.updated, "same": ReportWords.same, "merged": ReportWords.merged,
    "skipped": ReportWords.skipped, "rejected": ReportWords.rejected,
    "conflicted": ReportWords.conflicted,
  ]
}

extension TerminalReport {
  func text(of rehearsal: RehearsalComparison) -> String {
    let head = "  \(RehearsalWords.head(of: rehearsal, in: language))\n"
    guard !rehearsal.changes.isEmpty else { return title(RehearsalWords.title) + head }
    var text = TextTable(
      [.init(RehearsalWords.what[language])] + numbers([RehearsalWords.before, RehearsalWords.now]))
    for change in rehearsal.changes {
      text.add([
        RehearsalWords.subject(change.subject, in: language), NumberText.count(change.before),
        NumberText.count(change.now),
      ])
    }
    return title(RehearsalWords.title) + head + self.text(of: text)
  }
}

extension HTMLReport {
  func rehearsal(_ rehearsal: RehearsalComparison?) -> HTML {
    guard let rehearsal else { return .empty }
    let rows: [[HTML]] = rehearsal.changes.map { change in
      [
        "\(RehearsalWords.subject(change.subject, in: language))",
        "\(NumberText.count(change.before))", "\(NumberText.count(change.now))",
      ]
    }
    let heads = [
      Head(title: RehearsalWords.what), Head(title: RehearsalWords.before, isNumber: true),
      Head(title: RehearsalWords.now, isNumber: true),
    ]
    let head: HTML = "<p>\(RehearsalWords.head(of: rehearsal, in: language))</p>"
    return rows.isEmpty ? head : "\(head)\(table(heads, rows))"
  }
}

extension JSONReport {
  func rehearsal(_ rehearsal: RehearsalComparison) -> JSONValue {
    [
      "since": .string(orNull: rehearsal.since), "at": .string(orNull: rehearsal.at),
      "changes": .array(
        rehearsal.changes.map { change in
          [
            "what": .string(change.subject), "before": .integer(change.before),
            "now": .integer(change.now),
          ]
        }),
    ]
  }
}
