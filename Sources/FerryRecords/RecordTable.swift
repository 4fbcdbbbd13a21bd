public import FerryCore

/// Where a record's rows were made: which recipe of the mapping, and which source row.
public struct RecordOrigin: Hashable, Sendable, BitwiseCopyable {
  /// Index into ``RecordTable/recipes``.
  public let recipeIndex: UInt16
  /// One-based row in the recipe's sheet.
  public let rowNumber: Int32

  /// Names the place.
  public init(recipeIndex: UInt16, rowNumber: Int32) {
    self.recipeIndex = recipeIndex
    self.rowNumber = rowNumber
  }
}

/// One `entity:` block of a mapping over one table: says from which column each field came.
public struct Recipe: Hashable, Sendable {
  /// The source file's name.
  public let file: String
  /// The sheet.
  public let sheet: String
  /// `system:` of the source; `nil` where it names none.
  public let system: String?
  /// For each field of the table, the first source column; `nil` for a constant.
  public var columnIndexes: [Int32?]

  /// States a recipe.
  public init(file: String, sheet: String, system: String?, columnIndexes: [Int32?]) {
    self.file = file
    self.sheet = sheet
    self.system = system
    self.columnIndexes = columnIndexes
  }
}

/// How a reference was given: as an external id, or as a value to look up.
public struct ReferenceTarget: Hashable, Sendable {
  /// The referenced entity.
  public let entity: String
  /// The field to look the value up in; `nil` when the value is the external id itself,
  /// `key` (spelt by the mapping) counts as that too.
  public let field: String?
  /// What the mapping's `otherwise:` calls a value that resolves to nobody, such as 公海.
  ///
  /// `nil` where the mapping says nothing: such a value is worth a warning.
  public let otherwise: String?

  /// States a target.
  public init(entity: String, field: String?, otherwise: String? = nil) {
    self.entity = entity
    self.field = field
    self.otherwise = otherwise
  }
}

/// All records of one entity that were made from the sources, column by column.
///
/// Values are canonical text in one arena, eight bytes of index each; nothing is allocated per
/// value. Records stand in the order of the sources; the same external id may stand many times,
/// once for each row that told of it.
public struct RecordTable: Sendable {
  /// What the records are.
  public let entity: Entity
  /// The fields that any recipe fills, in the entity's order.
  public let fields: [Field]
  /// The recipes that made the records.
  public var recipes: [Recipe] = []
  /// How references may be given; index 0 is never used, so that 0 can mean "no reference".
  public var targets: [ReferenceTarget?] = [nil]
  /// The external id of each record.
  public private(set) var externalIDs = ContiguousArray<ValueRef>()
  /// The source row of each record.
  public private(set) var origins = ContiguousArray<RecordOrigin>()
  /// `values[fieldIndex][recordIndex]`.
  public private(set) var values: [ContiguousArray<ValueRef>]
  /// `links[fieldIndex][recordIndex]`, an index into ``targets``; empty for plain fields.
  public private(set) var links: [ContiguousArray<UInt8>]
  /// `linkedRecords[fieldIndex][recordIndex]`: the record of the other entity's table whose external id
  /// a reference is, where that was made from the same row; -1 where nothing is known.
  ///
  /// It only saves the search for the id, which leads to the same.
  public private(set) var linkedRecords: [ContiguousArray<Int32>]
  /// The rules that reject a record, by record; a record that is not here is sound.
  public var rejections: [Int: Finding] = [:]
  /// The values; equal ones that come soon after each other are one.
  public private(set) var arena = ByteArena()
  private var recent = RecentValues()
  private let isReference: [Bool]

  /// Makes an empty table for `fields` of `entity`.
  public init(entity: Entity, fields: [Field]) {
    self.entity = entity
    self.fields = fields
    values = Array(repeating: [], count: fields.count)
    links = Array(repeating: [], count: fields.count)
    linkedRecords = links.map { _ in [] }
    isReference = fields.map { $0.referenced != nil }
  }

  /// The columns of a table, as they are kept in a file.
  package struct Columns: Sendable {
    /// See ``RecordTable/externalIDs``.
    package var externalIDs = ContiguousArray<ValueRef>()
    /// See ``RecordTable/origins``.
    package var origins = ContiguousArray<RecordOrigin>()
    /// See ``RecordTable/values``.
    package var values: [ContiguousArray<ValueRef>] = []
    /// See ``RecordTable/links``.
    package var links: [ContiguousArray<UInt8>] = []
    /// See ``RecordTable/linkedRecords``.
    package var linkedRecords: [ContiguousArray<Int32>] = []

    /// No columns yet.
    package init() {}
  }

  /// A table as it was kept; `nil` where the columns don't fit the fields.
  package init?(entity: Entity, fields: [Field], columns: Columns, arena: ByteArena) {
    self.init(entity: entity, fields: fields)
    let count = columns.externalIDs.count
    let linkCounts = fields.map { $0.referenced == nil ? 0 : count }
    guard columns.origins.count == count,
      columns.values.map(\.count) == fields.map({ _ in count }),
      columns.links.map(\.count) == linkCounts, columns.linkedRecords.map(\.count) == linkCounts
    else { return nil }
    externalIDs = columns.externalIDs
    origins = columns.origins
    values = columns.values
    links = columns.links
    linkedRecords = columns.linkedRecords
    self.arena = arena
  }

  /// How many records there are, doubles counted.
  public var count: Int { externalIDs.count }

  /// Where the field of that name stands; `nil` where no recipe fills it.
  public func fieldIndex(_ name: String) -> Int? { fields.firstIndex { $0.name == name } }

  /// Adds a record with all fields absent.
  public mutating func append(externalID: Span<UInt8>, origin: RecordOrigin) -> Int {
    externalIDs.append(recent.store(externalID, in: &arena))
    origins.append(origin)
    for index in fields.indices {
      values[index].append(.absent)
      if isReference[index] {
        links[index].append(0)
        linkedRecords[index].append(-1)
      }
    }
    return externalIDs.count - 1
  }

  /// Adds all records of a table that has the same fields, recipes and targets.
  ///
  /// - Parameters:
  ///   - other: The table.
  ///   - offset: By entity, where the first of the other entities' records stands now to which `other`
  ///     is linked.
  /// - Returns: Where the first of them stands; the others follow.
  @discardableResult
  package mutating func append(
    contentsOf other: RecordTable, linkedFrom offset: (_ entity: String) -> Int
  ) -> Int {
    precondition(other.fields.count == fields.count, "records of another shape")
    let first = count
    let chunks = arena.append(contentsOf: other.arena)
    externalIDs.append(contentsOf: other.externalIDs.lazy.map { $0.moved(byChunks: chunks) })
    origins.append(contentsOf: other.origins)
    for index in fields.indices {
      values[index].append(contentsOf: other.values[index].lazy.map { $0.moved(byChunks: chunks) })
      links[index].append(contentsOf: other.links[index])
      let moved = Int32(fields[index].referenced.map(offset) ?? 0)
      linkedRecords[index].append(
        contentsOf: other.linkedRecords[index].lazy.map { $0 < 0 ? $0 : $0 + moved })
    }
    for (record, finding) in other.rejections { rejections[first + record] = finding }
    return first
  }

  /// Sets one field of a record; for a reference, `target` indexes ``targets``.
  public mutating func set(
    _ value: Span<UInt8>, field fieldIndex: Int, of recordIndex: Int, target: UInt8 = 0
  ) {
    values[fieldIndex][recordIndex] = recent.store(value, in: &arena)
    guard isReference[fieldIndex] else { return }
    links[fieldIndex][recordIndex] = target
    linkedRecords[fieldIndex][recordIndex] = -1
  }

  /// Says that a reference is the external id of a record of the other entity's table.
  package mutating func setLinked(_ other: Int, field fieldIndex: Int, of recordIndex: Int) {
    linkedRecords[fieldIndex][recordIndex] = Int32(other)
  }

  /// Empties one field of a record.
  public mutating func clear(field fieldIndex: Int, of recordIndex: Int) {
    values[fieldIndex][recordIndex] = .absent
    guard isReference[fieldIndex] else { return }
    links[fieldIndex][recordIndex] = 0
    linkedRecords[fieldIndex][recordIndex] = -1
  }

  /// One field of a record as a string; `nil` where absent.
  public func string(field fieldIndex: Int, of recordIndex: Int) -> String? {
    arena.string(values[fieldIndex][recordIndex])
  }

  /// The external id of a record as a string.
  public func externalID(of recordIndex: Int) -> String {
    arena.string(externalIDs[recordIndex]) ?? ""
  }

  /// The cell that a field of a record came from; the row where no column did.
  public func provenance(of recordIndex: Int, field fieldIndex: Int? = nil) -> Provenance {
    let origin = origins[recordIndex]
    let recipe = recipes[Int(origin.recipeIndex)]
    let column = fieldIndex.flatMap { recipe.columnIndexes[$0] }
    return Provenance(
      file: recipe.file, sheet: recipe.sheet, rowNumber: Int(origin.rowNumber),
      columnIndex: column.map { Int($0) })
  }
}
