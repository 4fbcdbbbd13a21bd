public import FerryCore
import FerryMapping
public import FerryMigration

/// What people read on standard error: short tables, findings by rule, what to do next.
public struct TerminalReport: Sendable {
  /// The language of all words.
  public var language: Language
  /// Whether escape sequences colour heads and severities.
  public var usesColor: Bool
  /// Whether the values that findings are about are shown; they are a client's data.
  public var showsValues: Bool
  /// How many cells wide the terminal is.
  public var width: Int

  /// Chooses how to write.
  public init(
    language: Language, usesColor: Bool = false, showsValues: Bool = false, width: Int = 100
  ) {
    self.language = language
    self.usesColor = usesColor
    self.showsValues = showsValues
    self.width = width
  }

  // MARK: - Runs

  /// A run in short, ending in a line break.
  public func text(of summary: RunSummary) -> String {
    // What was read stands in the plan's own report; what comes after tells what became of it.
    let readsSources = summary.readsSources
    var parts = [head(of: summary)]
    if !summary.tables.isEmpty, readsSources { parts.append(tables(summary.tables)) }
    if !summary.entities.isEmpty { parts.append(entities(summary)) }
    let findings = readsSources ? summary.findings : summary.findings.filter(Self.isOfTheWrite)
    if !findings.isEmpty { parts.append(title(ReportWords.findings) + text(of: findings)) }
    if readsSources, let unmapped = unmapped(summary) { parts.append(unmapped) }
    if !summary.owners.isEmpty, readsSources || summary.command == "verify" {
      parts.append(owners(summary.owners))
    }
    if !summary.gates.isEmpty, readsSources { parts.append(gates(summary.gates)) }
    if let controls = controls(summary.controls) { parts.append(controls) }
    if !summary.differences.isEmpty { parts.append(differences(summary)) }
    if let rehearsal = summary.rehearsal { parts.append(text(of: rehearsal)) }
    parts.append(end(of: summary))
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  // What the plan said of the sources was told with the plan; its report page keeps it.
  private static func isOfTheWrite(_ finding: Finding) -> Bool {
    let rooms = ["backup", "run", "plan", "store", "record", "undo", "verify", "control", "gone"]
    return rooms.contains { finding.rule.id.hasPrefix("\($0).") }
      || finding.rule.id == "link.not-loaded"
  }

  private func head(of summary: RunSummary) -> String {
    let words = [
      ReportWords.command(summary.command)[language], summary.run, summary.store,
      ReportWords.outcome(summary.outcome.rawValue)[language],
    ]
    let approvals = summary.approvals.map { approval in
      let text = "\(PageWords.approved[language])\(language.colon)\(approval.name) · \(approval.at)"
      return text.safeForTerminal + "\n"
    }
    return paint(words.joined(separator: " · ").safeForTerminal, .strong) + "\n"
      + approvals.joined()
  }

  private func end(of summary: RunSummary) -> String {
    var lines: [String] = []
    let hasChanges = summary.entities.contains {
      $0.created + $0.updated + $0.conflicted + $0.goneRemoved + $0.goneMarked > 0
    }
    if !summary.entities.isEmpty, !hasChanges, summary.readsSources {
      let rejected = summary.entities.reduce(0) { $0 + $1.rejected }
      lines.append(
        rejected == 0
          ? ReportWords.nothingChanges[language]
          : ReportWords.nothingElseChanges.filled(with: [String(rejected)], in: language))
    }
    if let plan = summary.planPath, summary.outcome == .planned {
      let open = summary.gates.count { !$0.isMet }
      if open > 0 {
        lines.append(ReportWords.gatesHint.filled(with: [String(open)], in: language))
      }
      let hint = open > 0 ? ReportWords.applyAnywayHint : ReportWords.applyHint
      lines.append(hint.filled(with: [Self.quoted(plan)], in: language))
    }
    if summary.outcome == .stopped || summary.outcome == .failed {
      lines.append(ReportWords.resumeHint.filled(with: [summary.run], in: language))
    }
    if let report = summary.reportPath { lines.append(labelled(ReportWords.report, report)) }
    for path in summary.handedBackPaths { lines.append(labelled(ReportWords.handedBack, path)) }
    return lines.map { $0 + "\n" }.joined()
  }

  private func labelled(_ label: Words, _ text: String) -> String {
    label[language] + language.colon + text.safeForTerminal
  }

  // As a shell reads it back.
  private static func quoted(_ path: String) -> String {
    let isPlain = path.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "/"),
        UInt8(ascii: "-"), UInt8(ascii: "_"), 0x80...:
        true
      default: false
      }
    }
    return isPlain ? path : "'\(path.replacing("'", with: "'\\''").safeForTerminal)'"
  }
}

// MARK: - Paint

extension TerminalReport {
  enum Paint {
    case strong
    case faint
    case severity(Severity)

    var code: String {
      switch self {
      case .strong: "1"
      case .faint: "2"
      case .severity(.error): "31"
      case .severity(.warning): "33"
      case .severity(.info): "36"
      }
    }
  }

  func paint(_ text: String, _ paint: Paint) -> String {
    usesColor ? "\u{1B}[\(paint.code)m\(text)\u{1B}[0m" : text
  }

  func title(_ words: Words) -> String { paint(words[language], .strong) + "\n" }

  func text(of table: TextTable) -> String {
    table.text(width: width) { paint($0, .faint) }
  }
}
