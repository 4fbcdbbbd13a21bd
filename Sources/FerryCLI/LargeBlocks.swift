import Foundation

/// How the C library deals with large blocks of memory.
enum LargeBlocks {
  // Chunks of values and columns of records have this size or more.
  private static let leastSize: Int32 = 1 << 20
  // M_MMAP_THRESHOLD in glibc's malloc.h, which Swift does not see.
  private static let mapThreshold: Int32 = -3

  /// Gives large blocks back to the system once nobody holds them, so that what one stage of a run has
  /// let go of makes room for the next.
  ///
  /// By itself glibc soon keeps blocks of any size for later, and memory that was free once is not
  /// given back. Does nothing where the C library is another one.
  static func giveBackAtOnce() {
    guard let symbol = unsafe dlsym(dlopen(nil, RTLD_LAZY), "mallopt") else { return }
    typealias Option = @convention(c) (Int32, Int32) -> Int32
    let set = unsafe unsafeBitCast(symbol, to: Option.self)
    _ = set(mapThreshold, leastSize)
  }
}
