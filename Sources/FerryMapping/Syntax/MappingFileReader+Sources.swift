import FerryCore
import FerryRecords
import FerryYAML

// `sources:` and the record blocks in it.
extension MappingFileReader {
  private static let sourceKeys =
    ["file", "sheet", "encoding", "delimiter", "password_env", "system", "absent", "records"]
    + tableKeys

  mutating func source(_ node: YAMLNode) -> SourceBlock? {
    guard let entries = entries(node, "sources") else { return nil }
    check(entries, Self.sourceKeys, under: "sources")
    var file: NamedPlace?
    if let node = node["file"] {
      file = text(node, "file").map { NamedPlace(name: $0, mark: node.mark) }
    } else {
      faults.add(.mappingMissingKey, at: node.mark, "file", "sources")
    }
    // Even without a file the blocks are read, for their faults.
    var source = SourceBlock(file: file ?? NamedPlace(name: "", mark: node.mark))
    if let node = node["sheet"] { source.sheets = names(node, "sheet") ?? [] }
    if let node = node["system"] { source.system = text(node, "system") }
    if let node = node["encoding"] { source.encoding = text(node, "encoding") }
    if let node = node["delimiter"] { source.delimiter = delimiter(node) }
    if let node = node["password_env"] {
      source.passwordVariable = text(node, "password_env").map {
        NamedPlace(name: $0, mark: node.mark)
      }
    }
    if let node = node["absent"] {
      source.isOptional = word(node, "absent", AbsentPolicy.self) == .keep
    }
    source.table = tableOptions(node)
    source.tableMark = ["table", "range", "header"].lazy.compactMap { node[$0]?.mark }.first
    if let records = node["records"] {
      source.records = recordBlocks(records, system: source.system)
    } else {
      faults.add(.mappingMissingKey, at: node.mark, "records", "sources")
    }
    return file == nil ? nil : source
  }

  private mutating func delimiter(_ node: YAMLNode) -> Character? {
    guard let text = text(node, "delimiter") else { return nil }
    if text == "tab" || text == "\\t" { return "\t" }
    if text.count == 1 { return text.first }
    faults.add(.mappingExpectedNumber, at: node.mark, "delimiter", ", ; tab |", text)
    return nil
  }

  private mutating func recordBlocks(_ node: YAMLNode, system: String?) -> [RecordBlock] {
    guard let entries = entries(node, "records") else { return [] }
    var blocks: [RecordBlock] = []
    for entry in entries {
      guard let entity = entity(entry.key, at: entry.keyMark) else { continue }
      for item in entry.value.items ?? [entry.value] {
        let mark = entry.value.items == nil ? entry.keyMark : item.mark
        if let block = block(item, of: entity, at: mark, system: system) { blocks.append(block) }
      }
    }
    checkLinks(in: blocks)
    return blocks
  }

  /// An entity that a mapping may name at the top of a block.
  mutating func entity(_ name: String, at mark: YAMLMark) -> Entity? {
    if let entity = SalesChain.entity(name) {
      guard let parent = entity.parent else { return entity }
      faults.add(.mappingLineBlock, at: mark, name, parent)
      return nil
    }
    let known = SalesChain.entities.filter { $0.parent == nil }
    let aliases = known.flatMap { entity in
      ([entity.plural, entity.label.english, entity.label.chinese] + entity.synonyms)
        .map { (alias: $0, name: entity.name) }
    }
    faults.addUnknown(.entity, name, at: mark, among: known.map(\.name), aliases: aliases)
    return nil
  }

  /// A link needs a block of its entity in the same source.
  private mutating func checkLinks(in blocks: [RecordBlock]) {
    let made = Set(blocks.map(\.entity.name))
    for block in blocks.flatMap({ [$0] + $0.lines }) {
      for field in block.fields {
        guard case .link(let place) = field.content, !made.contains(place.name) else { continue }
        faults.add(
          .mappingLinkElsewhere, at: place.mark, place.name,
          made.sorted().joined(separator: ", "))
      }
    }
  }
}

/// What becomes of a source that no file is there for.
private enum AbsentPolicy: String, CaseIterable {
  /// Its records stay as they are.
  case keep
  /// Nothing is done.
  case stop
}

// MARK: - Record blocks

extension MappingFileReader {
  private mutating func block(
    _ node: YAMLNode, of entity: Entity, at mark: YAMLMark, system: String?
  ) -> RecordBlock? {
    guard let entries = entries(node, entity.name) else { return nil }
    var block = RecordBlock(entity: entity, mark: mark)
    for entry in entries {
      block.named.insert(entry.key)
      switch entry.key {
      case "key": block.key = names(entry.value, "key") ?? []
      case "when": block.when = condition(entry.value, "when")
      case "lines": block.lines = lines(entry, of: entity, system: system)
      case "notes" where entity == SalesChain.activity: readNotes(entry, into: &block)
      case "custom" where entity.field("custom") != nil:
        block.custom = custom(entry.value, of: entity, system: system)
      default:
        if let field = field(entry, of: entity, system: system) { block.fields.append(field) }
      }
    }
    if node["key"] == nil, entity != SalesChain.activity, entity.parent == nil {
      faults.add(.mappingNoKey, at: mark, entity.name)
    }
    checkCurrencies(of: block)
    return block
  }

  private mutating func lines(
    _ entry: YAMLNode.Entry, of entity: Entity, system: String?
  ) -> [RecordBlock] {
    guard let lines = SalesChain.entities.first(where: { $0.parent == entity.name }) else {
      faults.add(.mappingNoLines, at: entry.keyMark, entity.name)
      return []
    }
    return block(entry.value, of: lines, at: entry.keyMark, system: system).map { [$0] } ?? []
  }

  private mutating func custom(
    _ node: YAMLNode, of entity: Entity, system: String?
  ) -> [FieldBlock] {
    guard let entries = entries(node, "custom") else { return [] }
    return entries.compactMap { customField($0, of: entity, system: system) }
  }

  private mutating func field(
    _ entry: YAMLNode.Entry, of entity: Entity, system: String?
  ) -> FieldBlock? {
    let fields = entity.fields.filter { $0.name != "custom" && $0.name != entity.parent }
    if let field = fields.first(where: { $0.name == entry.key }) {
      return fieldBlock(entry.value, field, of: entity, at: entry.keyMark, system: system)
    }
    var known = fields.map(\.name) + ["key", "when"]
    if entity.field("custom") != nil { known.append("custom") }
    if SalesChain.entities.contains(where: { $0.parent == entity.name }) { known.append("lines") }
    let aliases = fields.flatMap { field in
      ([field.label.english, field.label.chinese] + field.synonyms)
        .map { (alias: $0, name: field.name) }
    }
    faults.addUnknown(
      .field, entry.key, at: entry.keyMark, among: known, aliases: aliases, entity.name)
    return nil
  }

  /// All amounts of one record are in one currency.
  private mutating func checkCurrencies(of block: RecordBlock) {
    let named =
      block.fields.compactMap(\.currency) + block.lines.flatMap(\.fields).compactMap(\.currency)
    guard let first = named.first else { return }
    for other in named.dropFirst() where other.name != first.name {
      faults.add(
        .mappingCurrencyTwice, at: other.mark, block.entity.name, first.name, other.name)
    }
  }
}
