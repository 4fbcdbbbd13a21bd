extension Span<UInt8> {
  /// The bytes without ASCII blanks, no-break and ideographic spaces at either end.
  package var rangeWithoutBlanks: Range<Int> {
    var start = 0
    var end = count
    while start < end {
      let length = blankLength(at: start, before: end)
      if length == 0 { break }
      start += length
    }
    while start < end {
      let length = blankLength(endingAt: end, from: start)
      if length == 0 { break }
      end -= length
    }
    return start..<end
  }

  private func blankLength(at index: Int, before end: Int) -> Int {
    if self[index] <= 0x20 { return 1 }
    if index + 1 < end, self[index] == 0xC2, self[index + 1] == 0xA0 { return 2 }
    if index + 2 < end, self[index] == 0xE3, self[index + 1] == 0x80, self[index + 2] == 0x80 {
      return 3
    }
    return 0
  }

  private func blankLength(endingAt end: Int, from start: Int) -> Int {
    for length in 1...3 where end - length >= start {
      if blankLength(at: end - length, before: end) == length { return length }
    }
    return 0
  }
}
