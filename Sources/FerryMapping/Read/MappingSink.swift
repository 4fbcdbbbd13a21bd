import FerryCore
import FerryRecords

/// Where records and findings of all tables come together.
struct MappingSink {
  private struct UnmappedKey: Hashable {
    let field: String
    let value: String
  }

  var tables: [RecordTable]
  var findings = FindingList()
  private var unmapped: [UnmappedKey: Int] = [:]
  private var values: [UnmappedValue] = []

  init(_ entities: [EntityPlan]) {
    tables = entities.map { plan in
      var table = RecordTable(entity: plan.entity, fields: plan.fields)
      table.targets = plan.targets
      return table
    }
  }

  /// An empty one with the tables, recipes and targets of another.
  init(like other: MappingSink) {
    tables = other.tables.map { known in
      var table = RecordTable(entity: known.entity, fields: known.fields)
      table.recipes = known.recipes
      table.targets = known.targets
      return table
    }
  }

  /// Adds what another one of the same recipes gathered behind this one's.
  ///
  /// - Returns: By table, where the other's first record stands now.
  mutating func append(contentsOf other: MappingSink) -> [Int] {
    findings.append(contentsOf: other.findings)
    for value in other.values {
      countUnmapped(value.value, of: value.field, at: value.provenance, count: value.count)
    }
    let firsts = tables.map(\.count)
    let offsets = Dictionary(
      zip(tables.map(\.entity.name), firsts), uniquingKeysWith: { first, _ in first })
    for index in tables.indices {
      tables[index].append(contentsOf: other.tables[index]) { offsets[$0] ?? 0 }
    }
    return firsts
  }

  /// Whether a reference of a record has the text of the external id of a record of `entity`'s table.
  func refers(_ own: Int, _ slot: Int, of record: Int, to other: Int, of entity: Int) -> Bool {
    let (text, id) = (tables[own].values[slot][record], tables[entity].externalIDs[other])
    return text.byteCount == id.byteCount
      && tables[own].arena.equals(text, id, in: tables[entity].arena)
  }

  /// Counts a value that no line of a map covers.
  mutating func countUnmapped(
    _ value: String, of field: String, at place: Provenance, count: Int = 1
  ) {
    let key = UnmappedKey(field: field, value: value)
    if let known = unmapped[key] {
      values[known].count += count
    } else {
      unmapped[key] = values.count
      values.append(UnmappedValue(field: field, value: value, provenance: place, count: count))
    }
  }

  /// The most frequent first, those of one count as they appeared.
  var unmappedValues: [UnmappedValue] {
    values.enumerated().sorted {
      $0.element.count != $1.element.count
        ? $0.element.count > $1.element.count : $0.offset < $1.offset
    }.map(\.element)
  }
}
