import FerryCore
import FerryMapping
public import FerryMigration
import Foundation

// How it works: the text is YAML that a person reads, written the same byte for byte for the same
// sign-off and plan. So a check needs no second reader of the figures: it reads the few lines that the
// plan does not know (who, when, the rehearsal), writes the text anew and compares. The last line seals
// all above it; that tells a slip of the hand, not a forger, who can seal anew.

/// A sign-off as a file: YAML for people, held together by its last line.
public struct SignOffText {
  /// Raise it with each change of what is written.
  static let version = 1

  private static let sealMark = "seal: sha256:"

  /// The file without its seal.
  public let body: String

  /// Writes a sign-off of the plan that `summary` tells of.
  public init(_ signOff: SignOff, of summary: RunSummary) {
    let lines =
      Self.head + Self.facts(signOff, summary) + Self.rehearsal(signOff.rehearsal)
      + Self.tables(summary) + Self.records(summary) + Self.findings(summary)
      + Self.gates(summary) + Self.controls(summary)
    body = lines.joined(separator: "\n") + "\n"
  }

  /// The whole file, given the SHA-256 of ``body``.
  public func sealed(with hash: String) -> String { body + Self.sealMark + hash + "\n" }

  private static let head = [
    "# Ferry sign-off: the person below agrees to exactly the changes of this plan, no more and no less.",
    "# Ferry 签核：下列签核人同意该计划中的全部变更，不多不少。",
    "# To check it 核对：ferry signoff --check FILE",
    "# plan_sha256 by hand 手工核对：ferry plan --dump PLAN | sha256sum",
    "ferry_signoff: \(version)",
  ]

  private static func facts(_ signOff: SignOff, _ summary: RunSummary) -> [String] {
    [
      "signed_by: \(quoted(signOff.name))", "signed_at: \(quoted(signOff.at))",
      "run: \(quoted(signOff.run))", "planned_at: \(quoted(summary.startedAt))",
      "plan_sha256: \(quoted(signOff.planHash))", "store: \(quoted(summary.store))",
      "mapping: \(summary.mappingPath.map(quoted) ?? "null")",
      "mapping_sha256: \(signOff.mappingHash.map(quoted) ?? "null")",
    ]
  }

  private static func rehearsal(_ rehearsal: SignOff.Rehearsed?) -> [String] {
    guard let rehearsal else { return ["rehearsal: null"] }
    return [
      "rehearsal:", "  run: \(quoted(rehearsal.run))", "  at: \(quoted(rehearsal.at))",
      "  same_plan: \(rehearsal.isSamePlan)", "  differences: \(rehearsal.differences)",
      "  unequal_controls: \(rehearsal.unequalControls)",
      "  unmet_gates: \(rehearsal.unmetGates)",
    ]
  }

  private static func tables(_ summary: RunSummary) -> [String] {
    guard !summary.tables.isEmpty else { return ["tables: []"] }
    return ["tables:"]
      + summary.tables.map { table in
        "  - { file: \(quoted(table.file)), sheet: \(quoted(table.sheet)), rows: \(table.rows), "
          + "mapped: \(table.mapped), blank: \(table.blank), filtered: \(table.filtered), "
          + "rejected: \(table.rejected) }"
      }
  }

  private static func records(_ summary: RunSummary) -> [String] {
    guard !summary.entities.isEmpty else { return ["records: {}"] }
    return ["records:"]
      + summary.entities.map { counts in
        "  \(counts.entity): { records: \(counts.records), created: \(counts.created), "
          + "updated: \(counts.updated), same: \(counts.same), merged: \(counts.merged), "
          + "skipped: \(counts.skipped), rejected: \(counts.rejected), "
          + "conflicted: \(counts.conflicted), removed: \(counts.removed + counts.goneRemoved), "
          + "marked: \(counts.goneMarked) }"
      }
  }

  private static func findings(_ summary: RunSummary) -> [String] {
    func count(_ severity: Severity) -> Int { summary.findings.count { $0.severity == severity } }
    return [
      "findings: { error: \(count(.error)), warning: \(count(.warning)), info: \(count(.info)) }"
    ]
  }

  private static func gates(_ summary: RunSummary) -> [String] {
    guard !summary.gates.isEmpty else { return ["gates: []"] }
    return ["gates:"]
      + summary.gates.map { gate in
        "  - { gate: \(quoted(gate.name)), limit: \(quoted(gate.limit)), "
          + "actual: \(quoted(gate.actual)), met: \(gate.isMet) }"
      }
  }

  private static func controls(_ summary: RunSummary) -> [String] {
    guard !summary.controls.isEmpty else { return ["controls: []"] }
    return ["controls:"]
      + summary.controls.map { control in
        "  - { control: \(quoted(control.name)), total: \(quoted(control.source))"
          + (control.expected.map { ", expected: \(quoted($0))" } ?? "") + " }"
      }
  }

  // A JSON text is a double-quoted scalar of YAML.
  private static func quoted(_ text: String) -> String { JSONValue.string(text).text() }
}

// MARK: - Reading

extension SignOffText {
  /// What stands in a file: the sign-off, what the seal says, and the text that is sealed.
  public struct Reading: Hashable, Sendable {
    /// What was signed.
    public let signOff: SignOff
    /// The store as the file names it.
    public let store: String
    /// The mapping as the file names it; `nil` where it names none.
    public let mapping: String?
    /// The SHA-256 that the file states of ``body``.
    public let seal: String
    /// All above the seal.
    public let body: String
  }

  /// Reads a file that ``sealed(with:)`` wrote; `nil` where it is none, or of another version.
  public static func reading(_ text: String) -> Reading? {
    guard let mark = text.range(of: "\n\(sealMark)", options: .backwards) else { return nil }
    let body = String(text[..<mark.lowerBound]) + "\n"
    let seal = text[mark.upperBound...].trimmingCharacters(in: .whitespacesAndNewlines)
    let members = members(of: body)
    guard members["ferry_signoff"] == String(version), let name = members["signed_by"],
      let at = members["signed_at"], let run = members["run"], let hash = members["plan_sha256"],
      let store = members["store"]
    else { return nil }
    return Reading(
      signOff: SignOff(
        name: name, at: at, run: run, planHash: hash, mappingHash: members["mapping_sha256"],
        rehearsal: rehearsal(in: members)),
      store: store, mapping: members["mapping"], seal: seal, body: body)
  }

  private static func rehearsal(in members: [String: String]) -> SignOff.Rehearsed? {
    guard let run = members["rehearsal.run"], let at = members["rehearsal.at"] else { return nil }
    func number(_ name: String) -> Int { members["rehearsal.\(name)"].flatMap { Int($0) } ?? 0 }
    return SignOff.Rehearsed(
      run: run, at: at, isSamePlan: members["rehearsal.same_plan"] == "true",
      differences: number("differences"), unequalControls: number("unequal_controls"),
      unmetGates: number("unmet_gates"))
  }

  // Plain `key: value` lines, those of a block with the block's name before them.
  private static func members(of body: String) -> [String: String] {
    var members: [String: String] = [:]
    var block = ""
    for line in body.split(separator: "\n") where !line.hasPrefix("#") {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let key = line[..<colon].trimmingCharacters(in: .whitespaces)
      let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      if !line.hasPrefix(" ") { block = value.isEmpty ? "\(key)." : "" }
      guard !value.isEmpty, value != "null" else { continue }
      let name = line.hasPrefix(" ") ? block + key : key
      // The first counts: what a cell says can't stand for it further down.
      guard members[name] == nil else { continue }
      members[name] = (try? JSONDecoder().decode(String.self, from: Data(value.utf8))) ?? value
    }
    return members
  }
}
