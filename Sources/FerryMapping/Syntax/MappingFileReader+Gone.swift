import FerryCore
import FerryNormalization
import FerryRecords
import FerryYAML
import Foundation

// `gone:`, what becomes of records whose row is not in the sources any more.
extension MappingFileReader {
  mutating func readGone(_ node: YAMLNode?) {
    guard let node, !node.isEmpty, let entries = entries(node, "gone") else { return }
    for entry in entries {
      let isLine = SalesChain.entity(entry.key)?.parent != nil
      guard
        let entity = isLine
          ? SalesChain.entity(entry.key) : entity(entry.key, at: entry.keyMark)
      else { continue }
      if blocks(of: entity).isEmpty {
        faults.add(.mappingGoneUnmapped, at: entry.keyMark, entity.name)
      }
      blocks.gone[entity.name] = policy(entry, entity)
    }
  }

  private mutating func policy(_ entry: YAMLNode.Entry, _ entity: Entity) -> GonePolicy? {
    let limit = GonePolicy.defaultLimit(of: entity.name)
    guard let keys = entry.value.entries else {
      guard let action = word(entry.value, entry.key, GonePolicy.Action.self) else { return nil }
      if action == .mark { complainOfNoMark(at: entry.value.mark, entity) }
      return GonePolicy(action, limit: limit)
    }
    check(keys, ["then", "set", "limit"], under: entry.key)
    guard let node = entry.value["then"] else {
      faults.add(.mappingMissingKey, at: entry.keyMark, "then", "gone.\(entity.name)")
      return nil
    }
    guard let action = word(node, "then", GonePolicy.Action.self) else { return nil }
    var values: [String: String] = [:]
    if let set = entry.value["set"] {
      if action != .mark {
        faults.add(
          .mappingContradiction, at: set.mark, "then: \(action.rawValue)", "set", entity.name)
      }
      values = marks(set, entity)
    } else if action == .mark {
      complainOfNoMark(at: node.mark, entity)
    }
    let own = entry.value["limit"].flatMap { gate($0, "limit", entity.name, .gone) }
    return GonePolicy(action, values: values, limit: own ?? limit)
  }

  private mutating func complainOfNoMark(at mark: YAMLMark, _ entity: Entity) {
    faults.add(.mappingMissingKey, at: mark, "set", "gone.\(entity.name)")
  }

  private func blocks(of entity: Entity) -> [RecordBlock] {
    blocks.sources.flatMap(\.records).flatMap { [$0] + $0.lines }.filter { $0.entity == entity }
  }

  /// The values that a mark sets; each field must be one that a block maps, so that a record which
  /// comes back gets its own value again.
  private mutating func marks(_ node: YAMLNode, _ entity: Entity) -> [String: String] {
    guard let entries = entries(node, "set") else { return [:] }
    let own = blocks(of: entity)
    var values: [String: String] = [:]
    for entry in entries {
      guard let field = field(entry.key, of: entity, at: entry.keyMark) else { continue }
      let name = "\(entity.name).\(field.name)"
      guard field.referenced == nil, own.contains(where: { $0.field(field.name) != nil })
      else {
        faults.add(.mappingMarkUnmapped, at: entry.keyMark, name)
        continue
      }
      guard let text = text(entry.value, entry.key) else { continue }
      let options = NormalizationOptions(
        region: blocks.settings.region, currency: blocks.settings.currency,
        timeZone: blocks.settings.timeZone.identifier)
      let block = FieldBlock(
        field: field, mark: entry.keyMark, content: .constant([]), options: options)
      guard let value = constant(text, at: entry.value.mark, block, name) else { continue }
      values[field.name] = String(decoding: value, as: UTF8.self)
    }
    return values
  }
}
