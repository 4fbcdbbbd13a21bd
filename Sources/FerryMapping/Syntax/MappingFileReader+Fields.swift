import FerryCore
import FerryNormalization
import FerryRecords
import FerryYAML
import Foundation

// One field of a block: a column, a list of columns, or keys.
extension MappingFileReader {
  private static let fieldKeys = [
    "from", "join", "split", "map", "otherwise", "find", "link", "system", "unit", "currency",
    "region", "dates", "percent", "default", "value", "blank", "invalid", "on_conflict", "when",
  ]

  /// Types that a custom field may be brought into.
  private static let customTypes: [(name: String, type: FieldType)] = [
    ("text", .text), ("long_text", .longText), ("person_name", .personName),
    ("company_name", .companyName), ("phone", .phone), ("email", .email), ("url", .url),
    ("amount", .amount), ("decimal", .decimal), ("integer", .integer), ("percent", .percent),
    ("boolean", .boolean), ("date", .date), ("instant", .instant), ("currency", .currency),
  ]

  mutating func customField(
    _ entry: YAMLNode.Entry, of entity: Entity, system: String?
  ) -> FieldBlock? {
    var type = FieldType.text
    if let node = entry.value["type"], let name = text(node, "type") {
      if let known = Self.customTypes.first(where: { $0.name == name }) {
        type = known.type
      } else {
        faults.addUnknown(.normalizer, name, at: node.mark, among: Self.customTypes.map(\.name))
      }
    }
    let field = Field(entry.key, type, en: entry.key, zh: entry.key)
    return fieldBlock(
      entry.value, field, of: entity, at: entry.keyMark, system: system, isCustom: true)
  }

  mutating func fieldBlock(
    _ node: YAMLNode, _ field: Field, of entity: Entity, at mark: YAMLMark, system: String?,
    isCustom: Bool = false
  ) -> FieldBlock? {
    var options = NormalizationOptions(
      region: blocks.settings.region, currency: blocks.settings.currency,
      timeZone: blocks.settings.timeZone.identifier)
    guard let entries = node.entries else {
      guard let columns = names(node, field.name) else { return nil }
      if let entityName = field.referenced {
        complainOfBareReference(field, to: entityName, columns: columns, of: entity)
        return nil
      }
      var block = FieldBlock(
        field: field, mark: mark, content: .columns(columns, join: nil), options: options)
      if case .choice(let set) = field.type { block.map = ValueMap(set) }
      return block
    }
    let name = "\(entity.name).\(field.name)"
    check(entries, isCustom ? Self.fieldKeys + ["type"] : Self.fieldKeys, under: name)
    readOptions(node, field, name, into: &options)
    guard let content = content(node, field, name, mark) else { return nil }
    var block = FieldBlock(field: field, mark: mark, content: content, options: options)
    readCurrency(node, field, name, into: &block)
    readLookup(node, field, name, system: system, into: &block)
    readMap(node, field, name, into: &block)
    readConstants(node, name, into: &block)
    readPolicies(node, into: &block)
    return block
  }

  private mutating func complainOfBareReference(
    _ field: Field, to referenced: String, columns: [NamedPlace], of entity: Entity
  ) {
    let example = SalesChain.entity(referenced)?.fields.first {
      $0.isRequired || $0.name == "number"
    }
    faults.add(
      .mappingBareReference, at: columns[0].mark, "\(entity.name).\(field.name)", referenced,
      columns[0].name, example?.name ?? "name")
  }

  /// Where the value comes from: exactly one of `from`, `value` and `link`.
  private mutating func content(
    _ node: YAMLNode, _ field: Field, _ name: String, _ mark: YAMLMark
  ) -> FieldBlock.Content? {
    let given = ["from", "value", "link"].filter { node[$0] != nil }
    if given.count > 1, let second = node[given[1]] {
      faults.add(.mappingContradiction, at: second.mark, given[0], given[1], name)
    }
    if let from = node["from"] {
      guard let columns = names(from, "from") else { return nil }
      if field.referenced != nil, node["find"] == nil {
        let entity = SalesChain.entity(String(name.prefix { $0 != "." })) ?? SalesChain.account
        complainOfBareReference(field, to: field.referenced ?? "", columns: columns, of: entity)
        return nil
      }
      let join = node["join"].flatMap { $0.text }
      if let node = node["join"], join == nil { _ = text(node, "join") }
      return .columns(columns, join: join)
    }
    if node["value"] != nil { return .constant([]) }
    guard let link = node["link"] else {
      faults.add(.mappingNoContent, at: mark, name)
      return nil
    }
    guard let target = text(link, "link") else { return nil }
    guard let referenced = field.referenced else {
      useless("link", in: node, field, name)
      return nil
    }
    if target != referenced {
      faults.add(.mappingWrongEntity, at: link.mark, name, referenced, target)
      return nil
    }
    return .link(NamedPlace(name: target, mark: link.mark))
  }

  private mutating func readOptions(
    _ node: YAMLNode, _ field: Field, _ name: String, into options: inout NormalizationOptions
  ) {
    if let node = node["region"], let region = region(node) { options.region = region }
    if let unit = node["unit"], let text = text(unit, "unit") {
      options.unit = MoneyUnit(text)
      if field.type != .amount {
        useless("unit", in: node, field, name)
      } else if options.unit == nil {
        faults.addUnknown(
          .unit, text, at: unit.mark, among: ["元", "千元", "万元", "百万元", "亿元", "thousand", "million"])
      }
    }
    if let dates = node["dates"], let order = word(dates, "dates", DateOrder.self) {
      options.dateOrder = order
      if field.type != .date && field.type != .instant { useless("dates", in: node, field, name) }
    }
    if let percent = node["percent"], let scale = word(percent, "percent", PercentScale.self) {
      options.percentScale = scale
      if field.type != .percent { useless("percent", in: node, field, name) }
    }
  }

  private mutating func readCurrency(
    _ node: YAMLNode, _ field: Field, _ name: String, into block: inout FieldBlock
  ) {
    guard let currency = node["currency"] else { return }
    guard field.type == .amount else { return useless("currency", in: node, field, name) }
    if let entries = currency.entries {
      check(entries, ["from"], under: "currency")
      guard let from = currency["from"], let column = text(from, "from") else {
        return faults.add(.mappingMissingKey, at: currency.mark, "from", "currency")
      }
      block.currencyColumn = NamedPlace(name: column, mark: from.mark)
    } else if let code = currencyCode(currency, "currency") {
      block.currency = NamedPlace(name: code, mark: currency.mark)
      block.options.currency = code
    }
  }

  /// An option that the field's type has no use for.
  mutating func useless(_ key: String, in node: YAMLNode, _ field: Field, _ name: String) {
    let mark = node.entries?.first { $0.key == key }?.keyMark ?? node.mark
    faults.add(.mappingUselessOption, at: mark, key, name, field.type.word)
  }
}

extension FieldType {
  /// The type in one word, as the mapping reference calls it.
  var word: String {
    switch self {
    case .longText: "long_text"
    case .personName: "person_name"
    case .companyName: "company_name"
    case .creditCode: "credit_code"
    case .choice(let set): set.name
    case .reference(let entity): "a reference to \(entity)"
    default: "\(self)"
    }
  }
}
