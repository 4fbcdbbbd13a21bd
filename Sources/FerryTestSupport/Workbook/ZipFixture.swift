import CZlib
import Foundation

/// A ZIP archive written in code, whole or broken on purpose.
///
/// Source: APPNOTE.TXT 6.3.10 (PKWARE), sections 4.3 and 4.4.
public struct ZipFixture: Sendable {
  /// How an entry's bytes are kept.
  public enum Method: UInt16, Hashable, Sendable {
    case stored = 0
    case deflated = 8
  }

  /// One file of the archive.
  public struct Entry: Sendable {
    /// The path inside the archive, written as it stands.
    public var name: String
    /// What the file holds.
    public var content: [UInt8]
    /// How the content is kept.
    public var method = Method.deflated
    /// Whether the sizes stand behind the content and not before it.
    public var hasDataDescriptor = false
    /// Added to the right checksum: anything but 0 makes it wrong.
    public var checksumError: UInt32 = 0
    /// Added to the right size in the directory: anything but 0 makes it a lie.
    public var sizeError = 0
    /// The same for the size inside the archive.
    public var packedSizeError = 0
    /// Whether the directory points to the entry before this one, which then has the same bytes.
    public var sharesBytes = false
    /// The general purpose flags; bit 0 says that the entry is encrypted.
    public var flags: UInt16 = 0

    /// Names a file and its content.
    public init(_ name: String, _ content: [UInt8], method: Method = .deflated) {
      self.name = name
      self.content = content
      self.method = method
    }

    /// Names a file and its text.
    public init(_ name: String, _ text: String, method: Method = .deflated) {
      self.init(name, Array(text.utf8), method: method)
    }
  }

  /// The files, in the order of the archive.
  public var entries: [Entry]
  /// Whether sizes and offsets are written the ZIP64 way, although they would fit.
  public var isZip64 = false
  /// Bytes before the first entry, as a self-extracting archive has them.
  public var prefix: [UInt8] = []
  /// The comment at the end.
  public var comment: [UInt8] = []

  /// Makes an archive of `entries`.
  public init(_ entries: [Entry]) { self.entries = entries }

  /// The archive's bytes.
  public func bytes() -> [UInt8] {
    var output = LittleEndianBytes(prefix)
    var directory = LittleEndianBytes([])
    var offset = 0
    for entry in entries {
      if !entry.sharesBytes { offset = output.bytes.count - prefix.count }
      let data = entry.method == .stored ? entry.content : Self.deflated(entry.content)
      let checksum = Self.checksum(entry.content) &+ entry.checksumError
      if !entry.sharesBytes { writeLocal(entry, data: data, checksum: checksum, to: &output) }
      writeCentral(entry, data: data, checksum: checksum, offset: offset, to: &directory)
    }
    let start = output.bytes.count - prefix.count
    output.bytes += directory.bytes
    writeEnd(directorySize: directory.bytes.count, directoryOffset: start, to: &output)
    return output.bytes
  }

  /// Writes the archive to a file.
  public func write(to path: String) throws {
    try Data(bytes()).write(to: URL(fileURLWithPath: path))
  }
}

// MARK: - Records

extension ZipFixture {
  private func flags(of entry: Entry) -> UInt16 {
    entry.flags | (entry.hasDataDescriptor ? 8 : 0) | 0x800
  }

  private func writeLocal(
    _ entry: Entry, data: [UInt8], checksum: UInt32, to output: inout LittleEndianBytes
  ) {
    let late = entry.hasDataDescriptor
    output.write32(0x0403_4B50)
    output.write16(20)
    output.write16(flags(of: entry))
    output.write16(entry.method.rawValue)
    output.write32(0x5821_0000)
    output.write32(late ? 0 : checksum)
    output.write32(late ? 0 : UInt32(data.count))
    output.write32(late ? 0 : UInt32(entry.content.count))
    output.write16(UInt16(entry.name.utf8.count))
    output.write16(0)
    output.bytes += entry.name.utf8
    output.bytes += data
    guard late else { return }
    output.write32(0x0807_4B50)
    output.write32(checksum)
    output.write32(UInt32(data.count))
    output.write32(UInt32(entry.content.count))
  }

  private func writeCentral(
    _ entry: Entry, data: [UInt8], checksum: UInt32, offset: Int,
    to directory: inout LittleEndianBytes
  ) {
    let size = max(0, entry.content.count + entry.sizeError)
    let packedSize = max(0, data.count + entry.packedSizeError)
    directory.write32(0x0201_4B50)
    directory.write16(20)
    directory.write16(20)
    directory.write16(flags(of: entry))
    directory.write16(entry.method.rawValue)
    directory.write32(0x5821_0000)
    directory.write32(checksum)
    directory.write32(isZip64 ? .max : UInt32(packedSize))
    directory.write32(isZip64 ? .max : UInt32(size))
    directory.write16(UInt16(entry.name.utf8.count))
    directory.write16(isZip64 ? 28 : 0)
    for _ in 0..<3 { directory.write16(0) }
    directory.write32(0)
    directory.write32(isZip64 ? .max : UInt32(offset))
    directory.bytes += entry.name.utf8
    guard isZip64 else { return }
    directory.write16(1)
    directory.write16(24)
    directory.write64(UInt64(size))
    directory.write64(UInt64(packedSize))
    directory.write64(UInt64(offset))
  }

  private func writeEnd(
    directorySize: Int, directoryOffset: Int, to output: inout LittleEndianBytes
  ) {
    if isZip64 {
      let record = output.bytes.count - prefix.count
      output.write32(0x0606_4B50)
      output.write64(44)
      output.write16(45)
      output.write16(45)
      output.write64(0)
      output.write64(UInt64(entries.count))
      output.write64(UInt64(entries.count))
      output.write64(UInt64(directorySize))
      output.write64(UInt64(directoryOffset))
      output.write32(0x0706_4B50)
      output.write32(0)
      output.write64(UInt64(record))
      output.write32(1)
    }
    output.write32(0x0605_4B50)
    output.write32(0)
    output.write16(isZip64 ? .max : UInt16(entries.count))
    output.write16(isZip64 ? .max : UInt16(entries.count))
    output.write32(isZip64 ? .max : UInt32(directorySize))
    output.write32(isZip64 ? .max : UInt32(directoryOffset))
    output.write16(UInt16(comment.count))
    output.bytes += comment
  }
}

// MARK: - zlib

extension ZipFixture {
  /// The CRC-32 of `content`.
  public static func checksum(_ content: [UInt8]) -> UInt32 {
    unsafe content.withUnsafeBufferPointer { bytes in
      UInt32(truncatingIfNeeded: unsafe crc32(0, bytes.baseAddress, UInt32(bytes.count)))
    }
  }

  /// `content` as a raw deflate stream, in stored and compressed blocks as zlib likes.
  public static func deflated(_ content: [UInt8]) -> [UInt8] {
    var length = compressBound(UInt(content.count)) + 16
    var output = [UInt8](repeating: 0, count: Int(length))
    let status = unsafe content.withUnsafeBufferPointer { source in
      unsafe output.withUnsafeMutableBufferPointer { target in
        unsafe compress2(
          target.baseAddress, &length, source.baseAddress, UInt(source.count), 6)
      }
    }
    precondition(status == Z_OK, "zlib could not compress a fixture")
    // A zlib stream is a raw one between two bytes of header and four of checksum.
    return Array(output[2..<Int(length) - 4])
  }
}

/// Bytes with numbers written low byte first.
struct LittleEndianBytes {
  var bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func write16(_ value: UInt16) { write(UInt64(value), byteCount: 2) }
  mutating func write32(_ value: UInt32) { write(UInt64(value), byteCount: 4) }
  mutating func write64(_ value: UInt64) { write(value, byteCount: 8) }

  private mutating func write(_ value: UInt64, byteCount: Int) {
    for index in 0..<byteCount { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
  }
}
