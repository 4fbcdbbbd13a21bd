import FerryCore

/// What an .xls says of the workbook as a whole: its sheets, texts and number formats.
///
/// Source: MS-XLS 2.4.21 (BOF), 2.4.28 (BoundSheet8), 2.4.77 (Date1904), 2.4.117 (FilePass),
/// 2.4.126 (Format), 2.4.265 (SST), 2.4.353 (XF).
struct LegacyGlobals {
  /// One sheet of the list.
  struct Sheet {
    let name: String
    let visibility: SheetVisibility
    /// Whether it has cells; a chart and a module of Basic have none.
    let isWorksheet: Bool
    /// Where its records begin.
    let offset: Int
  }

  private(set) var sheets: [Sheet] = []
  private(set) var strings: SharedStrings
  private(set) var is1904 = false
  /// Whether this is a workbook at all, of whichever version.
  private(set) var isWorkbook = false
  /// Whether this is a workbook of Excel 97 or later that anyone may read.
  private(set) var isReadable = false
  /// Whether the records end where they should.
  private(set) var isWhole = false
  private var customFormats: [Int: NumberFormat] = [:]
  private var formatIDs = ContiguousArray<Int>()

  /// The number formats by the number of a cell's style.
  var styles: Styles {
    Styles(
      ContiguousArray(
        formatIDs.map { customFormats[$0] ?? NumberFormat.builtIn($0) ?? .number }))
  }

  private enum Record {
    static let end = 0x000A
    static let date1904 = 0x0022
    static let filePass = 0x002F
    static let sheet = 0x0085
    static let style = 0x00E0
    static let strings = 0x00FC
    static let format = 0x041E
    static let start = 0x0809
  }

  private static let version = 0x0600
  // Excel's own limit of styles is 4,050, of a record's number 65,536.
  private static let mostStyles = 65_536

  /// Reads the records up to the first sheet.
  init(_ stream: LegacyStream) throws(XLSXError) {
    strings = SharedStrings(partBytes: 0)
    var walker = RecordWalker(stream, from: 0)
    guard try walker.next(), LegacyOutline.starts.contains(walker.id) else { return }
    isWorkbook = true
    guard walker.id == Record.start, walker.number16(at: 0) == Self.version else { return }
    isReadable = true
    while try walker.next() {
      switch walker.id {
      case Record.end:
        isWhole = true
        return
      case Record.filePass:
        isReadable = false
        return
      case Record.date1904: is1904 = walker.number16(at: 0) == 1
      case Record.style where formatIDs.count < Self.mostStyles:
        formatIDs.append(walker.number16(at: 2))
      case Record.format: try readFormat(&walker)
      case Record.sheet where sheets.count < Limits.sheets: try readSheet(&walker)
      case Record.strings: try readStrings(&walker, byteCount: stream.byteCount)
      default: break
      }
    }
  }

  private mutating func readFormat(_ walker: inout RecordWalker) throws(XLSXError) {
    let id = walker.number16(at: 0)
    var body = ContinuedBody(walker, from: 2)
    let count = try body.number16(&walker)
    let code = try text(count, &body, &walker)
    customFormats[id] = NumberFormat(code: code)
  }

  private mutating func readSheet(_ walker: inout RecordWalker) throws(XLSXError) {
    let offset = walker.number32(at: 0)
    let (state, kind) = (walker.byte(at: 4) & 3, walker.byte(at: 5))
    var body = ContinuedBody(walker, from: 6)
    let count = Int(try body.byte(&walker))
    let name = try text(count, &body, &walker)
    let visibility: SheetVisibility = state == 0 ? .visible : state == 1 ? .hidden : .veryHidden
    // 0 is a worksheet, 1 a sheet of Excel 4's macros, which are cells too.
    sheets.append(
      Sheet(name: name, visibility: visibility, isWorksheet: kind <= 1, offset: offset))
  }

  private func text(
    _ count: Int, _ body: inout ContinuedBody, _ walker: inout RecordWalker
  ) throws(XLSXError) -> String {
    var bytes = ContiguousArray<UInt8>()
    let isWide = try body.byte(&walker) & 1 == 1
    try body.appendText(count, isWide: isWide, &walker, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func readStrings(
    _ walker: inout RecordWalker, byteCount: Int
  ) throws(XLSXError) {
    // Some programs leave the number of strings at 0, so the bytes say where they end.
    var body = ContinuedBody(walker, from: 8)
    // A character takes a byte at least, and three at most as UTF-8.
    strings = SharedStrings(partBytes: byteCount * 3 + 64)
    var text = ContiguousArray<UInt8>()
    while true {
      text.removeAll(keepingCapacity: true)
      try Self.readString(&body, &walker, into: &text)
      guard !body.isAtEnd, strings.hasRoom(for: text.count) else { return }
      strings.append(text.span)
    }
  }

  // The looks of single characters and how they are read aloud stand behind the text.
  private static func readString(
    _ body: inout ContinuedBody, _ walker: inout RecordWalker,
    into text: inout ContiguousArray<UInt8>
  ) throws(XLSXError) {
    let count = try body.number16(&walker)
    let flags = try body.byte(&walker)
    let runs = flags & 8 == 0 ? 0 : try body.number16(&walker)
    let phoneticBytes = flags & 4 == 0 ? 0 : try body.number32(&walker)
    try body.appendText(count, isWide: flags & 1 == 1, &walker, to: &text)
    try body.skip(4 * runs + phoneticBytes, &walker)
  }
}
