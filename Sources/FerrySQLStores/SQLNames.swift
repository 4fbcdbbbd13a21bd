import FerryRecords
import FerryStores

/// What both SQL stores agree on: how tables and columns are called.
enum SQLNames {
  /// The column of the store's own id.
  static let id = "id"
  /// The column of Ferry's id.
  static let externalID = "ferry_id"

  /// A name in double quotes, safe whatever it holds.
  static func quoted(_ name: String) -> String {
    "\"\(name.replacing("\"", with: "\"\""))\""
  }

  /// The entity's table in double quotes.
  static func table(_ entity: Entity) -> String { quoted(entity.plural) }

  /// The fields that a table must have: all of the entity's, then others that were asked for.
  static func columns(_ request: EntityFields) -> [Field] {
    var names = Set(request.entity.fields.map(\.columnName))
    return request.entity.fields
      + request.fields.filter { names.insert($0.columnName).inserted }
  }
}
