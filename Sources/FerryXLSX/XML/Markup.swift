// A byte scanner for the XML that spreadsheet programs write.
//
// How it works: it knows tags, attributes, comments, CDATA and references, and nothing of
// documents: no DTD, no namespaces beyond cutting a prefix off, no checks that tags pair up. Parts
// that need more (another encoding, a DTD) go to libxml2, see `XMLDialect`. Positions are indices
// into a span that ends in `PartWindow.padding` zeros, so that a look ahead of up to 64 bytes
// needs no test. Check `SheetScanner`'s quick path when changing what counts as a tag.

/// One piece of markup: a tag, a comment, an instruction or a CDATA section.
struct Markup {
  enum Kind {
    case start
    case end
    /// `<name/>`.
    case empty
    case cdata
    /// A comment or an instruction.
    case other
    /// `<!DOCTYPE` or another declaration, which a workbook may not have.
    case declaration
  }

  let kind: Kind
  /// The name without a prefix; in CDATA the text.
  let name: Range<Int>
  /// Everything between the name and the closing bracket.
  let attributes: Range<Int>
  /// The position behind the closing bracket.
  let end: Int

  /// Reads the markup that begins with the `<` at `open`.
  ///
  /// - Returns: `nil` where it does not end before `count`.
  init?(_ bytes: Span<UInt8>, at open: Int, count: Int) {
    switch bytes[open + 1] {
    case UInt8(ascii: "!"):
      guard let special = Self.special(bytes, at: open, count: count) else { return nil }
      self = special
    case UInt8(ascii: "?"):
      guard let end = bytes.position(of: "?>", from: open + 2, count: count) else { return nil }
      self.init(kind: .other, name: 0..<0, attributes: 0..<0, end: end + 2)
    default:
      guard let tag = Self.tag(bytes, at: open, count: count) else { return nil }
      self = tag
    }
  }

  private init(kind: Kind, name: Range<Int>, attributes: Range<Int>, end: Int) {
    self.kind = kind
    self.name = name
    self.attributes = attributes
    self.end = end
  }

  private static func special(_ bytes: Span<UInt8>, at open: Int, count: Int) -> Markup? {
    // The padding is shorter than no opening of a special piece.
    if bytes.matches("<![CDATA[", at: open) {
      let start = open + 9
      guard let end = bytes.position(of: "]]>", from: start, count: count) else { return nil }
      return Markup(kind: .cdata, name: start..<end, attributes: 0..<0, end: end + 3)
    }
    let isComment = bytes.matches("<!--", at: open)
    let close: StaticString = isComment ? "-->" : ">"
    guard let end = bytes.position(of: close, from: open + (isComment ? 4 : 2), count: count)
    else { return nil }
    // Near the end of the window, `<!-` may yet become a comment.
    guard isComment || open + 9 <= count else { return nil }
    return Markup(
      kind: isComment ? .other : .declaration, name: 0..<0, attributes: 0..<0,
      end: end + close.utf8CodeUnitCount)
  }

  private static func tag(_ bytes: Span<UInt8>, at open: Int, count: Int) -> Markup? {
    let isEnd = bytes[open + 1] == UInt8(ascii: "/")
    var index = open + (isEnd ? 2 : 1)
    var nameStart = index
    while index < count, !bytes[index].endsName {
      if bytes[index] == UInt8(ascii: ":") { nameStart = index + 1 }
      index += 1
    }
    let nameEnd = index
    var quote: UInt8 = 0
    while index < count {
      let byte = bytes[index]
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == UInt8(ascii: ">") {
        let isEmpty = !isEnd && index > nameEnd && bytes[index - 1] == UInt8(ascii: "/")
        return Markup(
          kind: isEnd ? .end : isEmpty ? .empty : .start, name: nameStart..<nameEnd,
          attributes: nameEnd..<(isEmpty ? index - 1 : index), end: index + 1)
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      }
      index += 1
    }
    return nil
  }

  /// Whether a value holds a reference, which ``attribute(_:in:)`` does not replace.
  func hasReference(in bytes: Span<UInt8>) -> Bool {
    attributes.contains { bytes[$0] == UInt8(ascii: "&") }
  }

  /// The value of the attribute of that name without a prefix, references not replaced.
  func attribute(_ wanted: StaticString, in bytes: Span<UInt8>) -> Range<Int>? {
    var index = attributes.lowerBound
    while index < attributes.upperBound {
      while index < attributes.upperBound, bytes[index].isXMLSpace { index += 1 }
      let nameStart = index
      while index < attributes.upperBound, bytes[index] != UInt8(ascii: "="),
        !bytes[index].isXMLSpace
      {
        index += 1
      }
      let name = nameStart..<index
      while index < attributes.upperBound, !bytes[index].isQuote { index += 1 }
      guard index < attributes.upperBound else { return nil }
      let quote = bytes[index]
      let start = index + 1
      index = start
      while index < attributes.upperBound, bytes[index] != quote { index += 1 }
      if bytes.equals(wanted, name) { return start..<index }
      index += 1
    }
    return nil
  }

  /// Whether the name is `name`.
  func isNamed(_ wanted: StaticString, in bytes: Span<UInt8>) -> Bool {
    bytes.equals(wanted, name)
  }
}

extension UInt8 {
  /// Space, tab, line feed or carriage return.
  @inline(__always)
  var isXMLSpace: Bool { self == 0x20 || self == 0x0A || self == 0x09 || self == 0x0D }

  fileprivate var isQuote: Bool { self == UInt8(ascii: "\"") || self == UInt8(ascii: "'") }

  fileprivate var endsName: Bool {
    isXMLSpace || self == UInt8(ascii: ">") || self == UInt8(ascii: "/")
  }
}

extension Span<UInt8> {
  /// The first `<` at or after `start`, else `count`.
  @inline(__always)
  func positionOfTag(from start: Int, count: Int) -> Int {
    var index = start
    while index < count, self[index] != UInt8(ascii: "<") { index += 1 }
    return index
  }

  /// Where `text` begins at or after `start`, all of it before `count`.
  func position(of text: StaticString, from start: Int, count: Int) -> Int? {
    let length = text.utf8CodeUnitCount
    let first = unsafe text.utf8Start.pointee
    var index = start
    while index + length <= count {
      if self[index] == first, matches(text, at: index) { return index }
      index += 1
    }
    return nil
  }

  /// Whether `text` stands at `index`.
  @inline(__always)
  func matches(_ text: StaticString, at index: Int) -> Bool {
    let length = text.utf8CodeUnitCount
    guard index + length <= count else { return false }
    for offset in 0..<length where self[index + offset] != (unsafe text.utf8Start[offset]) {
      return false
    }
    return true
  }

  /// Whether the bytes in `range` are `text`.
  @inline(__always)
  func equals(_ text: StaticString, _ range: Range<Int>) -> Bool {
    range.count == text.utf8CodeUnitCount && matches(text, at: range.lowerBound)
  }

  /// The bytes in `range` as a number of ASCII digits alone; `nil` where they are none, or large.
  func number(in range: Range<Int>) -> Int? {
    guard !range.isEmpty, range.count <= 15 else { return nil }
    var value = 0
    for index in range {
      let digit = self[index] &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      value = value * 10 + Int(digit)
    }
    return value
  }
}
