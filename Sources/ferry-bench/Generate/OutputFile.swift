import Foundation

/// A mistake in the words after `ferry-bench`, or work that can't go on.
struct BenchError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// A file being written from its start, parts of which may be written over.
final class OutputFile {
  private let handle: FileHandle
  /// How many bytes were written.
  private(set) var count = 0

  init(path: String) throws {
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let handle = FileHandle(forWritingAtPath: path)
    else { throw BenchError("can't write \(path)") }
    self.handle = handle
  }

  func write(_ bytes: some Sequence<UInt8>) throws {
    let data = Data(bytes)
    try handle.write(contentsOf: data)
    count += data.count
  }

  /// Writes over bytes that were written before.
  func overwrite(_ bytes: [UInt8], at offset: Int) throws {
    try handle.seek(toOffset: UInt64(offset))
    try handle.write(contentsOf: Data(bytes))
    try handle.seek(toOffset: UInt64(count))
  }

  func close() throws { try handle.close() }
}
