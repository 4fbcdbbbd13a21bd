import FerryCore
import FerryXLSX
import Foundation

/// Writes a ZIP archive, one entry after the other, in memory that does not grow with them.
///
/// Source: APPNOTE.TXT 6.3.10 (PKWARE), sections 4.3.7, 4.3.12, 4.3.16; without ZIP64, so that no
/// archive reaches 4 GiB.
final class ZipWriter {
  private let output: FileHandle
  private var buffer = Data()
  private var position = 0
  private var directory = Data()
  private var entryCount = 0

  private static let bufferBytes = 1 << 20
  private static let longest = 0xFFFF_FFFF
  // 2024-06-30, so that the same parts make the same bytes.
  private static let date = (2024 - 1980) << 9 | 6 << 5 | 30
  private static let utf8Name = 0x800

  /// An entry's numbers, as its headers state them.
  private struct Numbers {
    var method = 8
    var checksum: UInt32 = 0
    var compressedBytes = 0
    var byteCount = 0
  }

  /// Creates the file at `path`, which only its owner may read.
  init(path: String) throws(AnnotationError) {
    let isMade = FileManager.default.createFile(
      atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
    guard isMade, let output = FileHandle(forWritingAtPath: path) else {
      throw .unwritable(path)
    }
    self.output = output
  }

  /// Adds a part of another archive as it is packed there.
  func copy(_ part: WorkbookArchive.Part, of archive: WorkbookArchive) throws {
    let start = position
    let numbers = Numbers(
      method: part.method, checksum: part.checksum, compressedBytes: part.compressedBytes,
      byteCount: part.byteCount)
    try write(header(part.name, numbers))
    try archive.readPacked(part) { (bytes) throws in try write(bytes) }
    try list(part.name, numbers, at: start)
  }

  /// Adds an entry whose bytes `body` hands over piece by piece.
  func add(_ name: String, _ body: (_ put: (Span<UInt8>) throws -> Void) throws -> Void) throws {
    guard let deflater = Deflater() else { throw AnnotationError.noMemory }
    let start = position
    try write(header(name, Numbers()))
    let dataStart = position
    var numbers = Numbers()
    try body { bytes in
      numbers.checksum = Deflater.checksum(numbers.checksum, bytes)
      numbers.byteCount += bytes.count
      try deflater.pack(bytes, isLast: false) { (packed) throws in try write(packed) }
    }
    let end = ContiguousArray<UInt8>()
    try deflater.pack(end.span, isLast: true) { (packed) throws in try write(packed) }
    numbers.compressedBytes = position - dataStart
    guard max(numbers.byteCount, position) < Self.longest else { throw AnnotationError.tooLarge }
    try flush()
    try output.seek(toOffset: UInt64(start))
    try output.write(contentsOf: header(name, numbers))
    try output.seek(toOffset: UInt64(position))
    try list(name, numbers, at: start)
  }

  /// Adds a small entry.
  func add(_ name: String, _ bytes: ContiguousArray<UInt8>) throws {
    try add(name) { put in try put(bytes.span) }
  }

  /// Writes the directory; the archive is whole then.
  func finish() throws {
    guard position < Self.longest, entryCount < 0xFFFF else { throw AnnotationError.tooLarge }
    let start = position
    try write(directory)
    var end = Data()
    end.append(0x0605_4B50, byteCount: 4)
    end.append(0, byteCount: 4)
    end.append(entryCount, byteCount: 2)
    end.append(entryCount, byteCount: 2)
    end.append(directory.count, byteCount: 4)
    end.append(start, byteCount: 4)
    end.append(0, byteCount: 2)
    try write(end)
    try flush()
    try output.close()
  }

  private func header(_ name: String, _ numbers: Numbers) -> Data {
    var header = Data()
    header.append(0x0403_4B50, byteCount: 4)
    header.append(20, byteCount: 2)
    append(name, numbers, to: &header)
    header.append(contentsOf: name.utf8)
    return header
  }

  // From the flags to the length of the extra field: the same in both headers.
  private func append(_ name: String, _ numbers: Numbers, to header: inout Data) {
    header.append(Self.utf8Name, byteCount: 2)
    header.append(numbers.method, byteCount: 2)
    header.append(0, byteCount: 2)
    header.append(Self.date, byteCount: 2)
    header.append(Int(numbers.checksum), byteCount: 4)
    header.append(numbers.compressedBytes, byteCount: 4)
    header.append(numbers.byteCount, byteCount: 4)
    header.append(name.utf8.count, byteCount: 2)
    header.append(0, byteCount: 2)
  }

  private func list(_ name: String, _ numbers: Numbers, at start: Int) throws(AnnotationError) {
    guard max(start, numbers.byteCount, numbers.compressedBytes) < Self.longest else {
      throw .tooLarge
    }
    directory.append(0x0201_4B50, byteCount: 4)
    directory.append(20, byteCount: 2)
    directory.append(20, byteCount: 2)
    append(name, numbers, to: &directory)
    directory.append(0, byteCount: 2)
    directory.append(0, byteCount: 2)
    directory.append(0, byteCount: 2)
    directory.append(0, byteCount: 4)
    directory.append(start, byteCount: 4)
    directory.append(contentsOf: name.utf8)
    entryCount += 1
  }

  private func write(_ bytes: Span<UInt8>) throws {
    unsafe bytes.withUnsafeBufferPointer { unsafe buffer.append($0) }
    position += bytes.count
    if buffer.count >= Self.bufferBytes { try flush() }
  }

  private func write(_ data: Data) throws {
    buffer.append(data)
    position += data.count
  }

  private func flush() throws {
    try output.write(contentsOf: buffer)
    buffer.removeAll(keepingCapacity: true)
  }
}

extension Data {
  /// Adds a number, low byte first.
  fileprivate mutating func append(_ number: Int, byteCount: Int) {
    for index in 0..<byteCount { append(UInt8(truncatingIfNeeded: number >> (8 * index))) }
  }
}
