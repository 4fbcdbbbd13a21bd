import CZlib

/// Deflates a stream of bytes, without zlib's own frame, and keeps count and checksum.
@safe final class Deflater {
  private let stream: UnsafeMutablePointer<z_stream>
  private var room = [UInt8](repeating: 0, count: 1 << 18)
  /// How many bytes went in.
  private(set) var count = 0
  /// CRC-32 of what went in.
  private(set) var checksum: UInt = 0

  /// Starts a stream at zlib's `level`; Excel writes about what 6 gives, 1 is quicker.
  init(level: Int32) throws {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let status = unsafe deflateInit2_(
      stream, level, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { throw BenchError("zlib said \(status)") }
  }

  deinit {
    unsafe deflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Deflates `bytes` and hands on what comes out.
  func write(_ bytes: [UInt8], isLast: Bool = false, to output: ([UInt8]) throws -> Void) throws {
    count += bytes.count
    var bytes = bytes
    checksum = unsafe bytes.withUnsafeBufferPointer {
      unsafe crc32(checksum, $0.baseAddress, UInt32($0.count))
    }
    try unsafe bytes.withUnsafeMutableBufferPointer { input in
      unsafe stream.pointee.next_in = input.baseAddress
      unsafe stream.pointee.avail_in = UInt32(input.count)
      var isDone = false
      while !isDone {
        let (piece, isFull) = deflatePiece(isLast: isLast)
        if !piece.isEmpty { try output(piece) }
        isDone = !isFull
      }
    }
  }

  /// Runs zlib once; says whether it filled the room, so that more may come.
  private func deflatePiece(isLast: Bool) -> (piece: [UInt8], isFull: Bool) {
    let free = unsafe room.withUnsafeMutableBufferPointer { target in
      unsafe stream.pointee.next_out = target.baseAddress
      unsafe stream.pointee.avail_out = UInt32(target.count)
      _ = unsafe deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
      return unsafe Int(stream.pointee.avail_out)
    }
    return (Array(room[..<(room.count - free)]), free == 0)
  }
}
