import FerryCore
import FerryNormalization
import FerryRecords
import FerryYAML
import Foundation

/// Reads the nodes of a mapping file into blocks, and gathers every fault on the way.
///
/// A fault never stops the reading: what is wrong is left out of the blocks.
struct MappingFileReader {
  var faults: Faults
  var blocks = MappingBlocks()

  init(path: String) { faults = Faults(path: path) }

  /// Reads the whole file.
  mutating func read(_ root: YAMLNode) {
    guard let entries = entries(root, "mapping") else { return }
    check(entries, Self.topKeys, under: "mapping")
    readVersion(root)
    readSettings(root)
    readOwners(root["owners"])
    readSources(root)
    readMatch(root["match"])
    readRules(root["rules"])
    readGates(root["gates"])
    readControls(root["controls"])
    readGone(root["gone"])
    readStore(root["store"])
  }

  private static let topKeys = [
    "ferry", "timezone", "region", "currency", "sources", "match", "rules", "gates", "controls",
    "gone", "store", "owners",
  ]

  mutating func readVersion(_ root: YAMLNode) {
    guard let version = root["ferry"] else {
      return faults.add(.mappingMissingKey, at: root.mark, "ferry: 1", "mapping")
    }
    if version.text != "1" { faults.add(.mappingVersion, at: version.mark, version.text ?? "") }
  }

  mutating func readSettings(_ root: YAMLNode) {
    if let node = root["timezone"], let name = text(node, "timezone") {
      if let zone = Self.timeZones.contains(name) ? TimeZone(identifier: name) : nil {
        blocks.settings.timeZone = zone
      } else {
        let known = ["Asia/Shanghai", "UTC", "Europe/Berlin"] + Self.timeZones.sorted()
        faults.addUnknown(.timeZone, name, at: node.mark, among: known)
      }
    }
    if let node = root["region"], let region = region(node) { blocks.settings.region = region }
    if let node = root["currency"], let code = currencyCode(node, "currency") {
      blocks.settings.currency = code
    }
  }

  private static let timeZones = Set(TimeZone.knownTimeZoneIdentifiers + ["UTC", "GMT"])

  private mutating func readSources(_ root: YAMLNode) {
    guard let node = root["sources"] else {
      return faults.add(.mappingMissingKey, at: root.mark, "sources", "mapping")
    }
    guard let items = items(node, "sources") else { return }
    if items.isEmpty { faults.add(.mappingNoSource, at: node.mark) }
    for item in items {
      if let source = source(item) { blocks.sources.append(source) }
    }
    requireFields(at: node.mark)
  }

  /// A required field must be mapped by one block of its entity at least.
  private mutating func requireFields(at mark: YAMLMark) {
    let all = blocks.sources.flatMap(\.records).flatMap { [$0] + $0.lines }
    var seen: Set<String> = []
    for block in all where seen.insert(block.entity.name).inserted {
      let same = all.filter { $0.entity == block.entity }
      for field in block.entity.fields where field.isRequired {
        if field.name == block.entity.parent { continue }
        if same.contains(where: { $0.named.contains(field.name) }) { continue }
        faults.add(.mappingRequired, at: block.mark, "\(block.entity.name).\(field.name)")
      }
    }
  }
}

// MARK: - Nodes of one shape

extension MappingFileReader {
  /// The text of a scalar; a fault where it is none, or empty without quotes.
  mutating func text(_ node: YAMLNode, _ key: String) -> String? {
    guard let text = node.text, !node.isEmpty else {
      faults.add(.mappingExpectedText, at: node.mark, key)
      return nil
    }
    return text
  }

  mutating func entries(_ node: YAMLNode, _ key: String) -> [YAMLNode.Entry]? {
    guard let entries = node.entries else {
      faults.add(.mappingExpectedMapping, at: node.mark, key)
      return nil
    }
    return entries
  }

  mutating func items(_ node: YAMLNode, _ key: String) -> [YAMLNode]? {
    guard let items = node.items else {
      faults.add(.mappingExpectedList, at: node.mark, key)
      return nil
    }
    return items
  }

  /// Complains about every key that is none of `known`.
  mutating func check(_ entries: [YAMLNode.Entry], _ known: [String], under name: String) {
    for entry in entries where !known.contains(entry.key) {
      faults.addUnknown(.key, entry.key, at: entry.keyMark, among: known, name)
    }
  }

  /// One word of a closed set.
  mutating func word<Word: RawRepresentable & CaseIterable>(
    _ node: YAMLNode, _ key: String, _ type: Word.Type
  ) -> Word? where Word.RawValue == String {
    guard let text = text(node, key) else { return nil }
    if let word = Word(rawValue: text) { return word }
    faults.addUnknown(
      .word, text, at: node.mark, among: Word.allCases.map(\.rawValue), key)
    return nil
  }

  /// One name or a list of names, never empty.
  mutating func names(_ node: YAMLNode, _ key: String) -> [NamedPlace]? {
    let nodes = node.items ?? [node]
    if nodes.isEmpty { faults.add(.mappingExpectedText, at: node.mark, key) }
    let names = nodes.compactMap { item in
      text(item, key).map { NamedPlace(name: $0, mark: item.mark) }
    }
    return names.count == nodes.count && !names.isEmpty ? names : nil
  }

  mutating func region(_ node: YAMLNode) -> String? {
    guard let code = text(node, "region") else { return nil }
    if Self.regions.contains(code) { return code }
    faults.addUnknown(
      .region, code, at: node.mark, among: ["CN", "HK", "TW", "US", "DE"] + Self.regions.sorted())
    return nil
  }

  mutating func currencyCode(_ node: YAMLNode, _ key: String) -> String? {
    guard let code = text(node, key) else { return nil }
    if Currency.isKnown(code) { return code }
    let known = ["CNY", "USD", "EUR", "HKD", "JPY"] + Self.currencies
    faults.addUnknown(.currency, code, at: node.mark, among: known)
    return nil
  }

  private static let currencies = Locale.Currency.isoCurrencies.map(\.identifier)
    .filter { Currency.isKnown($0) }.sorted()
  private static let regions = Set(
    Locale.Region.isoRegions.map(\.identifier).filter {
      $0.utf8.count == 2 && $0 == $0.uppercased()
    })

  /// A condition; each name in it with its place.
  mutating func condition(_ node: YAMLNode, _ key: String) -> ConditionBlock? {
    guard let text = text(node, key) else { return nil }
    do {
      let condition = try Condition.parse(text)
      let names = condition.names.map { name in
        let offset = text.range(of: name).map {
          text.unicodeScalars.distance(from: text.startIndex, to: $0.lowerBound)
        }
        return NamedPlace(name: name, mark: node.mark(ofCharacter: offset ?? 0))
      }
      return ConditionBlock(condition: condition, names: names)
    } catch {
      faults.add(
        .mappingCondition, at: node.mark(ofCharacter: error.offset), error.message(in: .english),
        error.message(in: .chinese))
      return nil
    }
  }
}
