#if FERRY_ISAL
import CISAL
import FerryCore
import Foundation

/// Inflates by ISA-L, Intel's library for x86 and Arm.
@safe
final class ISALInflater: Inflater {
  private let state: UnsafeMutableRawPointer

  init?() {
    guard let state = unsafe ferry_isal_new() else { return nil }
    unsafe self.state = state
  }

  deinit { unsafe free(state) }

  func inflate(
    _ input: Span<UInt8>, into target: inout ContiguousArray<UInt8>, _ range: Range<Int>
  ) -> InflateStep? {
    unsafe target.withUnsafeMutableBufferPointer { output in
      unsafe input.withUnsafeBufferPointer { bytes in
        var (consumed, produced) = (UInt32(0), UInt32(0))
        let status = unsafe ferry_isal_inflate(
          state, bytes.baseAddress, UInt32(bytes.count),
          output.baseAddress?.advanced(by: range.lowerBound), UInt32(range.count), &consumed,
          &produced)
        guard status >= 0 else { return nil }
        return InflateStep(
          consumed: Int(consumed), produced: Int(produced), isAtEnd: status == 1)
      }
    }
  }
}

extension Checksum {
  /// The same by ISA-L.
  static func isal(_ checksum: UInt32, _ bytes: Span<UInt8>) -> UInt32 {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe crc32_gzip_refl(checksum, buffer.baseAddress, UInt64(buffer.count))
    }
  }
}
#endif
