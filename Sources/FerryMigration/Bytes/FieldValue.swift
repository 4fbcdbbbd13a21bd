import FerryCore
import FerryRecords
import FerryStores

extension Field {
  /// Whether two texts may differ and still be the same value: `37.50` and `37.5`.
  private var isNumber: Bool {
    switch type {
    case .amount, .decimal, .integer, .percent: true
    default: false
    }
  }

  /// Whether two texts are the same value of this field.
  func isSame(_ one: Span<UInt8>, _ other: Span<UInt8>) -> Bool {
    if one.hasSameBytes(as: other) { return true }
    guard isNumber, !one.isEmpty, !other.isEmpty else { return false }
    return hash(of: one) == hash(of: other)
  }

  /// A hash that is equal for texts that are the same value; see ``ValueHash``.
  func hash(of text: Span<UInt8>) -> UInt64 {
    guard !text.isEmpty else { return ValueHash.null }
    guard isNumber else { return text.contentHash }
    var end = text.count
    var hasPoint = false
    for index in text.indices where text[index] == UInt8(ascii: ".") { hasPoint = true }
    if hasPoint {
      while end > 1, text[end - 1] == UInt8(ascii: "0") { end -= 1 }
      if text[end - 1] == UInt8(ascii: ".") { end -= 1 }
    }
    return text.extracting(0..<end).contentHash
  }
}

extension RecordPage {
  /// The hash of what a record holds in a field; see ``ValueHash``.
  func hash(field index: Int, of record: Int) -> UInt64 {
    arena.withBytes(of: values[index][record]) { shape.fields[index].hash(of: $0) }
  }
}
