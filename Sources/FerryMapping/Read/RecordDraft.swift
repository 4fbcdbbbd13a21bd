import FerryCore

/// One record while its fields are filled; used again for each record.
struct RecordDraft {
  /// A value in ``bytes``.
  struct Value {
    let slot: Int
    let range: Range<Int>
    let target: UInt8
  }

  /// A value for the `custom` field.
  struct Custom {
    let key: ContiguousArray<UInt8>
    let range: Range<Int>
  }

  /// A date that its column has not decided yet.
  struct Pending {
    let slot: Int
    let fieldIndex: Int
    let range: Range<Int>
    /// The cell's own text, which an id may be made of.
    let raw: Range<Int>
  }

  private(set) var bytes = ContiguousArray<UInt8>()
  private(set) var values: [Value] = []
  private(set) var customs: [Custom] = []
  private(set) var pendings: [Pending] = []
  /// What rejects the record, the first of several.
  var rejection: Finding?
  /// The code that an amount's cell named.
  var foundCurrency: String?
  /// Whether any amount was read.
  var hasAmount = false

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
    customs.removeAll(keepingCapacity: true)
    pendings.removeAll(keepingCapacity: true)
    rejection = nil
    foundCurrency = nil
    hasAmount = false
  }

  mutating func set(_ value: Span<UInt8>, slot: Int, target: UInt8 = 0) {
    values.append(Value(slot: slot, range: add(value), target: target))
  }

  /// Empties a field: present, without text.
  mutating func clear(slot: Int) {
    values.append(Value(slot: slot, range: bytes.count..<bytes.count, target: 0))
  }

  /// Adds a custom value; a second one of the same key gets `_2`, a third `_3`.
  mutating func setCustom(_ value: Span<UInt8>, key: ContiguousArray<UInt8>) {
    var unique = key
    var number = 2
    while customs.contains(where: { $0.key == unique }) {
      unique = key + ContiguousArray("_\(number)".utf8)
      number += 1
    }
    customs.append(Custom(key: unique, range: add(value)))
  }

  mutating func setPending(
    _ value: Span<UInt8>, raw: Span<UInt8>, slot: Int, fieldIndex: Int
  ) {
    let range = add(value)
    pendings.append(Pending(slot: slot, fieldIndex: fieldIndex, range: range, raw: add(raw)))
  }

  /// Where the value of a slot stands; the last one set.
  func range(of slot: Int) -> Range<Int>? {
    values.last { $0.slot == slot && !$0.range.isEmpty }?.range
  }

  /// Where the value of the first of these slots stands that has one.
  func range(ofFirst slots: [Int]) -> Range<Int>? {
    for slot in slots { if let range = range(of: slot) { return range } }
    return nil
  }

  private mutating func add(_ value: Span<UInt8>) -> Range<Int> {
    let start = bytes.count
    bytes.append(copying: value)
    return start..<bytes.count
  }

  /// The custom values as a JSON object with sorted keys (RFC 8259).
  func writeCustom(into output: inout ContiguousArray<UInt8>) {
    output.removeAll(keepingCapacity: true)
    let sorted =
      customs.count < 2
      ? customs
      : customs.sorted {
        $0.key.lexicographicallyPrecedes($1.key)
      }
    output.append(UInt8(ascii: "{"))
    let bytes = bytes
    for (index, custom) in sorted.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      output.append(json: custom.key.span)
      output.append(UInt8(ascii: ":"))
      output.append(json: bytes.span.extracting(custom.range))
    }
    output.append(UInt8(ascii: "}"))
  }
}

extension ContiguousArray<UInt8> {
  /// Adds all bytes of `value`.
  mutating func append(copying value: Span<UInt8>) {
    unsafe value.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }

  /// Adds a text as a JSON string.
  mutating func append(json text: Span<UInt8>) {
    append(UInt8(ascii: "\""))
    for index in text.indices {
      switch text[index] {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        append(UInt8(ascii: "\\"))
        append(text[index])
      case 0x0A: append(contentsOf: "\\n".utf8)
      case 0x0D: append(contentsOf: "\\r".utf8)
      case 0x09: append(contentsOf: "\\t".utf8)
      case ..<0x20:
        append(contentsOf: "\\u00".utf8)
        let digits = String(text[index], radix: 16)
        if digits.utf8.count < 2 { append(UInt8(ascii: "0")) }
        append(contentsOf: digits.utf8)
      default: append(text[index])
      }
    }
    append(UInt8(ascii: "\""))
  }

  /// Adds one part of an external id, with `|` and `\` escaped.
  mutating func append(keyPart text: Span<UInt8>) {
    for index in text.indices {
      if text[index] == UInt8(ascii: "|") || text[index] == UInt8(ascii: "\\") {
        append(UInt8(ascii: "\\"))
      }
      append(text[index])
    }
  }
}
