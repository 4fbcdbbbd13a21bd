public import FerryMigration
public import FerryTables

extension ValueMask {
  /// The same account of a table without a value of a cell.
  public mutating func masked(_ profile: TableProfile) -> TableProfile {
    profile.mappingValues { mask($0) }
  }

  /// The same pair without what the two records hold; it can't be decided on any more.
  public mutating func masked(_ item: ReviewItem) -> ReviewItem { item.mapping { mask($0) } }
}
