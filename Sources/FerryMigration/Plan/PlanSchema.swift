/// The tables of a plan file; scripts may read them.
enum PlanSchema {
  /// Raise it with each change of the tables.
  static let version = 9

  /// `application_id` in the file's header: "Frry".
  static let applicationID = 0x4672_7279

  static let sql = """
    -- run, command, mapping, store, created_at; of an undo also of_run and scope (JSON)
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
    -- one line for each source file, with a fingerprint of what was read
    CREATE TABLE inputs (file TEXT PRIMARY KEY, fingerprint TEXT NOT NULL) WITHOUT ROWID;
    -- the entities in load order; records = the sum of the other counts
    CREATE TABLE entities (
      entity TEXT PRIMARY KEY, position INTEGER NOT NULL, records INTEGER NOT NULL,
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
    -- every record of the input, once, in the order of applying, then those that are gone from it;
    -- of an undo every record that the run wrote
    CREATE TABLE changes (
      seq INTEGER PRIMARY KEY,
      entity TEXT NOT NULL,
      kind TEXT NOT NULL,        -- create, update, delete, mark, same, merge, skip, reject,
                                 -- conflict
      external_id TEXT NOT NULL,
      store_id TEXT,             -- null where the store has no such record yet
      survivor TEXT,             -- the record it goes into: its external id, #ID where it has none;
                                 -- with update, same and conflict a record of the store
      rule TEXT,                 -- what decided, such as same-credit-code
      place TEXT,                -- the source row: file 'sheet'!14
      fields TEXT NOT NULL,      -- JSON, see FieldsWriter; those with old = new are for the journal
                                 -- alone, which does not know yet that both sides agree
      held BLOB);                -- mapped fields that stay as they are, see HeldFields
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

  /// The kind of that word.
  init?(_ word: Span<UInt8>) {
    // The first letters differ, `same` and `skip` aside.
    guard word.count > 1 else { return nil }
    switch (word[0], word[1]) {
    case (UInt8(ascii: "c"), UInt8(ascii: "r")): self = .create
    case (UInt8(ascii: "u"), _): self = .update
    case (UInt8(ascii: "d"), _): self = .delete
    case (UInt8(ascii: "s"), UInt8(ascii: "a")): self = .same
    case (UInt8(ascii: "m"), UInt8(ascii: "e")): self = .merge
    case (UInt8(ascii: "m"), _): self = .mark
    case (UInt8(ascii: "s"), UInt8(ascii: "k")): self = .skip
    case (UInt8(ascii: "r"), _): self = .reject
    case (UInt8(ascii: "c"), UInt8(ascii: "o")): self = .conflict
    default: return nil
    }
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
