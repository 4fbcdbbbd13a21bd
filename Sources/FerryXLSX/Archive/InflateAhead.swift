import FerryCore
import Foundation
import Synchronization

// How it works: a thread of its own inflates the part into blocks, at most `depth` ahead of the
// reader, and the reader's own thread scans meanwhile. Blocks change hands under a lock, their
// memory goes round, and two semaphores let each side wait for the other. The thread ends with the
// part, with an error, or when the reader has gone.

/// A part that is inflated on another thread, some blocks ahead of who reads it.
final class InflateAhead {
  private let channel = BlockChannel()
  private var block = InflatedBlock()
  private var position = 0
  // Nothing comes behind the end or an error; waiting for it would be for ever.
  private var isOver = false
  /// Whether the checksum is that of the archive; of use at the end alone.
  private(set) var isIntact = false

  /// Starts inflating.
  init(_ entry: ZipEntry, of source: SourceBytes, limit: Int) {
    let channel = channel
    let thread = Thread { Self.inflate(entry, of: source, limit: limit, into: channel) }
    thread.name = "inflate"
    thread.start()
  }

  /// Tells the thread that nobody reads on.
  func stop() { channel.close() }

  /// Writes the next bytes to `range` of `target`, at least one before the end.
  ///
  /// - Returns: How many bytes were written; 0 at the end alone.
  func read(
    into target: inout ContiguousArray<UInt8>, _ range: Range<Int>
  ) throws(XLSXError) -> Int {
    if position == block.count, !isOver {
      block = channel.take(giving: block)
      position = 0
      isOver = block.count == 0
      isIntact = block.isIntact
    }
    if let error = block.error { throw error }
    let count = min(range.count, block.count - position)
    target.replaceBytes(from: range.lowerBound, with: block.bytes, position..<position + count)
    position += count
    return count
  }

  private static func inflate(
    _ entry: ZipEntry, of source: SourceBytes, limit: Int, into channel: BlockChannel
  ) {
    do throws(XLSXError) {
      let part = try InflatedPart(entry, of: source, limit: limit)
      while var block = channel.empty() {
        block.count = try part.read(into: &block.bytes, 0..<block.bytes.count)
        block.isIntact = part.isIntact
        let isLast = block.count == 0
        channel.put(block)
        if isLast { return }
      }
    } catch {
      channel.put(InflatedBlock(error: error))
    }
  }
}

/// Some bytes of a part, the end of it (no bytes), or why it can't be read on.
private struct InflatedBlock: Sendable {
  var bytes: ContiguousArray<UInt8> = []
  var count = 0
  var isIntact = false
  var error: XLSXError?
}

/// Blocks on their way from one thread to another, and their memory on its way back.
private final class BlockChannel: Sendable {
  private struct State {
    var full: [InflatedBlock] = []
    var spare: [ContiguousArray<UInt8>] = []
    var isClosed = false
  }

  private static let depth = 4
  private static let blockBytes = 256 << 10

  private let state = Mutex(State())
  // The thread sanitizer does not see Swift's mutex, a bare futex on Linux, and calls all that it
  // guards a race; this lock it sees. Taken once for each block, it costs nothing.
  private let seenLock = NSLock()
  private let filled = DispatchSemaphore(value: 0)
  private let room = DispatchSemaphore(value: 0)

  init() {
    for _ in 0..<Self.depth { room.signal() }
  }

  private func withState<Result: Sendable>(_ body: (inout sending State) -> sending Result)
    -> Result
  {
    seenLock.withLock { state.withLock(body) }
  }

  /// A block to be filled, when there is room for one; `nil` where nobody reads on.
  func empty() -> InflatedBlock? {
    room.wait()
    return withState { state in
      guard !state.isClosed else { return nil }
      let bytes = state.spare.popLast() ?? ContiguousArray(repeating: 0, count: Self.blockBytes)
      return InflatedBlock(bytes: bytes)
    }
  }

  /// Hands a block over.
  func put(_ block: InflatedBlock) {
    withState { $0.full.append(block) }
    filled.signal()
  }

  /// The next block, when there is one, in return for one that is used up.
  func take(giving used: InflatedBlock) -> InflatedBlock {
    if !used.bytes.isEmpty { withState { $0.spare.append(used.bytes) } }
    filled.wait()
    let block = withState { $0.full.removeFirst() }
    room.signal()
    return block
  }

  /// Nobody reads on.
  func close() {
    withState { $0.isClosed = true }
    room.signal()
  }
}
