import Foundation

// A file of blocks: each its length and a hash in eight bytes, then its bytes as they stand in memory.
// Only the machine that wrote it reads it.

/// Writes such a file.
@safe
struct BlockFileWriter: ~Copyable {
  private let file: Int32
  private(set) var isWhole = true

  /// Makes the file, for its owner alone; `nil` where that is not possible.
  init?(path: String) {
    file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { return nil }
  }

  deinit { close(file) }

  /// Adds a block; once one could not be written, no other is.
  mutating func add<Element: BitwiseCopyable>(_ elements: ContiguousArray<Element>) {
    guard isWhole else { return }
    unsafe elements.withUnsafeBytes { raw in
      let head = unsafe [UInt64(raw.count), raw.contentHash]
      isWhole = unsafe head.withUnsafeBytes { unsafe write($0) } && write(raw)
    }
  }

  private func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var offset = 0
    while offset < bytes.count {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[offset...])
      let count = unsafe Foundation.write(file, rest.baseAddress, rest.count)
      guard count > 0 else { return false }
      offset += count
    }
    return true
  }
}

/// Reads such a file block by block.
@safe
struct BlockFileReader: ~Copyable {
  private let file: Int32
  private var rest: Int

  /// Opens the file; `nil` where there is none.
  init?(path: String) {
    file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    var found = stat()
    rest = unsafe fstat(file, &found) == 0 ? Int(found.st_size) : 0
  }

  deinit { close(file) }

  /// The next block; `nil` where it is not whole.
  mutating func next<Element: BitwiseCopyable>(
    of type: Element.Type
  ) -> ContiguousArray<Element>? {
    var head = ContiguousArray<UInt64>(repeating: 0, count: 2)
    guard unsafe head.withUnsafeMutableBytes({ unsafe read(into: $0) }) else { return nil }
    let stride = MemoryLayout<Element>.stride
    guard let count = Int(exactly: head[0]), count <= rest, count.isMultiple(of: stride) else {
      return nil
    }
    var isWhole = false
    let hash = head[1]
    let found = unsafe ContiguousArray<Element>(unsafeUninitializedCapacity: count / stride) {
      buffer, initialized in
      let raw = UnsafeMutableRawBufferPointer(buffer)
      let block = unsafe UnsafeMutableRawBufferPointer(rebasing: raw[..<count])
      isWhole =
        unsafe read(into: block) && UnsafeRawBufferPointer(block).contentHash == hash
      initialized = isWhole ? count / stride : 0
    }
    return isWhole ? found : nil
  }

  private mutating func read(into bytes: UnsafeMutableRawBufferPointer) -> Bool {
    guard bytes.count <= rest else { return false }
    var offset = 0
    while offset < bytes.count {
      let part = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[offset...])
      let count = unsafe Foundation.read(file, part.baseAddress, part.count)
      guard count > 0 else { return false }
      offset += count
    }
    rest -= bytes.count
    return true
  }
}

extension UnsafeRawBufferPointer {
  /// See ``Span/contentHash``.
  fileprivate var contentHash: UInt64 {
    unsafe withMemoryRebound(to: UInt8.self) { unsafe Span(_unsafeElements: $0).contentHash }
  }
}
