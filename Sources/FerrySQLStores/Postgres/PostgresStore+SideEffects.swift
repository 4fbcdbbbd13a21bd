public import FerryRecords
public import FerryStores

extension PostgresStore {
  /// The triggers of the entities' tables that are on, those that keep foreign keys aside.
  public func sideEffects(of entities: [Entity]) async throws(StoreError) -> [SideEffect] {
    let connection = try live()
    var found: [SideEffect] = []
    for entity in entities {
      let table = tables.quoted(tables.table(entity))
      // Bits of tgtype: 4 insert, 8 delete, 16 update; source: pg_trigger.h.
      let rows = try Self.attempt(name) { () throws(PostgresError) in
        try connection.query(
          """
          SELECT tgname, tgtype & 4 > 0, tgtype & 16 > 0, tgtype & 8 > 0 FROM pg_trigger
          WHERE tgrelid = to_regclass($1) AND NOT tgisinternal AND tgenabled <> 'D' ORDER BY 1
          """, [table])
      }
      for row in 0..<rows.count {
        let starts: [(SideEffect.Event, Int)] = [(.create, 1), (.update, 2), (.delete, 3)]
        let events = starts.filter { rows.string(row, $0.1) == "t" }.map(\.0)
        found.append(
          SideEffect(
            entity: entity.name, name: "trigger \(rows.string(row, 0) ?? "")",
            events: Set(events)))
      }
    }
    return found
  }
}
