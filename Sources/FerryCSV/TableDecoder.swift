// How it works: in GB18030, Big5, Shift_JIS and the Windows pages a character is one byte or two.
// Each pair's UTF-8 is looked up in a table of 65,536 words that iconv fills, one row of 256 when
// its first byte is seen first. Only GB18030's four-byte characters go to iconv one by one.

/// Decodes encodings of one or two bytes a character by table.
final class TableDecoder: ChunkDecoder {
  /// A byte that needs a second one.
  private static let lead: UInt32 = 1
  private static let undecodable: UInt32 = 0

  private let conversions: [Iconv]
  private let hasFourBytes: Bool
  /// The UTF-8 of each byte, first byte lowest; ``lead`` or ``undecodable``.
  private var singles = ContiguousArray<UInt32>(repeating: 0, count: 256)
  private var pairs = ContiguousArray<UInt32>(repeating: 0, count: 65_536)
  private var isRowFilled = ContiguousArray<Bool>(repeating: false, count: 256)
  private var scratch = ContiguousArray<UInt8>()

  init?(_ encoding: TextEncoding) {
    conversions = encoding.iconvNames.compactMap { Iconv(from: $0) }
    guard !conversions.isEmpty else { return nil }
    hasFourBytes = encoding == .gb18030
    for byte in 0...255 { singles[byte] = single(UInt8(byte)) }
    // Chinese Windows has the euro sign there.
    if encoding == .gb18030 { singles[0x80] = packed(ContiguousArray("€".utf8)) }
  }

  func decode(
    _ input: Span<UInt8>, isLast: Bool, into output: inout ContiguousArray<UInt8>,
    faults: inout ContiguousArray<DecodeFault>
  ) -> Int {
    var index = 0
    while index < input.count {
      index = decodeRun(input, from: index, into: &output)
      guard index < input.count else { break }
      let first = input[index]
      if first < 0x80 {
        output.append(first)
        index += 1
        continue
      }
      var code = singles[Int(first)]
      var length = 1
      if code == Self.lead {
        guard index + 1 < input.count else {
          if !isLast { return index }
          mark(input, index..<index + 1, into: &output, faults: &faults)
          return input.count
        }
        length = 2
        code = pair(first, input[index + 1])
        if hasFourBytes, code == Self.undecodable, input[index + 1] & 0xF0 == 0x30 {
          guard index + 3 < input.count || isLast else { return index }
          code = quadruple(input, index)
          length = 4
        }
      }
      if code == Self.undecodable {
        mark(input, index..<index + 1, into: &output, faults: &faults)
        index += 1
      } else {
        append(code, to: &output)
        index += length
      }
    }
    return index
  }

  /// Decodes ASCII and pairs whose row is filled, as far as nothing else comes.
  ///
  /// - Returns: Where something else stands, or the end.
  private func decodeRun(
    _ input: Span<UInt8>, from start: Int, into output: inout ContiguousArray<UInt8>
  ) -> Int {
    let raw = unsafe input.bytes
    var index = start
    // A byte becomes three at most, a pair four; eight more let whole words be written.
    let room = (input.count - start) * 3 + 8
    output.append(addingCapacity: room) { span in
      unsafe span.withUnsafeMutableBufferPointer { buffer, count in
        guard let base = UnsafeMutableRawPointer(buffer.baseAddress) else { return }
        var written = count
        while index + 8 <= raw.byteCount {
          let word = ByteWord(raw, at: index)
          unsafe (base + written).storeBytes(of: word.bits.littleEndian, as: UInt64.self)
          let ascii = word.beyondASCII.firstPlace
          index += ascii
          written += ascii
          if ascii == 8 { continue }
          guard index + 1 < raw.byteCount else { break }
          let code = knownCode(input[index], input[index + 1])
          guard code > Self.lead else { break }
          unsafe (base + written).storeBytes(of: code.littleEndian, as: UInt32.self)
          written += Self.utf8Length(code)
          index += 2
        }
        count = written
      }
    }
    return index
  }

  /// The UTF-8 of a pair whose row is filled; ``undecodable`` where it takes a closer look.
  @inline(__always)
  private func knownCode(_ first: UInt8, _ second: UInt8) -> UInt32 {
    singles[Int(first)] == Self.lead ? pairs[Int(first) << 8 | Int(second)] : Self.undecodable
  }

  @inline(__always)
  private static func utf8Length(_ code: UInt32) -> Int {
    if code & 0x80 == 0 { return 1 }
    if code & 0xE0 == 0xC0 { return 2 }
    return code & 0xF0 == 0xE0 ? 3 : 4
  }

  @inline(__always)
  private func append(_ code: UInt32, to output: inout ContiguousArray<UInt8>) {
    output.append(UInt8(truncatingIfNeeded: code))
    if code & 0x80 == 0 { return }
    output.append(UInt8(truncatingIfNeeded: code >> 8))
    if code & 0xE0 == 0xC0 { return }
    output.append(UInt8(truncatingIfNeeded: code >> 16))
    if code & 0xF0 == 0xE0 { return }
    output.append(UInt8(truncatingIfNeeded: code >> 24))
  }

  @inline(__always)
  private func pair(_ first: UInt8, _ second: UInt8) -> UInt32 {
    if !isRowFilled[Int(first)] { fillRow(first) }
    return pairs[Int(first) << 8 | Int(second)]
  }

  private func fillRow(_ first: UInt8) {
    for second in 0...255 {
      pairs[Int(first) << 8 | second] = converted([first, UInt8(second)]) ?? Self.undecodable
    }
    isRowFilled[Int(first)] = true
  }

  private func quadruple(_ input: Span<UInt8>, _ index: Int) -> UInt32 {
    guard index + 3 < input.count else { return Self.undecodable }
    return converted([input[index], input[index + 1], input[index + 2], input[index + 3]])
      ?? Self.undecodable
  }

  private func single(_ byte: UInt8) -> UInt32 {
    for conversion in conversions {
      conversion.reset()
      scratch.removeAll(keepingCapacity: true)
      var offset = 0
      let bytes: ContiguousArray<UInt8> = [byte]
      switch conversion.convert(bytes.span, from: &offset, into: &scratch) {
      case .end where !scratch.isEmpty: return packed(scratch)
      case .end, .incomplete: return Self.lead
      case .undecodable: continue
      }
    }
    return Self.undecodable
  }

  /// The UTF-8 of one character, if all the bytes are one.
  private func converted(_ bytes: ContiguousArray<UInt8>) -> UInt32? {
    for conversion in conversions {
      conversion.reset()
      scratch.removeAll(keepingCapacity: true)
      var offset = 0
      if case .end = conversion.convert(bytes.span, from: &offset, into: &scratch),
        isOneCharacter(scratch)
      {
        return packed(scratch)
      }
    }
    return nil
  }

  private func isOneCharacter(_ utf8: ContiguousArray<UInt8>) -> Bool {
    guard let first = utf8.first else { return false }
    let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    return utf8.count == length
  }

  private func packed(_ utf8: ContiguousArray<UInt8>) -> UInt32 {
    var code: UInt32 = 0
    for byte in utf8.reversed() { code = code << 8 | UInt32(byte) }
    return code
  }
}
