import FerryCore
import FerryRecords
import FerryStores

/// Changes of one entity and kind on their way to the store, as they stand in the plan.
struct ChangeBatch {
  /// What is done with the records.
  enum Kind: String {
    case create
    case update
    /// Removes records that are still as planned.
    case delete
    /// Sets fields of records that are gone from the sources.
    case mark
    /// Writes nothing but the journal: fields that are equal on both sides.
    case agree
    /// Fills references of records that the run wrote before.
    case link
  }

  var kind = Kind.create
  var shape: EntityFields
  private(set) var seqs = ContiguousArray<Int>()
  private var externalIDs = ContiguousArray<Range<Int>>()
  private var storeIDs = ContiguousArray<Range<Int>>()
  private var fields = ContiguousArray<Range<Int>>()
  private var sources = ContiguousArray<LineSource>()
  private var bytes = Bytes()
  private let forms: PlanForms
  /// Changes of a record that the store holds under another id, which it keeps.
  private var linked: Set<Int> = []

  init(_ kind: Kind, _ shape: EntityFields, _ forms: PlanForms) {
    self.kind = kind
    self.shape = shape
    self.forms = forms
  }

  var count: Int { seqs.count }

  /// Starts over with another kind or entity.
  mutating func begin(_ kind: Kind, _ shape: EntityFields) {
    self.kind = kind
    self.shape = shape
    seqs.removeAll(keepingCapacity: true)
    externalIDs.removeAll(keepingCapacity: true)
    storeIDs.removeAll(keepingCapacity: true)
    fields.removeAll(keepingCapacity: true)
    sources.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
    linked.removeAll(keepingCapacity: true)
  }

  /// Adds a change; an empty store id stands for a record that is to be created.
  mutating func append(
    seq: Int, externalID: Span<UInt8>, storeID: Span<UInt8>, fields: Span<UInt8>,
    source: LineSource = LineSource(), isLinked: Bool = false
  ) {
    if isLinked { linked.insert(seqs.count) }
    seqs.append(seq)
    externalIDs.append(keep(externalID))
    storeIDs.append(keep(storeID))
    self.fields.append(keep(fields))
    sources.append(source)
  }

  private mutating func keep(_ span: Span<UInt8>) -> Range<Int> {
    let start = bytes.count
    bytes.append(copying: span)
    return start..<bytes.count
  }

  func withExternalID<R>(_ index: Int, _ body: (Span<UInt8>) throws -> R) rethrows -> R {
    try body(bytes.span.extracting(externalIDs[index]))
  }

  func withStoreID<R>(_ index: Int, _ body: (Span<UInt8>) throws -> R) rethrows -> R {
    try body(bytes.span.extracting(storeIDs[index]))
  }

  func withFields<R>(_ index: Int, _ body: (Span<UInt8>) throws -> R) rethrows -> R {
    try body(bytes.span.extracting(fields[index]))
  }

  /// The fields of a change in full, see ``PlanForms``.
  func writtenFields(_ index: Int) -> Bytes {
    withFields(index) { forms.written($0, entity: shape.entity.name, sources[index]) }
  }

  /// Whether the store's record gets the external id where it has none.
  func givesID(_ index: Int) -> Bool { kind != .link && !linked.contains(index) }

  func externalID(_ index: Int) -> String { withExternalID(index) { $0.text } }
  func storeID(_ index: Int) -> String { withStoreID(index) { $0.text } }
}

extension ChangeKind {
  /// The kind of batch that does it; `nil` where there is nothing to do.
  var batchKind: ChangeBatch.Kind? {
    switch self {
    case .create: .create
    case .update: .update
    case .delete: .delete
    case .mark: .mark
    case .undecided, .same, .merge, .skip, .reject, .conflict: nil
    }
  }
}

extension ChangeBatch.Kind {
  /// What the store is asked to do.
  var writeKind: WriteBatch.Kind {
    switch self {
    case .create: .create
    case .delete: .delete
    case .update, .mark, .link, .agree: .update
    }
  }
}
