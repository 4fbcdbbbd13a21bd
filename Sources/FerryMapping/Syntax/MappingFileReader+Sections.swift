import FerryCore
import FerryRecords
import FerryYAML
import Foundation

// `match:`, `rules:`, `gates:` and `controls:`.
extension MappingFileReader {
  mutating func readMatch(_ node: YAMLNode?) {
    guard let node, let entries = entries(node, "match") else { return }
    for entry in entries {
      guard let entity = entity(entry.key, at: entry.keyMark) else { continue }
      var settings = MatchSettings()
      if !entry.value.isEmpty, let keys = self.entries(entry.value, entry.key) {
        check(keys, ["review", "merge", "keep", "loaded"], under: entry.key)
        if let node = entry.value["review"] { settings.review = share(node, "review") ?? 0.5 }
        if let node = entry.value["merge"] { settings.merge = share(node, "merge") ?? 0.95 }
        if let node = entry.value["loaded"] {
          settings.removesLoaded = word(node, "loaded", LoadedPolicy.self) == .merge
        }
        if let node = entry.value["keep"] { settings.keep = keepRules(node, of: entity) }
        if settings.review > settings.merge {
          faults.add(
            .mappingThresholds, at: entry.keyMark, "\(settings.review)", "\(settings.merge)")
        }
      }
      blocks.match[entity.name] = settings
    }
  }

  private mutating func share(_ node: YAMLNode, _ key: String) -> Double? {
    guard let text = text(node, key) else { return nil }
    if let number = Double(text), (0...1).contains(number) { return number }
    faults.add(.mappingExpectedNumber, at: node.mark, key, "0 … 1", text)
    return nil
  }

  private mutating func keepRules(_ node: YAMLNode, of entity: Entity) -> [String: KeepRule] {
    guard let entries = entries(node, "keep") else { return [:] }
    var rules: [String: KeepRule] = [:]
    for entry in entries {
      _ = field(entry.key, of: entity, at: entry.keyMark)
      if let rule = word(entry.value, entry.key, KeepRule.self) { rules[entry.key] = rule }
    }
    return rules
  }

  /// The field of that name; a fault where there is none.
  mutating func field(_ name: String, of entity: Entity, at mark: YAMLMark) -> Field? {
    if let field = entity.field(name) { return field }
    faults.addUnknown(.field, name, at: mark, among: entity.fields.map(\.name), entity.name)
    return nil
  }

  mutating func readRules(_ node: YAMLNode?) {
    guard let node, let items = items(node, "rules") else { return }
    for item in items {
      guard let entries = entries(item, "rules") else { continue }
      let severity = item["severity"].flatMap { word($0, "severity", Severity.self) } ?? .error
      let lines = entries.filter { $0.key != "severity" }
      guard lines.count == 1 else {
        faults.add(.mappingRuleForm, at: item.mark)
        continue
      }
      readRule(lines[0], severity)
    }
  }

  private mutating func readRule(_ entry: YAMLNode.Entry, _ severity: Severity) {
    let isLine = SalesChain.entity(entry.key)?.parent != nil
    guard let entity = isLine ? SalesChain.entity(entry.key) : entity(entry.key, at: entry.keyMark)
    else { return }
    guard let condition = condition(entry.value, entry.key) else { return }
    for place in condition.names { _ = field(place.name, of: entity, at: place.mark) }
    blocks.rules.append(
      RecordRule(
        entity: entity.name, condition: condition.condition, text: entry.value.text ?? "",
        severity: severity))
  }

  mutating func readGates(_ node: YAMLNode?) {
    guard let node, !node.isEmpty, let entries = entries(node, "gates") else { return }
    for entry in entries {
      guard entry.key != "signoff" else {
        blocks.requiresSignOff = word(entry.value, entry.key, SignOffGate.self) == .required
        continue
      }
      let parts = entry.key.split(separator: ".").map(String.init)
      var entityName: String?
      if parts.count == 2 {
        let isLine = SalesChain.entity(parts[0])?.parent != nil
        guard isLine || entity(parts[0], at: entry.keyMark) != nil else { continue }
        entityName = parts[0]
      }
      guard parts.count <= 2, let last = parts.last, let count = Gate.Count(rawValue: last),
        entityName == nil || !count.isOfInput
      else {
        faults.addUnknown(
          .key, entry.key, at: entry.keyMark,
          among: Gate.Count.allCases.map(\.rawValue) + ["signoff"], "gates")
        continue
      }
      if let gate = gate(entry.value, entry.key, entityName, count) { blocks.gates.append(gate) }
    }
  }

  /// Reads a limit: a number, or a percentage.
  mutating func gate(
    _ node: YAMLNode, _ key: String, _ entity: String?, _ count: Gate.Count
  ) -> Gate? {
    guard let text = text(node, key) else { return nil }
    let isPercent = text.hasSuffix("%")
    let digits = isPercent ? text.dropLast().trimmingCharacters(in: .whitespaces) : text
    let isNumber = !digits.isEmpty && digits.allSatisfy { "0123456789.".contains($0) }
    guard isNumber, let limit = Decimal(string: digits, locale: Locale(identifier: "en_US_POSIX"))
    else {
      faults.add(.mappingExpectedNumber, at: node.mark, key, "20, 1%", text)
      return nil
    }
    return Gate(entity: entity, count: count, limit: limit, isPercent: isPercent, text: text)
  }
}

/// Whether a plan must be signed off before it is applied.
private enum SignOffGate: String, CaseIterable {
  case required
  case optional
}

/// What becomes of a record that went into another one and has a record of its own in the store.
private enum LoadedPolicy: String, CaseIterable {
  case keep
  case merge
}

// MARK: - Conflicts

extension MappingFileReader {
  /// What the blocks say of conflicts, by entity and field; blocks that contradict are a fault.
  mutating func conflictRules() -> [String: [String: ConflictRule]] {
    var rules: [String: [String: ConflictRule]] = [:]
    var places: [String: FieldBlock.NamedConflict] = [:]
    for block in blocks.sources.flatMap(\.records).flatMap({ [$0] + $0.lines }) {
      for field in block.fields {
        guard let conflict = field.conflict else { continue }
        let name = "\(block.entity.name).\(field.field.name)"
        rules[block.entity.name, default: [:]][field.field.name] = conflict.rule
        guard let earlier = places.updateValue(conflict, forKey: name),
          earlier.rule != conflict.rule
        else { continue }
        faults.add(
          .mappingConflictTwice, at: conflict.mark, name, conflict.rule.rawValue,
          earlier.rule.rawValue, String(earlier.mark.line))
      }
    }
    return rules
  }
}
