/// How far bytes are valid UTF-8.
struct UTF8Prefix: Hashable {
  /// Up to here they are.
  var validEnd: Int
  /// Whether only the rest of a character is missing.
  var isIncomplete: Bool
}

/// Finds the first byte from `start` on that is not UTF-8.
///
/// Source: RFC 3629, section 4; overlong forms and surrogates are not UTF-8.
func validUTF8Prefix(_ bytes: Span<UInt8>, from start: Int) -> UTF8Prefix {
  let count = bytes.count
  let raw = unsafe bytes.bytes
  var index = start
  while true {
    while index + 8 <= count {
      let high = ByteWord(raw, at: index).beyondASCII
      if high == 0 {
        index += 8
        continue
      }
      index += high.firstPlace
      // Most text beyond ASCII here is Chinese: three bytes a character, many in a row.
      while index + 8 <= count, isThreeByteCharacter(ByteWord(raw, at: index).bits) { index += 3 }
      guard index + 8 <= count else { break }
      if bytes[index] < 0x80 { continue }
      let length = utf8Length(bytes, at: index)
      if length <= 0 { return UTF8Prefix(validEnd: index, isIncomplete: false) }
      index += length
    }
    guard index < count else { return UTF8Prefix(validEnd: count, isIncomplete: false) }
    let length = utf8Length(bytes, at: index)
    if length <= 0 { return UTF8Prefix(validEnd: index, isIncomplete: length < 0) }
    index += length
  }
}

/// Whether the lowest three bytes are one character: not overlong, no surrogate.
@inline(__always)
private func isThreeByteCharacter(_ bits: UInt64) -> Bool {
  // The four bits after 1110, and the highest of the second byte's six, tell both exceptions.
  let telling = bits & 0x200F
  return bits & 0xC0_C0F0 == 0x80_80E0 && telling != 0 && telling != 0x200D
}

/// The length of the character at `index`; 0 where there is none, -1 where only its rest is missing.
private func utf8Length(_ bytes: Span<UInt8>, at index: Int) -> Int {
  let first = bytes[index]
  if first < 0x80 { return 1 }
  let (length, low, high) = utf8Shape(first)
  var place = 1
  while place < length {
    guard index + place < bytes.count else { return -1 }
    let byte = bytes[index + place]
    let isValid = place == 1 ? byte >= low && byte <= high : byte & 0xC0 == 0x80
    if !isValid { return 0 }
    place += 1
  }
  return length
}

/// The length that a first byte promises, and the range of the second byte; 0 where it is none.
@inline(__always)
private func utf8Shape(_ first: UInt8) -> (length: Int, low: UInt8, high: UInt8) {
  switch first {
  case 0xC2...0xDF: (2, 0x80, 0xBF)
  case 0xE0: (3, 0xA0, 0xBF)
  case 0xED: (3, 0x80, 0x9F)
  case 0xE1...0xEF: (3, 0x80, 0xBF)
  case 0xF0: (4, 0x90, 0xBF)
  case 0xF1...0xF3: (4, 0x80, 0xBF)
  case 0xF4: (4, 0x80, 0x8F)
  default: (0, 0, 0)
  }
}

/// Passes UTF-8 through, and reads lines that are none in the fallback encoding.
///
/// A line that has more good characters beyond ASCII than bad bytes is UTF-8 all the same, with
/// damage; its bad bytes are marked. Another line is read whole in the fallback encoding.
final class UTF8Decoder: ChunkDecoder {
  private var fallback: TextEncoding?
  private var fallbackDecoder: (any ChunkDecoder)?

  init(fallback: TextEncoding?) { self.fallback = fallback }

  func decode(
    _ input: Span<UInt8>, isLast: Bool, into output: inout ContiguousArray<UInt8>,
    faults: inout ContiguousArray<DecodeFault>
  ) -> Int {
    var index = 0
    while index < input.count {
      let prefix = validUTF8Prefix(input, from: index)
      if prefix.validEnd == input.count || prefix.isIncomplete && !isLast {
        let end = isLast ? prefix.validEnd : wholeLines(input, index..<prefix.validEnd)
        append(input, index..<end, to: &output)
        return end
      }
      let line = lineAround(input, prefix.validEnd, notBefore: index)
      append(input, index..<line.lowerBound, to: &output)
      let canWait = line.lowerBound > 0 || line.count <= Self.longestWait
      if line.upperBound == input.count, !isLast, canWait { return line.lowerBound }
      decodeLine(input, line, into: &output, faults: &faults)
      index = line.upperBound
    }
    return index
  }

  /// A line is judged as a whole, so a begun one waits for its end, if that is not far.
  private static let longestWait = 1 << 20

  private func wholeLines(_ input: Span<UInt8>, _ range: Range<Int>) -> Int {
    var end = range.upperBound
    while end > range.lowerBound, input[end - 1] != UInt8(ascii: "\n") { end -= 1 }
    return range.upperBound - end > Self.longestWait ? range.upperBound : end
  }

  private func append(
    _ input: Span<UInt8>, _ range: Range<Int>, to output: inout ContiguousArray<UInt8>
  ) {
    let run = input.extracting(range)
    unsafe run.withUnsafeBufferPointer { unsafe output.append(contentsOf: $0) }
  }

  private func lineAround(_ input: Span<UInt8>, _ place: Int, notBefore: Int) -> Range<Int> {
    var (start, end) = (place, place)
    while start > notBefore, input[start - 1] != UInt8(ascii: "\n") { start -= 1 }
    while end < input.count, input[end] != UInt8(ascii: "\n") { end += 1 }
    return start..<min(end + 1, input.count)
  }

  private func decodeLine(
    _ input: Span<UInt8>, _ range: Range<Int>, into output: inout ContiguousArray<UInt8>,
    faults: inout ContiguousArray<DecodeFault>
  ) {
    let line = input.extracting(range)
    let (good, bad) = utf8Evidence(line)
    if good <= bad, let decoder = decoderForOtherLines(line) {
      faults.append(
        DecodeFault(kind: .otherEncoding(fallback ?? .windows1252), offset: output.count))
      _ = decoder.decode(line, isLast: true, into: &output, faults: &faults)
      return
    }
    var index = 0
    while index < line.count {
      let end = validUTF8Prefix(line, from: index).validEnd
      append(line, index..<end, to: &output)
      if end < line.count { mark(line, end..<end + 1, into: &output, faults: &faults) }
      index = end + 1
    }
  }

  private func decoderForOtherLines(_ line: Span<UInt8>) -> (any ChunkDecoder)? {
    if let fallbackDecoder { return fallbackDecoder }
    let encoding = fallback ?? EncodingDetector.legacyEncoding(of: line)
    fallback = encoding
    fallbackDecoder = makeDecoder(for: encoding, fallback: nil)
    return fallbackDecoder
  }
}

/// Counts characters beyond ASCII that are UTF-8, and bytes that are not.
func utf8Evidence(_ bytes: Span<UInt8>) -> (good: Int, bad: Int) {
  var (good, bad, index) = (0, 0, 0)
  while index < bytes.count {
    let end = validUTF8Prefix(bytes, from: index).validEnd
    while index < end {
      if bytes[index] & 0xC0 == 0xC0 { good += 1 }
      index += 1
    }
    if end < bytes.count { bad += 1 }
    index = end + 1
  }
  return (good, bad)
}
