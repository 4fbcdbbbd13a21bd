import FerryCore

/// What one row says in one field: a text for each of the field's columns, in their order; UTF-8.
///
/// One value is used again for every row, so that reading a row allocates nothing.
struct FieldText: Sendable {
  private(set) var bytes = ContiguousArray<UInt8>()
  private var ends = ContiguousArray<Int>()

  /// How many columns have been appended; an empty cell counts.
  var count: Int { ends.count }
  /// Whether no column holds a byte.
  var isEmpty: Bool { bytes.isEmpty }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  mutating func append(_ text: Span<UInt8>) {
    bytes.append(copying: text)
    ends.append(bytes.count)
  }

  /// Where the text of a column lies in ``bytes``.
  func range(_ columnIndex: Int) -> Range<Int> {
    (columnIndex == 0 ? 0 : ends[columnIndex - 1])..<ends[columnIndex]
  }
}
