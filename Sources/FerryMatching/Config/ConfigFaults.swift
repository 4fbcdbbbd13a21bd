import FerryCore
import FerryYAML

/// A name that a config gives, and where.
struct ConfigPlace: Hashable, Sendable {
  let name: String
  let mark: YAMLMark
}

/// Gathers the faults of one config.
struct ConfigFaults {
  /// The file as the user gave it.
  let path: String
  private var found: [(mark: YAMLMark, finding: Finding)] = []

  init(path: String) { self.path = path }

  var isEmpty: Bool { found.isEmpty }

  /// The faults in the order of the file.
  var findings: [Finding] {
    found.enumerated().sorted { ($0.element.mark, $0.offset) < ($1.element.mark, $1.offset) }
      .map(\.element.finding)
  }

  /// Adds a fault at a place of the file.
  mutating func add(_ rule: Rule, at mark: YAMLMark, _ arguments: String...) {
    add(rule, at: mark, arguments)
  }

  /// Adds a fault about a name that is none of `known`: with the nearest, or with all of them.
  mutating func addUnknown(
    _ rule: UnknownName, _ name: String, at mark: YAMLMark, among known: [String], _ more: String...
  ) {
    let near = NearestName.of(name, among: known)
    let list = known.prefix(Self.longestList).joined(separator: ", ")
    let all = known.count > Self.longestList ? "\(list) …" : list
    add(rule.rule(hasNearest: near != nil), at: mark, [name, near ?? all] + more)
  }

  private mutating func add(_ rule: Rule, at mark: YAMLMark, _ arguments: [String]) {
    let place = Provenance(file: "\(path):\(mark)")
    found.append((mark, Finding(rule, at: place, arguments: arguments)))
  }

  // More names than this don't help to find the right one.
  private static let longestList = 20
}

/// A rule about a name that is not known: `{0}` is the name, `{1}` the nearest one or the list.
struct UnknownName {
  let id: String
  let what: Words
  /// What stands before the list of all names.
  let listed: Words

  func rule(hasNearest: Bool) -> Rule {
    let message =
      hasNearest
      ? Words(en: "\(what.english); did you mean '{1}'?", zh: "\(what.chinese)，是否指“{1}”？")
      : Words(
        en: "\(what.english); \(listed.english) {1}", zh: "\(what.chinese)；\(listed.chinese)：{1}")
    return Rule(
      id: id, severity: .error, message: message,
      suggestion: Words(en: "Correct the name in the config.", zh: "请在配置文件中改正名称。"))
  }
}
