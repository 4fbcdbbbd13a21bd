internal import FerryCore

/// Writes rows in the encoding and dialect of a file that was read.
package struct CSVFileWriter {
  private let dialect: CSVDialect
  private let encoding: TextEncoding
  private let hasMark: Bool
  private let iconv: Iconv?

  /// Writes as `file` is written: its encoding, byte order mark, delimiter and quote.
  package init(like file: CSVFile) {
    dialect = file.dialect
    encoding = file.encoding
    hasMark = file.markByteCount > 0
    iconv = encoding == .utf8 ? nil : encoding.iconvNames.lazy.compactMap { Iconv(to: $0) }.first
  }

  /// The rows, each ended by CR LF; a character that the encoding lacks becomes a question mark.
  package func bytes(of rows: [[String]]) -> ContiguousArray<UInt8> {
    var text = hasMark ? "\u{FEFF}" : ""
    let delimiter = String(decoding: dialect.delimiter, as: UTF8.self)
    for row in rows { text += row.map(field).joined(separator: delimiter) + "\r\n" }
    return encoded(text)
  }

  private func field(_ value: String) -> String {
    guard let quote = dialect.quote else { return value }
    let delimiter = dialect.delimiter
    let special: Set<UInt8> = [quote, 0x0A, 0x0D]
    let asksForQuotes = value.utf8.contains { special.contains($0) || delimiter.contains($0) }
    guard asksForQuotes else { return value }
    let mark = String(decoding: [quote], as: UTF8.self)
    let escape = String(decoding: [dialect.escape ?? quote], as: UTF8.self)
    return mark + value.replacing(mark, with: escape + mark) + mark
  }

  private func encoded(_ text: String) -> ContiguousArray<UInt8> {
    let input = ContiguousArray(text.utf8)
    guard let iconv else { return input }
    var output = ContiguousArray<UInt8>()
    output.reserveCapacity(input.count)
    var offset = 0
    while offset < input.count {
      guard iconv.convert(input.span, from: &offset, into: &output) != .end else { break }
      // Past the character that the encoding lacks: its first byte and those that follow it.
      offset += 1
      while offset < input.count, input[offset] & 0xC0 == 0x80 { offset += 1 }
      let mark: ContiguousArray<UInt8> = [UInt8(ascii: "?")]
      var place = 0
      _ = iconv.convert(mark.span, from: &place, into: &output)
    }
    return output
  }
}
