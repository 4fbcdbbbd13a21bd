import FerryCore
import FerryYAML
import Foundation

// `owners:`, who gets the records of whom: lines, or the file that holds them.
extension MappingFileReader {
  mutating func readOwners(_ node: YAMLNode?) {
    guard let node, !node.isEmpty else { return }
    guard node.text == nil else {
      blocks.ownersFile = NamedPlace(name: node.text ?? "", mark: node.mark)
      return
    }
    readOwnerLines(node)
  }

  /// Reads a file that is an owner map: `owners:`, and perhaps the tables of the store.
  mutating func readOwnerMap(_ root: YAMLNode) {
    guard let entries = entries(root, "owner map") else { return }
    check(entries, ["ferry", "timezone", "owners", "store"], under: "owner map")
    readVersion(root)
    readSettings(root)
    if let node = root["owners"] {
      readOwnerLines(node)
    } else {
      faults.add(.mappingMissingKey, at: root.mark, "owners", "owner map")
    }
    readStore(root["store"])
  }

  private mutating func readOwnerLines(_ node: YAMLNode) {
    guard let entries = entries(node, "owners") else { return }
    var lines = OwnerLines()
    for entry in entries {
      guard let target = text(entry.value, entry.key) else { continue }
      lines.add(entry.key, at: entry.keyMark, to: target, at: entry.value.mark, &faults)
    }
    if entries.isEmpty { faults.add(.mappingOwnersEmpty, at: node.mark) }
    lines.check(&faults)
    blocks.owners = lines.lines
  }
}

extension Mapping {
  /// The owner map that the mapping holds or names; `nil` where it says nothing of owners.
  static func owners(
    of reader: inout MappingFileReader
  ) throws(MappingError) -> OwnerMap? {
    let path = reader.faults.path
    guard let file = reader.blocks.ownersFile else {
      return reader.blocks.owners.isEmpty
        ? nil : OwnerMap(path: path, lines: reader.blocks.owners)
    }
    let folder = (path as NSString).deletingLastPathComponent
    let named =
      file.name.hasPrefix("/") ? file.name : (folder as NSString).appendingPathComponent(file.name)
    guard FileManager.default.fileExists(atPath: named) else {
      reader.faults.add(.mappingNoOwnersFile, at: file.mark, file.name)
      return nil
    }
    do {
      return try OwnerMap.load(path: named)
    } catch {
      guard case .faulty = error.kind else { throw error }
      // The faults of both files are told together.
      throw MappingError(.faulty, findings: reader.faults.findings + error.findings)
    }
  }
}
