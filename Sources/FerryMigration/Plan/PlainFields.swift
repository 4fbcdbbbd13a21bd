import FerryCore

/// Reads the short form of ``FieldsWriter`` in place where a line has neither objects nor escapes, as
/// most lines of new records; ``ParsedFields`` reads all others.
struct PlainFields {
  /// A field that is written now.
  struct Field {
    /// Where it stands among those of its entity in the plan.
    let place: Int
    /// What is written, as a slice of the JSON: a text or a store id, nothing for null.
    let text: Range<Int>
    /// The seq of the change that creates the record referred to; 0 where there is none.
    let at: Int
  }

  /// Those that are there and not filled later.
  private(set) var fields = ContiguousArray<Field>()
  private var offset = 0

  /// Reads a `fields` column.
  ///
  /// - Returns: False where it is of another form; then nothing of it is to be used.
  mutating func parse(_ json: Span<UInt8>) -> Bool {
    fields.removeAll(keepingCapacity: true)
    guard json.count >= 2, json[0] == UInt8(ascii: "[") else { return false }
    if json[1] == UInt8(ascii: "]") { return json.count == 2 }
    offset = 1
    var place = 0
    while parseElement(place, json), offset < json.count {
      let next = json[offset]
      offset += 1
      if next == UInt8(ascii: "]") { return offset == json.count }
      guard next == UInt8(ascii: ",") else { return false }
      place += 1
    }
    return false
  }

  private mutating func parseElement(_ place: Int, _ json: Span<UInt8>) -> Bool {
    guard offset < json.count else { return false }
    switch json[offset] {
    case UInt8(ascii: "0"):
      offset += 1
      return true
    case UInt8(ascii: "\""):
      guard let text = parseText(json) else { return false }
      fields.append(Field(place: place, text: text, at: 0))
      return true
    case UInt8(ascii: "n"):
      fields.append(Field(place: place, text: 0..<0, at: 0))
      return take("null", json)
    case UInt8(ascii: "["):
      offset += 1
      return parseReference(place, json)
    default: return false
    }
  }

  private mutating func parseReference(_ place: Int, _ json: Span<UInt8>) -> Bool {
    guard offset < json.count, json[offset] == UInt8(ascii: "\""), parseText(json) != nil,
      take(",", json), offset < json.count
    else { return false }
    switch json[offset] {
    case UInt8(ascii: "\""):
      guard let id = parseText(json) else { return false }
      fields.append(Field(place: place, text: id, at: 0))
    case UInt8(ascii: "t"):
      guard take("true", json) else { return false }
    default:
      guard let change = parseNumber(json) else { return false }
      fields.append(Field(place: place, text: 0..<0, at: change))
    }
    return take("]", json)
  }

  // From its first quotation mark on.
  private mutating func parseText(_ json: Span<UInt8>) -> Range<Int>? {
    let start = offset + 1
    let end = ParsedFields.endOfPlainText(in: json, from: start)
    guard end < json.count, json[end] == UInt8(ascii: "\"") else { return nil }
    offset = end + 1
    return start..<end
  }

  private mutating func parseNumber(_ json: Span<UInt8>) -> Int? {
    let start = offset
    var number = 0
    while offset < json.count, offset - start < 18, case let digit = json[offset],
      digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9")
    {
      number = number * 10 + Int(digit - UInt8(ascii: "0"))
      offset += 1
    }
    return number > 0 ? number : nil
  }

  private mutating func take(_ word: StaticString, _ json: Span<UInt8>) -> Bool {
    let start = offset
    offset += word.utf8CodeUnitCount
    guard offset <= json.count else { return false }
    return word.withUTF8Buffer { buffer in
      for index in 0..<buffer.count where unsafe json[start + index] != buffer[index] {
        return false
      }
      return true
    }
  }
}
