extension ContiguousArray<UInt8> {
  /// Copies the bytes of `value` onto the end, as one block.
  @inlinable
  public mutating func append(copying value: Span<UInt8>) {
    unsafe value.withUnsafeBufferPointer { source in
      unsafe append(contentsOf: source)
    }
  }
}

extension ContiguousArray<UInt8> {
  /// Copies `range` of `source` over the bytes from `start` on.
  package mutating func replaceBytes(
    from start: Int, with source: ContiguousArray<UInt8>, _ range: Range<Int>
  ) {
    precondition(start >= 0 && start + range.count <= count, "no room for what is copied")
    precondition(range.upperBound <= source.count, "no such bytes to copy")
    unsafe withUnsafeMutableBytes { target in
      unsafe source.withUnsafeBytes { bytes in
        let part = unsafe UnsafeRawBufferPointer(rebasing: bytes[range])
        unsafe UnsafeMutableRawBufferPointer(rebasing: target[start...]).copyMemory(from: part)
      }
    }
  }
}

/// The value that a cell waits for, as a slice of other bytes.
public struct CellFill: Hashable, Sendable {
  /// Index into ``RowBatch/cells``.
  public var cellIndex: Int
  /// Where the value starts in the source.
  public var startOffset: Int
  /// How many bytes it takes.
  public var byteCount: Int

  /// Describes a value.
  public init(cellIndex: Int, startOffset: Int, byteCount: Int) {
    self.cellIndex = cellIndex
    self.startOffset = startOffset
    self.byteCount = byteCount
  }
}

extension ContiguousArray<UInt8> {
  private static var blockBytes: Int { 8 }

  /// Copies slices of `source` onto the end, one after the other; `byteCount` is their sum.
  ///
  /// Most values are short: a block of eight bytes is copied without asking how many of them
  /// count, as long as the source goes on that far.
  mutating func append(_ slices: Span<CellFill>, from source: Span<UInt8>, byteCount: Int) {
    let whole = source.count - Self.blockBytes
    append(addingCapacity: byteCount + Self.blockBytes) { output in
      unsafe output.withUnsafeMutableBufferPointer { target, count in
        unsafe source.withUnsafeBytes { from in
          guard let to = UnsafeMutableRawPointer(target.baseAddress) else { return }
          var end = 0
          for index in slices.indices {
            let (start, length) = (slices[index].startOffset, slices[index].byteCount)
            precondition(start >= 0 && start + length <= source.count && end + length <= byteCount)
            var done = 0
            while done < length, start + done <= whole {
              let block = unsafe from.loadUnaligned(
                fromByteOffset: start + done, as: UInt64.self)
              unsafe to.storeBytes(of: block, toByteOffset: end + done, as: UInt64.self)
              done += Self.blockBytes
            }
            while done < length {
              unsafe to.storeBytes(
                of: from[start + done], toByteOffset: end + done, as: UInt8.self)
              done += 1
            }
            end += length
          }
          count = end
        }
      }
    }
  }
}
