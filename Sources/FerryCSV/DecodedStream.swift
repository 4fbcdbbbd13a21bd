#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// A file as UTF-8, a piece at a time, with what the decoder had to say about it.
struct DecodedStream {
  private let source: ByteSource
  private let decoder: any ChunkDecoder
  private var raw: ContiguousArray<UInt8>
  private var rawCount = 0

  /// UTF-8 not yet taken.
  private(set) var bytes = ContiguousArray<UInt8>()
  /// What was found in ``bytes``, by rising offset.
  private(set) var faults = ContiguousArray<DecodeFault>()
  /// Whether ``bytes`` reaches the end of the file.
  private(set) var isAtEnd = false

  init(source: ByteSource, decoder: any ChunkDecoder, chunkByteCount: Int) {
    self.source = source
    self.decoder = decoder
    raw = ContiguousArray(repeating: 0, count: max(chunkByteCount, 8))
  }

  /// Drops the first `count` bytes and decodes more behind the rest.
  mutating func refill(dropping count: Int) throws(CSVError) {
    drop(count)
    let target = bytes.count * 2 + 1
    repeat {
      let before = bytes.count
      let more = try source.read(into: &raw, from: rawCount)
      rawCount += more
      isAtEnd = more == 0
      let consumed = decodeRaw()
      if consumed == 0, rawCount == raw.count {
        raw.append(contentsOf: repeatElement(0, count: raw.count))
      }
      dropRaw(consumed)
      removeNulls(from: before)
    } while bytes.count < target && !isAtEnd
  }

  private mutating func drop(_ count: Int) {
    bytes.removeSubrange(0..<count)
    guard !faults.isEmpty else { return }
    faults.removeAll { $0.offset < count }
    for index in faults.indices { faults[index].offset -= count }
  }

  private mutating func decodeRaw() -> Int {
    let raw = raw
    let span = raw.span
    return decoder.decode(
      span.extracting(0..<rawCount), isLast: isAtEnd, into: &bytes, faults: &faults)
  }

  private mutating func dropRaw(_ consumed: Int) {
    for index in consumed..<rawCount { raw[index - consumed] = raw[index] }
    rawCount -= consumed
  }

  /// Takes NUL bytes out, each with a fault in its place: no store takes them.
  private mutating func removeNulls(from start: Int) {
    guard let first = firstNull(from: start) else { return }
    var (target, fault) = (first, faults.firstIndex { $0.offset >= first } ?? faults.count)
    for index in first..<bytes.count {
      while fault < faults.count, faults[fault].offset == index {
        faults[fault].offset = target
        fault += 1
      }
      if bytes[index] == 0 {
        faults.insert(DecodeFault(kind: .nul, offset: target), at: fault)
        fault += 1
      } else {
        bytes[target] = bytes[index]
        target += 1
      }
    }
    bytes.removeLast(bytes.count - target)
  }

  private func firstNull(from start: Int) -> Int? {
    unsafe bytes.withUnsafeBytes { all in
      guard let base = all.baseAddress, all.count > start,
        let place = unsafe memchr(base + start, 0, all.count - start)
      else { return nil }
      return unsafe UnsafeRawPointer(place) - base
    }
  }
}
