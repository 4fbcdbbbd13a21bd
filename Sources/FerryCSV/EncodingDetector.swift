/// What encoding a file's bytes are in, by evidence.
struct EncodingDetector {
  /// What was found.
  struct Result: Hashable {
    var encoding: TextEncoding
    /// Bytes of the mark at the front.
    var markByteCount = 0
    /// For lines that are not in `encoding`; only with UTF-8.
    var fallback: TextEncoding?
  }

  /// Looks at samples of a file.
  ///
  /// The first starts the file; the others start and end at line ends.
  static func detect(_ samples: [ContiguousArray<UInt8>]) -> Result {
    guard let head = samples.first else { return Result(encoding: .utf8) }
    if let marked = byteOrderMark(head) { return marked }
    if let wide = wideEncoding(head) { return Result(encoding: wide) }
    var other = ContiguousArray<UInt8>()
    var utf8LineCount = 0
    var otherLineCount = 0
    for (index, sample) in samples.enumerated() {
      forEachLine(sample, dropsLast: index == 0 && sample.count >= CSVSample.headByteCount) {
        line in
        let (good, bad) = utf8Evidence(line)
        if bad > 0, good <= bad {
          otherLineCount += 1
          for index in line.indices { other.append(line[index]) }
        } else if good > 0 {
          utf8LineCount += 1
        }
      }
    }
    if otherLineCount == 0 { return Result(encoding: .utf8) }
    let legacy = legacyEncoding(of: other.span)
    if utf8LineCount * 4 >= otherLineCount { return Result(encoding: .utf8, fallback: legacy) }
    return Result(encoding: legacy)
  }

  private static func byteOrderMark(_ head: ContiguousArray<UInt8>) -> Result? {
    let marks: [(bytes: [UInt8], encoding: TextEncoding)] = [
      ([0xEF, 0xBB, 0xBF], .utf8), ([0xFF, 0xFE, 0, 0], .utf32LittleEndian),
      ([0, 0, 0xFE, 0xFF], .utf32BigEndian), ([0xFF, 0xFE], .utf16LittleEndian),
      ([0xFE, 0xFF], .utf16BigEndian), ([0x84, 0x31, 0x95, 0x33], .gb18030),
    ]
    return marks.first { head.starts(with: $0.bytes) }
      .map { Result(encoding: $0.encoding, markByteCount: $0.bytes.count) }
  }

  /// UTF-16 without a mark: NULs on one side only, and the pairs are ASCII or common characters.
  private static func wideEncoding(_ head: ContiguousArray<UInt8>) -> TextEncoding? {
    let pairCount = head.count / 2
    guard pairCount > 1 else { return nil }
    var nulls = (first: 0, second: 0)
    for index in 0..<pairCount {
      let (first, second) = (head[2 * index], head[2 * index + 1])
      if first | second == 0 { return nil }
      if first == 0 { nulls.first += 1 }
      if second == 0 { nulls.second += 1 }
    }
    guard nulls.first + nulls.second > 0 else { return nil }
    var common = (bigEndian: 0, littleEndian: 0)
    for index in 0..<pairCount {
      let (first, second) = (UInt32(head[2 * index]), UInt32(head[2 * index + 1]))
      if isCommon(first << 8 | second) { common.bigEndian += 1 }
      if isCommon(second << 8 | first) { common.littleEndian += 1 }
    }
    if nulls.second * 20 <= nulls.first, common.bigEndian * 2 >= pairCount {
      return .utf16BigEndian
    }
    if nulls.first * 20 <= nulls.second, common.littleEndian * 2 >= pairCount {
      return .utf16LittleEndian
    }
    return nil
  }

  private static func isCommon(_ unit: UInt32) -> Bool {
    switch unit {
    case 0x09, 0x0A, 0x0D, 0x20..<0x7F: true
    default:
      CommonCharacters.simplified.contains(unit) || CommonCharacters.traditional.contains(unit)
        || CommonCharacters.japanese.contains(unit)
    }
  }

  private static func forEachLine(
    _ bytes: ContiguousArray<UInt8>, dropsLast: Bool, _ body: (Span<UInt8>) -> Void
  ) {
    let span = bytes.span
    var start = 0
    var index = 0
    while index < span.count {
      if span[index] == UInt8(ascii: "\n") || span[index] == UInt8(ascii: "\r") {
        body(span.extracting(start..<index))
        start = index + 1
      }
      index += 1
    }
    if start < span.count, !dropsLast || start == 0 { body(span.extracting(start..<span.count)) }
  }
}

// MARK: - Encodings before Unicode

extension EncodingDetector {
  /// The one encoding before Unicode under which the bytes look most like text.
  static func legacyEncoding(of bytes: Span<UInt8>) -> TextEncoding {
    let sample = bytes.extracting(first: 64 << 10)
    var best = (encoding: TextEncoding.windows1252, score: westernScore(sample))
    let candidates: [(TextEncoding, Set<UInt32>)] = [
      (.gb18030, CommonCharacters.simplified), (.big5, CommonCharacters.traditional),
      (.shiftJIS, CommonCharacters.japanese),
    ]
    for (encoding, common) in candidates {
      let score = eastAsianScore(sample, encoding, common)
      if score > best.score { best = (encoding, score) }
    }
    return best.encoding
  }

  /// Evidence per character beyond ASCII that single high bytes are letters of Western words.
  private static func westernScore(_ bytes: Span<UInt8>) -> Double {
    var (score, count, index) = (0.0, 0, 0)
    while index < bytes.count {
      guard bytes[index] >= 0x80 else {
        index += 1
        continue
      }
      let start = index
      while index < bytes.count, bytes[index] >= 0x80 {
        score += weight(ofWestern: bytes[index])
        index += 1
      }
      let length = index - start
      count += length
      if length > 1 { score -= Double(length) * 0.5 }
      let isInWord =
        start > 0 && isLetter(bytes[start - 1]) || index < bytes.count && isLetter(bytes[index])
      if isInWord, length < 3 { score += 0.3 }
    }
    return count == 0 ? 0 : score / Double(count)
  }

  private static func weight(ofWestern byte: UInt8) -> Double {
    switch byte {
    case 0x81, 0x8D, 0x8F, 0x90, 0x9D: -4
    case 0xC0...0xFF: byte == 0xD7 || byte == 0xF7 ? -0.2 : 0.5
    case 0x80, 0x85, 0x91...0x97, 0x99, 0xA0, 0xA3, 0xA9, 0xAB, 0xAE, 0xB0, 0xB4, 0xB7, 0xBB: 0.4
    default: 0
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
  }

  /// Evidence per character beyond ASCII that decoding gives the characters of a language.
  private static func eastAsianScore(
    _ bytes: Span<UInt8>, _ encoding: TextEncoding, _ common: Set<UInt32>
  ) -> Double {
    guard let decoder = TableDecoder(encoding) else { return -10 }
    var output = ContiguousArray<UInt8>()
    var faults = ContiguousArray<DecodeFault>()
    _ = decoder.decode(bytes, isLast: true, into: &output, faults: &faults)
    var (score, count) = (Double(faults.count) * -3, faults.count)
    for scalar in String(decoding: output, as: UTF8.self).unicodeScalars
    where scalar.value >= 0x80 {
      count += 1
      score += weight(ofEastAsian: scalar.value, encoding, common)
    }
    return count == 0 ? -10 : score / Double(count)
  }

  private static func weight(
    ofEastAsian scalar: UInt32, _ encoding: TextEncoding, _ common: Set<UInt32>
  ) -> Double {
    if common.contains(scalar) { return 1.2 }
    switch scalar {
    case 0x3000...0x3011, 0xFF01...0xFF5E, 0x2018...0x201D, 0x2026, 0xFFE5: return 0.5
    case 0x3040...0x30FF: return encoding == .shiftJIS ? 1 : -0.2
    case 0xFF61...0xFF9F: return -0.5
    case 0x4E00...0x9FFF: return 0.15
    case 0xE000...0xF8FF: return -1.5
    default: return -0.3
    }
  }
}
