import Foundation

// The first step of every normalizer: characters that look like nothing are taken out, blanks of
// all kinds become a space, and, where a type wants it, full-width signs become half-width ones.
// A value that needs none of it is found by one look at its bytes (`isClean`) and never copied.
// When changing a table, keep both sides in step: what `isClean` lets pass, `fold` must not change.

/// How far the first step goes.
enum FoldingLevel {
  /// Text of one line: widths stay as they are.
  case line
  /// Text of several lines: line breaks stay.
  case lines
  /// Numbers, dates, phones and addresses of machines: full-width signs, dashes, 、 and 。 become
  /// their ASCII likes.
  case ascii
}

enum TextFolding {
  /// Whether `fold` would give the same bytes, blanks at both ends aside.
  static func isClean(_ value: Span<UInt8>, level: FoldingLevel) -> Bool {
    var index = 0
    let end = value.count
    while index < end {
      let byte = value[index]
      if byte &- 0x20 < 0x5F {
        index += 1
      } else if byte < 0x80 {
        guard byte == 0x0A, level == .lines else { return false }
        index += 1
      } else if byte >= 0xE2, byte < 0xF0, index + 2 < end {
        guard isClean(byte, value[index + 1], value[index + 2], level: level) else { return false }
        index += 3
      } else if byte == 0xC3, index + 1 < end {
        index += 2
      } else {
        return false
      }
    }
    return true
  }

  /// Three bytes that stand for one character which no level changes.
  private static func isClean(
    _ first: UInt8, _ second: UInt8, _ third: UInt8, level: FoldingLevel
  ) -> Bool {
    switch first {
    case 0xE5...0xE9: true  // U+5000…U+9FFF
    case 0xE4: second >= 0xB8  // U+4E00…U+4FFF
    case 0xE3:  // CJK signs, kana without their combining marks
      level != .ascii && (second == 0x80 ? third > 0x80 && third < 0xA0 : second < 0x84)
        && !(second == 0x82 && (third == 0x99 || third == 0x9A))
    case 0xE2: level != .ascii && second == 0x80 && third >= 0x90 && third <= 0xA7
    case 0xEF: level != .ascii && (second == 0xBC || second == 0xBD)  // full-width forms
    default: false
    }
  }

  /// Writes the folded, trimmed value into `output`, whatever it held.
  static func fold(
    _ value: Span<UInt8>, level: FoldingLevel, into output: inout ContiguousArray<UInt8>
  ) {
    output.removeAll(keepingCapacity: true)
    var decoder = UTF8Walk()
    var previous: UInt32 = 0
    var mayCompose = false
    while let scalar = decoder.next(in: value) {
      let isBreakOfPair = scalar == 0x0A && previous == 0x0D
      let folded = isBreakOfPair ? 0 : self.folded(scalar, level: level, after: previous)
      previous = scalar
      guard folded != 0 else { continue }
      mayCompose = mayCompose || Self.mayCompose(folded)
      append(folded, to: &output)
    }
    if mayCompose { compose(&output) }
    trim(&output)
  }

  /// The whole of a short text, folded to ASCII likes; for tables and options.
  static func folded(_ text: String, level: FoldingLevel = .ascii) -> String {
    let bytes = ContiguousArray(text.utf8)
    var output = ContiguousArray<UInt8>()
    fold(bytes.span, level: level, into: &output)
    return String(decoding: output, as: UTF8.self)
  }

  private static func compose(_ bytes: inout ContiguousArray<UInt8>) {
    let text = String(decoding: bytes, as: UTF8.self).precomposedStringWithCanonicalMapping
    bytes.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: text.utf8)
  }

  private static func trim(_ bytes: inout ContiguousArray<UInt8>) {
    let range = bytes.span.trimmedRange
    guard range.count != bytes.count else { return }
    bytes.removeSubrange(range.upperBound...)
    bytes.removeSubrange(..<range.lowerBound)
  }
}

// MARK: - Tables

extension TextFolding {
  /// What a character becomes; 0 where it goes.
  private static func folded(_ scalar: UInt32, level: FoldingLevel, after previous: UInt32)
    -> UInt32
  {
    switch scalar {
    case 0x20...0x7E: return scalar
    case 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029: return level == .lines ? 0x0A : 0x20
    case 0x09, 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: return 0x20
    case ..<0xA0, 0xAD, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x2064,
      0x2066...0x2069, 0xFEFF:
      return 0
    case 0x200C, 0x200D: return level != .ascii && joins(previous) ? scalar : 0
    default: return level == .ascii ? asciiLike(scalar) : scalar
    }
  }

  /// Scripts and pictures in which a joiner changes what is seen.
  private static func joins(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x0600...0x0DFF, 0x2190...0x2BFF, 0xFE0F, 0x1F000...0x1FAFF: true
    default: false
    }
  }

  private static func asciiLike(_ scalar: UInt32) -> UInt32 {
    switch scalar {
    case 0xFF01...0xFF5E: scalar - 0xFEE0
    case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63: 0x2D
    case 0x3001: 0x2C
    case 0x3002, 0xFF61: 0x2E
    case 0x2018, 0x2019: 0x27
    case 0x201C, 0x201D: 0x22
    case 0x3010: 0x5B
    case 0x3011: 0x5D
    case 0xFFE5: 0xA5
    case 0xFFE1: 0xA3
    case 0xFFE6: 0x20A9
    default: scalar
    }
  }

  /// Whether NFC may change the text for the sake of this character; errs on the side of true.
  private static func mayCompose(_ scalar: UInt32) -> Bool {
    switch scalar {
    case ..<0x0300, 0x2000...0x2025, 0x2027...0x20CF, 0x3000...0x3029, 0x3030...0x3098,
      0x309B...0x9FFF, 0xAC00...0xD7A3, 0xE000...0xF8FF, 0xFE10...0xFE6F, 0xFF00...0xFFFF,
      0x1F000...0x1FAFF, 0x2_0000...0x2_F7FF:
      false
    default: true
    }
  }

  private static func append(_ scalar: UInt32, to output: inout ContiguousArray<UInt8>) {
    guard scalar >= 0x80 else { return output.append(UInt8(scalar)) }
    guard let scalar = Unicode.Scalar(scalar), let bytes = UTF8.encode(scalar) else { return }
    output.append(contentsOf: bytes)
  }
}

/// A walk over the characters of UTF-8; a broken byte gives U+FFFD.
struct UTF8Walk {
  private(set) var offset = 0

  init(from offset: Int = 0) { self.offset = offset }

  /// The next character; `nil` at the end.
  mutating func next(in bytes: Span<UInt8>) -> UInt32? {
    guard offset < bytes.count else { return nil }
    let first = bytes[offset]
    guard first >= 0x80 else {
      offset += 1
      return UInt32(first)
    }
    let length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0
    guard length > 0, offset + length <= bytes.count else {
      offset += 1
      return 0xFFFD
    }
    var scalar = UInt32(first) & (0x7F >> UInt32(length))
    for index in 1..<length {
      guard bytes[offset + index] & 0xC0 == 0x80 else {
        offset += 1
        return 0xFFFD
      }
      scalar = scalar << 6 | UInt32(bytes[offset + index] & 0x3F)
    }
    offset += length
    return Unicode.Scalar(scalar) == nil ? 0xFFFD : scalar
  }
}
