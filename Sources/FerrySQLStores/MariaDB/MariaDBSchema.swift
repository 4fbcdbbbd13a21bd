import FerryRecords
import FerryStores

/// Tables and columns in MariaDB's words.
enum MariaDBSchema {
  /// Digits behind the point of a column that Ferry makes.
  static let scale = 6
  /// Characters of an external id: InnoDB indexes 3,072 bytes, four a character.
  private static let keyLength = 700

  /// Where an entity's records stand; times of Ferry's own tables are `datetime`, and its numbers
  /// have ``scale``.
  static func table(_ entity: Entity, in tables: SQLTables) -> SQLTable {
    var table = tables.table(entity)
    guard table.isOwn else { return table }
    for field in entity.fields {
      switch field.type {
      case .instant:
        var column = ColumnLayout(StoreName(field.columnName, at: ""))
        column.form = .datetime
        table.codecs[field.name] = ColumnCodec(column, timeZone: "UTC")
      case .amount, .decimal, .percent: table.scales[field.name] = scale
      default: break
      }
    }
    return table
  }

  /// The statements that make an entity's table, or add what it lacks.
  static func definition(
    _ request: EntityFields, _ tables: SQLTables, present: Set<String>
  ) -> [String] {
    let table = tables.table(request.entity)
    let name = tables.quoted(table)
    let fields = SQLTable.fields(request)
    let key = "ferry_id varchar(\(keyLength)) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin UNIQUE"
    guard !present.isEmpty else {
      let columns =
        ["id bigint AUTO_INCREMENT PRIMARY KEY", key] + fields.map { column($0, tables) }
      return [
        """
        CREATE TABLE IF NOT EXISTS \(name) (\(columns.joined(separator: ", ")))
        ENGINE InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
        """
      ]
    }
    var additions: [String] = []
    if !present.contains(table.key) { additions.append(key) }
    for field in fields where table.isOwn && !present.contains(field.columnName) {
      additions.append(column(field, tables))
    }
    return additions.map { "ALTER TABLE \(name) ADD COLUMN \($0)" }
  }

  private static func column(_ field: Field, _ tables: SQLTables) -> String {
    let type =
      switch field.type {
      case .reference, .integer: "bigint"
      case .amount, .decimal, .percent: "decimal(38,\(scale))"
      case .boolean: "tinyint"
      case .date: "date"
      case .instant: "datetime"
      case .json, .longText, .text, .personName, .companyName, .phone, .email, .url, .creditCode,
        .province, .city, .district, .currency, .choice:
        "longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"
      }
    return "\(tables.quoted(field.columnName)) \(type)"
  }
}
