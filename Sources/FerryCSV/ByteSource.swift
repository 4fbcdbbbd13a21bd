internal import FerryCore

#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// A file's bytes, or bytes in memory, read from front to end or at a place.
final class ByteSource {
  private enum Storage {
    case file(Int32)
    case memory(ContiguousArray<UInt8>)
  }

  private let storage: Storage
  private let name: String
  private var position = 0
  /// How many bytes there are; a file that grows meanwhile is read to its end all the same.
  let byteCount: Int

  init(path: String, name: String) throws(CSVError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw CSVError(.unreadable(errno: errno), file: name) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      let number = errno
      close(descriptor)
      throw CSVError(.unreadable(errno: number), file: name)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw CSVError(.notAFile, file: name)
    }
    storage = .file(descriptor)
    byteCount = Int(status.st_size)
    self.name = name
  }

  init(bytes: ContiguousArray<UInt8>, name: String) {
    storage = .memory(bytes)
    byteCount = bytes.count
    self.name = name
  }

  deinit {
    if case .file(let descriptor) = storage { close(descriptor) }
  }

  /// Overwrites `buffer` from `start` on with the next bytes.
  ///
  /// - Returns: How many; 0 at the end.
  func read(into buffer: inout ContiguousArray<UInt8>, from start: Int) throws(CSVError) -> Int {
    let count = try read(into: &buffer, from: start, at: position)
    position += count
    return count
  }

  /// Passes over the next `count` bytes.
  func skip(_ count: Int) { position += count }

  /// The bytes at `offset`, fewer at the end.
  func bytes(at offset: Int, count: Int) throws(CSVError) -> ContiguousArray<UInt8> {
    var buffer = ContiguousArray<UInt8>(repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let more = try read(into: &buffer, from: filled, at: offset + filled)
      if more == 0 { break }
      filled += more
    }
    buffer.removeLast(count - filled)
    return buffer
  }

  private func read(
    into buffer: inout ContiguousArray<UInt8>, from start: Int, at offset: Int
  ) throws(CSVError) -> Int {
    switch storage {
    case .memory(let bytes):
      let count = max(min(buffer.count - start, bytes.count - offset), 0)
      if count > 0 { buffer.replaceBytes(from: start, with: bytes, offset..<offset + count) }
      return count
    case .file(let descriptor):
      while true {
        let count = unsafe buffer.withUnsafeMutableBytes { raw in
          unsafe pread(
            descriptor, raw.baseAddress.map { unsafe $0 + start }, raw.count - start,
            off_t(offset))
        }
        if count >= 0 { return count }
        if errno != EINTR { throw CSVError(.unreadable(errno: errno), file: name) }
      }
    }
  }
}

/// The system's own words for an error number.
func systemMessage(_ number: Int32) -> String {
  guard let text = unsafe strerror(number) else { return String(number) }
  return unsafe String(cString: text)
}
