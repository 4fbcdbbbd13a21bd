// Byte helpers that the whole room shares; all of them allocate nothing.

extension UInt8 {
  var isDigit: Bool { self &- 0x30 < 10 }
  var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
  var isUpper: Bool { self &- 0x41 < 26 }
  var isBlank: Bool { self == 0x20 || self &- 0x09 < 5 }
  /// The letter in lower case; anything else as it is.
  var lower: UInt8 { isUpper ? self | 0x20 : self }
}

extension Span where Element == UInt8 {
  /// The range without blanks at both ends.
  var trimmedRange: Range<Int> {
    var start = 0
    var end = count
    while start < end, self[start].isBlank { start += 1 }
    while end > start, self[end - 1].isBlank { end -= 1 }
    return start..<end
  }

  /// Whether the bytes at `offset` are those of `word`.
  func has(_ word: StaticString, at offset: Int) -> Bool {
    let length = word.utf8CodeUnitCount
    guard offset >= 0, offset + length <= count else { return false }
    return word.withUTF8Buffer { word in
      for index in 0..<length where unsafe self[offset + index] != word[index] { return false }
      return true
    }
  }

  /// Whether the bytes at `offset` are those of `word`, letters of either case.
  func has(_ word: ContiguousArray<UInt8>, at offset: Int) -> Bool {
    guard offset + word.count <= count else { return false }
    for index in word.indices where self[offset + index].lower != word[index] { return false }
    return true
  }

  /// Whether all bytes are those of `word`, letters of either case; `word` is in lower case.
  func isWord(_ word: ContiguousArray<UInt8>) -> Bool {
    count == word.count && has(word, at: 0)
  }

  /// How many bytes the character that starts at `offset` takes, by its first byte.
  func characterLength(at offset: Int) -> Int {
    switch self[offset] {
    case ..<0xC0: 1
    case ..<0xE0: Swift.min(2, count - offset)
    case ..<0xF0: Swift.min(3, count - offset)
    default: Swift.min(4, count - offset)
    }
  }

  /// The bytes as a string; allocates.
  var string: String {
    unsafe withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
  }
}

extension ContiguousArray where Element == UInt8 {
  /// Adds all bytes of `bytes`.
  mutating func append(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { unsafe self.append(contentsOf: $0) }
  }

  /// Adds a number in decimal, with zeros in front up to `width` digits.
  mutating func append(decimal number: Int, width: Int = 1) {
    var divisor = 1
    for _ in 1..<Swift.max(width, 1) { divisor *= 10 }
    while number / divisor > 9 { divisor *= 10 }
    while divisor > 0 {
      append(UInt8(truncatingIfNeeded: 0x30 + number / divisor % 10))
      divisor /= 10
    }
  }
}
