/// What the records of an .xls say about it as a whole, of any of its versions: whether it is
/// encrypted, whether all of it is there.
///
/// Only the headers of records are read, which stay plain in an encrypted workbook.
/// Source: MS-XLS 2.1.7.20 (substreams), 2.4.21 (BOF), 2.4.28 (BoundSheet8), 2.4.117 (FilePass);
/// the same numbers hold for the workbooks of Excel 2 to 95.
struct LegacyOutline {
  /// Whether the content is encrypted with a password.
  private(set) var isEncrypted = false
  /// Whether each sheet goes on to its last record.
  private(set) var isWhole = false

  /// The records that begin a workbook or a sheet: of Excel 2, 3, 4, and of all later ones.
  static let starts: Set<Int> = [0x0009, 0x0209, 0x0409, 0x0809]

  private enum Record {
    static let end = 0x000A
    static let filePass = 0x002F
    static let sheet = 0x0085
  }

  /// Walks the records of a workbook's stream.
  init(_ stream: LegacyStream) throws(XLSXError) {
    var sheets: [Int] = []
    isWhole = try Self.walkSubstream(of: stream, from: 0) { walker in
      if walker.id == Record.filePass { isEncrypted = true }
      if walker.id == Record.sheet { sheets.append(walker.number32(at: 0)) }
    }
    for offset in sheets where isWhole {
      isWhole = try Self.walkSubstream(of: stream, from: offset) { _ in }
    }
  }

  // False where the stream ends before the substream does.
  private static func walkSubstream(
    of stream: LegacyStream, from offset: Int, _ visit: (RecordWalker) -> Void
  ) throws(XLSXError) -> Bool {
    var walker = RecordWalker(stream, from: offset)
    var depth = SubstreamDepth()
    while !depth.isAtEnd {
      guard try walker.next() else { return false }
      depth.pass(walker.id)
      if depth.isSheet { visit(walker) }
    }
    return true
  }
}

/// The stream of records of an .xls: inside a compound file, or the file itself.
enum LegacyStream {
  case compound(CompoundStream)
  case bare(SourceBytes)

  /// Finds it; `nil` where the compound file's tables are broken.
  init?(_ source: SourceBytes) throws(XLSXError) {
    guard try source.read(at: 0, count: 1).first == 0xD0 else {
      self = .bare(source)
      return
    }
    guard let file = try CompoundFile(source) else { return nil }
    for name in ["Workbook", "Book"] {
      guard let stream = try file.stream(name) else { continue }
      self = .compound(stream)
      return
    }
    return nil
  }

  var byteCount: Int {
    switch self {
    case .compound(let stream): stream.byteCount
    case .bare(let source): source.byteCount
    }
  }

  func read(at offset: Int, count: Int) throws(XLSXError) -> ContiguousArray<UInt8> {
    switch self {
    case .compound(let stream): try stream.read(at: offset, count: count)
    case .bare(let source): try source.read(at: offset, count: count)
    }
  }
}
