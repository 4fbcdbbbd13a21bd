import FerryRecords
import FerrySQLite
import FerryStores

// Under which name the journal keeps what it knows of a store's tables: a store that is reached by
// two URLs has one, a table of its own that a mapping names has another.
extension Journal {
  /// Made by version 7: the URLs that led to a store, and the one that it is known by.
  static let stores = """
    CREATE TABLE stores (url TEXT PRIMARY KEY, identity TEXT NOT NULL, name TEXT NOT NULL)
      WITHOUT ROWID;
    """

  /// The crosswalk's name for an entity's table in the store that `url` leads to.
  func place(of entity: String, in url: String, identity: String? = nil) throws(SQLiteError)
    -> String
  {
    let name = try storeName(of: url, identity: identity)
    guard let table = layout.tables[entity] else { return name }
    return ([name, table.schema] + [table.table.text]).compactMap { $0 }.joined(separator: "\t")
  }

  /// The name of the store that `url` leads to.
  func storeName(of url: String, identity: String? = nil) throws(SQLiteError) -> String {
    guard try database.userVersion() >= 7 else { return url }
    let query = try database.cached(
      """
      SELECT name FROM stores WHERE url = ?1 OR identity = ?2 ORDER BY url = ?1 DESC, url LIMIT 1
      """)
    try query.bind(url, at: 1)
    try query.bind(identity, at: 2)
    defer { query.reset() }
    return try query.step() ? query.string(at: 0) ?? url : url
  }

  /// Remembers that a URL leads to a store, which may be known by another one already.
  func learn(_ url: String, of store: any CRMStore) async throws {
    // Where a store does not tell now, the URL has to do.
    guard let identity = try? await store.identity() else { return }
    let known = try database.cached("SELECT identity FROM stores WHERE url = ?")
    try known.bind(url, at: 1)
    let isKnown = try known.step() && known.string(at: 0) == identity
    known.reset()
    if isKnown { return }
    // What was loaded under this URL before stays under it.
    let isUsed = try runs().contains { $0.store == url && $0.state != .planning }
    let name = isUsed ? url : try storeName(of: url, identity: identity)
    let insert = try database.cached("INSERT OR REPLACE INTO stores VALUES (?,?,?)")
    try insert.bind(url, at: 1)
    try insert.bind(identity, at: 2)
    try insert.bind(name, at: 3)
    try insert.run()
  }
}
