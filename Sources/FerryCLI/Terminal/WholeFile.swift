import FerryCore
import Foundation

/// A file that is written whole or not at all: beside its place first, then put there in one step.
///
/// What is there and is no plain file, such as `/dev/stdout`, is written to as it is.
final class WholeFile {
  private static let bufferByteCount = 1 << 18

  private let path: String
  private let target: String
  private let descriptor: Int32
  private let isDirect: Bool
  private var buffer = ContiguousArray<UInt8>()
  private var isClosed = false

  /// Opens the file beside `path`; fails where that folder can't be written to.
  init(path: String) throws(UsageError) {
    self.path = path
    target = URL(filePath: path).resolvingSymlinksInPath().path
    isDirect = !FilePlace.isFree(path)
    let flags = isDirect ? O_WRONLY | O_CLOEXEC : O_WRONLY | O_CLOEXEC | O_CREAT | O_TRUNC
    descriptor = unsafe open(isDirect ? path : target + ".partial", flags, 0o666)
    guard descriptor >= 0 else { throw UsageError(.unwritable(path)) }
  }

  deinit {
    guard !isClosed else { return }
    close(descriptor)
    if !isDirect { unsafe unlink(target + ".partial") }
  }

  /// Appends bytes; they may stay in memory for a while.
  func write(_ body: (inout ContiguousArray<UInt8>) -> Void) throws(UsageError) {
    body(&buffer)
    if buffer.count >= Self.bufferByteCount { try flush() }
  }

  /// Puts the file where it belongs.
  func finish() throws(UsageError) {
    try flush()
    isClosed = true
    let closed = close(descriptor)
    if isDirect { return }
    guard closed == 0, unsafe rename(target + ".partial", target) == 0 else {
      unsafe unlink(target + ".partial")
      throw UsageError(.unwritable(path))
    }
  }

  private func flush() throws(UsageError) {
    let isWritten = unsafe buffer.withUnsafeBytes { bytes in
      var offset = 0
      while offset < bytes.count {
        let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[offset...])
        let count = unsafe Foundation.write(descriptor, rest.baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        offset += count
      }
      return true
    }
    guard isWritten else { throw UsageError(.unwritable(path)) }
    buffer.removeAll(keepingCapacity: true)
  }
}
