import FerryCore
import Foundation

/// Zeroed memory that is set aside as addresses and becomes real page by page as it is written.
@safe
final class ReservedBytes {
  /// How many bytes may be written; 0 where the system gave none.
  let byteCount: Int
  private let base: UnsafeMutableRawPointer?

  /// Sets `byteCount` bytes aside.
  init(byteCount wanted: Int) {
    let memory = unsafe mmap(
      nil, max(wanted, 1), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
      -1, 0)
    let isThere = unsafe memory != MAP_FAILED
    unsafe base = isThere ? memory : nil
    byteCount = isThere ? wanted : 0
  }

  deinit {
    if let base = unsafe base { unsafe munmap(base, max(byteCount, 1)) }
  }

  /// Copies bytes in.
  @inline(__always)
  func write(_ bytes: Span<UInt8>, at offset: Int) {
    precondition(offset >= 0 && offset + bytes.count <= byteCount, "beyond what was set aside")
    guard let base = unsafe base else { return }
    unsafe bytes.withUnsafeBytes { source in
      guard let start = source.baseAddress else { return }
      unsafe (base + offset).copyMemory(from: start, byteCount: source.count)
    }
  }

  /// Writes a number of 32 bits.
  @inline(__always)
  func write(_ number: UInt32, at offset: Int) {
    precondition(offset >= 0 && offset + 4 <= byteCount, "beyond what was set aside")
    unsafe base?.storeBytes(of: number, toByteOffset: offset, as: UInt32.self)
  }

  /// The number of 32 bits at `offset`.
  @inline(__always)
  func number32(at offset: Int) -> UInt32 {
    precondition(offset >= 0 && offset + 4 <= byteCount, "beyond what was set aside")
    return unsafe base?.load(fromByteOffset: offset, as: UInt32.self) ?? 0
  }

  /// Calls `body` with the first `count` bytes.
  @inline(__always)
  func withBytes<Result>(_ count: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    precondition(count <= byteCount, "beyond what was set aside")
    let start = unsafe UnsafeRawPointer(base)?.assumingMemoryBound(to: UInt8.self)
    let bytes = unsafe UnsafeBufferPointer(start: start, count: count)
    return body(unsafe Span(_unsafeElements: bytes))
  }
}
