import FerryCore
import FerryRecords
import FerryStores

/// How the texts of a field are compared: what of ``Field`` hot loops need.
struct FieldForm {
  /// Whether two texts may differ and still be the same value: `37.50` and `37.5`.
  private let isNumber: Bool

  init(_ field: Field) {
    switch field.type {
    case .amount, .decimal, .integer, .percent: isNumber = true
    default: isNumber = false
    }
  }

  /// Whether two texts are the same value.
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

extension Field {
  /// Whether two texts are the same value of this field.
  func isSame(_ one: Span<UInt8>, _ other: Span<UInt8>) -> Bool {
    FieldForm(self).isSame(one, other)
  }

  /// A hash that is equal for texts that are the same value; see ``ValueHash``.
  func hash(of text: Span<UInt8>) -> UInt64 { FieldForm(self).hash(of: text) }
}

/// The fields of an entity's shape as hot loops need them: found by name, compared by form.
struct FieldPlaces {
  private let names: ContiguousArray<Bytes>
  /// By place in the shape.
  let forms: ContiguousArray<FieldForm>
  private var next = 0

  init(_ shape: EntityFields) {
    names = ContiguousArray(shape.fields.map { Bytes($0.name.utf8) })
    forms = ContiguousArray(shape.fields.map { FieldForm($0) })
  }

  /// How many fields there are.
  var count: Int { names.count }

  /// Starts a record.
  mutating func begin() { next = 0 }

  /// The place of a field of a plan's line; `nil` where there is none.
  ///
  /// The shape has the fields of the plan, in its order, where a line numbers them.
  mutating func place(of field: ParsedField, in text: Bytes) -> Int? {
    guard field.place < 0 else { return field.place < names.count ? field.place : nil }
    return place(of: field.name, in: text)
  }

  /// The place of the field that a slice of `text` names; `nil` where there is none.
  ///
  /// Fields come in the order of the shape, so that the next one is mostly the one.
  mutating func place(of name: Range<Int>, in text: Bytes) -> Int? {
    let name = text.span.extracting(name)
    for tried in names.indices {
      let place = next + tried < names.count ? next + tried : next + tried - names.count
      let known = names[place]
      guard known.span.hasSameBytes(as: name) else { continue }
      next = place + 1 < names.count ? place + 1 : 0
      return place
    }
    return nil
  }
}

extension RecordPage {
  /// The hash of what a record holds in a field; see ``ValueHash``.
  func hash(field index: Int, of record: Int) -> UInt64 {
    arena.withBytes(of: values[index][record]) { shape.fields[index].hash(of: $0) }
  }
}
