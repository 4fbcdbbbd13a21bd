import FerryCore

/// Goes through the records of a part of an .xlsb, one after the other.
///
/// Source: MS-XLSB 2.1.4 (record): its number in one or two bytes, its length in one to four, seven
/// bits each and the lowest first, then that many bytes.
struct BinaryRecords {
  /// The number that says what the record is; -1 before the first.
  private(set) var id = -1
  /// How many bytes its body has.
  private(set) var byteCount = 0
  /// The part, for its checksum and for errors.
  var stream: PartStream { window.stream }

  private var window: PartWindow
  private var isFirst = true

  init(_ stream: PartStream) { window = PartWindow(stream) }

  /// Goes to the next record.
  ///
  /// - Returns: False at the end of the part.
  /// - Throws: Where the part ends within a record, or one is larger than any may be.
  mutating func next() throws(XLSXError) -> Bool {
    if !isFirst { window.drop(byteCount) }
    isFirst = false
    byteCount = 0
    var header = Header(window)
    while header == nil {
      guard try window.refill() else {
        guard window.range.isEmpty else { throw damaged }
        return false
      }
      header = Header(window)
    }
    guard let header else { return false }
    guard header.bodyBytes <= Limits.elementBytes else { throw damaged }
    window.drop(header.byteCount)
    while window.range.count < header.bodyBytes {
      guard try window.refill() else { throw damaged }
    }
    id = header.id
    byteCount = header.bodyBytes
    return true
  }

  private var damaged: XLSXError { stream.error(.damagedPart(stream.name)) }

  private struct Header {
    var id = 0
    var bodyBytes = 0
    var byteCount = 0

    // `nil` where the window ends within it.
    init?(_ window: PartWindow) {
      guard let id = number(mostBytes: 2, in: window),
        let bodyBytes = number(mostBytes: 4, in: window)
      else { return nil }
      (self.id, self.bodyBytes) = (id, bodyBytes)
    }

    private mutating func number(mostBytes: Int, in window: PartWindow) -> Int? {
      var number = 0
      for index in 0..<mostBytes {
        guard byteCount < window.range.count else { return nil }
        let byte = window.bytes[window.range.lowerBound + byteCount]
        byteCount += 1
        number |= Int(byte & 0x7F) << (7 * index)
        if byte & 0x80 == 0 { break }
      }
      return number
    }
  }
}

// MARK: - Body

extension BinaryRecords {
  /// The byte at `place` of the body; 0 beyond its end.
  func byte(at place: Int) -> UInt8 {
    place >= 0 && place < byteCount ? window.bytes[window.range.lowerBound + place] : 0
  }

  /// Two bytes of the body, low byte first; 0 beyond its end.
  func number16(at place: Int) -> Int {
    place + 2 <= byteCount ? window.bytes.number16(at: window.range.lowerBound + place) : 0
  }

  /// Four bytes of the body, low byte first; 0 beyond its end.
  func number32(at place: Int) -> Int {
    place + 4 <= byteCount ? window.bytes.number32(at: window.range.lowerBound + place) : 0
  }

  /// The number of eight bytes in the body, as IEEE 754 has it.
  func double(at place: Int) -> Double {
    Double(bitPattern: UInt64(number32(at: place + 4)) << 32 | UInt64(number32(at: place)))
  }

  /// Appends the text at `place`, its length in characters first, as UTF-8.
  ///
  /// - Returns: The place behind it.
  func appendText(at place: Int, to text: inout ContiguousArray<UInt8>) -> Int {
    let count = number32(at: place)
    // No text at all has this length, MS-XLSB 2.5.166.
    guard count != 0xFFFF_FFFF else { return place + 4 }
    let units = min(count, max(0, byteCount - place - 4) / 2)
    var decoder = UnitDecoder()
    for index in 0..<units {
      decoder.append(UInt16(number16(at: place + 4 + 2 * index)), to: &text)
    }
    decoder.finish(&text)
    return place + 4 + 2 * units
  }

  /// The text at `place`, and the place behind it.
  func text(at place: Int) -> (text: String, end: Int) {
    var bytes = ContiguousArray<UInt8>()
    let end = appendText(at: place, to: &bytes)
    return (String(decoding: bytes, as: UTF8.self), end)
  }
}
