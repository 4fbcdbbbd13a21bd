import FerryCore
import FerryNormalization
import FerryRecords
import FerryYAML

// What a field's value goes through: lookups, value maps, constants, policies.
extension MappingFileReader {
  mutating func readLookup(
    _ node: YAMLNode, _ field: Field, _ name: String, system: String?, into block: inout FieldBlock
  ) {
    block.system = system
    if let own = node["system"] { block.system = own.text.flatMap { $0.isEmpty ? nil : $0 } }
    guard let find = node["find"] else {
      if node["system"] != nil { useless("system", in: node, field, name) }
      if field.referenced != nil, node["value"] != nil {
        faults.add(.mappingMissingKey, at: block.mark, "find", name)
      }
      return
    }
    guard let text = text(find, "find") else { return }
    guard let referenced = field.referenced else { return useless("find", in: node, field, name) }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, let entity = SalesChain.entity(parts[0]) else {
      return faults.add(.mappingFindForm, at: find.mark, text, referenced)
    }
    guard entity.name == referenced else {
      return faults.add(.mappingWrongEntity, at: find.mark, name, referenced, entity.name)
    }
    if parts[1] == "key" {
      block.find = FindBlock(entity: entity.name, field: nil)
    } else if let target = entity.field(parts[1]), target.referenced == nil {
      block.find = FindBlock(entity: entity.name, field: target)
    } else {
      let known = ["key"] + entity.fields.filter { $0.referenced == nil }.map(\.name)
      faults.addUnknown(.field, parts[1], at: find.mark, among: known, entity.name)
    }
  }

  mutating func readMap(
    _ node: YAMLNode, _ field: Field, _ name: String, into block: inout FieldBlock
  ) {
    if let map = node["map"] {
      block.map = valueMap(map, field, name, block)
      if node["find"] != nil { block.uncovered = .keep }
    } else if case .choice(let set) = field.type {
      block.map = ValueMap(set)
    }
    guard let otherwise = node["otherwise"], let text = text(otherwise, "otherwise") else { return }
    if node["find"] != nil {
      block.unresolved = text
    } else if block.map == nil {
      useless("otherwise", in: node, field, name)
    } else {
      switch text {
      case "reject": block.uncovered = .reject
      case "keep": block.uncovered = .keep
      case "blank": block.uncovered = .blank
      default:
        if let value = constant(text, at: otherwise.mark, block, name) {
          block.uncovered = .constant(value)
        }
      }
    }
  }

  private mutating func valueMap(
    _ node: YAMLNode, _ field: Field, _ name: String, _ block: FieldBlock
  ) -> ValueMap? {
    guard let entries = entries(node, "map") else { return nil }
    var map = ValueMap()
    for entry in entries {
      guard let text = text(entry.value, entry.key) else { continue }
      let value = text.isEmpty ? [] : constant(text, at: entry.value.mark, block, name)
      guard let value else { continue }
      if let earlier = map.add(entry.key, value) {
        faults.add(.mappingMapKeyTwice, at: entry.keyMark, earlier, entry.key)
      }
    }
    return map
  }

  mutating func readConstants(_ node: YAMLNode, _ name: String, into block: inout FieldBlock) {
    if let value = node["value"], let text = text(value, "value"),
      let constant = constant(text, at: value.mark, block, name)
    {
      if case .constant = block.content { block.content = .constant(constant) }
    }
    if let value = node["default"], let text = text(value, "default") {
      block.defaultValue = constant(text, at: value.mark, block, name)
    }
    readSplit(node, into: &block)
  }

  /// The canonical text of a value that the mapping itself gives.
  mutating func constant(
    _ text: String, at mark: YAMLMark, _ block: FieldBlock, _ name: String
  ) -> ContiguousArray<UInt8>? {
    if let find = block.find, find.field == nil {
      return ContiguousArray(ExternalID.joined([text], system: block.system).utf8)
    }
    let type = block.find?.field?.type ?? block.field.type
    if case .choice(let set) = type {
      if set.contains(text) { return ContiguousArray(text.utf8) }
      let aliases = set.options.flatMap { option in
        ([option.label.english, option.label.chinese] + option.synonyms)
          .map { (alias: $0, name: option.value) }
      }
      faults.addUnknown(
        .word, text, at: mark, among: set.options.map(\.value), aliases: aliases, name)
      return nil
    }
    var normalizer = FieldNormalizer(type: type, options: block.options)
    let (value, result) = normalizer.normalize(text)
    switch result {
    case .value, .valueWithIssue: return ContiguousArray(value.utf8)
    // The person wrote it on purpose, so 无 is a word here.
    case .blank: return ContiguousArray(text.utf8)
    case .pending:
      faults.add(
        .mappingBadConstant, at: mark, text, name, "write the date as 2024-03-05",
        "日期请写成 2024-03-05 的形式")
    case .invalid(let issue):
      faults.add(
        .mappingBadConstant, at: mark, text, name,
        issue.rule.message.filled(with: issue.arguments, in: .english),
        issue.rule.message.filled(with: issue.arguments, in: .chinese))
    }
    return nil
  }

  private mutating func readSplit(_ node: YAMLNode, into block: inout FieldBlock) {
    guard let split = node["split"] else { return }
    guard let entries = split.entries, let by = split["by"]?.text, !by.isEmpty,
      let part = split["part"]?.text.flatMap({ Int($0) }), part != 0
    else {
      return faults.add(.mappingSplitForm, at: split.mark)
    }
    check(entries, ["by", "part"], under: "split")
    block.split = (by, part)
  }

  mutating func readPolicies(_ node: YAMLNode, into block: inout FieldBlock) {
    if let blank = node["blank"], let word = word(blank, "blank", BlankPolicy.self) {
      block.clearsWhenBlank = word == .clear
    }
    if let invalid = node["invalid"], let word = word(invalid, "invalid", InvalidPolicy.self) {
      block.rejectsInvalid = word == .reject
    }
    if let conflict = node["on_conflict"],
      let rule = word(conflict, "on_conflict", ConflictRule.self)
    {
      block.conflict = FieldBlock.NamedConflict(rule: rule, mark: conflict.mark)
    }
    if let when = node["when"] { block.when = condition(when, "when") }
  }
}

private enum BlankPolicy: String, CaseIterable {
  case keep
  case clear
}

private enum InvalidPolicy: String, CaseIterable {
  case reject
  case blank
}
