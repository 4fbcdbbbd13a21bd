import FerryCore
import FerryYAML
import Foundation

/// The names that a config gives to columns, each with its place.
struct MatchConfigBlocks: Sendable {
  var columns: [(place: ConfigPlace, kind: ColumnKind)] = []
  /// The columns that blocking rules and comparisons name.
  var uses: [ConfigPlace] = []
}

/// Reads the nodes of a match config, and gathers every fault on the way.
struct MatchConfigReader {
  var faults: ConfigFaults
  var blocks = MatchConfigBlocks()
  var options = MatchOptions()

  init(path: String) { faults = ConfigFaults(path: path) }

  private static let keys = [
    "columns", "link", "thresholds", "blocking", "prior", "model", "comparisons",
  ]

  /// Reads the whole file.
  mutating func read(_ root: YAMLNode) {
    guard let entries = entries(root, "config") else { return }
    for entry in entries {
      switch entry.key {
      case "columns": readColumns(entry.value)
      case "link": options.link = word(entry.value, "link", MatchOptions.Link.self) ?? .one
      case "thresholds": readThresholds(entry.value)
      case "blocking": readBlocking(entry.value)
      case "prior": options.prior = share(entry.value, "prior", below: true)
      case "model": readModel(entry.value)
      case "comparisons": readComparisons(entry.value)
      default:
        faults.addUnknown(.configKey, entry.key, at: entry.keyMark, among: Self.keys, "config")
      }
    }
  }

  private mutating func readColumns(_ node: YAMLNode) {
    guard let entries = entries(node, "columns") else { return }
    for entry in entries {
      guard let text = text(entry.value, entry.key) else { continue }
      if let kind = ColumnKind(rawValue: text) {
        let place = ConfigPlace(name: entry.key, mark: entry.keyMark)
        blocks.columns.append((place, kind))
      } else {
        let known = ColumnKind.allCases.map(\.rawValue)
        faults.addUnknown(.configKind, text, at: entry.value.mark, among: known)
      }
    }
  }

  private mutating func readThresholds(_ node: YAMLNode) {
    guard let entries = entries(node, "thresholds") else { return }
    for entry in entries {
      switch entry.key {
      case "review": options.review = share(entry.value, "review") ?? options.review
      case "merge": options.merge = share(entry.value, "merge") ?? options.merge
      default:
        faults.addUnknown(
          .configKey, entry.key, at: entry.keyMark, among: ["review", "merge"], "thresholds")
      }
    }
    if options.review > options.merge {
      faults.add(.configThresholds, at: node.mark, "\(options.review)", "\(options.merge)")
    }
  }

  private mutating func readBlocking(_ node: YAMLNode) {
    let form = "[[surname, date_of_birth], [email]]"
    guard let rules = items(node, "blocking", form) else { return }
    options.blocking = rules.compactMap { rule in
      // A rule of one column may stand without brackets.
      guard let columns = rule.text == nil ? items(rule, "blocking", form) : [rule] else {
        return nil
      }
      let names = columns.compactMap { use($0, "blocking") }
      if columns.isEmpty { faults.add(.configExpectedText, at: rule.mark, "blocking") }
      return names.isEmpty ? nil : names
    }
  }

  private mutating func readModel(_ node: YAMLNode) {
    guard let text = text(node, "model") else { return }
    let folder = (faults.path as NSString).deletingLastPathComponent
    let path = text.hasPrefix("/") ? text : (folder as NSString).appendingPathComponent(text)
    if FileManager.default.fileExists(atPath: path) {
      options.modelPath = path
    } else {
      faults.add(.configNoModel, at: node.mark, text)
    }
  }

  private mutating func readComparisons(_ node: YAMLNode) {
    guard let entries = entries(node, "comparisons") else { return }
    for entry in entries {
      blocks.uses.append(ConfigPlace(name: entry.key, mark: entry.keyMark))
      guard let keys = self.entries(entry.value, entry.key) else { continue }
      for key in keys {
        if key.key == "levels" {
          options.comparisons[entry.key] = levels(key.value)
        } else {
          faults.addUnknown(.configKey, key.key, at: key.keyMark, among: ["levels"], entry.key)
        }
      }
    }
  }

  private mutating func levels(_ node: YAMLNode) -> [ComparisonChoice]? {
    guard let items = items(node, "levels", "[exact, damerau 1, else]") else { return nil }
    var levels: [ComparisonChoice] = []
    for item in items {
      guard let text = text(item, "levels") else { continue }
      guard let level = ComparisonChoice(text) else {
        faults.add(.configLevel, at: item.mark, text)
        continue
      }
      if levels.last == .otherwise { faults.add(.configLevelBehindElse, at: item.mark) }
      levels.append(level)
    }
    return levels.last == .otherwise ? levels : levels + [.otherwise]
  }
}

// MARK: - Nodes of one shape

extension MatchConfigReader {
  private mutating func use(_ node: YAMLNode, _ key: String) -> String? {
    guard let name = text(node, key) else { return nil }
    blocks.uses.append(ConfigPlace(name: name, mark: node.mark))
    return name
  }

  private mutating func text(_ node: YAMLNode, _ key: String) -> String? {
    if let text = node.text, !node.isEmpty { return text }
    faults.add(.configExpectedText, at: node.mark, key)
    return nil
  }

  private mutating func entries(_ node: YAMLNode, _ key: String) -> [YAMLNode.Entry]? {
    if let entries = node.entries { return entries }
    faults.add(.configExpectedMapping, at: node.mark, key)
    return nil
  }

  private mutating func items(_ node: YAMLNode, _ key: String, _ form: String) -> [YAMLNode]? {
    if let items = node.items { return items }
    faults.add(.configExpectedList, at: node.mark, key, form)
    return nil
  }

  private mutating func word<Word: RawRepresentable & CaseIterable>(
    _ node: YAMLNode, _ key: String, _ type: Word.Type
  ) -> Word? where Word.RawValue == String {
    guard let text = text(node, key) else { return nil }
    if let word = Word(rawValue: text) { return word }
    faults.addUnknown(
      .configWord, text, at: node.mark, among: Word.allCases.map(\.rawValue), key)
    return nil
  }

  /// A probability above 0, of 1 at most, or below 1.
  private mutating func share(_ node: YAMLNode, _ key: String, below: Bool = false) -> Double? {
    guard let text = text(node, key) else { return nil }
    if let number = Double(text), number > 0, below ? number < 1 : number <= 1 { return number }
    faults.add(.configExpectedNumber, at: node.mark, key, below ? "0 < n < 1" : "0 < n ≤ 1", text)
    return nil
  }
}

extension ComparisonChoice {
  /// Reads `exact`, `damerau 1`, `jaro 0.9` or `else`.
  init?(_ text: String) {
    let words = text.split(separator: " ").map(String.init)
    switch (words.first, words.count) {
    case ("exact", 1): self = .exact
    case ("else", 1): self = .otherwise
    case ("damerau", 2):
      guard let edits = Int(words[1]), (1...Self.mostEdits).contains(edits) else { return nil }
      self = .damerau(edits)
    case ("jaro", 2):
      guard let share = Double(words[1]), share > 0, share <= 1 else { return nil }
      self = .jaro(share)
    default: return nil
    }
  }

  /// More edits than this make another word of any word.
  private static let mostEdits = 8
}
