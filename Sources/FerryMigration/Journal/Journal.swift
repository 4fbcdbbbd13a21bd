import FerryCore
import FerryRecords
import FerrySQLite
import Foundation

/// The workspace's memory: runs, batches with what they wrote, before-images, decisions.
///
/// `journal.db`, SQLite in WAL mode. The crosswalk and the last-loaded values stand in `batches`,
/// one compact block for each batch (see ``WrittenBlock``); reading them in order and letting
/// later ones win gives the present state. A batch is `intent` until the store has answered, so
/// that a killed run knows what it may have half done.
final class Journal {
  /// Raise it with each change of the tables.
  private static let version = 8

  private static let schema = """
    CREATE TABLE runs (
      id INTEGER PRIMARY KEY, run TEXT NOT NULL UNIQUE, command TEXT NOT NULL,
      state TEXT NOT NULL, mapping TEXT, store TEXT NOT NULL, plan TEXT, of_run TEXT,
      batch_size INTEGER NOT NULL, started_at TEXT NOT NULL, finished_at TEXT);
    CREATE TABLE batches (
      id INTEGER PRIMARY KEY, run TEXT NOT NULL, number INTEGER NOT NULL, store TEXT NOT NULL,
      entity TEXT NOT NULL, kind TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
      state TEXT NOT NULL, written INTEGER NOT NULL DEFAULT 0,
      conflicted INTEGER NOT NULL DEFAULT 0, rejected INTEGER NOT NULL DEFAULT 0,
      fields TEXT NOT NULL DEFAULT '', records BLOB);
    CREATE UNIQUE INDEX batches_run ON batches (run, number);
    CREATE INDEX batches_entity ON batches (entity, store);
    CREATE TABLE before_images (
      batch INTEGER NOT NULL, seq INTEGER NOT NULL, external_id TEXT NOT NULL,
      store_id TEXT NOT NULL, fields TEXT NOT NULL, PRIMARY KEY (batch, seq)) WITHOUT ROWID;
    CREATE TABLE kept (
      id INTEGER PRIMARY KEY, run TEXT NOT NULL, batch INTEGER NOT NULL, entity TEXT NOT NULL,
      external_id TEXT NOT NULL, store_id TEXT, rule TEXT NOT NULL, message TEXT NOT NULL,
      finding TEXT NOT NULL, fields TEXT NOT NULL);
    CREATE INDEX kept_run ON kept (run);
    CREATE TABLE decisions (
      id INTEGER PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, decision TEXT NOT NULL,
      decided_by TEXT, decided_at TEXT NOT NULL, UNIQUE (kind, subject));
    """

  // What the records of a batch held before, see ``BeforeBlock``.
  private static let beforeBlocks =
    "CREATE TABLE before_blocks (batch INTEGER PRIMARY KEY, records BLOB NOT NULL)"

  // Merges and splits of identities, as applied plans told them; see ``IdentityEvent``.
  private static let events = """
    CREATE TABLE events (
      id INTEGER PRIMARY KEY, run TEXT NOT NULL, store TEXT NOT NULL, at TEXT NOT NULL,
      entity TEXT NOT NULL, kind TEXT NOT NULL, external_id TEXT NOT NULL, survivor TEXT NOT NULL,
      store_id TEXT, rule TEXT, undone_by TEXT, UNIQUE (run, entity, external_id));
    CREATE INDEX events_entity ON events (entity, store);
    """

  let database: Database
  /// The tables of the run's store that Ferry did not make: what is known of one is known of it
  /// alone.
  var layout = StoreLayout()

  /// Opens the journal for writing; makes it where it is not there.
  init(_ workspace: Workspace) throws(MigrationError) {
    Workspace.makePrivateFile(workspace.journalPath)
    do {
      database = try Database(path: workspace.journalPath, access: .readWrite, key: workspace.key)
      try database.setJournalMode("wal")
      try database.setSynchronous(.normal)
      try Self.migrate(database)
    } catch {
      throw MigrationError(journal: error)
    }
  }

  /// Opens the journal for reading; it must be there.
  init(reading workspace: Workspace) throws(MigrationError) {
    do {
      database = try Database(path: workspace.journalPath, access: .readOnly, key: workspace.key)
    } catch {
      throw MigrationError(journal: error)
    }
  }

  private static func migrate(_ database: Database) throws(SQLiteError) {
    let found = try database.userVersion()
    guard found < version else { return }
    try database.begin()
    if found < 1 { try database.execute(schema) }
    // What people call the two records of a decision.
    if found < 2 { try database.execute("ALTER TABLE decisions ADD COLUMN label TEXT") }
    if found < 3 { try database.execute(events) }
    // Whose values a person picked, field by field; JSON.
    if found < 4 { try database.execute("ALTER TABLE decisions ADD COLUMN picks TEXT") }
    if found < 5 { try database.execute(approvals) }
    // Where the records of a run stand in its store, see ``StoreLayout``; JSON.
    if found < 6 { try database.execute("ALTER TABLE runs ADD COLUMN layout TEXT") }
    if found < 7 { try database.execute(stores) }
    if found < 8 { try database.execute(beforeBlocks) }
    try database.setUserVersion(version)
    try database.commit()
  }
}

/// How a run stands in the journal; wider than ``RunOutcome``, which people see.
enum RunState: String {
  case planning
  case planned
  case applying
  case applied
  case partial
  case stopped
  case failed

  /// What people see.
  var outcome: RunOutcome {
    switch self {
    case .planned: .planned
    case .applied: .applied
    case .partial: .partial
    case .stopped: .stopped
    case .planning, .applying, .failed: .failed
    }
  }

  /// Whether nothing is left to do.
  var isFinished: Bool { self == .applied || self == .partial }
}

/// One line of the journal's `runs`.
struct RunRecord {
  var run: String
  var command: String
  var state: RunState
  var mapping: String?
  var store: String
  var plan: String?
  /// For an undo, the run that is taken back.
  var ofRun: String?
  var batchSize: Int
  var startedAt: String
  var finishedAt: String?
  /// The tables of the store that Ferry did not make, as ``StoreLayout/storedText``.
  var layout: String?

  /// The command of a run that hands over what users own.
  static let handover = "handover"
}

// MARK: - Runs

extension Journal {
  private static let columns =
    "run, command, state, mapping, store, plan, of_run, batch_size, started_at, finished_at"
  // Since version 6.
  private static let layoutVersion = 6

  /// Adds a run, or says how one that is known stands now.
  func put(_ record: RunRecord) throws(SQLiteError) {
    let insert = try database.cached(
      """
      INSERT INTO runs (\(Self.columns), layout) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11)
      ON CONFLICT (run) DO UPDATE SET state = ?3, finished_at = ?10
      """)
    try insert.bind(record.run, at: 1)
    try insert.bind(record.command, at: 2)
    try insert.bind(record.state.rawValue, at: 3)
    try insert.bind(record.mapping, at: 4)
    try insert.bind(record.store, at: 5)
    try insert.bind(record.plan, at: 6)
    try insert.bind(record.ofRun, at: 7)
    try insert.bind(record.batchSize, at: 8)
    try insert.bind(record.startedAt, at: 9)
    try insert.bind(record.finishedAt, at: 10)
    try insert.bind(record.layout, at: 11)
    try insert.run()
  }

  /// What is known of a run.
  func run(_ run: String) throws(SQLiteError) -> RunRecord? {
    try runs(where: "run = ?", run).first
  }

  /// The undos of a run, in the order in which they were begun.
  func undos(of run: String) throws(SQLiteError) -> [RunRecord] {
    try runs(where: "of_run = ? AND command = 'undo'", run)
  }

  /// All runs, oldest first.
  func runs() throws(SQLiteError) -> [RunRecord] { try runs(where: "?1 IS NULL", nil) }

  private func runs(where condition: String, _ value: String?) throws(SQLiteError) -> [RunRecord] {
    let layout = try database.userVersion() < Self.layoutVersion ? "NULL" : "layout"
    let query = try database.prepare(
      "SELECT \(Self.columns), \(layout) FROM runs WHERE \(condition) ORDER BY id")
    try query.bind(value, at: 1)
    var found: [RunRecord] = []
    while try query.step() {
      found.append(
        RunRecord(
          run: query.string(at: 0) ?? "", command: query.string(at: 1) ?? "",
          state: RunState(rawValue: query.string(at: 2) ?? "") ?? .failed,
          mapping: query.string(at: 3), store: query.string(at: 4) ?? "",
          plan: query.string(at: 5), ofRun: query.string(at: 6),
          batchSize: Int(query.integer(at: 7)), startedAt: query.string(at: 8) ?? "",
          finishedAt: query.string(at: 9), layout: query.string(at: 10)))
    }
    return found
  }
}
