import FerryCore
import FerryMapping
import FerryRecords
import FerryYAML
import Foundation

// How it works: the mapping's sources are drafted again with what is known so far, and whatever the
// mapping says otherwise is what a person corrected. Nothing is learned that a draft knows already.

/// Learns from a mapping that a person corrected.
public struct Learner: Sendable {
  /// What is known so far.
  public var learned: LearnedWords

  /// Starts from what is known.
  public init(_ learned: LearnedWords) { self.learned = learned }

  /// Adds what the mapping at `path` says otherwise than a draft would.
  ///
  /// - Parameters:
  ///   - path: The mapping; it is checked in full first.
  ///   - drafter: Drafts its sources again.
  /// - Returns: How many words were learned.
  /// - Throws: The mapping's faults, or what a source says that can't be read.
  public mutating func learn(from path: String, _ drafter: Drafter) throws -> Int {
    let mapping = try Mapping.load(path: path, environment: [:])
    let root = try YAMLNode.parse(mapping.bytes)
    var drafter = drafter
    drafter.learned = learned
    let draft = try drafter.draft(mapping.sources, for: path)
    let before = learned.count
    for source in root["sources"]?.items ?? [] { learn(source, draft) }
    learned.index()
    return learned.count - before
  }

  private mutating func learn(_ source: YAMLNode, _ draft: MappingDraft) {
    guard let file = source["file"]?.text, let records = source["records"]?.entries else { return }
    let sheet = source["sheet"]?.text
    let table = draft.tables.first { $0.file == file && ($0.sheet == nil || $0.sheet == sheet) }
    if let primary = records.first?.key, let table, table.entity != primary, let sheet {
      learned.add(sheet, to: \.sheets, primary)
    }
    var named: Set<String> = []
    for entry in records {
      for block in entry.value.items ?? [entry.value] {
        learn(block, entity: entry.key, table, &named)
      }
    }
    forget(table, named)
  }

  private mutating func learn(
    _ block: YAMLNode, entity: String, _ table: DraftedTable?, _ named: inout Set<String>
  ) {
    for entry in block.entries ?? [] {
      let columns = Self.columns(entry.value)
      switch entry.key {
      case "when": continue
      case "notes": named.formUnion(columns)
      case "lines": learn(entry.value, entity: "lines", table, &named)
      case "custom":
        for field in entry.value.entries ?? [] { named.formUnion(Self.columns(field.value)) }
      default:
        named.formUnion(columns)
        if columns.count == 1 || entry.value["join"] == nil && entry.value["find"] == nil {
          for column in columns { learn(column, "\(entity).\(entry.key)", table) }
        }
        learnValues(entry.value, entity, entry.key)
      }
    }
  }

  private mutating func learn(_ column: String, _ meaning: String, _ table: DraftedTable?) {
    guard let table, !table.uses(of: column).contains(meaning) else { return }
    // A key that is made of other fields' columns says nothing of the header.
    if meaning.hasSuffix(".key"), !table.uses(of: column).isEmpty { return }
    learned.add(column, to: \.headers, meaning)
    learned.ignored.removeAll { $0 == column }
  }

  private mutating func learnValues(_ field: YAMLNode, _ entity: String, _ name: String) {
    guard let map = field["map"]?.entries, let type = SalesChain.entity(entity)?.field(name)?.type,
      case .choice(let set) = type
    else { return }
    for entry in map {
      guard let meaning = entry.value.text, set.contains(meaning) else { continue }
      let known = ValueWords.meaning(of: entry.key, in: set)
      if known?.value == meaning, known?.isGuess == false { continue }
      learned.values["\(entity).\(name)", default: [:]][entry.key] = meaning
    }
  }

  /// Columns that the draft used and the mapping does not name are not wanted.
  private mutating func forget(_ table: DraftedTable?, _ named: Set<String>) {
    guard let table else { return }
    for column in table.usedColumns where !named.contains(column) {
      let plain = column.prefix { $0 != "#" }
      if !learned.ignored.contains(String(plain)) { learned.ignored.append(String(plain)) }
    }
  }

  /// The columns that a field names.
  private static func columns(_ node: YAMLNode) -> [String] {
    if let text = node.text { return [text] }
    if let items = node.items { return items.compactMap(\.text) }
    return node["from"].map(columns) ?? []
  }
}

extension LearnedWords {
  mutating func add(
    _ word: String, to lists: WritableKeyPath<LearnedWords, [String: [String]]>, _ name: String
  ) {
    guard self[keyPath: lists][name]?.contains(word) != true else { return }
    // A header means one thing for one entity: the last word counts.
    let entity = name.prefix { $0 != "." }
    for key in self[keyPath: lists].keys where key.prefix(while: { $0 != "." }) == entity {
      self[keyPath: lists][key]?.removeAll { $0 == word }
      if self[keyPath: lists][key]?.isEmpty == true { self[keyPath: lists][key] = nil }
    }
    self[keyPath: lists][name, default: []].append(word)
  }
}

extension DraftedTable {
  /// The fields that a column fills, and the keys it is part of.
  public func uses(of column: String) -> [String] {
    blocks.flatMap { block in
      ([block] + block.lines).flatMap { part in
        (part.key.contains(column) ? ["\(part.entity).key"] : [])
          + part.fields.filter { $0.columns.contains(column) }.map { "\(part.entity).\($0.name)" }
          + part.custom.filter { $0.columns.contains(column) }.map {
            "\(part.entity).custom.\($0.name)"
          }
      }
    }
  }

  /// All columns that some block uses.
  var usedColumns: [String] {
    let all = blocks.flatMap { [$0] + $0.lines }
    let names = all.flatMap { $0.key + ($0.fields + $0.custom).flatMap(\.columns) }
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}
