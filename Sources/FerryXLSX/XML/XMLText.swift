import FerryCore

/// Turns the characters of XML into plain text.
enum XMLText {
  /// Appends `range` of `bytes` with references replaced and line ends as line feeds.
  ///
  /// - Returns: False where a reference is to something that XML itself doesn't define; the text
  ///   before it has been appended then.
  static func append(
    _ bytes: Span<UInt8>, _ range: Range<Int>, to output: inout ContiguousArray<UInt8>
  ) -> Bool {
    var plainStart = range.lowerBound
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      if byte == UInt8(ascii: "&") {
        output.append(copying: bytes.extracting(plainStart..<index))
        guard let end = appendReference(bytes, index..<range.upperBound, to: &output)
        else { return false }
        index = end
        plainStart = end
      } else if byte == 0x0D {
        // XML 1.0, 2.11: CR LF and a lone CR are read as one LF.
        output.append(copying: bytes.extracting(plainStart..<index))
        output.append(0x0A)
        index += index + 1 < range.upperBound && bytes[index + 1] == 0x0A ? 2 : 1
        plainStart = index
      } else {
        index += 1
      }
    }
    output.append(copying: bytes.extracting(plainStart..<range.upperBound))
    return true
  }

  /// Whether the bytes in `range` are UTF-8 as it may be.
  ///
  /// Source: The Unicode Standard, table 3-7 (well-formed UTF-8 byte sequences).
  static func isUTF8(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    while index < range.upperBound {
      if index &+ 8 <= range.upperBound {
        let block = bytes.block(at: index)
        if block & 0x8080_8080_8080_8080 == 0 {
          index &+= 8
          continue
        }
        // Chinese and most else of three bytes: E1…EC, then two from 80 to BF.
        let lead = UInt8(truncatingIfNeeded: block)
        if block & 0xC0C0F0 == 0x8080E0, lead > 0xE0, lead < 0xED {
          index &+= 3
          continue
        }
      }
      let lead = bytes[index]
      index += 1
      if lead < 0x80 { continue }
      guard let tail = Tail(lead), index + tail.count <= range.upperBound,
        tail.second.contains(bytes[index])
      else { return false }
      for place in index + 1..<index + tail.count where bytes[place] & 0xC0 != 0x80 {
        return false
      }
      index += tail.count
    }
    return true
  }

  // How many bytes follow a lead byte, and which the first of them may be.
  private struct Tail {
    let count: Int
    let second: ClosedRange<UInt8>

    @inline(__always)
    init?(_ lead: UInt8) {
      switch lead {
      case 0xC2...0xDF: (count, second) = (1, 0x80...0xBF)
      case 0xE0: (count, second) = (2, 0xA0...0xBF)
      case 0xED: (count, second) = (2, 0x80...0x9F)
      case 0xE1...0xEF: (count, second) = (2, 0x80...0xBF)
      case 0xF0: (count, second) = (3, 0x90...0xBF)
      case 0xF1...0xF3: (count, second) = (3, 0x80...0xBF)
      case 0xF4: (count, second) = (3, 0x80...0x8F)
      default: return nil
      }
    }
  }

  /// How many UTF-16 units `text` has, where these are more than a cell of Excel holds.
  @inline(__always)
  static func excessiveLength(_ text: Span<UInt8>) -> Int? {
    guard text.count > Limits.textLength else { return nil }
    let length = length16(text)
    return length > Limits.textLength ? length : nil
  }

  private static func length16(_ text: Span<UInt8>) -> Int {
    // Each lead byte is a unit, and one of four bytes stands for two.
    var length = 0
    for index in text.indices where text[index] & 0xC0 != 0x80 {
      length += text[index] >= 0xF0 ? 2 : 1
    }
    return length
  }

  /// `range` without white space at either end.
  static func trimmed(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, bytes[start].isXMLSpace { start += 1 }
    while end > start, bytes[end - 1].isXMLSpace { end -= 1 }
    return start..<end
  }

  // `range` begins at the ampersand; gives the position behind the semicolon.
  private static func appendReference(
    _ bytes: Span<UInt8>, _ range: Range<Int>, to output: inout ContiguousArray<UInt8>
  ) -> Int? {
    let start = range.lowerBound + 1
    var end = start
    while end < range.upperBound, end - start < 12, bytes[end] != UInt8(ascii: ";") { end += 1 }
    guard end < range.upperBound, bytes[end] == UInt8(ascii: ";") else { return nil }
    let name = start..<end
    if bytes[start] == UInt8(ascii: "#") {
      guard let scalar = character(bytes, start + 1..<end) else { return nil }
      output.append(contentsOf: Unicode.UTF8.encode(scalar) ?? .init())
    } else if bytes.equals("amp", name) {
      output.append(UInt8(ascii: "&"))
    } else if bytes.equals("lt", name) {
      output.append(UInt8(ascii: "<"))
    } else if bytes.equals("gt", name) {
      output.append(UInt8(ascii: ">"))
    } else if bytes.equals("quot", name) {
      output.append(UInt8(ascii: "\""))
    } else if bytes.equals("apos", name) {
      output.append(UInt8(ascii: "'"))
    } else {
      return nil
    }
    return end + 1
  }

  private static func character(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Unicode.Scalar? {
    guard !range.isEmpty else { return nil }
    let isHex = bytes[range.lowerBound] == UInt8(ascii: "x")
    let digits = isHex ? range.dropFirst() : range
    guard !digits.isEmpty, digits.count <= 8 else { return nil }
    var value: UInt32 = 0
    for index in digits {
      guard let digit = bytes[index].hexDigit, isHex || digit <= 9 else { return nil }
      value = value &* (isHex ? 16 : 10) &+ UInt32(digit)
    }
    return value == 0 ? nil : Unicode.Scalar(value)
  }
}

// MARK: - Escapes of the spreadsheet format

extension XMLText {
  /// Replaces `_xHHHH_` from `start` on by the UTF-16 unit it stands for.
  ///
  /// Half a surrogate pair, the null character and what is no character stay as they are written.
  /// Source: ECMA-376 Part 1, 22.9.2.19 (ST_Xstring).
  static func unescape(_ text: inout ContiguousArray<UInt8>, from start: Int) {
    guard let first = firstEscape(in: text, from: start) else { return }
    var output = first
    var index = first
    while index < text.count {
      if let unit = escape(in: text, at: index) {
        let low = Unicode.UTF16.isLeadSurrogate(unit) ? escape(in: text, at: index + 7) : nil
        if let scalar = Self.scalar(unit, low) {
          for byte in Unicode.UTF8.encode(scalar) ?? .init() {
            text[output] = byte
            output += 1
          }
          index += low == nil ? 7 : 14
          continue
        }
      }
      text[output] = text[index]
      output += 1
      index += 1
    }
    text.removeLast(text.count - output)
  }

  private static func scalar(_ unit: UInt16, _ low: UInt16?) -> Unicode.Scalar? {
    guard let low else { return unit == 0 || unit >= 0xFFFE ? nil : Unicode.Scalar(unit) }
    guard Unicode.UTF16.isTrailSurrogate(low) else { return nil }
    return Unicode.Scalar(0x1_0000 + (UInt32(unit) - 0xD800) << 10 + UInt32(low) - 0xDC00)
  }

  private static func firstEscape(in text: ContiguousArray<UInt8>, from start: Int) -> Int? {
    var index = start
    while index + 7 <= text.count {
      if text[index] == UInt8(ascii: "_"), escape(in: text, at: index) != nil { return index }
      index += 1
    }
    return nil
  }

  private static func escape(in text: ContiguousArray<UInt8>, at index: Int) -> UInt16? {
    guard index + 7 <= text.count, text[index] == UInt8(ascii: "_"),
      text[index + 1] == UInt8(ascii: "x"), text[index + 6] == UInt8(ascii: "_")
    else { return nil }
    var value: UInt16 = 0
    for place in index + 2..<index + 6 {
      guard let digit = text[place].hexDigit else { return nil }
      value = value << 4 | UInt16(digit)
    }
    return value
  }
}

extension UInt8 {
  fileprivate var hexDigit: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
