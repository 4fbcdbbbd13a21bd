import FerryYAML
import Foundation

/// Where a source of a mapping looks for its files.
public struct SourcePattern: Hashable, Sendable {
  /// The path as it is opened; its last part may hold `*` and `?`.
  public let path: String
  /// Whether there need not be a file; its records then stay as they are.
  public let isOptional: Bool

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
    return reader.blocks.sources.map { $0.pattern(in: folder) }
  }
}

extension SourceBlock {
  /// Where it looks for files, with the mapping's folder.
  func pattern(in folder: String) -> SourcePattern {
    let isWhole = file.name.hasPrefix("/") || folder.isEmpty
    return SourcePattern(
      path: isWhole ? file.name : "\(folder)/\(file.name)", isOptional: isOptional)
  }
}

/// Sources that have no file this time, though they may: nothing tells what became of their rows.
public struct AbsentSources: Hashable, Sendable {
  /// Where their files were looked for.
  public internal(set) var patterns: [SourcePattern] = []
  /// The entities that they make.
  public internal(set) var entities: Set<String> = []

  /// None.
  public init() {}

  /// Whether a file that an earlier run read is one of theirs; by its name, as places spell it.
  public func include(file: String) -> Bool {
    let name = (file as NSString).lastPathComponent
    return patterns.contains { $0.fits(name: name) }
  }
}
