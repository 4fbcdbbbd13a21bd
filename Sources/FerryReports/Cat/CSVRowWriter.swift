import FerryCore

// How it works: a value is looked at eight bytes at a time for the four bytes that call for
// quotes, and copied eight bytes at a time where the batch goes on that far, since most values are
// short. Room is asked for once a row. Check with `CatWriterTests`, which holds it
// against a plain version, when changing it.

/// Writes rows as RFC 4180 CSV with LF: gaps in the row numbers as blank lines, gaps in the
/// columns as empty fields; behind the last value only what the source's own width asks for.
struct CSVRowWriter {
  private var nextRowNumber = 1
  private static let comma = UInt8(ascii: ",")
  private static let quote = UInt8(ascii: "\"")
  private static let lineFeed = UInt8(ascii: "\n")
  private static let blockBytes = 8

  /// Appends a row whose values lie in `bytes`.
  mutating func append(
    _ row: RawRow, _ cells: ContiguousArray<RawCell>, _ bytes: Span<UInt8>,
    to output: inout ContiguousArray<UInt8>
  ) {
    if nextRowNumber < row.rowNumber {
      output.append(
        contentsOf: repeatElement(Self.lineFeed, count: Int(row.rowNumber) - nextRowNumber))
    }
    nextRowNumber = Int(row.rowNumber) + 1
    let range = Int(row.cells.lowerBound)..<Int(row.cells.upperBound)
    // Each value may double, with quotes around it; a block may be written past the last one.
    let lastColumn = range.last.map { Int(cells[$0].columnIndex) } ?? 0
    var room = Self.blockBytes + 1 + max(lastColumn, Int(row.width))
    for index in range { room += 2 * Int(cells[index].byteCount) + 2 }
    output.append(addingCapacity: room) { span in
      unsafe span.withUnsafeMutableBufferPointer { target, count in
        unsafe bytes.withUnsafeBytes { source in
          guard let start = target.baseAddress else { return }
          let end = unsafe Self.write(
            cells, range, width: Int(row.width), source, to: UnsafeMutableRawPointer(start))
          count = unsafe end - UnsafeMutableRawPointer(start)
        }
      }
    }
  }

  // Gives the position behind the line feed.
  @inline(__always)
  private static func write(
    _ cells: ContiguousArray<RawCell>, _ range: Range<Int>, width: Int,
    _ source: UnsafeRawBufferPointer, to start: UnsafeMutableRawPointer
  ) -> UnsafeMutableRawPointer {
    var target = unsafe start
    var column = 0
    for index in range {
      let cell = cells[index]
      guard cell.byteCount > 0 else { continue }
      while column < cell.columnIndex {
        unsafe target.storeBytes(of: comma, as: UInt8.self)
        unsafe target += 1
        column += 1
      }
      precondition(cell.range.upperBound <= source.count, "a value outside of its batch")
      unsafe target = field(source, cell.range, to: target)
    }
    while column < width - 1 {
      unsafe target.storeBytes(of: comma, as: UInt8.self)
      unsafe target += 1
      column += 1
    }
    unsafe target.storeBytes(of: lineFeed, as: UInt8.self)
    return unsafe target + 1
  }

  @inline(__always)
  private static func field(
    _ source: UnsafeRawBufferPointer, _ range: Range<Int>, to target: UnsafeMutableRawPointer
  ) -> UnsafeMutableRawPointer {
    var offset = range.lowerBound
    var end = unsafe target
    // The source's last values may lie too near its end for a whole block.
    while offset < range.upperBound, offset + blockBytes <= source.count {
      let block = unsafe source.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      let count = min(blockBytes, range.upperBound - offset)
      if asksForQuotes(block, count) { return unsafe quoted(source, range, to: target) }
      unsafe end.storeBytes(of: block, as: UInt64.self)
      unsafe end += count
      offset += count
    }
    while offset < range.upperBound {
      let byte = unsafe source[offset]
      if byte == comma || byte == quote || byte == lineFeed || byte == 0x0D {
        return unsafe quoted(source, range, to: target)
      }
      unsafe end.storeBytes(of: byte, as: UInt8.self)
      unsafe end += 1
      offset += 1
    }
    return unsafe end
  }

  // Whether one of the first `count` bytes is a comma, a quote or a line end.
  @inline(__always)
  private static func asksForQuotes(_ block: UInt64, _ count: Int) -> Bool {
    let found =
      block.zeroBytes(xor: comma) | block.zeroBytes(xor: quote) | block.zeroBytes(xor: lineFeed)
      | block.zeroBytes(xor: 0x0D)
    return found << UInt64(64 - 8 * count) != 0
  }

  private static func quoted(
    _ source: UnsafeRawBufferPointer, _ range: Range<Int>, to start: UnsafeMutableRawPointer
  ) -> UnsafeMutableRawPointer {
    var target = unsafe start
    unsafe target.storeBytes(of: quote, as: UInt8.self)
    unsafe target += 1
    for index in range {
      let byte = unsafe source[index]
      if byte == quote {
        unsafe target.storeBytes(of: quote, as: UInt8.self)
        unsafe target += 1
      }
      unsafe target.storeBytes(of: byte, as: UInt8.self)
      unsafe target += 1
    }
    unsafe target.storeBytes(of: quote, as: UInt8.self)
    return unsafe target + 1
  }
}
