import FerryCore

/// One field of a change, as slices of ``ParsedFields/text``.
struct ParsedField {
  /// Whether a member is there, is null, or has text.
  enum Member: Hashable {
    case absent
    case null
    case text(Range<Int>)
  }

  /// The field's name; empty where ``place`` says which field it is.
  var name = 0..<0
  /// Where the field stands among those of its entity in the plan; -1 where it has a name.
  var place = -1
  var old = Member.absent
  var oldID = Member.absent
  var new = Member.absent
  var id = Member.absent
  var cell = Member.absent
  /// The seq of the change that creates the record referred to; 0 where there is none.
  var at = 0
  var isLater = false
  /// Whether the cell is the one of the line's own row, see ``PlanForms``.
  var hasOwnCell = false
}

/// Reads what ``FieldsWriter`` wrote; its buffers are used again and again.
///
/// How it works: the JSON is copied as one block, and most texts are slices of it as they stand; what
/// has escapes is written out behind it.
struct ParsedFields {
  private(set) var fields = ContiguousArray<ParsedField>()
  /// The JSON, then the texts that had escapes: what the slices point into.
  private(set) var text = Bytes()
  private var offset = 0

  /// The text of a slice as a string.
  func string(_ member: ParsedField.Member) -> String? {
    guard case .text(let range) = member else { return nil }
    return String(decoding: text[range], as: UTF8.self)
  }

  /// The text of a slice as a string.
  func string(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }

  /// Reads a `fields` column.
  ///
  /// - Returns: False where it is not of the documented form; then nothing of it is to be used.
  mutating func parse(_ json: Span<UInt8>) -> Bool {
    fields.removeAll(keepingCapacity: true)
    text.removeAll(keepingCapacity: true)
    text.append(copying: json)
    offset = 0
    guard take(UInt8(ascii: "["), json) else { return false }
    if take(UInt8(ascii: "]"), json) { return offset == json.count }
    var place = 0
    repeat {
      guard parseElement(place, json) else { return false }
      place += 1
    } while take(UInt8(ascii: ","), json)
    return take(UInt8(ascii: "]"), json) && offset == json.count
  }

  private mutating func parseElement(_ place: Int, _ json: Span<UInt8>) -> Bool {
    guard offset < json.count else { return false }
    var field = ParsedField()
    switch json[offset] {
    case UInt8(ascii: "{"): return parseField(place, json)
    case UInt8(ascii: "0"):
      offset += 1
      return true
    case UInt8(ascii: "["):
      guard parseReference(of: &field, json) else { return false }
    default:
      guard let value = parseValue(json) else { return false }
      field.new = value
    }
    field.place = place
    field.hasOwnCell = true
    fields.append(field)
    return true
  }

  private mutating func parseReference(of field: inout ParsedField, _ json: Span<UInt8>) -> Bool {
    guard take(UInt8(ascii: "["), json), let label = parseString(json),
      take(UInt8(ascii: ","), json), offset < json.count
    else { return false }
    field.new = .text(label)
    switch json[offset] {
    case UInt8(ascii: "\""):
      guard let id = parseString(json) else { return false }
      field.id = .text(id)
    case UInt8(ascii: "t"):
      guard takeWord("true", json) else { return false }
      field.isLater = true
    default:
      guard let number = parseNumber(json) else { return false }
      field.at = number
    }
    return take(UInt8(ascii: "]"), json)
  }

  private mutating func parseField(_ place: Int, _ json: Span<UInt8>) -> Bool {
    guard take(UInt8(ascii: "{"), json) else { return false }
    var field = ParsedField()
    repeat {
      guard let key = parseString(json), !key.isEmpty, take(UInt8(ascii: ":"), json),
        parseMember(key, of: &field, json)
      else { return false }
    } while take(UInt8(ascii: ","), json)
    if field.name.isEmpty { field.place = place }
    fields.append(field)
    return take(UInt8(ascii: "}"), json)
  }

  private mutating func parseMember(
    _ key: Range<Int>, of field: inout ParsedField, _ json: Span<UInt8>
  ) -> Bool {
    switch (key.count, text[key.lowerBound]) {
    case (5, UInt8(ascii: "f")):
      guard let name = parseString(json) else { return false }
      field.name = name
      return true
    case (2, UInt8(ascii: "a")):
      guard let number = parseNumber(json) else { return false }
      field.at = number
      return true
    case (5, UInt8(ascii: "l")):
      field.isLater = true
      return takeWord("true", json)
    default: break
    }
    guard let value = parseValue(json) else { return false }
    switch (key.count, text[key.lowerBound]) {
    case (3, UInt8(ascii: "o")): field.old = value
    case (3, UInt8(ascii: "n")): field.new = value
    case (5, UInt8(ascii: "o")): field.oldID = value
    case (2, UInt8(ascii: "i")): field.id = value
    case (4, UInt8(ascii: "c")): field.cell = value
    default: return false
    }
    return true
  }

  private mutating func parseValue(_ json: Span<UInt8>) -> ParsedField.Member? {
    if offset < json.count, json[offset] == UInt8(ascii: "n") {
      return takeWord("null", json) ? .null : nil
    }
    return parseString(json).map { .text($0) }
  }

  private mutating func parseNumber(_ json: Span<UInt8>) -> Int? {
    var result = 0
    let start = offset
    while offset < json.count, case let digit = json[offset], digit >= 0x30, digit <= 0x39 {
      result = result * 10 + Int(digit - 0x30)
      offset += 1
    }
    return offset > start && offset - start < 18 ? result : nil
  }

  private mutating func parseString(_ json: Span<UInt8>) -> Range<Int>? {
    guard take(UInt8(ascii: "\""), json) else { return nil }
    let start = offset
    offset = Self.endOfPlainText(in: json, from: start)
    guard offset < json.count else { return nil }
    if json[offset] == UInt8(ascii: "\"") {
      offset += 1
      return start..<offset - 1
    }
    return parseEscapedString(json, from: start)
  }

  private mutating func parseEscapedString(_ json: Span<UInt8>, from start: Int) -> Range<Int>? {
    let written = text.count
    text.append(json.extracting(start..<offset))
    while offset < json.count {
      let isEnd = json[offset] == UInt8(ascii: "\"")
      offset += 1
      if isEnd { return written..<text.count }
      guard parseEscape(json) else { return nil }
      let plain = offset
      offset = Self.endOfPlainText(in: json, from: plain)
      text.append(json.extracting(plain..<offset))
    }
    return nil
  }

  /// The first quotation mark or backslash at or after `start`; the end where there is none.
  static func endOfPlainText(in json: Span<UInt8>, from start: Int) -> Int {
    var index = start
    let bytes = unsafe json.bytes
    while index + 8 <= json.count {
      // In bounds by the condition.
      let raw = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
      let word = UInt64(littleEndian: raw)
      let marks =
        word.zeroBytes(xor: UInt8(ascii: "\"")) | word.zeroBytes(xor: UInt8(ascii: "\\"))
      if marks != 0 { return index + marks.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < json.count, json[index] != UInt8(ascii: "\""), json[index] != UInt8(ascii: "\\") {
      index += 1
    }
    return index
  }

  private mutating func parseEscape(_ json: Span<UInt8>) -> Bool {
    guard offset < json.count else { return false }
    let byte = json[offset]
    offset += 1
    switch byte {
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"): return parseCode(json)
    default: text.append(byte)
    }
    return true
  }

  // The writer escapes control characters alone, so that a code is one byte.
  private mutating func parseCode(_ json: Span<UInt8>) -> Bool {
    guard offset + 4 <= json.count else { return false }
    let digits = json.extracting(offset..<offset + 4).text
    offset += 4
    guard let code = UInt8(digits, radix: 16), code < 0x80 else { return false }
    text.append(code)
    return true
  }

  private mutating func take(_ byte: UInt8, _ json: Span<UInt8>) -> Bool {
    guard offset < json.count, json[offset] == byte else { return false }
    offset += 1
    return true
  }

  private mutating func takeWord(_ word: StaticString, _ json: Span<UInt8>) -> Bool {
    let end = offset + word.utf8CodeUnitCount
    guard end <= json.count else { return false }
    let isWord = word.withUTF8Buffer { buffer in
      for index in 0..<buffer.count where unsafe json[offset + index] != buffer[index] {
        return false
      }
      return true
    }
    offset = end
    return isWord
  }
}
