/// Something about the bytes that the reader tells when it knows the row.
struct DecodeFault: Hashable {
  enum Kind: Hashable {
    /// Bytes that are no text; they stand as `\xE5` in the output.
    case undecodable
    /// A line in another encoding than the file's.
    case otherEncoding(TextEncoding)
    /// A NUL byte that was left out.
    case nul
  }

  let kind: Kind
  /// Where in the output.
  var offset: Int
}

/// Turns a file's bytes into UTF-8, chunk by chunk.
protocol ChunkDecoder: AnyObject {
  /// Decodes as much of `input` as forms whole characters, onto `output`.
  ///
  /// Where `isLast` says that nothing follows, all of `input` is consumed.
  ///
  /// - Returns: How many bytes were consumed.
  func decode(
    _ input: Span<UInt8>, isLast: Bool, into output: inout ContiguousArray<UInt8>,
    faults: inout ContiguousArray<DecodeFault>
  ) -> Int
}

extension ChunkDecoder {
  /// Writes bytes that are no text as `\xE5`, and remembers where.
  func mark(
    _ input: Span<UInt8>, _ range: Range<Int>, into output: inout ContiguousArray<UInt8>,
    faults: inout ContiguousArray<DecodeFault>
  ) {
    faults.append(DecodeFault(kind: .undecodable, offset: output.count))
    let digits = ContiguousArray("0123456789ABCDEF".utf8)
    for index in range {
      output.append(UInt8(ascii: "\\"))
      output.append(UInt8(ascii: "x"))
      output.append(digits[Int(input[index] >> 4)])
      output.append(digits[Int(input[index] & 15)])
    }
  }
}

/// Makes the decoder for an encoding; gives nothing where the system does not know it.
///
/// `fallback` is for lines of a UTF-8 file that are not UTF-8.
func makeDecoder(for encoding: TextEncoding, fallback: TextEncoding?) -> (any ChunkDecoder)? {
  if encoding == .utf8 { return UTF8Decoder(fallback: fallback) }
  if encoding.isByteOrPair { return TableDecoder(encoding) }
  return StreamDecoder(encoding)
}

/// Decodes by iconv whatever iconv knows.
final class StreamDecoder: ChunkDecoder {
  private let iconv: Iconv
  private let unitByteCount: Int

  init?(_ encoding: TextEncoding) {
    guard let iconv = Iconv(from: encoding.iconvNames[0]) else { return nil }
    self.iconv = iconv
    unitByteCount = encoding.unitByteCount
  }

  func decode(
    _ input: Span<UInt8>, isLast: Bool, into output: inout ContiguousArray<UInt8>,
    faults: inout ContiguousArray<DecodeFault>
  ) -> Int {
    var offset = 0
    while true {
      switch iconv.convert(input, from: &offset, into: &output) {
      case .end: return input.count
      case .incomplete where !isLast: return offset
      case .incomplete, .undecodable:
        let end = min(offset + unitByteCount, input.count)
        if offset == end { return offset }
        mark(input, offset..<end, into: &output, faults: &faults)
        offset = end
      }
    }
  }
}
