import FerryYAML
import Foundation

/// Where a source of a mapping looks for its files.
public struct SourcePattern: Hashable, Sendable {
  /// The path as it is opened; its last part may hold `*` and `?`.
  public let path: String

  /// Whether a file of that name, in the folder of ``path``, is meant.
  public func fits(name: String) -> Bool {
    Wildcard.matches(name, (path as NSString).lastPathComponent)
  }
}

extension Mapping {
  /// The patterns of a mapping's sources, in order; no source is opened, and none needs to be there.
  ///
  /// - Throws: Every fault of the mapping file itself.
  public static func sourcePatterns(path: String) throws(MappingError) -> [SourcePattern] {
    let bytes = try contents(of: path)
    var reader = MappingFileReader(path: path)
    do {
      reader.read(try YAMLNode.parse(bytes))
    } catch {
      reader.faults.add(.mappingYAML, at: error.mark, error.english, error.chinese)
    }
    guard reader.faults.isEmpty else {
      throw MappingError(.faulty, findings: reader.faults.findings)
    }
    let folder = (path as NSString).deletingLastPathComponent
    return reader.blocks.sources.map { source in
      let name = source.file.name
      let isWhole = name.hasPrefix("/") || folder.isEmpty
      return SourcePattern(path: isWhole ? name : "\(folder)/\(name)")
    }
  }
}
