import FerryCore
import FerryRecords

/// Where records and findings of all tables come together.
struct MappingSink {
  private struct UnmappedKey: Hashable {
    let field: String
    let value: String
  }

  var tables: [RecordTable]
  var findings: [Finding] = []
  private var unmapped: [UnmappedKey: Int] = [:]
  private var values: [UnmappedValue] = []

  init(_ entities: [EntityPlan]) {
    tables = entities.map { plan in
      var table = RecordTable(entity: plan.entity, fields: plan.fields)
      table.targets = plan.targets
      return table
    }
  }

  /// Counts a value that no line of a map covers.
  mutating func countUnmapped(_ value: String, of field: String, at place: Provenance) {
    let key = UnmappedKey(field: field, value: value)
    if let known = unmapped[key] {
      values[known].count += 1
    } else {
      unmapped[key] = values.count
      values.append(UnmappedValue(field: field, value: value, provenance: place, count: 1))
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
