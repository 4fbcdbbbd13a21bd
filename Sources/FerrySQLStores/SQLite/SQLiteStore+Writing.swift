import FerrySQLite
public import FerryStores

extension SQLiteStore {
  /// Writes one batch whole or not at all, records aside that a constraint refuses.
  public func write(_ batch: WriteBatch) async throws(StoreError) -> [WriteResult] {
    let database = try writableDatabase()
    return try attempt { () throws(SQLiteError) in
      do throws(SQLiteError) {
        try database.begin()
        var writer = try SQLiteBatchWriter(batch, tables, database: database, store: name)
        let results = try writer.write()
        try database.commit()
        return results
      } catch {
        database.rollback()
        throw error
      }
    }
  }
}
