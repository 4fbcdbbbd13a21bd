/// Which tables and columns of a store hold the records, where Ferry did not make them: the
/// `store:` section of a mapping.
///
/// Plans carry it, so that what is done with a run later finds the same tables.
public struct StoreLayout: Hashable, Sendable, Codable {
  /// By entity; one that is not here has a table that Ferry makes.
  public var tables: [String: TableLayout]
  /// The zone of ``ColumnForm/localDatetime``, an IANA name.
  public var timeZone: String

  /// States a layout.
  public init(tables: [String: TableLayout] = [:], timeZone: String = "UTC") {
    self.tables = tables
    self.timeZone = timeZone
  }

  /// Whether a field of an entity has a place in the store.
  public func holds(_ field: String, of entity: String) -> Bool {
    tables[entity].map { $0.columns[field] != nil } ?? true
  }
}

/// A name in a store, and where the mapping says it.
public struct StoreName: Hashable, Sendable, Codable {
  /// The name as the store spells it.
  public let text: String
  /// Such as `mapping.yaml:31:7`.
  public let place: String

  /// Pairs them.
  public init(_ text: String, at place: String) {
    self.text = text
    self.place = place
  }
}

/// The table that holds an entity.
public struct TableLayout: Hashable, Sendable, Codable {
  /// The table.
  public var table: StoreName
  /// Its schema; `nil` for the one that the connection is in.
  public var schema: String?
  /// The column of the store's own id; `nil` for the primary key.
  public var id: StoreName?
  /// The column of the external id; `nil` for `ferry_id`, which is added where it is missing.
  public var key: StoreName?
  /// Whether records are written to it; others are only looked up there.
  public var isLoaded = true
  /// By field.
  public var columns: [String: ColumnLayout] = [:]
  /// What each of its rows holds, by column: others are not looked at, new ones get it.
  public var constants: [ColumnConstant] = []

  /// Names a table.
  public init(_ table: StoreName) { self.table = table }
}

/// A column and the one value that it holds in all rows that count.
public struct ColumnConstant: Hashable, Sendable, Codable {
  /// The column.
  public let column: StoreName
  /// The value.
  public let value: String

  /// Pairs them.
  public init(_ column: StoreName, _ value: String) {
    self.column = column
    self.value = value
  }
}

/// The column that holds a field.
public struct ColumnLayout: Hashable, Sendable, Codable {
  /// The column.
  public let column: StoreName
  /// How it writes the value.
  public var form = ColumnForm.plain
  /// What the store writes for a value; others stand as they are.
  public var words: [String: String] = [:]

  /// Names a column.
  public init(_ column: StoreName) { self.column = column }
}

/// How a column writes a value that has a canonical text.
public enum ColumnForm: String, Hashable, Sendable, Codable, CaseIterable {
  /// As the column's own type does.
  case plain
  /// A day in a column that holds a day and a time.
  case date
  /// `2024-03-05 01:30:00` in UTC.
  case datetime
  /// `2024-03-05 09:30:00` in the layout's zone.
  case localDatetime = "local_datetime"
  /// Seconds since 1970.
  case unix
  /// Milliseconds since 1970.
  case unixMilliseconds = "unix_ms"
  /// A whole number of hundredths: 3750 for 37.50.
  case hundredths

  /// Whether values of a type can be written so.
  public func suits(_ type: FieldType) -> Bool {
    switch self {
    case .plain: true
    case .date: type == .date
    case .datetime, .localDatetime, .unix, .unixMilliseconds: type == .instant
    case .hundredths: type == .amount || type == .decimal
    }
  }
}
