public import FerryCore
public import FerryRecords
import FerryStores

// Keys of tables that Ferry did not make may take whole numbers alone.

extension SQLTables {
  /// Tells which external ids have no place in an entity's key column; `nil` where it takes all.
  fileprivate func keyCheck(of entity: Entity, store: String) -> (@Sendable (String) -> Finding?)? {
    guard let table = layouts[entity.name], table.isKeyWhole else { return nil }
    let refusals = Refusals(store: store, table: table)
    return { refusals.unfitKey($0) }
  }
}

extension SQLiteStore {
  /// Tells which external ids have no place in an entity's key column.
  public nonisolated func keyCheck(of entity: Entity) -> (@Sendable (String) -> Finding?)? {
    tables.keyCheck(of: entity, store: name)
  }
}

extension PostgresStore {
  /// Tells which external ids have no place in an entity's key column.
  public nonisolated func keyCheck(of entity: Entity) -> (@Sendable (String) -> Finding?)? {
    tables.keyCheck(of: entity, store: name)
  }
}

extension MariaDBStore {
  /// Tells which external ids have no place in an entity's key column.
  public nonisolated func keyCheck(of entity: Entity) -> (@Sendable (String) -> Finding?)? {
    tables.keyCheck(of: entity, store: name)
  }
}
