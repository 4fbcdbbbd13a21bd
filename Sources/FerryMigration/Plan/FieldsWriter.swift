// The `fields` column of a plan: a JSON array with one object for each field that is written.
//
//   field   the field's name
//   old     what the store holds; null, or left out where the record is created
//   oldId   for a reference: the store id it holds
//   new     what the store will hold; null clears it; for a reference the other record's external
//           id, or #ID where Ferry never loaded it
//   id      for a reference to a record that is in the store: its store id
//   at      for a reference to a record that this plan creates: that change's seq
//   later   true: the reference is filled by a line of `links`, once both records exist
//   cell    where the new value came from: C14 in the record's own sheet, else file 'sheet'!C14
//
// A merge has the fields that are not kept: `old` and `cell` of the record that goes away, `new` of
// its survivor.
//
// A record that is created has a short form, since most lines are such: a list with one element for
// each field of `fields`, in that order, up to the last that is there:
//
//   0              nothing is written
//   "text", null   new; the cell lies in the record's own row, in the column of `origin_columns`
//   ["label", x]   a reference: new, and at (a number), id (a text) or later (true); the cell as above
//   {…}            the members as above without `field`, for a cell elsewhere or none
//
// Written by hand into one buffer, since a plan may hold ten million fields.

/// Builds the JSON of one change's fields in a buffer that is used again and again.
struct FieldsWriter {
  private(set) var bytes = Bytes()
  private(set) var count = 0
  // Fields of the short form that were left out since the last that is there.
  private var absentCount = 0

  init() { begin() }

  /// Forgets the last change and starts a new one.
  mutating func begin() {
    bytes.removeAll(keepingCapacity: true)
    bytes.append(UInt8(ascii: "["))
    count = 0
    absentCount = 0
  }

  /// Starts a field; members follow, then ``endField()``.
  mutating func beginField(_ name: String) {
    if count > 0 { bytes.append(UInt8(ascii: ",")) }
    bytes.append("{\"field\":\"")
    bytes.append(name)
    bytes.append(UInt8(ascii: "\""))
    count += 1
  }

  /// Starts a field with its ``opening(of:)``.
  mutating func beginField(opening: Bytes) {
    if count > 0 { bytes.append(UInt8(ascii: ",")) }
    bytes.append(contentsOf: opening)
    count += 1
  }

  /// What every object of a field begins with.
  static func opening(of name: String) -> Bytes { Bytes("{\"field\":\"\(name)\"".utf8) }

  // MARK: - The short form

  /// Leaves out the next field.
  mutating func skip() { absentCount += 1 }

  /// Adds the next field with a text.
  mutating func add(_ value: Span<UInt8>) {
    beginElement()
    string(value)
  }

  /// Adds the next field with null.
  mutating func addNull() {
    beginElement()
    bytes.append("null")
  }

  /// Adds the next field with a reference; one of ``end(at:)``, ``end(id:)`` and ``endLater()``
  /// follows.
  mutating func add(label: Span<UInt8>) {
    beginElement()
    bytes.append(UInt8(ascii: "["))
    string(label)
    bytes.append(UInt8(ascii: ","))
  }

  /// Ends a reference to a record that this plan creates.
  mutating func end(at change: Int) {
    bytes.append(decimal: change)
    bytes.append(UInt8(ascii: "]"))
  }

  /// Ends a reference to a record of the store.
  mutating func end(id: Span<UInt8>) {
    string(id)
    bytes.append(UInt8(ascii: "]"))
  }

  /// Ends a reference that is filled later.
  mutating func endLater() { bytes.append("true]") }

  /// Starts the next field with its `new`; other members follow, then ``endField()``.
  mutating func beginElement(new value: Span<UInt8>?) {
    beginElement()
    bytes.append("{\"new\":")
    if let value { string(value) } else { bytes.append("null") }
  }

  private mutating func beginElement() {
    if count > 0 { bytes.append(UInt8(ascii: ",")) }
    while absentCount > 0 {
      bytes.append(UInt8(ascii: "0"))
      bytes.append(UInt8(ascii: ","))
      absentCount -= 1
    }
    count += 1
  }

  // MARK: - Members

  /// Ends a field.
  mutating func endField() { bytes.append(UInt8(ascii: "}")) }

  /// Ends the change.
  mutating func end() { bytes.append(UInt8(ascii: "]")) }

  /// Adds a text member.
  mutating func member(_ name: StaticString, _ value: Span<UInt8>) {
    key(name)
    string(value)
  }

  private mutating func string(_ value: Span<UInt8>) {
    bytes.append(UInt8(ascii: "\""))
    appendEscaped(value)
    bytes.append(UInt8(ascii: "\""))
  }

  /// Adds a text member.
  mutating func member(_ name: StaticString, _ value: String) {
    let value = Bytes(value.utf8)
    member(name, value.span)
  }

  /// Adds a member that is null.
  mutating func null(_ name: StaticString) {
    key(name)
    bytes.append("null")
  }

  /// Adds a member that is a number.
  mutating func member(_ name: StaticString, number: Int) {
    key(name)
    bytes.append(decimal: number)
  }

  /// Adds a member that is true.
  mutating func flag(_ name: StaticString) {
    key(name)
    bytes.append("true")
  }

  /// Adds the cell in `column` of the row whose number is written in `row`.
  mutating func cell(column: Bytes, row: Bytes) {
    key("cell")
    bytes.append(UInt8(ascii: "\""))
    bytes.append(contentsOf: column)
    bytes.append(contentsOf: row)
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func key(_ name: StaticString) {
    name.withUTF8Buffer { name in
      bytes.append(addingCapacity: name.count + 4) { output in
        output.append(UInt8(ascii: ","))
        output.append(UInt8(ascii: "\""))
        for index in name.indices { output.append(unsafe name[index]) }
        output.append(UInt8(ascii: "\""))
        output.append(UInt8(ascii: ":"))
      }
    }
  }

  /// Adds text with what JSON asks to be escaped; runs of plain bytes go over in one piece.
  private mutating func appendEscaped(_ value: Span<UInt8>) {
    var start = 0
    var index = value.plainCount(from: 0)
    while index < value.count {
      bytes.append(value.extracting(start..<index))
      appendEscape(value[index])
      start = index + 1
      index = value.plainCount(from: start)
    }
    bytes.append(value.extracting(start..<value.count))
  }

  private mutating func appendEscape(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\n"): bytes.append(UInt8(ascii: "n"))
    case UInt8(ascii: "\r"): bytes.append(UInt8(ascii: "r"))
    case UInt8(ascii: "\t"): bytes.append(UInt8(ascii: "t"))
    case 0..<0x20:
      let digits = Array("0123456789abcdef".utf8)
      bytes.append("u00")
      bytes.append(digits[Int(byte >> 4)])
      bytes.append(digits[Int(byte & 15)])
    default: bytes.append(byte)
    }
  }
}

extension Span<UInt8> {
  /// Where the first byte at or after `start` stands that JSON asks to be escaped, or the end.
  ///
  /// Eight bytes are looked at together.
  ///
  /// Source: S. E. Anderson, "Bit Twiddling Hacks", "Determine if a word has a byte less than n".
  fileprivate func plainCount(from start: Int) -> Int {
    let (ones, highs): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
    var index = start
    return unsafe withUnsafeBytes { raw in
      while index + 8 <= raw.count {
        let word = unsafe raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        let (quotes, backslashes) = (word ^ ones &* 0x22, word ^ ones &* 0x5C)
        let controls = (word &- ones &* 0x20) & ~word
        let found = controls | (quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes
        guard found & highs == 0 else { break }
        index += 8
      }
      while index < raw.count {
        let byte = unsafe raw[index]
        if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
        index += 1
      }
      return index
    }
  }
}
