import FerryCore

/// Texts in UTF-8, one after the other, such as what a row says in a field's columns.
///
/// One value is used again and again, so that taking texts allocates nothing.
struct TextList: Sendable {
  private(set) var bytes = ContiguousArray<UInt8>()
  private var ends = ContiguousArray<Int>()

  /// How many texts there are; an empty one counts.
  var count: Int { ends.count }
  /// Whether no text holds a byte.
  var isEmpty: Bool { bytes.isEmpty }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  mutating func append(_ text: Span<UInt8>) {
    bytes.append(copying: text)
    ends.append(bytes.count)
  }

  /// Appends a cell, character references such as `&amp;` replaced by what they stand for.
  mutating func append(cell: Span<UInt8>) {
    CharacterReferences.append(cell, to: &bytes)
    ends.append(bytes.count)
  }

  /// Appends texts `range` of another list.
  mutating func append(_ range: Range<Int>, of other: TextList) {
    let start = other.start(range.lowerBound)
    let shift = bytes.count - start
    bytes.append(copying: other.bytes.span.extracting(start..<other.start(range.upperBound)))
    for index in range { ends.append(other.ends[index] + shift) }
  }

  /// Where a text lies in ``bytes``.
  func range(_ index: Int) -> Range<Int> { start(index)..<ends[index] }

  private func start(_ index: Int) -> Int { index == 0 ? 0 : ends[index - 1] }
}
