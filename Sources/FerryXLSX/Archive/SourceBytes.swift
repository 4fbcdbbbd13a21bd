import FerryCore
import Foundation

/// A file, or bytes in memory, read at any place, by several readers at once.
///
/// Reading a file goes through `pread`, so that no reader moves another's place.
@safe
final class SourceBytes: Sendable {
  /// The file's name without its folders.
  let name: String
  /// How many bytes it has.
  let byteCount: Int
  private let content: Content

  private enum Content: Sendable {
    case file(Int32)
    case memory(ContiguousArray<UInt8>)
    /// The archive inside an encrypted file.
    case package(EncryptedPackage)
  }

  convenience init(path: String) throws(XLSXError) {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw XLSXError(.unreadable(reason: unsafe String(cString: strerror(errno))), file: name)
    }
    try self.init(owning: descriptor, name: name)
  }

  /// An open file, which is closed in the end whatever comes; `name` stands in messages.
  init(owning descriptor: Int32, name: String) throws(XLSXError) {
    self.name = name
    var status = stat()
    let isKnown = unsafe fstat(descriptor, &status) == 0
    guard isKnown, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw XLSXError(.unreadable(reason: "not a regular file"), file: name)
    }
    byteCount = Int(status.st_size)
    content = .file(descriptor)
  }

  /// Bytes that are in memory already; `name` stands in messages.
  init(bytes: ContiguousArray<UInt8>, name: String) {
    self.name = name
    byteCount = bytes.count
    content = .memory(bytes)
  }

  /// The archive inside an encrypted workbook, as though it were a file.
  init(_ package: EncryptedPackage, of source: SourceBytes) {
    name = source.name
    byteCount = package.byteCount
    content = .package(package)
  }

  deinit {
    if case .file(let descriptor) = content { close(descriptor) }
  }

  /// Reads up to `count` bytes from `offset`; fewer only at the end of the file.
  func read(at offset: Int, count: Int) throws(XLSXError) -> ContiguousArray<UInt8> {
    var bytes = ContiguousArray<UInt8>(repeating: 0, count: max(0, min(count, byteCount - offset)))
    let got = try read(into: &bytes, from: 0, at: offset, count: bytes.count)
    bytes.removeLast(bytes.count - got)
    return bytes
  }

  /// Reads up to `count` bytes from `offset` of the file to `position` of `bytes`.
  func read(
    into bytes: inout ContiguousArray<UInt8>, from position: Int, at offset: Int, count: Int
  ) throws(XLSXError) -> Int {
    precondition(position >= 0 && position + count <= bytes.count, "no room for what is read")
    guard offset >= 0 else { return 0 }
    switch content {
    case .memory(let all):
      return Self.copy(all, from: offset, to: &bytes, at: position, count: count)
    case .package(let package):
      return try package.read(into: &bytes, from: position, at: offset, count: count)
    case .file(let descriptor):
      return try read(descriptor, into: &bytes, from: position, at: offset, count: count)
    }
  }

  private static func copy(
    _ all: ContiguousArray<UInt8>, from offset: Int, to bytes: inout ContiguousArray<UInt8>,
    at position: Int, count: Int
  ) -> Int {
    let copied = max(0, min(count, all.count - offset))
    guard copied > 0 else { return 0 }
    bytes.replaceBytes(from: position, with: all, offset..<offset + copied)
    return copied
  }

  private func read(
    _ descriptor: Int32, into bytes: inout ContiguousArray<UInt8>, from position: Int,
    at offset: Int, count: Int
  ) throws(XLSXError) -> Int {
    var done = 0
    while done < count {
      let got = unsafe bytes.withUnsafeMutableBytes { target in
        unsafe pread(
          descriptor, target.baseAddress?.advanced(by: position + done), count - done,
          off_t(offset + done))
      }
      if got == 0 { break }
      if got < 0 {
        if errno == EINTR { continue }
        throw XLSXError(.unreadable(reason: unsafe String(cString: strerror(errno))), file: name)
      }
      done += got
    }
    return done
  }
}

extension ContiguousArray<UInt8> {
  /// The number of two bytes at `offset`, low byte first; 0 beyond the end.
  func number16(at offset: Int) -> Int { number(at: offset, byteCount: 2) }
  /// The number of four bytes at `offset`, low byte first; 0 beyond the end.
  func number32(at offset: Int) -> Int { number(at: offset, byteCount: 4) }
  /// The number of eight bytes at `offset`, low byte first; `Int.max` where it is larger.
  func number64(at offset: Int) -> Int {
    let high = number(at: offset + 4, byteCount: 4)
    guard high < 1 << 31 else { return .max }
    return high << 32 | number(at: offset, byteCount: 4)
  }

  private func number(at offset: Int, byteCount: Int) -> Int {
    guard offset >= 0, offset + byteCount <= count else { return 0 }
    return (0..<byteCount).reduce(0) { $0 | Int(self[offset + $1]) << (8 * $1) }
  }
}
