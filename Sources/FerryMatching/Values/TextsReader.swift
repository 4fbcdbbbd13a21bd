import FerryCore

/// Cuts texts into words; one reader is used again for every text.
///
/// A word is a run of letters and digits; of a run of Chinese or kana every two neighbours are a
/// word, since blanks don't say where words end.
struct TextReader: Sendable {
  /// Longer texts are read as far as this, in bytes.
  private static let longestText = 16_384
  private static let mostWords = 512

  /// Whether the last text was longer than what was read of it.
  private(set) var isCut = false
  private var units = ContiguousArray<UInt32>()
  private var ranges = ContiguousArray<Range<Int>>()

  var wordCount: Int { ranges.count }

  func word(_ index: Int) -> ContiguousArray<UInt32> { ContiguousArray(units[ranges[index]]) }

  mutating func read(_ text: Span<UInt8>) {
    units.removeAll(keepingCapacity: true)
    ranges.removeAll(keepingCapacity: true)
    isCut = text.count > Self.longestText
    TextFold.appendFolded(text.extracting(first: Self.longestText), to: &units)
    var index = 0
    while index < units.count {
      if Self.isScriptWithoutBlanks(units[index]) {
        index = readRun(index)
      } else if Self.isWordPart(units[index]) {
        index = readWord(index)
      } else {
        index += 1
      }
      if ranges.count >= Self.mostWords {
        isCut = true
        break
      }
    }
  }

  private mutating func readWord(_ start: Int) -> Int {
    let end = wordEnd(start)
    if let code = codeEnd(start, end) {
      // PS-LX350H and PSLX350H are one product.
      ranges.append(start..<removeHyphens(start..<code))
      return code
    }
    ranges.append(start..<end)
    // The s of "joe's" says nothing.
    if end + 1 < units.count, units[end] == 0x27, units[end + 1] == 0x73 { return end + 2 }
    return end
  }

  private func wordEnd(_ start: Int) -> Int {
    var end = start
    while end < units.count, Self.isWordPart(units[end]), !Self.isScriptWithoutBlanks(units[end]) {
      end += 1
    }
    return end
  }

  /// Where a code of several pieces ends, such as EN-EL9 or NC800H/B; `nil` where none begins.
  private func codeEnd(_ start: Int, _ firstEnd: Int) -> Int? {
    var (end, pieceStart) = (firstEnd, start)
    var (letters, digits, pieces) = (false, false, 0)
    while end > pieceStart, end - start <= 16 {
      let pieceDigits = units[pieceStart..<end].contains(where: Sign.isDigit)
      guard pieceDigits || end - pieceStart <= 3 else { break }
      letters = letters || !units[pieceStart..<end].allSatisfy(Sign.isDigit)
      digits = digits || pieceDigits
      pieces += 1
      guard end + 1 < units.count, units[end] == Sign.hyphen || units[end] == Sign.slash,
        Sign.isAlphanumeric(units[end + 1])
      else { return pieces > 1 && letters && digits ? end : nil }
      pieceStart = end + 1
      end = wordEnd(pieceStart)
    }
    return nil
  }

  /// Moves a code's pieces together and gives where they end now; the rest is never read.
  private mutating func removeHyphens(_ range: Range<Int>) -> Int {
    var end = range.lowerBound
    for index in range where Self.isWordPart(units[index]) {
      units[end] = units[index]
      end += 1
    }
    return end
  }

  private mutating func readRun(_ start: Int) -> Int {
    var end = start
    while end < units.count, Self.isScriptWithoutBlanks(units[end]) { end += 1 }
    if end == start + 1 { ranges.append(start..<end) }
    for index in start..<end - 1 { ranges.append(index..<index + 2) }
    return end
  }

  @inline(__always)
  private static func isWordPart(_ unit: UInt32) -> Bool {
    if unit < 0x80 { return Sign.isAlphanumeric(unit) }
    switch unit {
    case 0x80...0xBF, 0x2000...0x2BFF, 0x3000...0x3004, 0x3008...0x3020, 0xFF00...0xFFFF:
      return false
    default: return true
    }
  }

  @inline(__always)
  private static func isScriptWithoutBlanks(_ unit: UInt32) -> Bool {
    Sign.isIdeograph(unit) || unit &- 0x3041 < 0xBF
  }
}
