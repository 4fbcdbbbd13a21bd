import FerryCore

/// The bytes of one part, read and inflated as they are asked for, on the thread that asks.
///
/// Holds 64 KiB of the file and the inflater's own state, whatever the part's size.
final class InflatedPart {
  private let source: SourceBytes
  private let entry: ZipEntry
  private let limit: Int
  private let inflater: any Inflater
  private var input: ContiguousArray<UInt8>
  private var inputRange = 0..<0
  private var nextOffset: Int
  private var remaining: Int
  private var produced = 0
  private var checksum: UInt32 = 0
  private(set) var isAtEnd = false

  private static let inputBytes = 64 << 10

  init(_ entry: ZipEntry, of source: SourceBytes, limit: Int) throws(XLSXError) {
    self.entry = entry
    self.source = source
    self.limit = limit
    guard !entry.isBomb else {
      throw XLSXError(.bomb(part: entry.name, byteCount: entry.byteCount), file: source.name)
    }
    guard entry.byteCount <= limit else {
      throw XLSXError(
        .tooLarge(part: entry.name, limit: "\(limit >> 20) MiB"), file: source.name)
    }
    input = ContiguousArray(
      repeating: 0, count: max(0, min(Self.inputBytes, entry.compressedBytes)))
    nextOffset = try Self.dataOffset(of: entry, in: source)
    remaining = entry.compressedBytes
    guard let inflater = makeInflater() else {
      throw XLSXError(.damagedPart(entry.name), file: source.name)
    }
    self.inflater = inflater
  }

  /// Whether the checksum is that of the archive; of use at the end alone.
  var isIntact: Bool { checksum == entry.checksum }

  private func error(_ kind: XLSXError.Kind) -> XLSXError { XLSXError(kind, file: source.name) }

  /// Writes the next bytes to `range` of `target`, at least one before the end.
  ///
  /// - Returns: How many bytes were written; 0 at the end alone.
  func read(
    into target: inout ContiguousArray<UInt8>, _ range: Range<Int>
  ) throws(XLSXError) -> Int {
    precondition(range.upperBound <= target.count, "no room for what is inflated")
    guard !isAtEnd, !range.isEmpty else { return 0 }
    let count =
      entry.method == 0
      ? try copy(into: &target, range) : try inflated(into: &target, range)
    let produced = target.span.extracting(range.prefix(count))
    checksum = Checksum.updated(checksum, produced)
    self.produced += count
    guard self.produced <= limit else {
      throw error(.tooLarge(part: entry.name, limit: "\(limit >> 20) MiB"))
    }
    guard self.produced <= entry.byteCount, !isAtEnd || isWhole else {
      throw error(.wrongSize(part: entry.name))
    }
    return count
  }

  // Both of the entry's sizes must be right.
  private var isWhole: Bool {
    produced == entry.byteCount && remaining == 0 && inputRange.isEmpty
  }

  private func copy(
    into target: inout ContiguousArray<UInt8>, _ range: Range<Int>
  ) throws(XLSXError) -> Int {
    let wanted = min(range.count, remaining)
    let count = try source.read(
      into: &target, from: range.lowerBound, at: nextOffset, count: wanted)
    guard count == wanted else { throw error(.damagedPart(entry.name)) }
    nextOffset += count
    remaining -= count
    isAtEnd = remaining == 0
    return count
  }

  private func inflated(
    into target: inout ContiguousArray<UInt8>, _ range: Range<Int>
  ) throws(XLSXError) -> Int {
    var count = 0
    while count < range.count {
      // An inflater may have taken in all there is and still have something to give out.
      if inputRange.isEmpty, remaining > 0 { try refill() }
      let room = range.lowerBound + count..<range.upperBound
      guard let step = inflater.inflate(input.span.extracting(inputRange), into: &target, room)
      else { throw error(.damagedPart(entry.name)) }
      count += step.produced
      inputRange = inputRange.lowerBound + step.consumed..<inputRange.upperBound
      if step.isAtEnd {
        isAtEnd = true
        break
      }
      guard step.produced > 0 || step.consumed > 0 else { throw error(.damagedPart(entry.name)) }
    }
    return count
  }

  private func refill() throws(XLSXError) {
    let count = try source.read(
      into: &input, from: 0, at: nextOffset, count: min(Self.inputBytes, remaining))
    guard count > 0 else { throw error(.damagedPart(entry.name)) }
    nextOffset += count
    remaining -= count
    inputRange = 0..<count
  }

  /// Where the packed bytes of `entry` begin in the file.
  static func dataOffset(
    of entry: ZipEntry, in source: SourceBytes
  ) throws(XLSXError) -> Int {
    guard entry.flags & 1 == 0 else {
      throw XLSXError(.encryptedPart(entry.name), file: source.name)
    }
    guard entry.method == 0 || entry.method == 8 else {
      throw XLSXError(
        .unknownMethod(part: entry.name, method: entry.method), file: source.name)
    }
    let header = try source.read(at: entry.headerOffset, count: 30)
    guard header.number32(at: 0) == 0x0403_4B50, header.count == 30 else {
      throw XLSXError(.damagedPart(entry.name), file: source.name)
    }
    return entry.headerOffset + 30 + header.number16(at: 26) + header.number16(at: 28)
  }
}
