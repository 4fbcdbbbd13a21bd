import FerryNormalization
import FerryRecords
import FerryYAML
import Foundation

// `notes:` of an activity: a free-form cell that holds several dated notes.
extension MappingFileReader {
  mutating func readNotes(_ entry: YAMLNode.Entry, into block: inout RecordBlock) {
    let node = entry.value
    var from = node
    if let entries = node.entries {
      check(entries, ["from", "year"], under: "notes")
      guard let column = node["from"] else {
        return faults.add(.mappingMissingKey, at: node.mark, "from", "notes")
      }
      from = column
      if let year = node["year"] { block.notesYear = self.year(year) }
    }
    guard let name = text(from, "notes") else { return }
    let column = NamedPlace(name: name, mark: from.mark)
    let parts: [(String, NotePart)] = [("kind", .kind), ("at", .time), ("body", .text)]
    for (name, part) in parts {
      guard let field = block.entity.field(name) else { continue }
      if block.named.contains(name) {
        faults.add(.mappingContradiction, at: entry.keyMark, "notes", name, block.entity.name)
      }
      var filled = FieldBlock(
        field: field, mark: entry.keyMark, content: .note(column, part),
        options: NormalizationOptions(
          region: blocks.settings.region, currency: blocks.settings.currency,
          timeZone: blocks.settings.timeZone.identifier))
      if case .choice(let set) = field.type { filled.map = ValueMap(set) }
      block.fields.append(filled)
    }
  }

  private mutating func year(_ node: YAMLNode) -> Int? {
    guard let text = text(node, "year") else { return nil }
    if let year = Int(text), (1990...2099).contains(year) { return year }
    faults.add(.mappingExpectedNumber, at: node.mark, "year", "2024", text)
    return nil
  }
}
