import FerryCore
import FerryMapping
import FerrySQLite

extension PlanFile {
  /// What the plan says of its run, as `ferry plan` reported it.
  public func summary() throws -> RunSummary { try summary(findings: nil) }

  /// The same, with findings that are known already.
  func summary(findings known: [Finding]?) throws -> RunSummary {
    var summary = RunSummary(
      run: run, command: command, store: store, outcome: .planned, startedAt: createdAt)
    summary.planPath = path
    summary.mappingPath = mappingPath
    summary.timeZone = timeZone
    summary.undoneRun = undoneRun
    summary.tables = try tables()
    summary.entities = try entityCounts()
    summary.reviews = try reviewCounts()
    summary.findings = try known ?? findings()
    summary.unmappedValues = try unmappedValues()
    summary.owners = try owners()
    summary.gates = try gates()
    summary.changes = try samples()
    summary.controls = try plannedControls()
    summary.matching = try matching()
    return summary
  }

  func entityCounts() throws -> [EntityCounts] {
    let query = try database.prepare(
      """
      SELECT entity, records, created, updated, same, merged, skipped, rejected, conflicted,
        removed, gone, gone_removed, gone_marked
      FROM entities ORDER BY position
      """)
    var found: [EntityCounts] = []
    while try query.step() {
      var counts = EntityCounts(entity: query.string(at: 0) ?? "")
      counts.records = Int(query.integer(at: 1))
      counts.created = Int(query.integer(at: 2))
      counts.updated = Int(query.integer(at: 3))
      counts.same = Int(query.integer(at: 4))
      counts.merged = Int(query.integer(at: 5))
      counts.skipped = Int(query.integer(at: 6))
      counts.rejected = Int(query.integer(at: 7))
      counts.conflicted = Int(query.integer(at: 8))
      counts.removed = Int(query.integer(at: 9))
      counts.gone = Int(query.integer(at: 10))
      counts.goneRemoved = Int(query.integer(at: 11))
      counts.goneMarked = Int(query.integer(at: 12))
      found.append(counts)
    }
    return found
  }

  func tables() throws -> [TableSummary] {
    let query = try database.prepare(
      """
      SELECT position, file, sheet, rows, mapped, blank, filtered, rejected FROM tables
      ORDER BY position
      """)
    var found: [TableSummary] = []
    while try query.step() {
      var table = TableSummary(file: query.string(at: 1) ?? "", sheet: query.string(at: 2) ?? "")
      table.rows = Int(query.integer(at: 3))
      table.mapped = Int(query.integer(at: 4))
      table.blank = Int(query.integer(at: 5))
      table.filtered = Int(query.integer(at: 6))
      table.rejected = Int(query.integer(at: 7))
      table.columns = try columns(ofTable: Int(query.integer(at: 0)))
      table.notes = try notes(ofTable: Int(query.integer(at: 0)))
      found.append(table)
    }
    return found
  }

  private func columns(ofTable position: Int) throws -> [ColumnSummary] {
    let query = try database.cached(
      """
      SELECT name, column_index, uses, filled FROM columns WHERE table_position = ?
      ORDER BY position
      """)
    try query.bind(position, at: 1)
    var found: [ColumnSummary] = []
    while try query.step() {
      found.append(
        ColumnSummary(
          name: query.string(at: 0) ?? "", columnIndex: Int(query.integer(at: 1)),
          uses: (query.string(at: 2) ?? "").split(separator: " ").map(String.init),
          filled: Int(query.integer(at: 3))))
    }
    return found
  }

  private func notes(ofTable position: Int) throws -> [Finding] {
    let query = try database.cached(
      "SELECT stored FROM notes WHERE table_position = ? ORDER BY position")
    try query.bind(position, at: 1)
    return try storedFindings(query)
  }

  private func findings() throws -> [Finding] {
    try storedFindings(try database.prepare("SELECT stored FROM findings ORDER BY seq"))
  }

  private func storedFindings(_ query: Statement) throws -> [Finding] {
    var found: [Finding] = []
    while try query.step() {
      let finding =
        query.withText(at: 0) { StoredFindingReader.finding(in: $0) }
        ?? StoredFinding.decode(query.string(at: 0) ?? "")
      if let finding { found.append(finding) }
    }
    return found
  }

  private func unmappedValues() throws -> [UnmappedValue] {
    let query = try database.prepare(
      """
      SELECT field, value, file, sheet, row, column_index, count FROM unmapped_values
      ORDER BY position
      """)
    var found: [UnmappedValue] = []
    while try query.step() {
      let place = Provenance(
        file: query.string(at: 2) ?? "", sheet: query.string(at: 3),
        rowNumber: query.isNull(at: 4) ? nil : Int(query.integer(at: 4)),
        columnIndex: query.isNull(at: 5) ? nil : Int(query.integer(at: 5)))
      found.append(
        UnmappedValue(
          field: query.string(at: 0) ?? "", value: query.string(at: 1) ?? "", provenance: place,
          count: Int(query.integer(at: 6))))
    }
    return found
  }

  private func owners() throws -> [OwnerTotal] {
    let query = try database.prepare(
      "SELECT entity, name, user, state, records FROM owners ORDER BY position")
    var found: [OwnerTotal] = []
    while try query.step() {
      found.append(
        OwnerTotal(
          entity: query.string(at: 0) ?? "", name: query.string(at: 1) ?? "",
          user: query.string(at: 2),
          state: OwnerTotal.State(rawValue: query.string(at: 3) ?? "") ?? .unmapped,
          records: Int(query.integer(at: 4))))
    }
    return found
  }

  private func gates() throws -> [GateResult] {
    let query = try database.prepare(
      "SELECT name, gate_limit, actual, is_met FROM gates ORDER BY position")
    var found: [GateResult] = []
    while try query.step() {
      found.append(
        GateResult(
          name: query.string(at: 0) ?? "", limit: query.string(at: 1) ?? "",
          actual: query.string(at: 2) ?? "", isMet: query.integer(at: 3) == 1))
    }
    return found
  }
}
