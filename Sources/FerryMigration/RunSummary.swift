public import FerryCore
public import FerryMapping
public import FerryMatching

/// How a run stands.
public enum RunOutcome: String, Hashable, Sendable {
  case planned
  case applied
  case partial
  case stopped
  case failed
}

/// The records of one entity, each in exactly one count.
///
/// records = created + updated + same + merged + skipped + rejected + conflicted, and for an undo
/// + removed; its `created` are records that are made again.
public struct EntityCounts: Hashable, Sendable {
  /// The entity's name.
  public let entity: String
  /// Distinct external ids of the input, before matching.
  public var records = 0
  /// New in the store.
  public var created = 0
  /// There already, with at least one field that changes.
  public var updated = 0
  /// There already, and as the sources have it.
  public var same = 0
  /// Gone into another record of the input.
  public var merged = 0
  /// Left out by a policy, or not reached by a run that stopped.
  public var skipped = 0
  /// Broken by an error; not loaded.
  public var rejected = 0
  /// Changed on both sides; left to a person.
  public var conflicted = 0
  /// Taken out of the store again; only an undo does.
  public var removed = 0
  /// Records of the store that are none of ``records``.
  ///
  /// Loaded by an earlier run and no longer in the input, or gone into others, or linked to those.
  public var gone = 0
  /// Those of ``gone`` that are taken out of the store.
  public var goneRemoved = 0
  /// Those of ``gone`` that are changed: marked, or linked to another record.
  public var goneMarked = 0
  /// Those of ``gone`` that stay as they are.
  public var goneKept: Int { gone - goneRemoved - goneMarked }

  /// Records that changed in the store after the plan was made, each in one of the counts above, too.
  public var moved = MovedCounts()

  /// Starts an account of an entity.
  public init(entity: String) { self.entity = entity }

  /// Whether every record is in exactly one count.
  public var isBalanced: Bool {
    records == created + updated + same + merged + skipped + rejected + conflicted + removed
  }
}

/// Records that people changed in the store between plan and apply.
///
/// One record may have fields of both kinds.
public struct MovedCounts: Hashable, Sendable {
  /// How many records.
  public var records = 0
  /// With a field that the source's value was written over.
  public var overruled = 0
  /// With a field whose value in the store was kept.
  public var kept = 0
  /// Left as they are, whole, for a person.
  public var left = 0

  /// None.
  public init() {}
}

/// A count or sum by group, on both sides.
public struct ControlTotal: Hashable, Sendable {
  /// As the mapping spells it, with the group: `sum deal.amount by stage: won`.
  public let name: String
  /// What the plan's records add up to, a plain decimal.
  public let source: String
  /// What the store holds; `nil` before it was read.
  public let store: String?
  /// Whether all agree; the store only where it was read.
  public let isEqual: Bool
  /// What both must come to, a plain decimal; `nil` where the mapping says nothing.
  public let expected: String?

  /// States it.
  public init(
    name: String, source: String, store: String?, isEqual: Bool, expected: String? = nil
  ) {
    self.expected = expected
    self.name = name
    self.source = source
    self.store = store
    self.isEqual = isEqual
  }
}

/// A limit of the mapping's `gates:` and how the run stands against it.
public struct GateResult: Hashable, Sendable {
  /// The gate's name, such as `rejected`.
  public let name: String
  /// The limit as the mapping spells it, such as `1%`.
  public let limit: String
  /// What the run has, in the same unit.
  public let actual: String
  /// Whether the limit is kept.
  public let isMet: Bool

  /// States it.
  public init(name: String, limit: String, actual: String, isMet: Bool) {
    self.name = name
    self.limit = limit
    self.actual = actual
    self.isMet = isMet
  }
}

/// One change of a plan, as reports show it.
public struct ChangeSummary: Hashable, Sendable {
  /// One field, old and new.
  public struct FieldChange: Hashable, Sendable {
    /// The field's name.
    public let field: String
    /// What the store holds; `nil` is null.
    public let old: String?
    /// What it will hold; `nil` is null.
    ///
    /// A reference shows the other record's external id.
    public let new: String?
    /// The cell the new value came from.
    public let provenance: Provenance?

    /// States it.
    public init(field: String, old: String?, new: String?, provenance: Provenance?) {
      self.field = field
      self.old = old
      self.new = new
      self.provenance = provenance
    }
  }

  /// The entity's name.
  public let entity: String
  /// `create`, `update`, `delete`, `mark`, `same`, `merge`, `skip`, `reject` or `conflict`.
  public let kind: String
  /// Ferry's id of the record.
  public let externalID: String
  /// The record it goes into: for a merge one of the input, otherwise one of the store.
  public let survivorID: String?
  /// The rule that decided, such as `same-credit-code`; `nil` where none had to.
  public let rule: String?
  /// The record's source row.
  public let provenance: Provenance?
  /// The fields that change.
  public let fields: [FieldChange]

  /// States it.
  public init(
    entity: String, kind: String, externalID: String, survivorID: String?, rule: String?,
    provenance: Provenance?, fields: [FieldChange]
  ) {
    self.entity = entity
    self.kind = kind
    self.externalID = externalID
    self.survivorID = survivorID
    self.rule = rule
    self.provenance = provenance
    self.fields = fields
  }
}

/// Everything that a report or a script needs to know of a run.
public struct RunSummary: Sendable {
  /// The run's id, globally unique.
  public var run: String
  /// What was done: `plan`, `apply`, `verify`, `undo`, `import` or `rehearse`.
  public var command: String
  /// The plan's path; `nil` where none was made.
  public var planPath: String?
  /// The mapping's path; `nil` where a plan alone was given.
  public var mappingPath: String?
  /// The store, never with a secret.
  public var store: String
  /// How the run stands.
  public var outcome: RunOutcome
  /// The report's path; `nil` before it was written.
  public var reportPath: String?
  /// The client's files with wrong cells marked, and rejected rows: what was written besides.
  public var handedBackPaths: [String] = []
  /// Of an undo, the run that is taken back.
  public var undoneRun: String?
  /// The time zone that figures count months in, an IANA name; `nil` where no mapping says one.
  public var timeZone: String?
  /// UTC, ISO 8601.
  public var startedAt: String
  /// UTC, ISO 8601; `nil` while it runs.
  public var finishedAt: String?
  /// Who approved the plan before it was applied, in order.
  public var approvals: [RunApproval] = []
  /// The tables that were read.
  public var tables: [TableSummary] = []
  /// The entities, in load order; only those of the mapping.
  public var entities: [EntityCounts] = []
  /// Pairs that a person should or may decide; only entities that have some.
  public var reviews: [ReviewCounts] = []
  /// All findings, worst first, then in the order of the sources.
  public var findings: [Finding] = []
  /// Values that no `map` covers.
  public var unmappedValues: [UnmappedValue] = []
  /// Control totals, those of the mapping and the record counts.
  public var controls: [ControlTotal] = []
  /// How many records each owner has, on both sides; only where the mapping asks for owners.
  public var owners: [OwnerTotal] = []
  /// Gates and how they stand.
  public var gates: [GateResult] = []
  /// How duplicates were found, by entity in load order; only where a model looked for them.
  public var matching: [EntityMatching] = []
  /// The first changes of each entity and kind; the plan file holds all.
  public var changes: [ChangeSummary] = []
  /// What undo kept, or verify found differing.
  public var differences: [ChangeSummary] = []
  /// Of a rehearsal, what has changed since the last one.
  public var rehearsal: RehearsalComparison?
  /// Sales figures of the run's records or of the store; `nil` where nobody asked for them.
  public var figures: SalesFigures?
  /// The store's sales figures before the run; `nil` where they were not read.
  public var figuresBefore: SalesFigures?

  /// Starts a summary.
  public init(run: String, command: String, store: String, outcome: RunOutcome, startedAt: String) {
    self.run = run
    self.command = command
    self.store = store
    self.outcome = outcome
    self.startedAt = startedAt
  }

  /// Whether the run has read sources, so that its report tells of them.
  public var readsSources: Bool { Self.readingCommands.contains(command) }
  private static let readingCommands: Set = ["plan", "import", "rehearse", RunRecord.handover]

  /// Starts the summary of a run whose plan is being written.
  init(planned run: RunRecord, path: String) {
    self.init(
      run: run.run, command: run.command, store: run.store, outcome: .planned,
      startedAt: run.startedAt)
    planPath = path
  }
}
