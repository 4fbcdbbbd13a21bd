import FerryCore

/// Goes through the records of an .xls, one after the other.
///
/// Source: MS-XLS 2.1.4 (record): a number, a length of at most 8,224, and that many bytes.
struct RecordWalker {
  /// Where the record begins in its stream.
  private(set) var offset: Int
  /// The number that says what the record is; -1 before the first.
  private(set) var id = -1
  /// How many bytes its body has.
  private(set) var byteCount = 0

  private let stream: LegacyStream
  private var nextOffset: Int
  private var window = ContiguousArray<UInt8>()
  private var windowStart = 0

  private static let windowBytes = 256 << 10
  private static let headerBytes = 4

  /// Starts before the record at `offset`.
  init(_ stream: LegacyStream, from offset: Int) {
    self.stream = stream
    self.offset = offset
    nextOffset = offset
  }

  /// Goes to the next record.
  ///
  /// - Returns: False where the stream ends first; then it stays where it is.
  mutating func next() throws(XLSXError) -> Bool {
    let start = nextOffset
    try load(start, Self.headerBytes)
    guard holds(start, Self.headerBytes) else { return false }
    let count = window.number16(at: start - windowStart + 2)
    try load(start, Self.headerBytes + count)
    guard holds(start, Self.headerBytes + count) else { return false }
    id = window.number16(at: start - windowStart)
    offset = start
    byteCount = count
    nextOffset = start + Self.headerBytes + count
    return true
  }

  /// The number of the record behind this one; `nil` at the end of the stream.
  mutating func following() throws(XLSXError) -> Int? {
    // From this record on, so that its body stays in the window.
    try load(offset, nextOffset - offset + Self.headerBytes)
    guard holds(nextOffset, Self.headerBytes) else { return nil }
    return window.number16(at: nextOffset - windowStart)
  }

  /// The body.
  var body: ContiguousArray<UInt8> {
    ContiguousArray(window[bodyStart..<bodyStart + byteCount])
  }

  /// The byte at `place` of the body; 0 beyond its end.
  func byte(at place: Int) -> UInt8 {
    place >= 0 && place < byteCount ? window[bodyStart + place] : 0
  }

  /// Two bytes of the body, low byte first; 0 beyond its end.
  func number16(at place: Int) -> Int {
    place + 2 <= byteCount ? window.number16(at: bodyStart + place) : 0
  }

  /// Four bytes of the body, low byte first; 0 beyond its end.
  func number32(at place: Int) -> Int {
    place + 4 <= byteCount ? window.number32(at: bodyStart + place) : 0
  }

  /// The number of eight bytes in the body, as IEEE 754 has it.
  func double(at place: Int) -> Double {
    Double(bitPattern: UInt64(number32(at: place + 4)) << 32 | UInt64(number32(at: place)))
  }

  private var bodyStart: Int { offset - windowStart + Self.headerBytes }

  private func holds(_ start: Int, _ count: Int) -> Bool {
    start >= windowStart && start + count <= windowStart + window.count
  }

  private mutating func load(_ start: Int, _ count: Int) throws(XLSXError) {
    guard start >= 0, !holds(start, count) else { return }
    windowStart = start
    window = try stream.read(at: start, count: Self.windowBytes)
  }
}

/// The bytes of a record and of those that continue it, read from the front.
///
/// Source: MS-XLS 2.4.58 (Continue), 2.5.293 (XLUnicodeRichExtendedString): where characters are
/// cut between two records, the second says anew how wide they are.
struct ContinuedBody {
  private var bytes: ContiguousArray<UInt8>
  private var position: Int
  /// Whether more was asked for than there is.
  private(set) var isAtEnd = false

  static let continuation = 0x003C

  /// Starts at `position` of the walker's record.
  init(_ walker: RecordWalker, from position: Int = 0) {
    bytes = walker.body
    self.position = position
  }

  mutating func number16(_ walker: inout RecordWalker) throws(XLSXError) -> Int {
    Int(try byte(&walker)) | Int(try byte(&walker)) << 8
  }

  mutating func number32(_ walker: inout RecordWalker) throws(XLSXError) -> Int {
    try number16(&walker) | (try number16(&walker)) << 16
  }

  mutating func byte(_ walker: inout RecordWalker) throws(XLSXError) -> UInt8 {
    guard try fill(&walker) else { return 0 }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func skip(_ count: Int, _ walker: inout RecordWalker) throws(XLSXError) {
    var rest = count
    while rest > 0, try fill(&walker) {
      let passed = min(rest, bytes.count - position)
      position += passed
      rest -= passed
    }
  }

  /// Appends `count` characters as UTF-8; the byte of their width has been read.
  mutating func appendText(
    _ count: Int, isWide: Bool, _ walker: inout RecordWalker,
    to text: inout ContiguousArray<UInt8>
  ) throws(XLSXError) {
    var (rest, isWide) = (count, isWide)
    var decoder = UnitDecoder()
    while rest > 0 {
      if position >= bytes.count {
        guard try fill(&walker) else { break }
        isWide = bytes[position] & 1 == 1
        position += 1
      }
      let width = isWide ? 2 : 1
      let taken = min(rest, (bytes.count - position) / width)
      for index in 0..<taken {
        let place = position + index * width
        decoder.append(
          isWide ? UInt16(bytes.number16(at: place)) : UInt16(bytes[place]), to: &text)
      }
      position += taken * width
      rest -= taken
      // Half a character at the end of a record is no character.
      if taken == 0 { position = bytes.count }
    }
    decoder.finish(&text)
  }

  // Whether there is a byte at `position`, in this record or in one that continues it.
  private mutating func fill(_ walker: inout RecordWalker) throws(XLSXError) -> Bool {
    while position >= bytes.count {
      guard !isAtEnd, try walker.following() == Self.continuation, try walker.next() else {
        isAtEnd = true
        return false
      }
      bytes = walker.body
      position = 0
    }
    return true
  }
}

/// Makes UTF-8 of UTF-16, unit by unit; half a pair becomes U+FFFD.
struct UnitDecoder {
  private var high: UInt16?

  /// Appends what the unit completes.
  @inline(__always)
  mutating func append(_ unit: UInt16, to text: inout ContiguousArray<UInt8>) {
    if high == nil, unit < 0x80 {
      text.append(UInt8(unit))
    } else {
      appendOther(unit, to: &text)
    }
  }

  /// Ends the text.
  mutating func finish(_ text: inout ContiguousArray<UInt8>) {
    if high != nil { text.append(contentsOf: "\u{FFFD}".utf8) }
    high = nil
  }

  private mutating func appendOther(_ unit: UInt16, to text: inout ContiguousArray<UInt8>) {
    if let first = high {
      high = nil
      let pair = UInt32(first & 0x3FF) << 10 | UInt32(unit & 0x3FF)
      if UTF16.isTrailSurrogate(unit), let scalar = Unicode.Scalar(0x1_0000 + pair) {
        append(scalar, to: &text)
        return
      }
      text.append(contentsOf: "\u{FFFD}".utf8)
    }
    if UTF16.isLeadSurrogate(unit) {
      high = unit
    } else if let scalar = Unicode.Scalar(unit) {
      append(scalar, to: &text)
    } else {
      text.append(contentsOf: "\u{FFFD}".utf8)
    }
  }

  private func append(_ scalar: Unicode.Scalar, to text: inout ContiguousArray<UInt8>) {
    text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }
}
