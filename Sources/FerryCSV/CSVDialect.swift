/// How a file writes its rows: what parts cells, what encloses them, what escapes a quote.
public struct CSVDialect: Hashable, Sendable {
  /// The bytes between two cells: a comma, or more than one as in `, ` and `::`; never empty.
  public var delimiter: [UInt8]
  /// The byte around a cell that holds delimiters or line breaks; `nil` when quotes are plain text.
  public var quote: UInt8?
  /// The byte before a quote that belongs to the text, where it is not a second quote.
  public var escape: UInt8?

  /// Describes a dialect; RFC 4180 unless told otherwise.
  public init(
    delimiter: String = ",", quote: UInt8? = UInt8(ascii: "\""), escape: UInt8? = nil
  ) {
    self.delimiter = Array(delimiter.utf8)
    self.quote = quote
    self.escape = escape
  }
}

/// What a caller knows about a file; what is `nil` is found from the file itself.
public struct CSVOptions: Hashable, Sendable {
  /// The encoding's name, such as `gb18030`; any name that iconv knows.
  public var encoding: String?
  /// The delimiter, any character but a line end.
  public var delimiter: Character?
  /// The quote, an ASCII character.
  public var quote: Character?

  /// States what is known.
  public init(encoding: String? = nil, delimiter: Character? = nil, quote: Character? = nil) {
    self.encoding = encoding
    self.delimiter = delimiter
    self.quote = quote
  }
}
