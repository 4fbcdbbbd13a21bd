import CMariaDB

/// The rows of one answer, all of them as text.
struct MariaDBResult {
  /// How a column's text becomes canonical.
  enum Kind {
    case asItIs
    /// `37.500000` is `37.50`, for amounts, or `37.5`.
    case decimal
    /// A bit field of one bit is `0` or `1`.
    case bit
  }

  private var bytes = ContiguousArray<UInt8>()
  // Row by row; `nil` is null.
  private var ranges = ContiguousArray<Range<Int>?>()
  private(set) var kinds: [Kind] = []
  /// How many rows there are.
  private(set) var count = 0

  /// Takes all rows of a statement whose result is stored.
  init(_ statement: UnsafeMutablePointer<MYSQL_STMT>) throws(MariaDBError) {
    guard let metadata = unsafe mysql_stmt_result_metadata(statement) else { return }
    defer { unsafe mysql_free_result(metadata) }
    var (starts, total) = ([Int](), 0)
    var capacities: [Int] = []
    for column in 0..<(unsafe mysql_num_fields(metadata)) {
      let field = unsafe mysql_fetch_field_direct(metadata, column)
      kinds.append(unsafe Self.kind(field?.pointee.type))
      // Numbers and times come as text too; none is longer than this.
      let capacity = max(Int(unsafe field?.pointee.max_length ?? 0), 128)
      starts.append(total)
      capacities.append(capacity)
      total += capacity
    }
    try unsafe fetch(statement, starts, capacities, total)
  }

  private mutating func fetch(
    _ statement: UnsafeMutablePointer<MYSQL_STMT>, _ starts: [Int], _ capacities: [Int],
    _ total: Int
  ) throws(MariaDBError) {
    let width = starts.count
    let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: total)
    let lengths = UnsafeMutablePointer<UInt>.allocate(capacity: width)
    let nulls = UnsafeMutablePointer<my_bool>.allocate(capacity: width)
    let bindings = UnsafeMutablePointer<MYSQL_BIND>.allocate(capacity: width)
    defer {
      unsafe buffer.deallocate()
      unsafe lengths.deallocate()
      unsafe nulls.deallocate()
      unsafe bindings.deallocate()
    }
    unsafe bindings.initialize(repeating: MYSQL_BIND(), count: width)
    for column in 0..<width {
      unsafe bindings[column].buffer_type = MYSQL_TYPE_STRING
      unsafe bindings[column].buffer = UnsafeMutableRawPointer(buffer + starts[column])
      unsafe bindings[column].buffer_length = UInt(capacities[column])
      unsafe bindings[column].length = lengths + column
      unsafe bindings[column].is_null = nulls + column
    }
    guard unsafe mysql_stmt_bind_result(statement, bindings) == 0 else {
      throw unsafe MariaDBConnection.error(of: statement)
    }
    while true {
      let status = unsafe mysql_stmt_fetch(statement)
      if status == MYSQL_NO_DATA { return }
      guard status == 0 || status == MYSQL_DATA_TRUNCATED else {
        throw unsafe MariaDBConnection.error(of: statement)
      }
      for column in 0..<width {
        guard unsafe nulls[column] == 0 else {
          ranges.append(nil)
          continue
        }
        let (start, length) = (bytes.count, min(Int(unsafe lengths[column]), capacities[column]))
        for offset in 0..<length { bytes.append(unsafe buffer[starts[column] + offset]) }
        ranges.append(start..<bytes.count)
      }
      count += 1
    }
  }

  private static func kind(_ type: enum_field_types?) -> Kind {
    switch type {
    case MYSQL_TYPE_DECIMAL, MYSQL_TYPE_NEWDECIMAL: .decimal
    case MYSQL_TYPE_BIT: .bit
    default: .asItIs
    }
  }

  /// A column as text; `nil` for null.
  func string(_ row: Int, _ column: Int) -> String? {
    guard let range = ranges[row * kinds.count + column] else { return nil }
    return String(decoding: bytes[range], as: UTF8.self)
  }

  /// Calls `body` with a column's text; null is empty.
  func withText<R>(_ row: Int, _ column: Int, _ body: (Span<UInt8>) -> R) -> R {
    body(bytes.span.extracting(ranges[row * kinds.count + column] ?? 0..<0))
  }

  /// Whether a column is null.
  func isNull(_ row: Int, _ column: Int) -> Bool { ranges[row * kinds.count + column] == nil }
}
