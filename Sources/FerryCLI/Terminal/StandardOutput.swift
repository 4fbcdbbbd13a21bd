import Foundation

/// Standard output for bytes in bulk.
struct StandardOutput {
  /// Writes all of `bytes`.
  ///
  /// A closed pipe ends the process by SIGPIPE, as a filter should end.
  mutating func write(_ bytes: ContiguousArray<UInt8>) {
    unsafe bytes.withUnsafeBytes { buffer in
      var offset = 0
      while offset < buffer.count {
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[offset...])
        let written = unsafe Foundation.write(1, rest.baseAddress, rest.count)
        guard written > 0 else { return }
        offset += written
      }
    }
  }
}
