/// An OLE2 compound file written in code, with sound tables that a test may then break.
///
/// Source: MS-CFB; streams below 4096 bytes go to the mini stream. Holds up to 109 FAT sectors
/// without a DIFAT chain and takes one where there are more.
public struct CompoundFixture: Sendable {
  /// Names and contents, in the order of the directory.
  public var streams: [(name: String, bytes: [UInt8])]
  /// 9 for version 3, 12 for version 4.
  public var sectorShift = 9

  private static let endOfChain: UInt32 = 0xFFFF_FFFE
  private static let free: UInt32 = 0xFFFF_FFFF
  private static let cutoff = 4096

  /// Makes a file of these streams.
  public init(_ streams: [(name: String, bytes: [UInt8])]) { self.streams = streams }

  private var sectorBytes: Int { 1 << sectorShift }
  private var numbersPerSector: Int { sectorBytes / 4 }

  /// The file's bytes.
  public func bytes() -> [UInt8] {
    var table: [UInt32] = []
    var content: [UInt8] = []
    let mini = miniStream()
    let miniTable = Self.little(mini.table)
    let starts = streams.map { stream in
      stream.bytes.count < Self.cutoff ? nil : append(stream.bytes, &content, &table)
    }
    let rootStart = append(mini.bytes, &content, &table)
    let miniTableStart = append(miniTable, &content, &table)
    var entries = entry("Root Entry", type: 5, start: rootStart, byteCount: mini.bytes.count)
    for (index, stream) in streams.enumerated() {
      entries += entry(
        stream.name, type: 2, start: starts[index] ?? mini.starts[index],
        byteCount: stream.bytes.count)
    }
    let directoryStart = append(entries, &content, &table)
    let places = appendTable(&content, &table)
    let chain = appendChain(of: Array(places.dropFirst(109)), &content)
    return header(
      directoryStart, miniTableStart, miniSectors: sectors(miniTable.count), places, chain)
      + content
  }

  private func sectors(_ byteCount: Int) -> Int { (byteCount + sectorBytes - 1) / sectorBytes }

  private func append(
    _ bytes: [UInt8], _ content: inout [UInt8], _ table: inout [UInt32]
  ) -> UInt32 {
    let count = sectors(bytes.count)
    guard count > 0 else { return Self.endOfChain }
    let start = table.count
    content += bytes + [UInt8](repeating: 0, count: count * sectorBytes - bytes.count)
    for sector in start..<start + count {
      table.append(sector + 1 < start + count ? UInt32(sector + 1) : Self.endOfChain)
    }
    return UInt32(start)
  }

  private func miniStream() -> (bytes: [UInt8], table: [UInt32], starts: [UInt32]) {
    var bytes: [UInt8] = []
    var table: [UInt32] = []
    var starts: [UInt32] = []
    for stream in streams {
      let count = stream.bytes.count < Self.cutoff ? (stream.bytes.count + 63) / 64 : 0
      let start = table.count
      starts.append(count > 0 ? UInt32(start) : Self.endOfChain)
      guard count > 0 else { continue }
      bytes += stream.bytes + [UInt8](repeating: 0, count: count * 64 - stream.bytes.count)
      for piece in start..<start + count {
        table.append(piece + 1 < start + count ? UInt32(piece + 1) : Self.endOfChain)
      }
    }
    while table.count % numbersPerSector != 0 { table.append(Self.free) }
    return (bytes, table, starts)
  }

  private func entry(_ name: String, type: UInt8, start: UInt32, byteCount: Int) -> [UInt8] {
    var entry = LittleEndianBytes(name.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
    entry.bytes += [UInt8](repeating: 0, count: 64 - entry.bytes.count)
    entry.write16(UInt16(2 * name.utf16.count + 2))
    entry.bytes += [type, 1]
    for _ in 0..<2 { entry.write32(Self.free) }
    entry.write32(type == 5 && !streams.isEmpty ? 1 : Self.free)
    entry.bytes += [UInt8](repeating: 0, count: 116 - entry.bytes.count)
    entry.write32(start)
    entry.write64(UInt64(byteCount))
    return entry.bytes
  }

  /// Appends the table itself, which has a place in itself too.
  private func appendTable(_ content: inout [UInt8], _ table: inout [UInt32]) -> [UInt32] {
    var count = 0
    var extra = 0
    while count * numbersPerSector < table.count + count + extra {
      count += 1
      extra = max(0, count - 109 + numbersPerSector - 2) / (numbersPerSector - 1)
    }
    let places = (0..<count).map { UInt32(table.count + $0) }
    table += [UInt32](repeating: 0xFFFF_FFFD, count: count)
    table += [UInt32](repeating: 0xFFFF_FFFC, count: extra)
    table += [UInt32](repeating: Self.free, count: count * numbersPerSector - table.count)
    content += Self.little(table)
    return places
  }

  private func appendChain(of places: [UInt32], _ content: inout [UInt8]) -> [UInt32] {
    var rest = places[...]
    var sectors: [UInt32] = []
    while !rest.isEmpty {
      let piece = Array(rest.prefix(numbersPerSector - 1))
      rest = rest.dropFirst(piece.count)
      let sector = UInt32(content.count / sectorBytes)
      sectors.append(sector)
      let padding = [UInt32](repeating: Self.free, count: numbersPerSector - 1 - piece.count)
      content += Self.little(piece + padding + [rest.isEmpty ? Self.endOfChain : sector + 1])
    }
    return sectors
  }

  private func header(
    _ directory: UInt32, _ miniTable: UInt32, miniSectors: Int, _ places: [UInt32],
    _ chain: [UInt32]
  ) -> [UInt8] {
    var header = LittleEndianBytes([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
    header.bytes += [UInt8](repeating: 0, count: 16)
    header.write16(0x3E)
    header.write16(sectorShift == 9 ? 3 : 4)
    header.write16(0xFFFE)
    header.write16(UInt16(sectorShift))
    header.write16(6)
    header.bytes += [UInt8](repeating: 0, count: 10)
    header.write32(UInt32(places.count))
    header.write32(directory)
    header.write32(0)
    header.write32(UInt32(Self.cutoff))
    header.write32(miniTable)
    header.write32(UInt32(miniSectors))
    header.write32(chain.first ?? Self.endOfChain)
    header.write32(UInt32(chain.count))
    for index in 0..<109 { header.write32(index < places.count ? places[index] : Self.free) }
    return header.bytes + [UInt8](repeating: 0, count: sectorBytes - header.bytes.count)
  }

  private static func little(_ numbers: [UInt32]) -> [UInt8] {
    var bytes = LittleEndianBytes([])
    for number in numbers { bytes.write32(number) }
    return bytes.bytes
  }
}
