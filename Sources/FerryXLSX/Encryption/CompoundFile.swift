/// An OLE2 compound file: a small file system in which an encrypted workbook is kept.
///
/// Every chain of sectors is followed at most as far as the file has sectors, so that a loop ends.
/// Source: MS-CFB, sections 2.2 (header), 2.3 (FAT), 2.4 (mini FAT), 2.5 (DIFAT), 2.6 (directory).
struct CompoundFile {
  private let source: SourceBytes
  private let sectorBytes: Int
  private let sectorCount: Int
  private let fat: ContiguousArray<UInt32>
  private let directory: ContiguousArray<UInt8>
  private let header: ContiguousArray<UInt8>

  private static let headerBytes = 512
  private static let entryBytes = 128
  /// Numbers from here on are no sectors but marks: end of chain, free, FAT, DIFAT.
  private static let firstMark: UInt32 = 0xFFFF_FFFA
  /// Bytes of a directory; 64,000 streams, where a workbook with macros has some hundred.
  private static let directoryBytes = 8 << 20

  /// Reads the file's tables.
  ///
  /// - Returns: `nil` where they are no compound file's.
  init?(_ source: SourceBytes) throws(XLSXError) {
    let header = try source.read(at: 0, count: Self.headerBytes)
    let shift = header.number16(at: 30)
    guard header.count == Self.headerBytes, shift == 9 || shift == 12 else { return nil }
    self.source = source
    self.header = header
    sectorBytes = 1 << shift
    sectorCount = max(0, (source.byteCount - 1) >> shift)
    fat = try Self.table(header, sectorBytes: sectorBytes, of: source)
    let start = UInt32(truncatingIfNeeded: header.number32(at: 48))
    let chain = Self.chain(
      from: start, in: fat, longest: min(sectorCount, Self.directoryBytes / sectorBytes))
    var directory = ContiguousArray<UInt8>()
    for sector in chain {
      directory += try source.read(at: (Int(sector) + 1) * sectorBytes, count: sectorBytes)
    }
    guard !directory.isEmpty else { return nil }
    self.directory = directory
  }

  /// The stream of that name, in whichever storage.
  ///
  /// - Returns: `nil` where there is none, or nothing of it.
  func stream(_ name: String) throws(XLSXError) -> CompoundStream? {
    let starts = stride(from: 0, to: directory.count - Self.entryBytes + 1, by: Self.entryBytes)
    guard
      let place = starts.first(where: { directory[$0 + 66] == 2 && hasName(name, at: $0) })
    else { return nil }
    let start = UInt32(truncatingIfNeeded: directory.number32(at: place + 116))
    // Version 3 leaves the upper half undefined.
    let byteCount =
      sectorBytes == 512
      ? directory.number32(at: place + 120) : directory.number64(at: place + 120)
    guard byteCount <= source.byteCount else { return nil }
    let cutoff = header.number32(at: 56)
    return byteCount < cutoff
      ? try miniStream(from: start, byteCount: byteCount) : stream(from: start, byteCount)
  }

  // Names differ by more than letter case (MS-CFB 2.6.4); those asked for are ASCII.
  private func hasName(_ name: String, at place: Int) -> Bool {
    let units = Array(name.utf16)
    return directory.number16(at: place + 64) == 2 * units.count + 2
      && units.indices.allSatisfy {
        directory.number16(at: place + 2 * $0).asciiLowercase == Int(units[$0]).asciiLowercase
      }
  }

  private func stream(from start: UInt32, _ byteCount: Int) -> CompoundStream? {
    let count = (byteCount + sectorBytes - 1) / sectorBytes
    let chain = Self.chain(from: start, in: fat, longest: min(count, sectorCount))
    guard !chain.isEmpty || count == 0 else { return nil }
    // Some writers claim more than there is; what is there may be enough.
    var stream = CompoundStream(source, byteCount: min(byteCount, chain.count * sectorBytes))
    for sector in chain { stream.append((Int(sector) + 1) * sectorBytes, count: sectorBytes) }
    return stream
  }

  // Streams below 4096 bytes lie in pieces of 64 bytes in the stream of the root entry.
  private func miniStream(from start: UInt32, byteCount: Int) throws(XLSXError) -> CompoundStream? {
    let pieceBytes = 1 << header.number16(at: 32)
    guard pieceBytes == 64, directory[66] == 5 else { return nil }
    let rootBytes = min(directory.number32(at: 120), source.byteCount)
    let rootStart = UInt32(truncatingIfNeeded: directory.number32(at: 116))
    let tableStart = UInt32(truncatingIfNeeded: header.number32(at: 60))
    let tableChain = Self.chain(from: tableStart, in: fat, longest: sectorCount)
    guard let root = stream(from: rootStart, rootBytes),
      let table = stream(from: tableStart, tableChain.count * sectorBytes)
    else { return nil }
    let miniFAT = Self.numbers(try table.read(at: 0, count: table.byteCount))
    let count = (byteCount + pieceBytes - 1) / pieceBytes
    let chain = Self.chain(from: start, in: miniFAT, longest: count)
    guard chain.count == count else { return nil }
    var stream = CompoundStream(source, byteCount: byteCount)
    for piece in chain {
      guard let place = root.fileOffset(of: Int(piece) * pieceBytes) else { return nil }
      stream.append(place, count: pieceBytes)
    }
    return stream
  }
}

// MARK: - Tables

extension CompoundFile {
  /// The file allocation table: for each sector the next of its chain.
  private static func table(
    _ header: ContiguousArray<UInt8>, sectorBytes: Int, of source: SourceBytes
  ) throws(XLSXError) -> ContiguousArray<UInt32> {
    let sectorCount = source.byteCount / sectorBytes
    let numbersPerSector = sectorBytes / 4
    // No more sectors of the table are read than the file can need.
    let most = min(header.number32(at: 44), sectorCount / numbersPerSector + 1)
    var places = Array(numbers(ContiguousArray(header[76...])))
    var next = UInt32(truncatingIfNeeded: header.number32(at: 68))
    var turns = 0
    while places.count < most, next < firstMark, turns <= sectorCount / numbersPerSector {
      let sector = numbers(try source.read(at: (Int(next) + 1) * sectorBytes, count: sectorBytes))
      guard sector.count == numbersPerSector else { break }
      places += sector.dropLast()
      next = sector[numbersPerSector - 1]
      turns += 1
    }
    var fat = ContiguousArray<UInt32>()
    for place in places.prefix(most) where place < firstMark {
      fat += numbers(try source.read(at: (Int(place) + 1) * sectorBytes, count: sectorBytes))
    }
    return fat
  }

  /// The sectors of a chain; what comes after `longest` of them is left out.
  private static func chain(
    from start: UInt32, in table: ContiguousArray<UInt32>, longest: Int
  ) -> ContiguousArray<UInt32> {
    var chain = ContiguousArray<UInt32>()
    var sector = start
    while chain.count < longest, Int(sector) < table.count {
      chain.append(sector)
      sector = table[Int(sector)]
    }
    return chain
  }

  private static func numbers(_ bytes: ContiguousArray<UInt8>) -> ContiguousArray<UInt32> {
    ContiguousArray(
      (0..<bytes.count / 4).map { UInt32(truncatingIfNeeded: bytes.number32(at: 4 * $0)) })
  }
}

/// One stream of a compound file, read at any place.
struct CompoundStream: Sendable {
  private let source: SourceBytes
  let byteCount: Int
  // Where neighbouring sectors lie, in the order of the stream; neighbours are one run.
  private var runs: [Run] = []

  private struct Run {
    let start: Int
    let fileOffset: Int
    var count: Int
    var end: Int { start + count }
  }

  fileprivate init(_ source: SourceBytes, byteCount: Int) {
    self.source = source
    self.byteCount = byteCount
  }

  fileprivate mutating func append(_ fileOffset: Int, count: Int) {
    if let last = runs.last, last.fileOffset + last.count == fileOffset {
      runs[runs.count - 1].count += count
    } else {
      runs.append(Run(start: runs.last?.end ?? 0, fileOffset: fileOffset, count: count))
    }
  }

  fileprivate func fileOffset(of offset: Int) -> Int? {
    let index = firstRun(endingAfter: offset)
    guard index < runs.count else { return nil }
    return runs[index].fileOffset + offset - runs[index].start
  }

  private func firstRun(endingAfter offset: Int) -> Int {
    var low = 0
    var high = runs.count
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].end <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Reads up to `count` bytes from `offset`; fewer only at the end of the stream or the file.
  func read(at offset: Int, count: Int) throws(XLSXError) -> ContiguousArray<UInt8> {
    let end = min(byteCount, offset + count)
    var bytes = ContiguousArray<UInt8>()
    guard offset >= 0, offset < end else { return bytes }
    bytes = ContiguousArray(repeating: 0, count: end - offset)
    var done = 0
    var index = firstRun(endingAfter: offset)
    while done < bytes.count, index < runs.count {
      let run = runs[index]
      let skipped = offset + done - run.start
      let wanted = min(run.count - skipped, bytes.count - done)
      let got = try source.read(
        into: &bytes, from: done, at: run.fileOffset + skipped, count: wanted)
      done += got
      guard got == wanted else { break }
      index += 1
    }
    bytes.removeLast(bytes.count - done)
    return bytes
  }
}

extension Int {
  /// The small letter where this is a capital one of ASCII.
  var asciiLowercase: Int { 0x41...0x5A ~= self ? self + 0x20 : self }
}
