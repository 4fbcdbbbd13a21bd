import FerryCore
import Foundation

/// The bytes of one part, inflated as they are asked for; a large one ahead, on another thread.
final class PartStream {
  /// The part's name, for messages.
  let name: String
  /// How many bytes the archive says that the part has.
  let byteCount: Int
  /// The file's name.
  let file: String
  private let way: Way
  private var isAtEnd = false
  /// Whether the checksum is that of the archive; of use at the end alone.
  private(set) var isIntact = false

  private enum Way {
    case here(InflatedPart)
    case ahead(InflateAhead)
  }

  /// Below this many bytes of the file, another thread costs more than it saves.
  private static let leastBytesAhead = 1 << 20

  // `limit` is how many bytes the part may have, inflated.
  init(_ entry: ZipEntry, of source: SourceBytes, limit: Int) throws(XLSXError) {
    name = entry.name
    byteCount = entry.byteCount
    file = source.name
    let part = try InflatedPart(entry, of: source, limit: limit)
    let isWorthIt =
      entry.compressedBytes >= Self.leastBytesAhead
      && ProcessInfo.processInfo.activeProcessorCount > 1
    way = isWorthIt ? .ahead(InflateAhead(entry, of: source, limit: limit)) : .here(part)
  }

  deinit {
    if case .ahead(let ahead) = way { ahead.stop() }
  }

  /// An error of this part.
  func error(_ kind: XLSXError.Kind) -> XLSXError { XLSXError(kind, file: file) }

  /// Writes the next bytes to `range` of `target`, at least one before the end.
  ///
  /// - Returns: How many bytes were written; 0 at the end alone.
  func read(
    into target: inout ContiguousArray<UInt8>, _ range: Range<Int>
  ) throws(XLSXError) -> Int {
    guard !isAtEnd, !range.isEmpty else { return 0 }
    var count = 0
    switch way {
    case .here(let part):
      count = try part.read(into: &target, range)
      isAtEnd = part.isAtEnd
      isIntact = part.isIntact
    case .ahead(let ahead):
      count = try ahead.read(into: &target, range)
      isAtEnd = count == 0
      isIntact = ahead.isIntact
    }
    return count
  }
}
