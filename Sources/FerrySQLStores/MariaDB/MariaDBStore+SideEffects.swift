public import FerryRecords
public import FerryStores

extension MariaDBStore {
  /// The triggers of the entities' tables.
  public func sideEffects(of entities: [Entity]) async throws(StoreError) -> [SideEffect] {
    var found: [SideEffect] = []
    for entity in entities {
      let table = MariaDBSchema.table(entity, in: tables)
      let rows = try attempt { connection throws(MariaDBError) in
        try connection.query(
          """
          SELECT trigger_name, event_manipulation FROM information_schema.triggers
          WHERE event_object_schema = coalesce(?, database()) AND event_object_table = ? ORDER BY 1
          """, MariaDBParameters([table.schema, table.name]))
      }
      for row in 0..<rows.count {
        found.append(
          SideEffect(
            entity: entity.name, name: "trigger \(rows.string(row, 0) ?? "")",
            events: SideEffect.events(ofTrigger: "TRIGGER x \(rows.string(row, 1) ?? "")")))
      }
    }
    return found
  }
}
