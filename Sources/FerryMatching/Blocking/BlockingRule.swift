import FerryCore

/// A blocking rule that a config gives: rows that agree in all of its columns are compared.
///
/// Values agree where their letters, digits and signs beyond ASCII do, whatever their case and
/// width; a row that lacks one of them is compared with none by this rule.
struct BlockingRule: Sendable {
  /// Places among the table's columns.
  private let columns: [Int]
  /// One a row; `nil` where a column is empty.
  private var keys = ContiguousArray<UInt64?>()
  private var scratch = ContiguousArray<UInt8>()

  init(columns: [Int]) { self.columns = columns }

  /// Takes the next row.
  mutating func append(_ bytes: Span<UInt8>, _ cells: [Range<Int>]) {
    var hash: UInt64? = 0
    for column in columns {
      let value = valueHash(bytes.extracting(cells[column]))
      hash = hash.flatMap { joined in value.map { ByteHash.join(joined, $0) } }
    }
    keys.append(hash)
  }

  private mutating func valueHash(_ cell: Span<UInt8>) -> UInt64? {
    scratch.removeAll(keepingCapacity: true)
    var reader = HalfWidth()
    while let byte = reader.next(in: cell) {
      let isLetter = byte &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
      if isLetter || byte >= 0x80 { scratch.append(byte) }
    }
    return scratch.isEmpty ? nil : ByteHash.hash(scratch.span)
  }

  /// The rows that agree; `place` is the rule's place among the rules.
  func index(place: Int, in context: SearchContext) -> FieldIndex {
    let rows = ContiguousArray((0..<UInt32(keys.count)).map { $0 + 1 })
    return FieldIndexBuilder(
      RowValues(values: rows, starts: nil), valueCount: keys.count, of: place, in: context
    ).index(RuleKeys(keys: keys))
  }
}

/// Each row is a value of its own, with the key of its columns.
private struct RuleKeys: BlockingKeySource {
  let keys: ContiguousArray<UInt64?>

  var count: Int { keys.count }

  func appendKeys(of value: UInt32, to list: inout ContiguousArray<BlockingKey>) {
    if let hash = keys[Int(value) - 1] { list.append(BlockingKey(slot: 0, hash: hash)) }
  }
}
