import FerryCore
public import FerryRecords
import FerryTables
import FerryYAML
import Foundation

/// A mapping file, checked in full and held against its sources: ready to read records.
///
///     let mapping = try Mapping.load(path: "onboarding.yaml")
///     let input = try mapping.read()
///     let accounts = input.records["account"]
public struct Mapping: Sendable {
  /// The file as the user gave it.
  public let path: String
  /// The mapping's bytes, as they were read.
  public let bytes: [UInt8]
  /// Zone, region and currency.
  public let settings: MappingSettings
  /// The source files in the order of the mapping, each once.
  public let sources: [String]
  /// Whether a source is encrypted and needs a password.
  public let hasEncryptedSource: Bool
  /// Sources that have no file this time, though they may.
  public let absent: AbsentSources
  /// By entity; one that is not here is matched exactly only.
  public let match: [String: MatchSettings]
  /// What must hold for every record.
  public let rules: [RecordRule]
  /// The limits that stop an import.
  public let gates: [Gate]
  /// Whether a person must have signed off a plan before it is applied.
  public let requiresSignOff: Bool
  /// What must agree on both sides.
  public let controls: [ControlDefinition]
  /// By entity; records of one that is not here stay when their row goes.
  public let gone: [String: GonePolicy]
  /// The tables of the store that Ferry did not make.
  public let layout: StoreLayout
  /// Who gets the records of whom; `nil` where the mapping does not say.
  public let owners: OwnerMap?
  /// By entity, then by field; a field that is not here has no rule.
  public let conflictRules: [String: [String: ConflictRule]]
  /// The entities that the mapping makes, in load order.
  public var entities: [Entity] { plans.map(\.entity) }

  private let plans: [EntityPlan]
  let tables: [TablePlan]
  private let findings: [Finding]

  /// Reads a mapping, checks all of it, and opens its sources.
  ///
  /// - Parameters:
  ///   - path: The mapping file.
  ///   - environment: Holds the passwords that `password_env` names.
  ///   - isTaken: Whether a file that fits a source is to be read; by its path as it is opened.
  /// - Returns: The mapping, bound to its sources.
  /// - Throws: Every fault at once, each with line and column; or what a source that can't be
  ///   read says. No row was read then.
  public static func load(
    path: String, environment: [String: String] = [:],
    taking isTaken: @escaping (String) -> Bool = { _ in true }
  ) throws(MappingError) -> Mapping {
    let bytes = try contents(of: path)
    var reader = MappingFileReader(path: path)
    do {
      reader.read(try YAMLNode.parse(bytes))
    } catch {
      reader.faults.add(.mappingYAML, at: error.mark, error.english, error.chinese)
      throw MappingError(.faulty, findings: reader.faults.findings)
    }
    let conflictRules = reader.conflictRules()
    let owners = try owners(of: &reader)
    var binder = SourceBinder(
      faults: reader.faults, folder: (path as NSString).deletingLastPathComponent,
      environment: environment, isTaken: isTaken)
    binder.bind(reader.blocks.sources)
    if !binder.faults.isEmpty { throw MappingError(.faulty, findings: binder.faults.findings) }
    if let failure = binder.failure { throw MappingError(source: failure) }
    return Mapping(
      path: path, bytes: bytes, blocks: reader.blocks, owners: owners,
      conflictRules: conflictRules, binder: binder)
  }

  private init(
    path: String, bytes: [UInt8], blocks: MappingBlocks, owners: OwnerMap?,
    conflictRules: [String: [String: ConflictRule]], binder: SourceBinder
  ) {
    self.path = path
    self.bytes = bytes
    settings = blocks.settings
    match = blocks.match
    rules = blocks.rules
    gates = blocks.gates
    requiresSignOff = blocks.requiresSignOff
    controls = blocks.controls
    gone = blocks.gone
    layout = blocks.layout
    self.owners = owners
    absent = binder.absent
    hasEncryptedSource = blocks.sources.contains { $0.passwordVariable != nil }
    self.conflictRules = conflictRules
    var compiler = RecipeCompiler(blocks)
    tables = binder.tables.map { compiler.plan($0) }
    plans = compiler.entities
    findings = binder.findings
    var seen: Set<String> = []
    sources = binder.tables.map(\.path).filter { seen.insert($0).inserted }
  }

  static func contents(of path: String) throws(MappingError) -> [UInt8] {
    guard FileManager.default.fileExists(atPath: path) else {
      let finding = Finding(.mappingMissing, at: Provenance(file: path))
      throw MappingError(.unreadable, findings: [finding])
    }
    do {
      return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      let finding = Finding(
        .mappingUnreadable, at: Provenance(file: path), arguments: [error.localizedDescription])
      throw MappingError(.unreadable, findings: [finding])
    }
  }
}

// MARK: - Reading

/// How far the reading of the sources has come.
public struct ReadingProgress: Hashable, Sendable {
  /// The file's name.
  public let file: String
  /// The sheet.
  public let sheet: String
  /// How many rows of all tables were read so far.
  public let rows: Int
}

extension Mapping {
  /// Reads every row of every source and makes records of them.
  ///
  /// - Parameters:
  ///   - corrections: What people said that cells should read; ids must differ.
  ///   - progress: Called about every thousand rows.
  /// - Returns: The records, and an account of every row and column.
  /// - Throws: What a source says that can't be read to its end.
  public func read(
    corrections: [CellCorrection] = [], progress: ((ReadingProgress) -> Void)? = nil
  ) throws -> MappedInput {
    try read(
      workers: ProcessInfo.processInfo.activeProcessorCount, corrections: corrections,
      progress: progress)
  }

  /// The same with so many workers; the result is the same whatever their number.
  func read(
    workers: Int, corrections: [CellCorrection] = [],
    progress: ((ReadingProgress) -> Void)? = nil
  ) throws -> MappedInput {
    var sink = MappingSink(plans)
    sink.findings.append(contentsOf: findings)
    var input = MappedInput()
    var open: OpenSource?
    var told: Set<String> = []
    var rows = 0
    var applied = corrections.map { AppliedCorrection($0) }
    for plan in tables {
      let source = try OpenSource.at(plan.path, plan.options, after: open)
      open = source
      if told.insert(plan.path).inserted { sink.findings.append(contentsOf: source.file.findings) }
      let plain = try source.file.rows(of: plan.table)
      let corrected = CorrectedRows(plain, plan.table, corrections)
      let reader = corrected ?? plain
      var crew = MappingCrew(TableMapper(plan, into: &sink), sink: sink, count: workers)
      var mapper = try crew.map(reader, into: &sink) { count in
        rows += count
        progress?(ReadingProgress(file: plan.table.file, sheet: plan.table.sheet, rows: rows))
      }
      sink.findings.append(contentsOf: reader.takeFindings())
      mapper.finish(into: &sink)
      for (index, places) in corrected?.places ?? [:] { applied[index].places += places }
      input.tables.append(mapper.summary)
    }
    for table in sink.tables { input.records[table.entity.name] = table }
    input.findings = sink.findings.listed + Self.findings(about: applied)
    input.corrections = applied.filter { !$0.places.isEmpty }
    input.unlistedFindings = sink.findings.unlisted
    input.unmappedValues = sink.unmappedValues
    return input
  }
}

/// The source that was opened last; the next table is mostly in the same file.
///
/// Only one is kept, since an open workbook holds all its texts.
struct OpenSource {
  let path: String
  let options: SourceOptions
  let file: SourceFile

  static func at(
    _ path: String, _ options: SourceOptions, after last: OpenSource?
  ) throws -> OpenSource {
    if let last, last.path == path, last.options == options { return last }
    return OpenSource(
      path: path, options: options, file: try SourceFile(path: path, options: options))
  }
}
