import CZlib
import FerryCore

/// The bytes of one part, inflated as they are asked for.
///
/// Holds 64 KiB of the file and zlib's own state, whatever the part's size.
@safe
final class PartStream {
  /// The part's name, for messages.
  let name: String
  private let source: SourceBytes
  private let entry: ZipEntry
  private let limit: Int
  // zlib keeps a pointer to its stream, so the stream must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private var input: ContiguousArray<UInt8>
  private var inputRange = 0..<0
  private var nextOffset: Int
  private var remaining: Int
  private var produced = 0
  private var checksum: UInt = 0
  private(set) var isAtEnd = false

  private static let inputBytes = 64 << 10

  init(_ entry: ZipEntry, of source: SourceBytes, limit: Int) throws(XLSXError) {
    name = entry.name
    self.entry = entry
    self.source = source
    self.limit = limit
    input = ContiguousArray(repeating: 0, count: Self.inputBytes)
    nextOffset = try Self.dataOffset(of: entry, in: source)
    remaining = entry.compressedBytes
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let version = ZLIB_VERSION
    let status = unsafe inflateInit2_(
      stream, -MAX_WBITS, version, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else {
      // The deinitializer runs, since all properties are set.
      throw XLSXError(.damagedPart(entry.name), file: source.name)
    }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// How many bytes the archive says that the part has.
  var byteCount: Int { entry.byteCount }

  /// The file's name.
  var file: String { source.name }

  /// Whether the checksum is that of the archive; of use at the end alone.
  var isIntact: Bool { checksum == UInt(entry.checksum) }

  /// An error of this part.
  func error(_ kind: XLSXError.Kind) -> XLSXError { XLSXError(kind, file: source.name) }

  /// Writes the next bytes to `range` of `target`, at least one before the end.
  ///
  /// - Returns: How many bytes were written; 0 at the end alone.
  func read(
    into target: inout ContiguousArray<UInt8>, _ range: Range<Int>
  ) throws(XLSXError) -> Int {
    precondition(range.upperBound <= target.count, "no room for what is inflated")
    guard !isAtEnd, !range.isEmpty else { return 0 }
    let count =
      entry.method == 0
      ? try copy(into: &target, range) : try inflated(into: &target, range)
    unsafe target.withUnsafeBufferPointer { bytes in
      checksum = unsafe crc32(
        checksum, bytes.baseAddress?.advanced(by: range.lowerBound), UInt32(count))
    }
    produced += count
    guard produced <= limit else {
      throw error(.tooLarge(part: name, limit: "\(limit >> 20) MiB"))
    }
    return count
  }

  private func copy(
    into target: inout ContiguousArray<UInt8>, _ range: Range<Int>
  ) throws(XLSXError) -> Int {
    let wanted = min(range.count, remaining)
    let count = try source.read(
      into: &target, from: range.lowerBound, at: nextOffset, count: wanted)
    guard count == wanted else { throw error(.damagedPart(name)) }
    nextOffset += count
    remaining -= count
    isAtEnd = remaining == 0
    return count
  }

  private func inflated(
    into target: inout ContiguousArray<UInt8>, _ range: Range<Int>
  ) throws(XLSXError) -> Int {
    var count = 0
    while count < range.count {
      if inputRange.isEmpty { try refill() }
      let step = inflateOnce(into: &target, range.lowerBound + count..<range.upperBound)
      count += step.produced
      inputRange = inputRange.lowerBound + step.consumed..<inputRange.upperBound
      if step.status == Z_STREAM_END {
        isAtEnd = true
        break
      }
      let isStuck = step.produced == 0 && step.consumed == 0
      guard step.status == Z_OK || step.status == Z_BUF_ERROR, !isStuck else {
        throw error(.damagedPart(name))
      }
    }
    return count
  }

  private func inflateOnce(
    into target: inout ContiguousArray<UInt8>, _ range: Range<Int>
  ) -> (status: Int32, produced: Int, consumed: Int) {
    unsafe target.withUnsafeMutableBufferPointer { output in
      unsafe input.withUnsafeMutableBufferPointer { bytes in
        unsafe stream.pointee.next_in = bytes.baseAddress?.advanced(by: inputRange.lowerBound)
        unsafe stream.pointee.avail_in = UInt32(inputRange.count)
        unsafe stream.pointee.next_out = output.baseAddress?.advanced(by: range.lowerBound)
        unsafe stream.pointee.avail_out = UInt32(range.count)
        let status = unsafe inflate(stream, Z_NO_FLUSH)
        return (
          status, range.count - Int(unsafe stream.pointee.avail_out),
          inputRange.count - Int(unsafe stream.pointee.avail_in)
        )
      }
    }
  }

  private func refill() throws(XLSXError) {
    let count = try source.read(
      into: &input, from: 0, at: nextOffset, count: min(Self.inputBytes, remaining))
    guard count > 0 else { throw error(.damagedPart(name)) }
    nextOffset += count
    remaining -= count
    inputRange = 0..<count
  }

  private static func dataOffset(
    of entry: ZipEntry, in source: SourceBytes
  ) throws(XLSXError) -> Int {
    guard entry.flags & 1 == 0 else {
      throw XLSXError(.encryptedPart(entry.name), file: source.name)
    }
    guard entry.method == 0 || entry.method == 8 else {
      throw XLSXError(
        .unknownMethod(part: entry.name, method: entry.method), file: source.name)
    }
    let header = try source.read(at: entry.headerOffset, count: 30)
    guard header.number32(at: 0) == 0x0403_4B50, header.count == 30 else {
      throw XLSXError(.damagedPart(entry.name), file: source.name)
    }
    return entry.headerOffset + 30 + header.number16(at: 26) + header.number16(at: 28)
  }
}
