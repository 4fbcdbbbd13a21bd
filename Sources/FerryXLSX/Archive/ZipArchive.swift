/// One file of an archive.
struct ZipEntry: Sendable {
  /// The name as the archive spells it.
  let name: String
  /// 0 stored, 8 deflated.
  let method: Int
  /// General purpose flags; bit 0 says encrypted.
  let flags: Int
  let checksum: UInt32
  let compressedBytes: Int
  let byteCount: Int
  /// Where its local header begins in the file.
  let headerOffset: Int

  /// Whether it is packed tighter than any sheet can be.
  var isBomb: Bool {
    byteCount >= Limits.packedBytes && byteCount / Limits.ratio > compressedBytes
  }
}

/// The directory of a ZIP archive.
///
/// Only the central directory counts; local headers say no more than where the bytes begin.
/// Source: APPNOTE.TXT 6.3.10 (PKWARE), sections 4.3.7, 4.3.12, 4.3.14–4.3.16, 4.5.3.
final class ZipArchive: Sendable {
  let source: SourceBytes
  private let entries: [ZipEntry]
  // Names with forward slashes and no slash in front; and the same in lower case.
  private let exact: [String: Int]
  private let folded: [String: Int]

  init(_ source: SourceBytes) throws(XLSXError) {
    self.source = source
    let end = try ZipEnd(source)
    entries = try Self.entries(in: end, of: source)
    try Self.checkOverlaps(entries, end, of: source)
    var exact: [String: Int] = [:]
    var folded: [String: Int] = [:]
    for (index, entry) in entries.enumerated() {
      let name = Self.normalized(entry.name)
      exact[name] = exact[name] ?? index
      folded[name.lowercased()] = folded[name.lowercased()] ?? index
    }
    self.exact = exact
    self.folded = folded
  }

  /// The entry of that part name; letter case counts only where two differ in nothing else.
  func entry(_ name: String) -> ZipEntry? {
    let name = Self.normalized(name)
    return (exact[name] ?? folded[name.lowercased()]).map { entries[$0] }
  }

  /// All entries, in the order of the directory.
  var all: [ZipEntry] { entries }

  /// The entries that hold XML, by their names.
  var xmlEntries: [ZipEntry] {
    entries.filter { entry in
      [".xml", ".rels"].contains { entry.name.lowercased().hasSuffix($0) }
    }
  }

  /// The first entry whose normalized, lower-case name passes `test`.
  func firstEntry(where test: (String) -> Bool) -> ZipEntry? {
    entries.first { test(Self.normalized($0.name).lowercased()) }
  }

  // Bytes that two entries share are how a small file holds many bombs. The local header's own
  // fields add to an entry's length, so that this finds no overlap where there is none.
  private static func checkOverlaps(
    _ entries: [ZipEntry], _ end: ZipEnd, of source: SourceBytes
  ) throws(XLSXError) {
    var ranges = entries.map {
      (start: $0.headerOffset, byteCount: 30.addingSaturated($0.compressedBytes), name: $0.name)
    }
    ranges.append((end.directoryOffset, end.directoryBytes, "ZIP"))
    ranges.sort { $0.start < $1.start }
    for (range, next) in zip(ranges, ranges.dropFirst())
    where range.start.addingSaturated(range.byteCount) > next.start {
      throw XLSXError(.overlap(part: range.name, other: next.name), file: source.name)
    }
  }

  private static func normalized(_ name: String) -> String {
    let name = name.replacing("\\", with: "/")
    return String(name.drop { $0 == "/" })
  }

  private static func entries(
    in end: ZipEnd, of source: SourceBytes
  ) throws(XLSXError) -> [ZipEntry] {
    let directory = try source.read(at: end.directoryOffset, count: end.directoryBytes)
    var entries: [ZipEntry] = []
    var offset = 0
    while entries.count < end.entryCount {
      guard directory.number32(at: offset) == 0x0201_4B50, offset + 46 <= directory.count else {
        throw XLSXError(.damagedArchive, file: source.name)
      }
      let nameCount = directory.number16(at: offset + 28)
      let extraCount = directory.number16(at: offset + 30)
      let nextOffset = offset + 46 + nameCount + extraCount + directory.number16(at: offset + 32)
      guard nextOffset <= directory.count else {
        throw XLSXError(.damagedArchive, file: source.name)
      }
      entries.append(entry(at: offset, nameCount: nameCount, extraCount, in: directory, end))
      offset = nextOffset
    }
    return entries
  }

  private static func entry(
    at offset: Int, nameCount: Int, _ extraCount: Int, in directory: ContiguousArray<UInt8>,
    _ end: ZipEnd
  ) -> ZipEntry {
    let nameRange = offset + 46..<offset + 46 + nameCount
    var sizes = [
      directory.number32(at: offset + 24), directory.number32(at: offset + 20),
      directory.number32(at: offset + 42),
    ]
    // The ZIP64 field (id 1) holds, in this order, only those that are all ones above.
    var field = nameRange.upperBound
    while field + 4 <= nameRange.upperBound + extraCount {
      if directory.number16(at: field) == 1 {
        var place = field + 4
        for index in sizes.indices where sizes[index] == 0xFFFF_FFFF {
          sizes[index] = directory.number64(at: place)
          place += 8
        }
      }
      field += 4 + directory.number16(at: field + 2)
    }
    return ZipEntry(
      name: String(decoding: directory[nameRange], as: UTF8.self),
      method: directory.number16(at: offset + 10), flags: directory.number16(at: offset + 8),
      checksum: UInt32(directory.number32(at: offset + 16)), compressedBytes: sizes[1],
      byteCount: sizes[0], headerOffset: sizes[2].addingSaturated(end.prefixBytes))
  }
}

/// Where an archive's directory lies, from the records at the archive's end.
private struct ZipEnd {
  let entryCount: Int
  let directoryOffset: Int
  let directoryBytes: Int
  /// Bytes before the archive proper, which its offsets don't count.
  let prefixBytes: Int

  private static let recordBytes = 22
  private static let longestComment = 0xFFFF

  init(_ source: SourceBytes) throws(XLSXError) {
    let tailBytes = Self.recordBytes + Self.longestComment + 20
    let tailOffset = max(0, source.byteCount - tailBytes)
    let tail = try source.read(at: tailOffset, count: tailBytes)
    guard let place = Self.lastRecord(in: tail) else {
      throw XLSXError(.truncated, file: source.name)
    }
    var count = tail.number16(at: place + 10)
    var size = tail.number32(at: place + 12)
    var offset = tail.number32(at: place + 16)
    var recordOffset = tailOffset + place
    if count == 0xFFFF || size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF,
      tail.number32(at: place - 20) == 0x0706_4B50
    {
      let located = tail.number64(at: place - 20 + 8)
      // With bytes before the archive the locator is off by them: then look just before it.
      for candidate in [located, tailOffset + place - 20 - 56] {
        let record = try source.read(at: candidate, count: 56)
        guard record.number32(at: 0) == 0x0606_4B50 else { continue }
        count = record.number64(at: 32)
        size = record.number64(at: 40)
        offset = record.number64(at: 48)
        recordOffset = candidate
        break
      }
    }
    guard count <= Limits.entries, size <= Limits.directoryBytes else {
      throw XLSXError(
        .tooLarge(part: "ZIP", limit: "\(Limits.entries) entries"), file: source.name)
    }
    entryCount = count
    directoryBytes = size
    prefixBytes = try Self.prefix(
      before: recordOffset, count: count, size: size, offset: offset, in: source)
    directoryOffset = offset + prefixBytes
  }

  private static func prefix(
    before recordOffset: Int, count: Int, size: Int, offset: Int, in source: SourceBytes
  ) throws(XLSXError) -> Int {
    guard count > 0 else { return 0 }
    guard offset <= source.byteCount else {
      throw XLSXError(.damagedArchive, file: source.name)
    }
    for prefix in [0, recordOffset - size - offset] where prefix >= 0 {
      let signature = try source.read(at: offset + prefix, count: 4)
      if signature.number32(at: 0) == 0x0201_4B50 { return prefix }
    }
    throw XLSXError(.damagedArchive, file: source.name)
  }

  // A record whose comment ends where the file does is surely it; else the last one there is.
  private static func lastRecord(in tail: ContiguousArray<UInt8>) -> Int? {
    guard tail.count >= recordBytes else { return nil }
    let places = (0...tail.count - recordBytes).reversed()
      .filter { tail[$0] == 0x50 && tail.number32(at: $0) == 0x0605_4B50 }
    return places.first { $0 + recordBytes + tail.number16(at: $0 + 20) == tail.count }
      ?? places.first
  }
}

extension Int {
  fileprivate func addingSaturated(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
