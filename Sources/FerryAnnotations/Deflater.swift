import CZlib

/// Packs bytes as a raw deflate stream.
@safe
final class Deflater {
  // zlib keeps a pointer to its stream, so the stream must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private var output: ContiguousArray<UInt8>

  /// Sheets pack well at any level; this one takes a third of the time of zlib's default.
  private static let level: Int32 = 3
  private static let outputBytes = 256 << 10

  /// Starts a stream; `nil` where there is no memory for it.
  init?() {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    output = ContiguousArray(repeating: 0, count: Self.outputBytes)
    let version = ZLIB_VERSION
    let status = unsafe deflateInit2_(
      stream, Self.level, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY, version,
      Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { return nil }
  }

  deinit {
    unsafe deflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Packs `bytes`, the last ones where `isLast`, and hands out what is ready.
  func pack<E: Error>(
    _ bytes: Span<UInt8>, isLast: Bool, _ take: (Span<UInt8>) throws(E) -> Void
  ) throws(E) {
    var offset = 0
    var isDone = false
    while !isDone {
      let step = step(bytes.extracting(offset..<bytes.count), isLast: isLast)
      offset += step.consumed
      let packed = output
      if step.produced > 0 { try take(packed.span.extracting(0..<step.produced)) }
      // Room that is left says that zlib has nothing more to give.
      isDone = offset == bytes.count && step.produced < output.count
    }
  }

  private func step(_ bytes: Span<UInt8>, isLast: Bool) -> (consumed: Int, produced: Int) {
    unsafe output.withUnsafeMutableBufferPointer { target in
      unsafe bytes.withUnsafeBufferPointer { source in
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
        unsafe stream.pointee.avail_in = UInt32(source.count)
        unsafe stream.pointee.next_out = target.baseAddress
        unsafe stream.pointee.avail_out = UInt32(target.count)
        _ = unsafe deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
        return (
          source.count - Int(unsafe stream.pointee.avail_in),
          target.count - Int(unsafe stream.pointee.avail_out)
        )
      }
    }
  }

  /// CRC-32 of more bytes.
  static func checksum(_ checksum: UInt32, _ bytes: Span<UInt8>) -> UInt32 {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      UInt32(
        truncatingIfNeeded: unsafe crc32(UInt(checksum), buffer.baseAddress, UInt32(buffer.count)))
    }
  }
}
