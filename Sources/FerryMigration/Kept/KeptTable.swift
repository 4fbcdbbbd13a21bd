import FerryCore
import FerryMapping
import FerryRecords

/// What is kept of a ``RecordTable`` beside its columns.
struct KeptTable {
  let entity: String
  private let fields: [String]
  private let recipes: [Recipe]
  private let targets: [ReferenceTarget?]
  private let rejections: [(record: Int, finding: Finding)]
  private let chunkCount: Int

  init(_ table: RecordTable) {
    entity = table.entity.name
    fields = table.fields.map(\.name)
    recipes = table.recipes
    targets = table.targets
    rejections = table.rejections.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    chunkCount = table.arena.keptChunks.count
  }

  init(from reader: inout KeptTextsReader) {
    entity = reader.text()
    fields = reader.list { $0.text() }
    recipes = reader.list { $0.recipe() }
    targets = reader.list { $0.number() == 0 ? nil : $0.target() }
    rejections = reader.list { ($0.number(), $0.finding()) }
    chunkCount = reader.number()
  }

  func write(to writer: inout KeptTextsWriter) {
    writer.add(entity)
    writer.add(fields) { $1.add($0) }
    writer.add(recipes) { $1.add($0) }
    writer.add(targets) { target, writer in
      writer.add(target == nil ? 0 : 1)
      if let target { writer.add(target) }
    }
    writer.add(rejections) {
      $1.add($0.record)
      $1.add($0.finding)
    }
    writer.add(chunkCount)
  }

  // MARK: - Columns

  /// About how many bytes a table's columns take.
  static func byteCount(of table: RecordTable) -> Int {
    table.arena.byteCount + table.count * 8 * (table.fields.count + 4)
  }

  static func write(_ table: RecordTable, to file: inout BlockFileWriter) {
    file.add(table.externalIDs)
    file.add(table.origins)
    for index in table.fields.indices {
      file.add(table.values[index])
      file.add(table.links[index])
      file.add(table.linkedRecords[index])
    }
    for chunk in table.arena.keptChunks { file.add(chunk) }
  }

  /// The table with its columns, which `file` gives next; `nil` where they are not as they were.
  func records(from file: inout BlockFileReader) -> RecordTable? {
    guard let entity = SalesChain.entity(entity) else { return nil }
    let known = fields.compactMap { entity.field($0) }
    var columns = RecordTable.Columns()
    guard known.count == fields.count, let ids = file.next(of: ValueRef.self),
      let origins = file.next(of: RecordOrigin.self)
    else { return nil }
    (columns.externalIDs, columns.origins) = (ids, origins)
    for _ in fields {
      guard let values = file.next(of: ValueRef.self), let links = file.next(of: UInt8.self),
        let linked = file.next(of: Int32.self)
      else { return nil }
      columns.values.append(values)
      columns.links.append(links)
      columns.linkedRecords.append(linked)
    }
    var chunks: [ContiguousArray<UInt8>] = []
    for _ in 0..<chunkCount {
      guard let chunk = file.next(of: UInt8.self) else { return nil }
      chunks.append(chunk)
    }
    var table = RecordTable(
      entity: entity, fields: known, columns: columns, arena: ByteArena(keptChunks: chunks))
    table?.recipes = recipes
    table?.targets = targets
    for (record, finding) in rejections { table?.rejections[record] = finding }
    return table
  }
}

// MARK: - Its parts, and what stands beside it

extension KeptTextsWriter {
  fileprivate mutating func add(_ recipe: Recipe) {
    add(recipe.file)
    add(recipe.sheet)
    add(recipe.system)
    add(recipe.columnIndexes) { $1.add($0.map { Int($0) }) }
  }

  fileprivate mutating func add(_ target: ReferenceTarget) {
    add(target.entity)
    add(target.field)
    add(target.otherwise)
  }

  mutating func add(_ table: TableSummary) {
    add(table.file)
    add(table.sheet)
    for count in [table.rows, table.mapped, table.blank, table.filtered, table.rejected] {
      add(count)
    }
    add(table.columns) { column, writer in
      writer.add(column.name)
      writer.add(column.columnIndex)
      writer.add(column.uses) { $1.add($0) }
      writer.add(column.filled)
    }
    add(table.notes) { $1.add($0) }
  }

  mutating func add(_ value: UnmappedValue) {
    add(value.field)
    add(value.value)
    add(value.provenance)
    add(value.count)
  }
}

extension KeptTextsReader {
  fileprivate mutating func recipe() -> Recipe {
    Recipe(
      file: text(), sheet: text(), system: textIfAny(),
      columnIndexes: list { $0.numberIfAny().map { Int32(truncatingIfNeeded: $0) } })
  }

  fileprivate mutating func target() -> ReferenceTarget {
    ReferenceTarget(entity: text(), field: textIfAny(), otherwise: textIfAny())
  }

  mutating func tableSummary() -> TableSummary {
    var table = TableSummary(file: text(), sheet: text())
    table.rows = number()
    table.mapped = number()
    table.blank = number()
    table.filtered = number()
    table.rejected = number()
    table.columns = list {
      ColumnSummary(
        name: $0.text(), columnIndex: $0.number(), uses: $0.list { $0.text() }, filled: $0.number())
    }
    table.notes = list { $0.finding() }
    return table
  }

  mutating func unmappedValue() -> UnmappedValue {
    UnmappedValue(field: text(), value: text(), provenance: place(), count: number())
  }
}
