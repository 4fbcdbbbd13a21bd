public import FerryCore

/// How much of a file is looked at to find its encoding and dialect.
enum CSVSample {
  /// The front of the file.
  static let headByteCount = 256 << 10
  /// Pieces spread over the rest.
  static let pieceCount = 24
  static let pieceByteCount = 32 << 10
}

/// A file of text with delimiters, its encoding and dialect found.
///
///     let file = try CSVFile(path: "customers.csv")
///     let reader = try file.rows()
///     var batch = RowBatch()
///     while try reader.read(into: &batch) { … }
public struct CSVFile: Sendable {
  /// The last part of the path.
  public let name: String
  /// The name without folders and extension; the name of the one sheet.
  public let sheetName: String
  /// How the rows are written.
  public let dialect: CSVDialect
  /// How the bytes stand for characters.
  public let encoding: TextEncoding
  /// The number of cells that most rows have.
  public let columnCount: Int
  /// What was found while looking at the file: its encoding and dialect, where they are not usual.
  public let findings: [Finding]

  private enum Content: Sendable {
    case path(String)
    case bytes(ContiguousArray<UInt8>)
  }

  private let content: Content
  let markByteCount: Int
  private let directiveByteCount: Int
  private let fallback: TextEncoding?

  /// Looks at the file at `path`; what `options` leaves open is found by evidence.
  public init(path: String, options: CSVOptions = CSVOptions()) throws(CSVError) {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    try self.init(.path(path), name: name, options: options)
  }

  /// Looks at a file that is in memory.
  public init(
    bytes: ContiguousArray<UInt8>, name: String, options: CSVOptions = CSVOptions()
  ) throws(CSVError) {
    try self.init(.bytes(bytes), name: name, options: options)
  }

  private init(_ content: Content, name: String, options: CSVOptions) throws(CSVError) {
    self.content = content
    self.name = name
    let last = name.split(separator: "/").last ?? name[...]
    sheetName = String(
      last.lastIndex(of: ".").map { $0 == last.startIndex ? last : last[..<$0] } ?? last)
    let source = try Self.source(content, name)
    let given = options.encoding.map { TextEncoding(named: $0) }
    let samples = try Self.samples(source)
    let found = EncodingDetector.detect(samples)
    encoding = given ?? found.encoding
    markByteCount = given == nil || given == found.encoding ? found.markByteCount : 0
    fallback = encoding == found.encoding ? found.fallback : nil
    let delimiter = try Self.delimiter(options.delimiter, name)
    let quote = try Self.quote(options.quote, name)
    let stream = try Self.stream(
      source, encoding, fallback, skipping: markByteCount, name: name,
      chunkByteCount: CSVSample.headByteCount)
    let sample = stream.bytes
    let shape = DialectDetector.detect(
      sample.span, pieces: Self.decoded(samples.dropFirst(), encoding, fallback),
      isWhole: stream.isAtEnd, options: (delimiter, quote))
    dialect = shape.dialect
    columnCount = shape.columnCount
    directiveByteCount = shape.directiveByteCount
    findings = Self.findings(encoding: given == nil ? encoding : .utf8, file: name)
  }

  /// Starts to read from the top.
  public func rows() throws(CSVError) -> CSVReader { try rows(chunkByteCount: 256 << 10) }

  /// Starts to read from the top, that many bytes at a time.
  package func rows(chunkByteCount: Int) throws(CSVError) -> CSVReader {
    let stream = try Self.stream(
      try Self.source(content, name), encoding, fallback, skipping: markByteCount, name: name,
      chunkByteCount: chunkByteCount, least: directiveByteCount)
    return CSVReader(self, stream: stream, position: directiveByteCount)
  }
}

// MARK: - Looking at the file

extension CSVFile {
  private static func source(_ content: Content, _ name: String) throws(CSVError) -> ByteSource {
    switch content {
    case .path(let path): try ByteSource(path: path, name: name)
    case .bytes(let bytes): ByteSource(bytes: bytes, name: name)
    }
  }

  /// A stream behind the byte order mark, its first bytes decoded.
  private static func stream(
    _ source: ByteSource, _ encoding: TextEncoding, _ fallback: TextEncoding?, skipping: Int,
    name: String, chunkByteCount: Int, least: Int = 0
  ) throws(CSVError) -> DecodedStream {
    guard let decoder = makeDecoder(for: encoding, fallback: fallback) else {
      throw CSVError(.unknownEncoding(encoding.name), file: name)
    }
    source.skip(skipping)
    var stream = DecodedStream(source: source, decoder: decoder, chunkByteCount: chunkByteCount)
    repeat { try stream.refill(dropping: 0) } while stream.bytes.count < least && !stream.isAtEnd
    // One more step tells whether a small file is whole.
    if stream.bytes.count < chunkByteCount, !stream.isAtEnd { try stream.refill(dropping: 0) }
    return stream
  }

  /// The front, and pieces spread over the rest cut at line ends.
  private static func samples(
    _ source: ByteSource
  ) throws(CSVError) -> [ContiguousArray<UInt8>] {
    let head = try source.bytes(at: 0, count: min(CSVSample.headByteCount, source.byteCount))
    var samples = [head]
    let rest = source.byteCount - head.count
    guard rest > 0 else { return samples }
    let step = max(rest / CSVSample.pieceCount, CSVSample.pieceByteCount)
    let newline = head.contains(UInt8(ascii: "\n")) ? UInt8(ascii: "\n") : UInt8(ascii: "\r")
    for offset in stride(from: head.count, to: source.byteCount, by: step) {
      let piece = try source.bytes(at: offset, count: CSVSample.pieceByteCount)
      guard let first = piece.firstIndex(of: newline), let last = piece.lastIndex(of: newline),
        first < last
      else { continue }
      samples.append(ContiguousArray(piece[first + 1...last]))
    }
    return samples
  }

  /// The pieces as UTF-8; none where a character is more than a byte wide and cuts may part it.
  private static func decoded(
    _ pieces: ArraySlice<ContiguousArray<UInt8>>, _ encoding: TextEncoding,
    _ fallback: TextEncoding?
  ) -> [ContiguousArray<UInt8>] {
    guard encoding.unitByteCount == 1 else { return [] }
    return pieces.compactMap { piece in
      guard let decoder = makeDecoder(for: encoding, fallback: fallback) else { return nil }
      var (text, faults) = (ContiguousArray<UInt8>(), ContiguousArray<DecodeFault>())
      _ = decoder.decode(piece.span, isLast: true, into: &text, faults: &faults)
      return text
    }
  }

  private static func delimiter(
    _ character: Character?, _ name: String
  ) throws(CSVError) -> [UInt8]? {
    guard let character else { return nil }
    guard !character.isNewline else { throw CSVError(.badOption(String(character)), file: name) }
    return Array(String(character).utf8)
  }

  private static func quote(_ character: Character?, _ name: String) throws(CSVError) -> UInt8? {
    guard let character else { return nil }
    guard let byte = character.asciiValue, !isLineEnd(byte) else {
      throw CSVError(.badOption(String(character)), file: name)
    }
    return byte
  }

  private static func findings(encoding: TextEncoding, file: String) -> [Finding] {
    guard encoding != .utf8 else { return [] }
    return [
      Finding(.foundEncoding, at: Provenance(file: file), arguments: [encoding.name])
    ]
  }
}
