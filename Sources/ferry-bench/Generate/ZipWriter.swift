/// Writes a ZIP archive, each entry as a stream.
///
/// Sizes and checksum of an entry are known at its end and then written over its head. Entries
/// stay below 4 GiB. Source: APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
final class ZipWriter {
  private struct Entry {
    let name: String
    let offset: Int
    var checksum: UInt32 = 0
    var packedCount = 0
    var count = 0
  }

  private let file: OutputFile
  private let level: Int32
  private var entries: [Entry] = []
  private var deflater: Deflater?

  init(path: String, level: Int32) throws {
    file = try OutputFile(path: path)
    self.level = level
  }

  /// Starts an entry; what is written goes there until the next one.
  func startEntry(_ name: String) throws {
    try finishEntry()
    entries.append(Entry(name: name, offset: file.count))
    try file.write(head(of: entries[entries.count - 1]))
    deflater = try Deflater(level: level)
  }

  /// Adds to the entry that was started last.
  func write(_ bytes: [UInt8]) throws {
    try deflater?.write(bytes) { try self.file.write($0) }
  }

  /// Adds an entry whose bytes were deflated before.
  func add(
    _ name: String, deflated: [UInt8], count: Int, checksum: UInt
  ) throws {
    try finishEntry()
    var entry = Entry(name: name, offset: file.count)
    entry.checksum = UInt32(truncatingIfNeeded: checksum)
    entry.packedCount = deflated.count
    entry.count = count
    try file.write(head(of: entry))
    try file.write(deflated)
    entries.append(entry)
  }

  /// Completes the archive.
  func close() throws {
    try finishEntry()
    let start = file.count
    for entry in entries { try file.write(directoryRecord(of: entry)) }
    let size = file.count - start
    let number = UInt16(entries.count).bytes
    try file.write(
      UInt32(0x0605_4B50).bytes + UInt32(0).bytes + number + number + UInt32(size).bytes
        + UInt32(start).bytes + UInt16(0).bytes)
    try file.close()
  }

  private func finishEntry() throws {
    guard let deflater, let last = entries.indices.last else { return }
    try deflater.write([], isLast: true) { try self.file.write($0) }
    let headCount = head(of: entries[last]).count
    entries[last].checksum = UInt32(truncatingIfNeeded: deflater.checksum)
    entries[last].count = deflater.count
    entries[last].packedCount = file.count - entries[last].offset - headCount
    guard deflater.count <= UInt32.max, file.count <= UInt32.max else {
      throw BenchError("a part of the workbook is larger than 4 GiB; write fewer rows")
    }
    try file.overwrite(head(of: entries[last]), at: entries[last].offset)
    self.deflater = nil
  }

  private func head(of entry: Entry) -> [UInt8] {
    UInt32(0x0403_4B50).bytes + shared(entry) + entry.name.utf8
  }

  private func directoryRecord(of entry: Entry) -> [UInt8] {
    let made: [UInt8] = UInt32(0x0201_4B50).bytes + UInt16(20).bytes
    let rest = UInt16(0).bytes + UInt16(0).bytes + UInt16(0).bytes + UInt32(0).bytes
    return made + shared(entry) + rest + UInt32(entry.offset).bytes + entry.name.utf8
  }

  // Version, flags, method, time, date (1980-01-01), checksum, sizes, name and extra lengths.
  private func shared(_ entry: Entry) -> [UInt8] {
    let terms = UInt16(20).bytes + UInt16(0x0800).bytes + UInt16(8).bytes
    let when = UInt16(0).bytes + UInt16(0x21).bytes
    let sizes = entry.checksum.bytes + UInt32(entry.packedCount).bytes + UInt32(entry.count).bytes
    return terms + when + sizes + UInt16(entry.name.utf8.count).bytes + UInt16(0).bytes
  }
}

extension FixedWidthInteger {
  /// The bytes, the least first.
  fileprivate var bytes: [UInt8] {
    (0..<Self.bitWidth / 8).map { UInt8(truncatingIfNeeded: self >> ($0 * 8)) }
  }
}
