extension TableProfile {
  /// The same with other texts in the place of the cells' values: bounds and frequent values.
  public func mappingValues(_ text: (String) -> String) -> TableProfile {
    var profile = self
    profile.columns = columns.map { column in
      ColumnProfile(
        column: column.column, kind: column.kind, filledCount: column.filledCount,
        distinctCount: column.distinctCount, isDistinctEstimated: column.isDistinctEstimated,
        minimum: column.minimum.map(text), maximum: column.maximum.map(text),
        topValues: column.topValues.map { .init(value: text($0.value), count: $0.count) },
        shapes: column.shapes, sample: column.sample)
    }
    return profile
  }
}
