public import FerryCore
import FerryYAML
import Foundation

/// The columns of a table that takes part in a match.
public struct MatchHeader: Hashable, Sendable {
  /// The file's name, for messages.
  public let file: String
  /// The columns' names by place, without blanks around them; empty where a column has none.
  public let names: [String]

  /// Pairs the two.
  public init(file: String, names: [String]) {
    self.file = file
    self.names = names
  }

  /// Where the column of that name stands; a doubled name is told apart as `name#2`.
  ///
  /// A header that is an address, such as `http://example.org/shop.owl#street`, is also found by
  /// its last part, so that tables of two vocabularies can share a config.
  ///
  /// - Returns: `nil` where there is none, or several of that bare name.
  public func place(of name: String) -> Int? {
    let places = names.indices.filter { names[$0] == name }
    if places.count == 1 { return places[0] }
    guard places.isEmpty else { return nil }
    let parts = names.indices.filter { Self.lastPart(of: names[$0]) == name }
    if parts.count == 1 { return parts[0] }
    guard let mark = name.lastIndex(of: "#"), let number = Int(name[name.index(after: mark)...]),
      number > 0
    else { return nil }
    let same = names.indices.filter { names[$0] == name[..<mark] }
    return number <= same.count ? same[number - 1] : nil
  }

  /// What follows the last `#` or `/` of an address; `nil` for any other text.
  static func lastPart(of name: String) -> String? {
    guard name.contains("://") else { return nil }
    return name.split { $0 == "#" || $0 == "/" }.last.map(String.init)
  }

  /// How many columns have that name.
  func count(of name: String) -> Int { names.count { $0 == name } }
}

/// A match config: which columns count, and what is fixed of the rest.
///
///     let config = try MatchConfig.load(path: "match.yaml")
///     let columns = try config.columns(in: [header])
public struct MatchConfig: Sendable {
  /// The file as the user gave it.
  public let path: String
  /// What the config fixes; columns by the names that it gives them.
  public let options: MatchOptions
  private let blocks: MatchConfigBlocks

  /// Reads a config and checks all that can be checked without a table.
  ///
  /// - Throws: Every fault at once, each with line and column.
  public static func load(path: String) throws(MatchConfigError) -> MatchConfig {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      let isThere = FileManager.default.fileExists(atPath: path)
      let rule: Rule = isThere ? .configUnreadable : .configMissing
      throw MatchConfigError([Finding(rule, at: Provenance(file: path))])
    }
    return try MatchConfig(path: path, bytes: Array(bytes))
  }

  /// Reads a config that is in memory.
  public init(path: String, bytes: [UInt8]) throws(MatchConfigError) {
    var reader = MatchConfigReader(path: path)
    do {
      reader.read(try YAMLNode.parse(bytes))
    } catch {
      reader.faults.add(.configYAML, at: error.mark, error.english, error.chinese)
    }
    guard reader.faults.isEmpty else { throw MatchConfigError(reader.faults.findings) }
    self.path = path
    options = reader.options
    blocks = reader.blocks
  }

  /// Whether the config names columns; otherwise their kinds are to be found.
  public var namesColumns: Bool { !blocks.columns.isEmpty }

  /// How many of the config's columns a header holds, to choose between ways of reading a file.
  public func columnCount(in header: MatchHeader) -> Int {
    blocks.columns.count { header.place(of: $0.place.name) != nil }
  }

  /// How many columns the config names.
  public var columnCount: Int { blocks.columns.count }

  /// The config's columns, in its order, held against the tables.
  ///
  /// - Throws: A fault for each column that a table lacks, at its place in the config.
  public func columns(in headers: [MatchHeader]) throws(MatchConfigError) -> [MatchColumn] {
    var faults = ConfigFaults(path: path)
    for column in blocks.columns {
      for header in headers { check(column.place, header, &faults) }
    }
    let columns = blocks.columns.map { MatchColumn(header: $0.place.name, kind: $0.kind) }
    if let index = MatchColumn.firstBeyondLimit(columns, options) {
      faults.add(.configTooMany, at: blocks.columns[index].place.mark, String(Pattern.mostFields))
    }
    guard faults.isEmpty else { throw MatchConfigError(faults.findings) }
    return columns
  }

  /// Holds the columns that blocking rules and comparisons name against those that count.
  ///
  /// - Throws: A fault for each that does not count.
  public func checkUses(of columns: [MatchColumn]) throws(MatchConfigError) {
    var faults = ConfigFaults(path: path)
    let known = columns.map(\.header)
    for place in blocks.uses where !known.contains(place.name) {
      faults.addUnknown(.unusedColumn, place.name, at: place.mark, among: known)
    }
    guard faults.isEmpty else { throw MatchConfigError(faults.findings) }
  }

  private func check(
    _ place: ConfigPlace, _ header: MatchHeader, _ faults: inout ConfigFaults
  ) {
    guard header.place(of: place.name) == nil else { return }
    let count = header.count(of: place.name)
    if count > 1 {
      faults.add(.configColumnTwice, at: place.mark, place.name, String(count), header.file)
    } else {
      faults.addUnknown(
        .configColumn, place.name, at: place.mark, among: header.names.filter { !$0.isEmpty },
        header.file)
    }
  }
}

extension MatchColumn {
  /// The place of the first column that makes more fields than one match compares; `nil` for none.
  ///
  /// Columns that are read together are one field.
  static func firstBeyondLimit(_ columns: [MatchColumn], _ options: MatchOptions) -> Int? {
    var together: Set<ColumnKind> = []
    var count = 0
    for (index, column) in columns.enumerated() {
      let isShared = column.kind.isReadTogether && options.comparisons[column.header] == nil
      if !isShared || together.insert(column.kind).inserted { count += 1 }
      if count > Pattern.mostFields { return index }
    }
    return nil
  }
}

/// A config that can't be used: every fault in it, each with its line and column.
public struct MatchConfigError: Failure {
  /// The faults in the order of the file; the place reads `match.yaml:3:5`.
  public let findings: [Finding]
  /// Wrong usage.
  public var exitStatus: ExitStatus { .wrongUsage }

  init(_ findings: [Finding]) { self.findings = findings }
}
