import FerryCore
import FerryMapping
import FerryRecords
import FerrySQLite
import Foundation

/// One line of the plan's `changes` that is being put together; its buffers are used again.
struct PlanLine {
  var kind = ChangeKind.undecided
  var externalID = Bytes()
  /// Empty where the store has no such record.
  var storeID = Bytes()
  var survivor: String?
  var rule: String?
  /// Where the record comes from, see ``PlanWriter/addOrigins(_:)``.
  var source = LineSource()
  var fields = FieldsWriter()
  /// See ``HeldFields``; empty where nothing is held.
  var held = HeldFields()

  /// Forgets the last line and keeps the memory.
  mutating func begin() {
    kind = .undecided
    externalID.removeAll(keepingCapacity: true)
    storeID.removeAll(keepingCapacity: true)
    source = LineSource()
    survivor = nil
    rule = nil
    fields.begin()
    held.removeAll()
  }

  /// Begins the line of a record that was loaded before; an empty `storeID` where it is not there.
  mutating func begin(_ kind: ChangeKind, externalID: String, storeID: String) {
    begin()
    self.kind = kind
    self.externalID.append(contentsOf: externalID.utf8)
    self.storeID.append(contentsOf: storeID.utf8)
  }
}

/// Writes a plan file: to a `.partial` beside it first, which takes the plan's name once whole.
final class PlanWriter {
  /// How many changes of each entity and kind reports show.
  private static let sampleLimit = 50

  let database: Database
  private let path: String
  private let insert: Statement
  private var entity = ""
  private var kind = ChangeKind.undecided
  // Of the entity that is being written, by kind.
  private var samples = ContiguousArray(repeating: 0, count: ChangeKind.allCases.count)
  private var allSamples: [String: ContiguousArray<Int>] = [:]
  // What stands bound for the columns that rarely change.
  private var survivor: String?
  private var rule: String?
  private var allCounts: [String: EntityCounts] = [:]
  private var numbers: [String: Int] = [:]
  private var originCount = 0
  private(set) var linkCount = 0
  private(set) var agreedCount = 0
  /// The tables of the store that Ferry did not make.
  var layout = StoreLayout()
  /// The seq of the change that was written last.
  private(set) var seq = 0
  /// The counts of the entity that is being written.
  private(set) var counts = EntityCounts(entity: "")

  /// Starts a plan that will lie at `path`, sealed with `key` where there is one.
  init(path: String, key: SealKey?) throws {
    self.path = path
    let partial = path + ".partial"
    Workspace.makePrivateFile(partial)
    database = try Database(path: partial, access: .readWrite, key: key)
    // A plan that is cut short is thrown away, so it needs no journal of its own.
    try database.setJournalMode("off")
    try database.setSynchronous(.off)
    // A plan is written once and read from end to end; sealed pages have a size of their own.
    if key == nil { try database.execute("PRAGMA page_size = 32768") }
    try database.execute("PRAGMA application_id = \(PlanSchema.applicationID)")
    try database.setUserVersion(PlanSchema.version)
    try database.begin()
    try database.execute(PlanSchema.sql)
    // Without `seq`: SQLite numbers the lines itself, one after the other, and seeks no place.
    insert = try database.prepare(
      """
      INSERT INTO lines
        (entity, kind, external_id, store_id, survivor, rule, origin, row, fields, held)
      VALUES (?2,?3,?4,?5,?6,?7,?8,?9,?10,?11)
      """)
  }

  /// Starts the lines of an entity, or goes on with them.
  func begin(_ entity: String) throws {
    if !self.entity.isEmpty {
      allCounts[self.entity] = counts
      allSamples[self.entity] = samples
    }
    self.entity = entity
    samples =
      allSamples[entity] ?? ContiguousArray(repeating: 0, count: ChangeKind.allCases.count)
    counts = allCounts[entity] ?? EntityCounts(entity: entity)
    kind = .undecided
    let number = numbers[entity] ?? numbers.count
    numbers[entity] = number
    try insert.bind(number, at: 2)
  }

  /// Adds the blocks of the mapping that made an entity's records.
  ///
  /// - Returns: The number of the first; the others follow.
  func addOrigins(_ recipes: [Recipe]) throws -> Int {
    let first = originCount
    for recipe in recipes {
      try put(
        "origins", [.number(originCount), .text("\(recipe.file) '\(recipe.sheet)'!")])
      for (position, column) in recipe.columnIndexes.enumerated() {
        guard let column else { continue }
        let letters = CellAddress.columnName(Int(column))
        try put("origin_columns", [.number(originCount), .number(position), .text(letters)])
      }
      originCount += 1
    }
    return first
  }

  /// Ends the lines of an entity and writes which fields they may name.
  func end(
    position: Int, fields: [Field], conflictRules: [String: ConflictRule] = [:]
  ) throws -> EntityCounts {
    let line = try database.cached(
      "INSERT INTO entities VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")
    try line.bind(entity, at: 1)
    let values = [
      numbers[entity], position, counts.records, counts.created, counts.updated, counts.same,
      counts.merged, counts.skipped, counts.rejected, counts.conflicted, counts.removed,
      counts.gone, counts.goneRemoved, counts.goneMarked,
    ]
    for (index, value) in values.enumerated() { try line.bind(value, at: index + 2) }
    try line.run()
    for (index, field) in fields.enumerated() {
      let line = try database.cached("INSERT INTO fields VALUES (?,?,?,?)")
      try line.bind(entity, at: 1)
      try line.bind(index, at: 2)
      try line.bind(field.name, at: 3)
      try line.bind(conflictRules[field.name]?.rawValue, at: 4)
      try line.run()
    }
    return counts
  }

  /// Notes how many records of the store are looked at that are none of the input's.
  func noteGone(_ count: Int) { counts.gone += count }

  /// Adds a change; gives its seq.
  ///
  /// One of a record that is gone from the input is counted apart.
  @discardableResult
  func add(_ line: inout PlanLine, isGone: Bool = false) throws -> Int {
    line.fields.end()
    seq += 1
    if isGone {
      if line.kind == .delete { counts.goneRemoved += 1 }
      if line.kind == .mark { counts.goneMarked += 1 }
    } else {
      counts.records += 1
      counts.count(line.kind)
    }
    // SQLite keeps what is bound, so that columns which rarely change are bound rarely.
    if line.kind != kind {
      kind = line.kind
      try insert.bind(Int(kind.rawValue), at: 3)
    }
    if line.survivor != survivor {
      survivor = line.survivor
      try insert.bind(survivor, at: 6)
    }
    if line.rule != rule {
      rule = line.rule
      try insert.bind(rule, at: 7)
    }
    // The line keeps its bytes until the statement has run, and each is bound anew for the next.
    try unsafe insert.bindUncopied(line.externalID.span, at: 4)
    if line.storeID.isEmpty {
      try insert.bindNull(at: 5)
    } else {
      try unsafe insert.bindUncopied(line.storeID.span, at: 5)
    }
    try bind(line.source)
    try unsafe insert.bindUncopied(line.fields.bytes.span, at: 10)
    if line.held.holdsAny {
      try insert.bind(blob: line.held.bytes.span, at: 11)
    } else {
      try insert.bindNull(at: 11)
    }
    try insert.run()
    try sample()
    return seq
  }

  private func bind(_ source: LineSource) throws {
    if source.origin >= 0 {
      try insert.bind(source.origin, at: 8)
      try insert.bind(source.row, at: 9)
    } else {
      try insert.bindNull(at: 8)
      try insert.bindNull(at: 9)
    }
  }

  private func sample() throws {
    let taken = samples[Int(kind.rawValue)]
    guard taken < Self.sampleLimit else { return }
    samples[Int(kind.rawValue)] = taken + 1
    let line = try database.cached("INSERT INTO samples VALUES (?)")
    try line.bind(seq, at: 1)
    try line.run()
  }

  /// Notes that the line to come is `same` and has fields for the journal alone.
  func noteAgreed() { agreedCount += 1 }

  /// Adds a reference that is filled after all changes.
  func addLink(
    change: Int, entity: String, field: String, target: Int?, targetID: String?,
    targetExternalID: String
  ) throws {
    linkCount += 1
    let line = try database.cached("INSERT INTO links VALUES (?,?,?,?,?,?,?)")
    try line.bind(linkCount, at: 1)
    try line.bind(change, at: 2)
    try line.bind(entity, at: 3)
    try line.bind(field, at: 4)
    try line.bind(target, at: 5)
    try line.bind(targetID, at: 6)
    try line.bind(targetExternalID, at: 7)
    try line.run()
  }

  /// Adds what became of an identity.
  func add(_ event: IdentityEvent, of entity: String) throws {
    let line = try database.cached(
      """
      INSERT INTO events (entity, kind, external_id, survivor, store_id, rule)
      VALUES (?,?,?,?,?,?)
      """)
    let values = [
      entity, event.kind.rawValue, event.externalID, event.survivor, event.storeID, event.rule,
    ]
    for (index, value) in values.enumerated() { try line.bind(value, at: index + 1) }
    try line.run()
  }

  /// Adds what an undo leaves as it is.
  func add(_ kept: KeptRecord) throws {
    let line = try database.cached(
      "INSERT INTO kept (entity, external_id, store_id, finding, fields) VALUES (?,?,?,?,?)")
    let values = [
      kept.entity, kept.externalID, kept.storeID, StoredFinding.encode(kept.finding), kept.fields,
    ]
    for (index, value) in values.enumerated() { try line.bind(value, at: index + 1) }
    try line.run()
  }

  /// Notes something about the plan as a whole.
  func note(_ name: String, _ value: String) throws {
    try put("meta", [.text(name), .text(value)])
  }

  /// The statement that adds a pair for review; its values begin with the entity.
  func insertReview() throws -> Statement {
    try database.cached(
      """
      INSERT INTO review_pairs (entity, state, probability, left_id, right_id, stored)
      VALUES (?,?,?,?,?,?)
      """)
  }

  /// The statement that adds an entity's matching; its values are the entity and JSON.
  func insertMatching() throws -> Statement {
    try database.cached("INSERT INTO matching (entity, stored) VALUES (?,?)")
  }

  /// Writes everything but the changes, and gives the file its name.
  func finish(_ summary: RunSummary, inputs: [(file: String, fingerprint: String)]) throws {
    try write(summary)
    for input in inputs {
      let line = try database.cached("INSERT OR REPLACE INTO inputs VALUES (?,?)")
      try line.bind(input.file, at: 1)
      try line.bind(input.fingerprint, at: 2)
      try line.run()
    }
    try database.commit()
    guard unsafe rename(path + ".partial", path) == 0 else {
      throw MigrationError(.unusableWorkspace, .workspaceUnusable, path)
    }
  }

  /// Throws the unfinished plan away.
  func discard() {
    database.rollback()
    // What is left of an unfinished plan does no harm where it can't be removed.
    try? FileManager.default.removeItem(atPath: path + ".partial")
  }

  /// Inserts one line into a small table.
  func put(_ table: String, _ values: [SmallValue]) throws {
    let marks = values.map { _ in "?" }.joined(separator: ",")
    let line = try database.cached("INSERT INTO \(table) VALUES (\(marks))")
    for (index, value) in values.enumerated() {
      switch value {
      case .number(let number): try line.bind(number, at: index + 1)
      case .text(let text): try line.bind(text, at: index + 1)
      }
    }
    try line.run()
  }
}
