import FerryCore
import FerryRecords
import FerryYAML
import Foundation

// `store:`: tables that Ferry did not make. What stands in them is known only once the store is
// open; here the section is held against the entities and against what the sources fill.
extension MappingFileReader {
  private static let layoutKeys = ["schema", "table", "id", "key", "where", "fields"]

  mutating func readStore(_ node: YAMLNode?) {
    blocks.layout.timeZone = blocks.settings.timeZone.identifier
    guard let node, !node.isEmpty, let entries = entries(node, "store") else { return }
    for entry in entries {
      guard let entity = SalesChain.entity(entry.key) else {
        faults.addUnknown(
          .entity, entry.key, at: entry.keyMark, among: SalesChain.entities.map(\.name))
        continue
      }
      guard let table = tableLayout(entry, of: entity) else { continue }
      blocks.layout.tables[entity.name] = table
      checkFilled(entity, table)
    }
    checkLookups()
  }

  private func name(_ text: String, at mark: YAMLMark) -> StoreName {
    StoreName(text, at: "\(faults.path):\(mark)")
  }

  private mutating func name(_ node: YAMLNode?, _ key: String) -> StoreName? {
    guard let node, let text = text(node, key) else { return nil }
    return name(text, at: node.mark)
  }

  private mutating func tableLayout(_ entry: YAMLNode.Entry, of entity: Entity) -> TableLayout? {
    guard let keys = entries(entry.value, entry.key) else { return nil }
    check(keys, Self.layoutKeys, under: entry.key)
    guard let table = name(entry.value["table"], "table") else {
      if entry.value["table"] == nil {
        faults.add(.mappingMissingKey, at: entry.keyMark, "table", entry.key)
      }
      return nil
    }
    var layout = TableLayout(table)
    layout.isLoaded = blocks.allRecords.contains { $0.entity == entity }
    layout.schema = entry.value["schema"].flatMap { text($0, "schema") }
    layout.id = name(entry.value["id"], "id")
    layout.key = name(entry.value["key"], "key")
    if let node = entry.value["where"], let conditions = entries(node, "where") {
      for condition in conditions {
        guard let value = condition.value.text else {
          faults.add(.mappingExpectedText, at: condition.value.mark, condition.key)
          continue
        }
        layout.constants.append(
          ColumnConstant(name(condition.key, at: condition.keyMark), value))
      }
    }
    guard let fields = entry.value["fields"] else {
      faults.add(.mappingMissingKey, at: entry.keyMark, "fields", entry.key)
      return nil
    }
    guard let lines = entries(fields, "fields") else { return nil }
    for line in lines { readColumn(line, of: entity, into: &layout) }
    if layout.isLoaded { checkRest(entry, entity, hasRest: fields["custom"] != nil) }
    checkTwice(layout, lines)
    return layout
  }

  private mutating func readColumn(
    _ entry: YAMLNode.Entry, of entity: Entity, into layout: inout TableLayout
  ) {
    guard let field = field(entry.key, of: entity, at: entry.keyMark) else { return }
    // `custom: none` says that there is no place for what has no column.
    if field.name == "custom", entry.value.text == "none" { return }
    if entry.value.text != nil {
      layout.columns[field.name] = name(entry.value, entry.key).map { ColumnLayout($0) }
      return
    }
    guard let keys = entries(entry.value, entry.key) else { return }
    check(keys, ["column", "type", "map"], under: entry.key)
    guard let column = name(entry.value["column"], "column") else {
      if entry.value["column"] == nil {
        faults.add(.mappingMissingKey, at: entry.keyMark, "column", entry.key)
      }
      return
    }
    var found = ColumnLayout(column)
    if let node = entry.value["type"], let form = word(node, "type", ColumnForm.self) {
      found.form = form
      if !form.suits(field.type) {
        faults.add(
          .mappingStoreForm, at: node.mark, form.rawValue, "\(entity.name).\(field.name)")
      }
    }
    if let node = entry.value["map"] { found.words = words(node, field, entity) }
    layout.columns[field.name] = found
  }

  /// What the store writes for each value; both sides must tell values apart.
  private mutating func words(
    _ node: YAMLNode, _ field: Field, _ entity: Entity
  ) -> [String: String] {
    guard let entries = entries(node, "map") else { return [:] }
    var (words, meant) = ([String: String](), [String: String]())
    for entry in entries {
      guard let word = text(entry.value, entry.key) else { continue }
      if case .choice(let set) = field.type, !set.contains(entry.key) {
        faults.addUnknown(
          .word, entry.key, at: entry.keyMark, among: set.options.map(\.value),
          "\(entity.name).\(field.name)")
      }
      words[entry.key] = word
      if let earlier = meant.updateValue(entry.key, forKey: word) {
        faults.add(.mappingStoreWordTwice, at: entry.value.mark, earlier, entry.key, word)
      }
    }
    return words
  }
}

// MARK: - Checks

extension MappingFileReader {
  /// What has no column of its own must not be lost without a word.
  private mutating func checkRest(_ entry: YAMLNode.Entry, _ entity: Entity, hasRest: Bool) {
    if entity.field("custom") != nil, !hasRest {
      faults.add(.mappingStoreNoRest, at: entry.keyMark, entity.name)
    }
  }

  private mutating func checkTwice(_ layout: TableLayout, _ lines: [YAMLNode.Entry]) {
    var fields: [String: String] = [:]
    for line in lines {
      guard let column = layout.columns[line.key]?.column.text else { continue }
      if let earlier = fields.updateValue(line.key, forKey: column) {
        faults.add(.mappingStoreColumnTwice, at: line.value.mark, earlier, line.key, column)
      }
    }
  }

  /// Each field that a source fills needs a column; what Ferry fills unasked goes without.
  private mutating func checkFilled(_ entity: Entity, _ table: TableLayout) {
    for block in blocks.allRecords where block.entity == entity {
      for field in block.fields where table.columns[field.field.name] == nil {
        faults.add(
          .mappingStoreNoColumn, at: field.mark, "\(entity.name).\(field.field.name)",
          table.table.text)
      }
      if let custom = block.custom.first, table.columns["custom"] == nil {
        faults.add(
          .mappingStoreNoColumn, at: custom.mark, "\(entity.name).custom", table.table.text)
      }
      if let parent = entity.parent, table.columns[parent] == nil {
        faults.add(
          .mappingStoreNoColumn, at: block.mark, "\(entity.name).\(parent)", table.table.text)
      }
    }
  }

  /// A lookup by a field needs that field's column.
  private mutating func checkLookups() {
    for field in blocks.allRecords.flatMap(\.fields) {
      guard let find = field.find, let wanted = find.field,
        let table = blocks.layout.tables[find.entity], table.columns[wanted.name] == nil
      else { continue }
      faults.add(
        .mappingStoreNoColumn, at: field.mark, "\(find.entity).\(wanted.name)",
        table.table.text)
    }
  }
}

extension MappingBlocks {
  /// All blocks, those of lines too.
  var allRecords: [RecordBlock] {
    sources.flatMap(\.records).flatMap { [$0] + $0.lines }
  }
}
