import CZlib
import FerryCore

/// Inflates by zlib.
@safe
final class ZlibInflater: Inflater {
  // zlib keeps a pointer to its stream, so the stream must not move.
  private let stream: UnsafeMutablePointer<z_stream>

  init?() {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let version = ZLIB_VERSION
    let status = unsafe inflateInit2_(
      stream, -MAX_WBITS, version, Int32(MemoryLayout<z_stream>.size))
    // The deinitializer runs, since all properties are set.
    guard status == Z_OK else { return nil }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  func inflate(
    _ input: Span<UInt8>, into target: inout ContiguousArray<UInt8>, _ range: Range<Int>
  ) -> InflateStep? {
    unsafe target.withUnsafeMutableBufferPointer { output in
      unsafe input.withUnsafeBufferPointer { bytes in
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
        unsafe stream.pointee.avail_in = UInt32(bytes.count)
        unsafe stream.pointee.next_out = output.baseAddress?.advanced(by: range.lowerBound)
        unsafe stream.pointee.avail_out = UInt32(range.count)
        let status = unsafe CZlib.inflate(stream, Z_NO_FLUSH)
        guard [Z_OK, Z_BUF_ERROR, Z_STREAM_END].contains(status) else { return nil }
        return InflateStep(
          consumed: bytes.count - Int(unsafe stream.pointee.avail_in),
          produced: range.count - Int(unsafe stream.pointee.avail_out),
          isAtEnd: status == Z_STREAM_END)
      }
    }
  }
}

extension Checksum {
  /// The same by zlib.
  static func zlib(_ checksum: UInt32, _ bytes: Span<UInt8>) -> UInt32 {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      UInt32(
        truncatingIfNeeded: unsafe crc32(UInt(checksum), buffer.baseAddress, UInt32(buffer.count)))
    }
  }
}
