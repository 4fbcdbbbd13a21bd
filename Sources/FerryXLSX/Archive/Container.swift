/// What a file is, by its first bytes.
enum Container: Hashable, Sendable {
  case zip
  /// An OLE2 compound file that holds an encrypted package.
  case encrypted
  /// An OLE2 compound file with an old workbook, or that old workbook's bare records.
  case legacyWorkbook
  /// A compound file of another kind, such as an old text document or a mail.
  case otherCompound
  case other

  /// Looks at the file's bytes, never at its name.
  ///
  /// Source: MS-CFB 2.2 (signature) and 2.6.1 (directory entry), MS-OFFCRYPTO 2.3.4 for the
  /// stream `EncryptedPackage`.
  init(_ source: SourceBytes) throws(XLSXError) {
    let head = try source.read(at: 0, count: 8)
    guard !head.isEmpty else { throw XLSXError(.empty, file: source.name) }
    if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
      self = try Self.compound(source)
    } else if head.starts(with: [0x50, 0x4B]) {
      self = .zip
    } else if head.count >= 4, head[1] & 0xF9 == 0, head[0] == 0x09, head[3] == 0 {
      // BOF of BIFF2, 3, 4: 09 00, 09 02, 09 04 and the record's length in two bytes.
      self = .legacyWorkbook
    } else {
      self = try Self.hasArchive(source) ? .zip : .other
    }
  }

  // A self-extracting archive begins with a program.
  private static func hasArchive(_ source: SourceBytes) throws(XLSXError) -> Bool {
    let tail = try source.read(at: max(0, source.byteCount - 22), count: 22)
    return tail.number32(at: 0) == 0x0605_4B50 || tail.number32(at: 0) == 0x504B_0506
  }

  // Directory entries are 128 bytes and lie at multiples of 128, so that names are found
  // without following chains of sectors that may be broken.
  private static func compound(_ source: SourceBytes) throws(XLSXError) -> Container {
    let blockBytes = 1 << 20
    var container = Container.otherCompound
    var offset = 512
    while offset < source.byteCount {
      let block = try source.read(at: offset, count: blockBytes)
      for start in stride(from: 0, to: block.count - 127, by: 128) {
        if isEntry("EncryptedPackage", at: start, in: block) { return .encrypted }
        if isEntry("Workbook", at: start, in: block) || isEntry("Book", at: start, in: block) {
          container = .legacyWorkbook
        }
      }
      offset += blockBytes
    }
    return container
  }

  private static func isEntry(
    _ name: String, at start: Int, in block: ContiguousArray<UInt8>
  ) -> Bool {
    var place = start
    for unit in name.utf16 {
      guard block.number16(at: place).asciiLowercase == Int(unit).asciiLowercase else {
        return false
      }
      place += 2
    }
    return block.number16(at: place) == 0
  }
}
