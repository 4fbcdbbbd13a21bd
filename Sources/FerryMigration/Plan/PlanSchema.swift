/// The tables of a plan file; scripts may read them.
enum PlanSchema {
  /// Raise it with each change of the tables.
  static let version = 10

  /// `application_id` in the file's header: "Frry".
  static let applicationID = 0x4672_7279

  static let sql = """
    -- run, command, mapping, store, created_at; of an undo also of_run and scope (JSON)
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
    -- one line for each source file, with a fingerprint of what was read
    CREATE TABLE inputs (file TEXT PRIMARY KEY, fingerprint TEXT NOT NULL) WITHOUT ROWID;
    -- the entities in load order; records = the sum of the other counts
    CREATE TABLE entities (
      entity TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE, position INTEGER NOT NULL,
      records INTEGER NOT NULL,
      created INTEGER NOT NULL, updated INTEGER NOT NULL, same INTEGER NOT NULL,
      merged INTEGER NOT NULL, skipped INTEGER NOT NULL, rejected INTEGER NOT NULL,
      conflicted INTEGER NOT NULL, removed INTEGER NOT NULL,
      -- records that an earlier run loaded and the input does not hold, apart from the others
      gone INTEGER NOT NULL, gone_removed INTEGER NOT NULL, gone_marked INTEGER NOT NULL)
      WITHOUT ROWID;
    -- the fields that changes of an entity may name, in the order of the entity; on_conflict says
    -- who wins where the store's value moves before the plan is applied: source, store, ask or null
    CREATE TABLE fields (
      entity TEXT NOT NULL, position INTEGER NOT NULL, field TEXT NOT NULL, on_conflict TEXT,
      PRIMARY KEY (entity, position)) WITHOUT ROWID;
    -- where lines come from: a block of the mapping over one table of a source
    CREATE TABLE origins (
      origin INTEGER PRIMARY KEY,
      place TEXT NOT NULL);      -- file 'sheet'!, to be followed by the number of the row
    -- the column of the source that a field of such a line comes from
    CREATE TABLE origin_columns (
      origin INTEGER NOT NULL,
      position INTEGER NOT NULL, -- of the field in `fields`
      letters TEXT NOT NULL, PRIMARY KEY (origin, position)) WITHOUT ROWID;
    -- every record of the input, once, in the order of applying, then those that are gone from it;
    -- of an undo every record that the run wrote; short: `changes` says the same in full
    CREATE TABLE lines (
      seq INTEGER PRIMARY KEY,
      entity INTEGER NOT NULL,   -- entities.number
      kind INTEGER NOT NULL,     -- see ChangeKind
      external_id TEXT NOT NULL, store_id TEXT, survivor TEXT, rule TEXT,
      origin INTEGER, row INTEGER,
      fields TEXT NOT NULL,      -- JSON, see FieldsWriter
      held BLOB);                -- mapped fields that stay as they are, see HeldFields
    \(changes);
    -- references that are filled once all records are there, in the order of applying
    CREATE TABLE links (
      seq INTEGER PRIMARY KEY, change INTEGER NOT NULL, entity TEXT NOT NULL, field TEXT NOT NULL,
      target INTEGER, target_id TEXT, target_external_id TEXT NOT NULL);
    -- what became of identities since the last run: merge into another record, split from it
    CREATE TABLE events (
      seq INTEGER PRIMARY KEY, entity TEXT NOT NULL, kind TEXT NOT NULL,
      external_id TEXT NOT NULL, survivor TEXT NOT NULL, store_id TEXT, rule TEXT);
    -- what an undo leaves as it is, since people changed it or link to it
    CREATE TABLE kept (
      seq INTEGER PRIMARY KEY, entity TEXT NOT NULL, external_id TEXT NOT NULL, store_id TEXT,
      finding TEXT NOT NULL, fields TEXT NOT NULL);
    -- changes that reports show
    CREATE TABLE samples (seq INTEGER PRIMARY KEY);
    CREATE TABLE findings (
      seq INTEGER PRIMARY KEY, rule TEXT NOT NULL, severity TEXT NOT NULL, place TEXT,
      message TEXT NOT NULL, suggestion TEXT NOT NULL, stored TEXT NOT NULL);
    -- pairs of records that a person should decide or may decide anew; JSON, see ReviewItem
    CREATE TABLE review_pairs (
      position INTEGER PRIMARY KEY, entity TEXT NOT NULL,
      state TEXT NOT NULL,       -- open, same, different, merged
      probability REAL, left_id TEXT NOT NULL, right_id TEXT NOT NULL, stored TEXT NOT NULL);
    -- how many such pairs there are, those included that review_pairs does not list
    CREATE TABLE review_counts (
      entity TEXT PRIMARY KEY, position INTEGER NOT NULL, open INTEGER NOT NULL,
      decided INTEGER NOT NULL, merged INTEGER NOT NULL, left_out INTEGER NOT NULL) WITHOUT ROWID;
    -- how the duplicates of an entity were found; JSON, see EntityMatching
    CREATE TABLE matching (
      position INTEGER PRIMARY KEY, entity TEXT NOT NULL, stored TEXT NOT NULL);
    -- rows = mapped + blank + filtered + rejected
    CREATE TABLE tables (
      position INTEGER PRIMARY KEY, file TEXT NOT NULL, sheet TEXT NOT NULL,
      rows INTEGER NOT NULL, mapped INTEGER NOT NULL, blank INTEGER NOT NULL,
      filtered INTEGER NOT NULL, rejected INTEGER NOT NULL);
    CREATE TABLE columns (
      table_position INTEGER NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL,
      column_index INTEGER NOT NULL, uses TEXT NOT NULL, filled INTEGER NOT NULL,
      PRIMARY KEY (table_position, position)) WITHOUT ROWID;
    CREATE TABLE notes (
      table_position INTEGER NOT NULL, position INTEGER NOT NULL, stored TEXT NOT NULL,
      PRIMARY KEY (table_position, position)) WITHOUT ROWID;
    CREATE TABLE unmapped_values (
      position INTEGER PRIMARY KEY, field TEXT NOT NULL, value TEXT NOT NULL, file TEXT NOT NULL,
      sheet TEXT, row INTEGER, column_index INTEGER, count INTEGER NOT NULL);
    -- how many records of the sources each owner has, and who that is in the store
    CREATE TABLE owners (
      position INTEGER PRIMARY KEY, entity TEXT NOT NULL, name TEXT NOT NULL, user TEXT,
      state TEXT NOT NULL,       -- user, pool, inactive, unmapped
      records INTEGER NOT NULL);
    CREATE TABLE gates (
      position INTEGER PRIMARY KEY, name TEXT NOT NULL, gate_limit TEXT NOT NULL,
      actual TEXT NOT NULL, is_met INTEGER NOT NULL);
    -- what to count or add up, and what the store will hold once all is applied
    CREATE TABLE controls (
      position INTEGER PRIMARY KEY, name TEXT NOT NULL, entity TEXT NOT NULL, sum_field TEXT,
      group_field TEXT, granularity TEXT,
      against TEXT);             -- the field of group_field's record that sums are held against
    -- expected is what the mapping says that the total must come to
    CREATE TABLE control_totals (
      control INTEGER NOT NULL, position INTEGER NOT NULL, group_value TEXT, total TEXT NOT NULL,
      expected TEXT,
      PRIMARY KEY (control, position)) WITHOUT ROWID;
    """
}

extension PlanSchema {
  /// The lines in full, for people and scripts: entity, kind (create, update, delete, mark, same,
  /// merge, skip, reject, conflict), both ids (store_id is null where the store has no such record
  /// yet), survivor (the record it goes into: its external id, #ID where it has none; with update,
  /// same and conflict a record of the store), rule (what decided, such as same-credit-code), place
  /// (the source row: file 'sheet'!14), fields (JSON, see ``FieldsWriter``; those with old = new are
  /// for the journal alone, which does not know yet that both sides agree) and held.
  private static let changes = """
    CREATE VIEW changes AS
    SELECT l.seq AS seq, e.entity AS entity,
      CASE l.kind \(kinds) END AS kind,
      l.external_id AS external_id, l.store_id AS store_id, l.survivor AS survivor,
      l.rule AS rule, coalesce(o.place || l.row, '') AS place,
      CASE WHEN l.fields = '[]' OR l.fields LIKE '[{"field":%' THEN l.fields
      ELSE \(writtenFields) END AS fields,
      l.held AS held
    FROM lines l JOIN entities e ON e.number = l.entity LEFT JOIN origins o ON o.origin = l.origin
    """

  private static let kinds = ChangeKind.allCases
    .map { "WHEN \($0.rawValue) THEN '\($0.word)'" }.joined(separator: " ")

  // The short form of a record that is created, field by field as FieldsWriter describes it.
  private static let writtenFields = """
    (SELECT '[' || group_concat('{"field":' || json_quote(f.field) ||
      CASE j.type WHEN 'text' THEN ',"new":' || json_quote(j.value)
        WHEN 'null' THEN ',"new":null'
        WHEN 'object' THEN ',' || substr(j.value, 2, length(j.value) - 2)
        ELSE ',"new":' || json_quote(json_extract(j.value, '$[0]')) ||
          CASE json_type(j.value, '$[1]') WHEN 'true' THEN ',"later":true'
            WHEN 'text' THEN ',"id":' || json_quote(json_extract(j.value, '$[1]'))
            ELSE ',"at":' || json_extract(j.value, '$[1]') END END ||
      CASE WHEN c.letters IS NULL OR j.type = 'object' THEN ''
        ELSE ',"cell":"' || c.letters || l.row || '"' END || '}', ',') || ']'
    FROM json_each(l.fields) j
      CROSS JOIN fields f ON f.entity = e.entity AND f.position = j.key
      LEFT JOIN origin_columns c ON c.origin = l.origin AND c.position = j.key
    WHERE j.type <> 'integer')
    """
}

/// What a plan does with a record.
enum ChangeKind: UInt8, CaseIterable {
  case undecided
  case create
  case update
  case delete
  /// Fields of a record that is gone from the sources are set.
  case mark
  case same
  case merge
  case skip
  case reject
  case conflict

  /// The word in the plan's `kind` column.
  var word: String {
    switch self {
    case .undecided: ""
    case .create: "create"
    case .update: "update"
    case .delete: "delete"
    case .mark: "mark"
    case .same: "same"
    case .merge: "merge"
    case .skip: "skip"
    case .reject: "reject"
    case .conflict: "conflict"
    }
  }

  /// The kind of that number.
  init?(number: Int64) {
    guard let kind = UInt8(exactly: number).flatMap(Self.init(rawValue:)) else { return nil }
    self = kind
  }
}

extension EntityCounts {
  /// Counts one record.
  mutating func count(_ kind: ChangeKind) {
    switch kind {
    case .undecided, .mark: break
    case .create: created += 1
    case .update: updated += 1
    case .delete: removed += 1
    case .same: same += 1
    case .merge: merged += 1
    case .skip: skipped += 1
    case .reject: rejected += 1
    case .conflict: conflicted += 1
    }
  }
}
