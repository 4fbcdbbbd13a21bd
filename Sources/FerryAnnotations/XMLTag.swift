import FerryCore
import Foundation

/// One tag of a part, by its place in the part's bytes.
///
/// Parts are patched as bytes: what is not touched stays as the client's program wrote it.
struct XMLTag {
  enum Kind {
    case start
    case end
    /// `<name/>`.
    case empty
  }

  let kind: Kind
  /// From `<` to behind `>`.
  let range: Range<Int>
  /// The name with its prefix.
  let fullName: Range<Int>
  /// The name without it.
  let name: Range<Int>

  /// Where a look for the next tag ended.
  enum Search {
    case tag(XMLTag)
    /// No tag begins here any more; everything before the position is text.
    case none(Int)
    /// Markup begins at the position and does not end.
    case unfinished(Int)
  }

  /// The next tag from `start` on, comments, instructions and CDATA passed over.
  static func next(in bytes: Span<UInt8>, from start: Int, to end: Int) -> Search {
    var index = start
    while let open = bytes.position(of: UInt8(ascii: "<"), from: index, to: end) {
      guard open + 1 < end else { return .unfinished(open) }
      switch bytes[open + 1] {
      case UInt8(ascii: "!"), UInt8(ascii: "?"):
        guard let close = bytes.endOfOther(at: open, to: end) else { return .unfinished(open) }
        index = close
      default:
        guard let close = bytes.endOfTag(at: open, to: end) else { return .unfinished(open) }
        return .tag(XMLTag(bytes, open, close))
      }
    }
    return .none(end)
  }

  private init(_ bytes: Span<UInt8>, _ open: Int, _ close: Int) {
    let isEnd = bytes[open + 1] == UInt8(ascii: "/")
    let first = isEnd ? open + 2 : open + 1
    var last = first
    var local = first
    while last < close - 1, !bytes[last].isSpace, bytes[last] != UInt8(ascii: "/") {
      if bytes[last] == UInt8(ascii: ":") { local = last + 1 }
      last += 1
    }
    range = open..<close
    fullName = first..<last
    name = local..<last
    kind = isEnd ? .end : bytes[close - 2] == UInt8(ascii: "/") ? .empty : .start
  }

  /// The place of an attribute's value, without its quotes; `name` with its prefix.
  func attribute(_ name: StaticString, in bytes: Span<UInt8>) -> Range<Int>? {
    var index = fullName.upperBound
    while index < range.upperBound - 1 {
      while index < range.upperBound, bytes[index].isSpace { index += 1 }
      let start = index
      while index < range.upperBound, bytes[index] != UInt8(ascii: "="), !bytes[index].isSpace {
        index += 1
      }
      let nameRange = start..<index
      while index < range.upperBound, bytes[index] != 0x22, bytes[index] != 0x27 { index += 1 }
      guard index < range.upperBound else { return nil }
      let quote = bytes[index]
      guard let close = bytes.position(of: quote, from: index + 1, to: range.upperBound) else {
        return nil
      }
      if bytes.equals(name, nameRange) { return index + 1..<close }
      index = close + 1
    }
    return nil
  }

  /// The number that an attribute's value spells; `nil` where it is none.
  func number(_ name: StaticString, in bytes: Span<UInt8>) -> Int? {
    guard let range = attribute(name, in: bytes) else { return nil }
    return bytes.number(range)
  }

  /// The value of an attribute, its references resolved.
  func value(_ name: StaticString, in bytes: Span<UInt8>) -> String? {
    guard let range = attribute(name, in: bytes) else { return nil }
    return XMLText.decoded(bytes.text(range))
  }

  /// The place of an attribute with its name and the blank before it.
  func wholeAttribute(_ name: StaticString, in bytes: Span<UInt8>) -> Range<Int>? {
    guard let value = attribute(name, in: bytes) else { return nil }
    var start = value.lowerBound - 1
    while start > range.lowerBound, bytes[start] != UInt8(ascii: "=") { start -= 1 }
    while start > range.lowerBound, bytes[start - 1].isSpace { start -= 1 }
    while start > range.lowerBound, !bytes[start - 1].isSpace { start -= 1 }
    return max(range.lowerBound, start - 1)..<value.upperBound + 1
  }
}

extension UInt8 {
  /// Whether XML takes it for a blank.
  var isSpace: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }
}

extension Span<UInt8> {
  /// The first `byte` in a range; `nil` where there is none.
  func position(of byte: UInt8, from start: Int, to end: Int) -> Int? {
    precondition(start >= 0 && end <= count, "a look beyond the part's bytes")
    guard start < end else { return nil }
    return unsafe withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress,
        let found = unsafe memchr(base + start, Int32(byte), end - start)
      else { return nil }
      return unsafe UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
    }
  }

  /// Whether a range holds `text`.
  func equals(_ text: StaticString, _ range: Range<Int>) -> Bool {
    guard range.count == text.utf8CodeUnitCount, range.upperBound <= count else { return false }
    return text.withUTF8Buffer { buffer in
      for index in buffer.indices where unsafe buffer[index] != self[range.lowerBound + index] {
        return false
      }
      return true
    }
  }

  /// The text of a range.
  func text(_ range: Range<Int>) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count)
    for index in range { bytes.append(self[index]) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The number that a range spells; `nil` where it is none.
  func number(_ range: Range<Int>) -> Int? {
    guard !range.isEmpty, range.count <= 10 else { return nil }
    var number = 0
    for index in range {
      guard self[index] >= 0x30, self[index] <= 0x39 else { return nil }
      number = number * 10 + Int(self[index] - 0x30)
    }
    return number
  }

  // Behind the `>` that ends the tag, one in quotes not counted.
  fileprivate func endOfTag(at open: Int, to end: Int) -> Int? {
    var index = open + 1
    var quote: UInt8 = 0
    while index < end {
      let byte = self[index]
      if quote != 0 {
        if byte == quote { quote = 0 }
      } else if byte == UInt8(ascii: ">") {
        return index + 1
      } else if byte == 0x22 || byte == 0x27 {
        quote = byte
      }
      index += 1
    }
    return nil
  }

  // Behind a comment, an instruction, CDATA or a declaration.
  fileprivate func endOfOther(at open: Int, to end: Int) -> Int? {
    if self[open + 1] == UInt8(ascii: "?") { return behind("?>", from: open, to: end) }
    guard open + 3 < end else { return nil }
    if self[open + 2] == UInt8(ascii: "-") { return behind("-->", from: open + 4, to: end) }
    if self[open + 2] == UInt8(ascii: "[") { return behind("]]>", from: open, to: end) }
    return endOfTag(at: open, to: end)
  }

  private func behind(_ text: StaticString, from start: Int, to end: Int) -> Int? {
    let length = text.utf8CodeUnitCount
    var index = start
    while index + length <= end {
      if equals(text, index..<index + length) { return index + length }
      index += 1
    }
    return nil
  }
}

/// Texts of XML.
enum XMLText {
  /// `text` as it may stand between tags and in attributes; what XML can't hold is left out.
  ///
  /// Source: XML 1.0, 2.2 (characters) and 2.4 (escapes).
  static func encoded(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n": result += "&#10;"
      case "\t": result += "&#9;"
      case "\u{FFFE}", "\u{FFFF}": continue
      default: if scalar.value >= 0x20 { result.unicodeScalars.append(scalar) }
      }
    }
    return result
  }

  /// The same for a cell's text, where `_x0041_` would be an escape of its own.
  ///
  /// Source: ECMA-376 Part 1, 22.9.2.19 (ST_Xstring).
  static func encodedCell(_ text: String) -> String {
    encoded(text.replacing(#/_x(?=[0-9A-Fa-f]{4}_)/#, with: "_x005F_x"))
  }

  /// `text` with its references resolved.
  static func decoded(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    return text.replacing(#/&(#x?)?([0-9A-Za-z]+);/#) { match -> String in
      let name = String(match.output.2)
      if let mark = match.output.1 {
        let code = UInt32(name, radix: mark == "#x" ? 16 : 10)
        return code.flatMap { Unicode.Scalar($0) }.map { String(Character($0)) } ?? ""
      }
      let named = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"]
      return named[name] ?? ""
    }
  }
}
