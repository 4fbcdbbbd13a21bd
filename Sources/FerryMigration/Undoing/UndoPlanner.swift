import FerryCore
import FerryRecords
import FerryStores

/// Makes the plan that takes a run back.
///
/// How it works: what the run wrote stands in the journal; what the store holds now is read again.
/// Field by field that makes three: before, written, now. First the records that the run removed
/// are made again, parents first; then the fields that it changed go back; then the records that it
/// created go, children first. What people changed since is left alone and named. The plan is one
/// like any other: apply does it, and the journal learns what is needed to take that back, too.
final class UndoPlanner {
  /// A reference of a record of the store.
  struct Reference: Hashable {
    let entity: String
    let storeID: String
    let field: String
  }

  /// The run that is taken back.
  let run: RunRecord
  let scope: UndoScope
  let store: any CRMStore
  let context: MigrationContext
  let effects: RunEffects
  let writer: PlanWriter
  var targets: UndoTargets
  var findings = FindingLog()
  var line = PlanLine()
  /// By entity, then by the store id of old: the records that are made again, with the seq of
  /// their change; 0 before it has one.
  var madeAgain: [String: [String: Int]] = [:]
  /// References that the plan takes from their records.
  var released: Set<Reference> = []
  /// By entity: the store ids of the records that go.
  var leaving: [String: ByteSet] = [:]
  private var namedFields: [String: Set<String>] = [:]
  private var touched: Set<String> = []

  init(
    _ run: RunRecord, _ scope: UndoScope, store: any CRMStore, journal: Journal,
    context: MigrationContext, path: String
  ) throws {
    self.run = run
    self.scope = scope
    self.store = store
    self.context = context
    effects = try RunEffects(run, scope, journal, context.workspace)
    targets = UndoTargets(store, journal, storeURL: context.storeURL)
    writer = try PlanWriter(path: path, key: context.workspace.key)
    writer.layout = try StoreLayout(storedText: run.layout)
  }

  /// Writes the plan of the run `undo` and gives its summary.
  func plan(_ undo: RunRecord, path: String) async throws -> RunSummary {
    var summary = RunSummary(planned: undo, path: path)
    summary.mappingPath = undo.mapping
    summary.undoneRun = run.run
    do {
      try writer.note("scope", StoredJSON.text(scope))
      try await makeAgain()
      try await restore()
      try await remove()
      summary.entities = try finishEntities()
      guard scope.isWhole || !summary.entities.isEmpty else { throw nothingInScope }
      findings.add(try await SideEffectFindings.findings(of: summary.entities, in: store))
      summary.findings = findings.findings
      summary.finishedAt = context.timestamp
      try writer.finish(summary, inputs: [])
    } catch {
      writer.discard()
      throw error
    }
    return summary
  }

  private var nothingInScope: MigrationError {
    let names = [scope.entity, scope.externalID].compactMap { $0 }.joined(separator: ":")
    return MigrationError(.unsuitableRun, .undoNothingInScope, run.run, names)
  }

  private func finishEntities() throws -> [EntityCounts] {
    var counts: [EntityCounts] = []
    for entity in SalesChain.entities where touched.contains(entity.name) {
      try writer.begin(entity.name)
      let named = namedFields[entity.name] ?? []
      let fields = entity.fields.filter { named.contains($0.name) }
      counts.append(try writer.end(position: counts.count, fields: fields))
    }
    return counts
  }

  // MARK: - Lines

  func begin(_ kind: ChangeKind, externalID: String, storeID: String) {
    line.begin(kind, externalID: externalID, storeID: storeID)
  }

  /// Writes the line that was begun; gives its seq.
  @discardableResult
  func write(_ entity: Entity) throws -> Int {
    if touched.insert(entity.name).inserted || writer.counts.entity != entity.name {
      try writer.begin(entity.name)
    }
    let seq = try writer.add(&line)
    context.progress(.undo, seq, nil)
    return seq
  }

  /// Notes that the changes of an entity name a field.
  func name(_ field: Field, of entity: Entity) {
    namedFields[entity.name, default: []].insert(field.name)
  }

  /// A field, what it holds now, and what it would go back to.
  typealias KeptField = (name: String, now: String?, before: String?)

  /// Names a record that stays as it is, whole or in part.
  func keep(
    _ entity: Entity, _ externalID: String, _ storeID: String, _ rule: Rule, _ fields: [KeptField]
  ) throws {
    var writer = FieldsWriter()
    for field in fields { Self.append(field, to: &writer) }
    writer.end()
    let names = fields.map(\.name).joined(separator: ", ")
    let finding = Finding(rule, arguments: [entity.name, externalID, names])
    findings.add(finding)
    try self.writer.add(
      KeptRecord(
        entity: entity.name, externalID: externalID, storeID: storeID, finding: finding,
        fields: writer.bytes.text))
  }

  /// Writes the line of a record that stays as it is.
  func writeKept(
    _ entity: Entity, _ externalID: String, _ storeID: String, _ rule: Rule, _ fields: [KeptField]
  ) throws {
    begin(.conflict, externalID: externalID, storeID: storeID)
    line.rule = rule.id
    for field in fields { Self.append(field, to: &line.fields) }
    try write(entity)
  }

  private static func append(_ field: KeptField, to writer: inout FieldsWriter) {
    writer.beginField(field.name)
    if let now = field.now { writer.member("old", now) } else { writer.null("old") }
    if let before = field.before { writer.member("new", before) } else { writer.null("new") }
    writer.endField()
  }

  // MARK: - References

  typealias Targets = UndoTargets.Found

  /// Finds what references stand for; those that are made again are left out.
  func find(_ ids: [String: Set<String>]) async throws -> Targets {
    var found: Targets = [:]
    for (name, ids) in ids {
      guard let entity = SalesChain.entity(name) else { continue }
      let again = madeAgain[name] ?? [:]
      found[name] = try await targets.find(ids.filter { again[$0] == nil }, of: entity)
    }
    return found
  }
}
