public import FerryCore
import FerryYAML

/// A mapping that can't be used: every fault in it, each with its line and column.
public struct MappingError: Failure {
  /// What went wrong.
  public enum Kind: Sendable {
    /// The mapping file itself can't be read.
    case unreadable
    /// The mapping says something that does not hold.
    case faulty
    /// A source can't be read; the mapping may be sound.
    case source(any Failure)
  }

  /// What went wrong.
  public let kind: Kind
  /// Every fault, in the order of the file; the place reads `mapping.yaml:14:9`.
  public let findings: [Finding]

  /// Wrong mapping, or what the source that can't be read says.
  public var exitStatus: ExitStatus {
    if case .source(let failure) = kind { failure.exitStatus } else { .wrongUsage }
  }

  /// The faults as a compiler prints them: `mapping.yaml:14:9: error: …`, a line each.
  public func lines(in language: Language) -> [String] {
    findings.map { finding in
      let weight = Words(en: "error: ", zh: "错误：")[language]
      let place = finding.provenance.map { "\($0): " } ?? ""
      return "\(place)\(weight)\(finding.message(in: language))"
    }
  }

  init(_ kind: Kind, findings: [Finding]) {
    self.kind = kind
    self.findings = findings
  }

  init(source failure: any Failure) { self.init(.source(failure), findings: failure.findings) }
}

/// Gathers the faults of one mapping file.
struct Faults {
  /// The file as the user gave it.
  let path: String
  private var found: [(mark: YAMLMark, finding: Finding)] = []

  init(path: String) { self.path = path }

  var isEmpty: Bool { found.isEmpty }

  /// The faults in the order of the file, each place and rule once.
  var findings: [Finding] {
    let sorted = found.enumerated().sorted {
      ($0.element.mark, $0.offset) < ($1.element.mark, $1.offset)
    }
    var seen: Set<Finding> = []
    return sorted.map(\.element.finding).filter { seen.insert($0).inserted }
  }

  /// Adds a fault at a place of the file.
  mutating func add(_ rule: Rule, at mark: YAMLMark, _ arguments: String...) {
    let place = Provenance(file: "\(path):\(mark)")
    found.append((mark, Finding(rule, at: place, arguments: arguments)))
  }

  /// Adds a fault about a name that is none of `known`: with the nearest, or with all of them.
  ///
  /// `aliases` are other words for known names, such as labels; one that fits exactly wins.
  mutating func addUnknown(
    _ rule: UnknownNameRule, _ name: String, at mark: YAMLMark, among known: [String],
    aliases: [(alias: String, name: String)] = [], _ more: String...
  ) {
    let alias = aliases.first { $0.alias.lowercased() == name.lowercased() }?.name
    let near = alias ?? NearestName.of(name, among: known)
    let list = known.prefix(Self.longestList).joined(separator: ", ")
    let all = known.count > Self.longestList ? "\(list) …" : list
    let place = Provenance(file: "\(path):\(mark)")
    let chosen = near == nil ? rule.withList : rule.withNearest
    found.append((mark, Finding(chosen, at: place, arguments: [name, near ?? all] + more)))
  }

  // More names than this don't help to find the right one.
  private static let longestList = 20
}

/// A rule about a name that is not known, in two wordings: `{1}` is the nearest name or the list.
struct UnknownNameRule {
  let withNearest: Rule
  let withList: Rule

  /// - Parameters:
  ///   - id: The rule's id.
  ///   - what: What is not known, `{0}` its name, `{2}` … more.
  ///   - listed: What stands before the list of all names.
  init(_ id: String, _ what: Words, listed: Words) {
    let order = Words(en: "Correct the name in the mapping.", zh: "请在映射文件中改正名称。")
    withNearest = Rule(
      id: id, severity: .error,
      message: Words(
        en: "\(what.english); did you mean '{1}'?", zh: "\(what.chinese)，是否指“{1}”？"),
      suggestion: order)
    withList = Rule(
      id: id, severity: .error,
      message: Words(
        en: "\(what.english); \(listed.english) {1}", zh: "\(what.chinese)；\(listed.chinese)：{1}"),
      suggestion: order)
  }
}
