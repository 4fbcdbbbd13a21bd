import FerryCore

/// Reads `sharedStrings.xml` into a table.
///
/// Source: ECMA-376 Part 1, 18.4 (shared string table): an item is one `t`, or runs `r` of a `t`
/// each; `rPh` holds how East Asian text is read aloud and is no part of it.
struct SharedStringScanner {
  private(set) var strings: SharedStrings
  private var text = CellText()
  private var depth = TagDepth()

  /// Fills an empty table.
  init(_ strings: SharedStrings = SharedStrings()) { self.strings = strings }

  /// Takes whole items from the front of `bytes`.
  ///
  /// - Returns: How many bytes were used.
  mutating func scan(_ bytes: Span<UInt8>, count: Int) throws(MarkupFault) -> Int {
    var position = 0
    while true {
      let open = bytes.positionOfTag(from: position, count: count)
      guard open < count else { return count }
      if let next = try quickItem(bytes, at: open, count: count) {
        position = next
        continue
      }
      guard let tag = Markup(bytes, at: open, count: count) else { return open }
      guard tag.kind != .declaration else { throw MarkupFault.unknownConstruct }
      guard tag.isNamed("si", in: bytes), tag.kind == .start || tag.kind == .empty else {
        try depth.pass(tag)
        position = tag.end
        continue
      }
      guard let next = try item(bytes, tag, count: count) else { return open }
      position = next
    }
  }

  // <si><t>…</t></si>, the shape of nearly all items; nil for any other, or an incomplete one.
  @inline(__always)
  private mutating func quickItem(
    _ bytes: Span<UInt8>, at open: Int, count: Int
  ) throws(MarkupFault) -> Int? {
    guard bytes.block(at: open).firstSix == UsualShapes.item,
      let start = bytes.endOfTextTag(open + 6)
    else { return nil }
    let (end, isPlain, isASCII) = bytes.run(from: start, count: count)
    guard bytes.block(at: end) == UsualShapes.itemEnd, bytes[end + 8] == UInt8(ascii: ">"),
      end + 9 <= count
    else { return nil }
    try checkRoom(end - start)
    if isPlain, isASCII || XMLText.isUTF8(bytes, start..<end) {
      strings.append(bytes.extracting(start..<end))
    } else {
      text.clear()
      try text.append(bytes, start..<end)
      let decoded = text.bytes
      strings.append(decoded.span)
    }
    return end + 9
  }

  private mutating func item(
    _ bytes: Span<UInt8>, _ opening: Markup, count: Int
  ) throws(MarkupFault) -> Int? {
    text.clear()
    var end: Int? = opening.end
    if opening.kind == .start {
      end = try text.read(bytes, from: opening.end, until: "si", depth, count: count)
    }
    guard let end else { return nil }
    let decoded = text.bytes
    try checkRoom(decoded.count)
    strings.append(decoded.span)
    return end
  }

  private func checkRoom(_ byteCount: Int) throws(MarkupFault) {
    guard strings.hasRoom(for: byteCount) else { throw MarkupFault.tooManyStrings }
  }
}

/// What the byte scanner stops at.
enum MarkupFault: Error {
  /// Something that it doesn't know or that may not be there; libxml2 has to read the part.
  case unknownConstruct
  case tooManyStrings
}

/// The text of one cell or shared string, put together from its runs.
struct CellText {
  /// The text so far, UTF-8.
  private(set) var bytes = ContiguousArray<UInt8>()

  /// Forgets the text.
  mutating func clear() { bytes.removeAll(keepingCapacity: true) }

  /// Appends the characters in `range`, outer white space too.
  ///
  /// Excel alone drops that where `xml:space` is not `preserve`; foreign writers often forget it.
  mutating func append(_ source: Span<UInt8>, _ range: Range<Int>) throws(MarkupFault) {
    let start = bytes.count
    guard XMLText.isUTF8(source, range) else {
      throw MarkupFault.unknownConstruct
    }
    guard XMLText.append(source, range, to: &bytes) else {
      throw MarkupFault.unknownConstruct
    }
    XMLText.unescape(&bytes, from: start)
  }

  private mutating func append(
    _ source: Span<UInt8>, cdata range: Range<Int>
  ) throws(MarkupFault) {
    guard XMLText.isUTF8(source, range) else {
      throw MarkupFault.unknownConstruct
    }
    bytes.append(copying: source.extracting(range))
  }

  /// Appends characters that need no decoding but the escapes of the format.
  mutating func append(decoded text: Span<UInt8>) {
    let start = bytes.count
    bytes.append(copying: text)
    XMLText.unescape(&bytes, from: start)
  }

  /// Appends the text of all `t` elements, phonetic ones aside, up to the end tag `closing`.
  ///
  /// - Returns: The position behind that tag; `nil` where it is not in the window yet.
  mutating func read(
    _ source: Span<UInt8>, from start: Int, until closing: StaticString, _ outer: TagDepth,
    count: Int
  ) throws(MarkupFault) -> Int? {
    var position = start
    var depth = outer
    var phoneticDepth = 0
    while true {
      let open = source.positionOfTag(from: position, count: count)
      guard open < count, let tag = Markup(source, at: open, count: count) else { return nil }
      position = tag.end
      guard tag.kind != .declaration else { throw MarkupFault.unknownConstruct }
      if tag.kind == .end, tag.isNamed(closing, in: source) { return tag.end }
      if tag.kind == .start, tag.isNamed("t", in: source) {
        guard let end = try readRun(source, tag, count: count, isUsed: phoneticDepth == 0)
        else { return nil }
        position = end
        continue
      }
      try depth.pass(tag)
      if tag.isNamed("rPh", in: source) {
        phoneticDepth += tag.kind == .start ? 1 : tag.kind == .end ? -1 : 0
      }
    }
  }

  // Everything up to the end tag of `opening`: characters, CDATA, comments between them.
  mutating func readRun(
    _ source: Span<UInt8>, _ opening: Markup, count: Int, isUsed: Bool = true
  ) throws(MarkupFault) -> Int? {
    var position = opening.end
    while true {
      let open = source.positionOfTag(from: position, count: count)
      guard open < count, let tag = Markup(source, at: open, count: count) else { return nil }
      if isUsed { try append(source, position..<open) }
      position = tag.end
      switch tag.kind {
      case .cdata where isUsed: try append(source, cdata: tag.name)
      case .end: return tag.end
      case .start, .empty, .declaration: throw MarkupFault.unknownConstruct
      default: break
      }
    }
  }
}
