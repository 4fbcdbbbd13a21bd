public import FerryRecords
import FerrySQLite
public import FerryStores

extension SQLiteStore {
  /// The triggers of the entities' tables.
  public func sideEffects(of entities: [Entity]) async throws(StoreError) -> [SideEffect] {
    guard let database else { return [] }
    var found: [SideEffect] = []
    for entity in entities {
      let table = tables.table(entity).name
      try attempt { () throws(SQLiteError) in
        let query = try database.cached(
          """
          SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND lower(tbl_name) = lower(?)
          ORDER BY name
          """)
        try query.bind(table, at: 1)
        while try query.step() {
          let name = query.string(at: 0) ?? ""
          found.append(
            SideEffect(
              entity: entity.name, name: "trigger \(name)",
              events: SideEffect.events(ofTrigger: query.string(at: 1) ?? "")))
        }
      }
    }
    return found
  }
}

extension SideEffect {
  /// What starts a trigger: the first of the three words behind `CREATE TRIGGER` and its name.
  ///
  /// Source: "CREATE TRIGGER" of SQLite's documentation.
  static func events(ofTrigger sql: String) -> Set<Event> {
    let words = sql.uppercased().split { !$0.isLetter && $0 != "\"" && $0 != "_" }
    for word in words.drop(while: { $0 != "TRIGGER" }).dropFirst(2) {
      switch word {
      case "INSERT": return [.create]
      case "UPDATE": return [.update]
      case "DELETE": return [.delete]
      default: continue
      }
    }
    return Set(Event.allCases)
  }
}
