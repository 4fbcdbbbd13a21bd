public import FerryCore
public import FerryRecords
import FerryYAML
import Foundation

/// Who gets the records of whom: old names, each with a user, the 公海 or the mark of having left.
///
/// A file of its own, YAML or a table of two columns, which a mapping names under `owners:`; used
/// alone it hands over what its people own.
///
///     let owners = try OwnerMap.load(path: "owners.csv")
///     owners.fate(of: "张伟")
public struct OwnerMap: Sendable {
  /// What becomes of an owner's records.
  public enum Fate: Hashable, Sendable {
    /// This user has them: a name, an external id or an e-mail.
    case user(String)
    /// Nobody has them: they go to the 公海.
    case pool
    /// The owner has left, and nobody is named who takes over.
    case inactive
  }

  /// One line of the map.
  public struct Line: Hashable, Sendable {
    /// The owner as the sheets, or the store, call them.
    public let name: String
    /// What becomes of their records.
    public let fate: Fate
    /// Where the line stands.
    public let place: Provenance
  }

  /// The file as the user gave it; the mapping where the lines stand there.
  public let path: String
  /// The lines in the order of the file; no name twice.
  public let lines: [Line]
  /// The tables of the store that Ferry did not make; only a YAML file can say that.
  public let layout: StoreLayout
  private let fates: [String: Fate]

  init(path: String, lines: [Line], layout: StoreLayout = StoreLayout()) {
    self.path = path
    self.lines = lines
    self.layout = layout
    fates = Dictionary(
      lines.map { (Self.key(of: $0.name), $0.fate) }, uniquingKeysWith: { first, _ in first })
  }

  /// What becomes of an owner's records; `nil` where the map has no line for that name.
  ///
  /// Blanks, case and width of the name don't matter.
  public func fate(of name: String) -> Fate? { fates[Self.key(of: name)] }

  /// A name without what is only spelling.
  public static func key(of name: String) -> String {
    name.precomposedStringWithCompatibilityMapping.lowercased().filter { !$0.isWhitespace }
  }
}

// MARK: - Files

extension OwnerMap {
  private static let tableEndings = ["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "ods"]

  /// Whether a file is meant as an owner map and not as a mapping: a table, or YAML that has
  /// `owners:` and no `sources:`.
  public static func isOwnerMap(path: String) -> Bool {
    if tableEndings.contains((path as NSString).pathExtension.lowercased()) { return true }
    guard let data = FileManager.default.contents(atPath: path),
      let root = try? YAMLNode.parse(Array(data))
    else { return false }
    return root["owners"] != nil && root["sources"] == nil
  }

  /// Reads and checks an owner map.
  ///
  /// - Throws: Every fault at once, each with line and column; of a table the number of the column.
  public static func load(path: String) throws(MappingError) -> OwnerMap {
    guard !tableEndings.contains((path as NSString).pathExtension.lowercased()) else {
      return try table(path: path)
    }
    var reader = MappingFileReader(path: path)
    do {
      reader.readOwnerMap(try YAMLNode.parse(try Mapping.contents(of: path)))
    } catch let error as YAMLError {
      reader.faults.add(.mappingYAML, at: error.mark, error.english, error.chinese)
    } catch let error as MappingError {
      throw error
    } catch {
      throw MappingError(.unreadable, findings: [])
    }
    guard reader.faults.isEmpty else {
      throw MappingError(.faulty, findings: reader.faults.findings)
    }
    return OwnerMap(path: path, lines: reader.blocks.owners, layout: reader.blocks.layout)
  }
}

/// Gathers the lines of an owner map and says what is wrong with them together.
struct OwnerLines {
  private(set) var lines: [OwnerMap.Line] = []
  private var marks: [String: YAMLMark] = [:]
  private var targets: [(name: String, mark: YAMLMark)] = []

  private static let pool = ["公海", "公海池", "pool", "publicpool"].map(OwnerMap.key)
  private static let inactive = ["inactive", "离职", "已离职", "停用"].map(OwnerMap.key)

  /// Adds a line; `mark` is where the name stands, `targetMark` where the other side does.
  mutating func add(
    _ name: String, at mark: YAMLMark, to target: String, at targetMark: YAMLMark,
    _ faults: inout Faults
  ) {
    let key = OwnerMap.key(of: name)
    if let earlier = marks.updateValue(mark, forKey: key) {
      faults.add(.mappingOwnerTwice, at: mark, name, String(earlier.line))
      return
    }
    let word = OwnerMap.key(of: target)
    let fate: OwnerMap.Fate
    if Self.pool.contains(word) {
      fate = .pool
    } else if Self.inactive.contains(word) {
      fate = .inactive
    } else {
      fate = .user(target)
      targets.append((target, targetMark))
    }
    lines.append(
      OwnerMap.Line(
        name: name, fate: fate, place: Provenance(file: "\(faults.path):\(mark)")))
  }

  /// Says which lines give records to someone who the map says has left.
  func check(_ faults: inout Faults) {
    let left = Set(lines.filter { $0.fate == .inactive }.map { OwnerMap.key(of: $0.name) })
    for target in targets where left.contains(OwnerMap.key(of: target.name)) {
      faults.add(.mappingOwnerLeft, at: target.mark, target.name)
    }
  }
}
