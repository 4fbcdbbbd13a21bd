import FerryCore
import FerryRecords
import FerryYAML

/// Makes a profile of a YAML document, and gathers all that is wrong with it.
struct ProfileReader {
  /// The file as messages name it.
  let path: String
  let product: String
  let keys: [ProfileKey]
  /// What is wrong, in the order of the file.
  private(set) var findings: [Finding] = []

  init(path: String, product: String, keys: [ProfileKey]) {
    self.path = path
    self.product = product
    self.keys = keys
  }

  mutating func profile(_ node: YAMLNode, named name: String) -> StoreProfile {
    var profile = StoreProfile(product: product, name: name, path: path)
    let known = ["product", "time_zone", "entities"] + keys.map(\.name)
    for entry in entries(node, "") {
      switch entry.key {
      case "product":
        if let found = text(entry), found != product {
          note(ProfileRules.otherProduct, at: entry.value.mark, found, product)
        }
      case "time_zone": profile.timeZone = text(entry) ?? profile.timeZone
      case "entities":
        for entity in entries(entry.value, entry.key) { read(entity, into: &profile) }
      case let key where known.contains(key):
        guard let value = text(entry) else { continue }
        profile.settings[key] = Secret(value)
        profile.places[key] = place(entry.value.mark)
      default: noteUnknown(entry.key, at: entry.keyMark, among: known)
      }
    }
    return profile
  }

  private mutating func read(_ entry: YAMLNode.Entry, into profile: inout StoreProfile) {
    guard let entity = SalesChain.entity(entry.key) else {
      return noteUnknown(entry.key, at: entry.keyMark, among: SalesChain.entities.map(\.name))
    }
    var found = EntityProfile(place: place(entry.keyMark))
    for part in entries(entry.value, entry.key) {
      switch part.key {
      case "object": found.object = text(part)
      case "set":
        for line in entries(part.value, part.key) { found.constants[line.key] = text(line) }
      case "fields":
        for line in entries(part.value, part.key) {
          guard entity.field(line.key) != nil else {
            noteUnknown(line.key, at: line.keyMark, among: entity.fields.map(\.name))
            continue
          }
          found.fields[line.key] = field(line)
        }
      default: noteUnknown(part.key, at: part.keyMark, among: ["object", "set", "fields"])
      }
    }
    profile.entities[entity.name] = found
  }

  private mutating func field(_ entry: YAMLNode.Entry) -> FieldProfile {
    var found = FieldProfile(place: place(entry.value.mark))
    if let name = entry.value.text {
      found.remote = name == "none" ? nil : name
      return found
    }
    for part in entries(entry.value, entry.key) {
      switch part.key {
      case "field": found.remote = text(part)
      case "values":
        for line in entries(part.value, part.key) { found.values[line.key] = text(line) }
      default: noteUnknown(part.key, at: part.keyMark, among: ["field", "values"])
      }
    }
    return found
  }

  // MARK: - Nodes

  private mutating func entries(_ node: YAMLNode, _ key: String) -> [YAMLNode.Entry] {
    if node.isEmpty { return [] }
    guard let entries = node.entries else {
      note(ProfileRules.expectedMapping, at: node.mark, key)
      return []
    }
    return entries
  }

  private mutating func text(_ entry: YAMLNode.Entry) -> String? {
    guard let text = entry.value.text, !text.isEmpty else {
      note(ProfileRules.expectedText, at: entry.value.mark, entry.key)
      return nil
    }
    return text
  }

  private func place(_ mark: YAMLMark) -> String { "\(path):\(mark)" }

  private mutating func note(_ rule: Rule, at mark: YAMLMark, _ arguments: String...) {
    findings.append(
      Finding(rule, at: Provenance(file: place(mark)), arguments: arguments))
  }

  private mutating func noteUnknown(_ name: String, at mark: YAMLMark, among known: [String]) {
    if let near = NearestName.of(name, among: known) {
      note(ProfileRules.unknownNear, at: mark, name, near)
    } else {
      note(ProfileRules.unknown, at: mark, name, known.joined(separator: ", "))
    }
  }
}
