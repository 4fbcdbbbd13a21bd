import FerryCore

/// The archive inside an encrypted workbook, decrypted where and when it is read.
struct EncryptedPackage: Sendable {
  /// Bytes of the archive.
  let byteCount: Int
  /// Whether the encrypted bytes are those that were written; true where the file can't tell.
  let isIntact: Bool
  private let stream: CompoundStream
  private let key: PackageKey
  private let file: String

  // The archive's size stands first.
  private static let sizeBytes = 8
  // How much is decrypted at once.
  private static let pieceBytes = 64 * PackageKey.segmentBytes

  /// Excel's own password: a workbook that is only protected against changes is encrypted with it.
  static let defaultPassword = "VelvetSweatshop"

  /// Opens the package with Excel's default password, or else with the one given.
  init(_ source: SourceBytes, password: String?) throws(XLSXError) {
    file = source.name
    guard let compound = try CompoundFile(source),
      let stream = try compound.stream("EncryptedPackage"), stream.byteCount >= Self.sizeBytes
    else { throw XLSXError(.damagedEncryption(stream: "EncryptedPackage"), file: source.name) }
    self.stream = stream
    let info = try Self.info(compound, file: source.name)
    key = try Self.key(info, password, file: source.name)
    let size = try stream.read(at: 0, count: Self.sizeBytes).number64(at: 0)
    let block = key.cipher.blockBytes
    byteCount = min(size, (stream.byteCount - Self.sizeBytes) / block * block)
    isIntact = try Self.isIntact(stream, key, file: source.name)
  }

  private static func info(
    _ compound: CompoundFile, file: String
  ) throws(XLSXError) -> EncryptionInfo {
    guard let stream = try compound.stream("EncryptionInfo") else {
      // Rights management keeps its licence in a stream of this name, MS-OFFCRYPTO 2.2.6.
      let isManaged = try compound.stream("\u{6}Primary") != nil
      throw XLSXError(
        isManaged ? .withoutPassword : .damagedEncryption(stream: "EncryptionInfo"), file: file)
    }
    let count = min(stream.byteCount, EncryptionInfo.largest)
    let bytes = try stream.read(at: 0, count: count)
    do {
      return try EncryptionInfo(bytes)
    } catch {
      throw XLSXError(error.kind, file: file)
    }
  }

  private static func key(
    _ info: EncryptionInfo, _ password: String?, file: String
  ) throws(XLSXError) -> PackageKey {
    do {
      for candidate in [defaultPassword, password].compactMap({ $0 }) {
        if let key = try info.unlock(candidate) { return key }
      }
    } catch {
      throw XLSXError(error.kind, file: file)
    }
    throw XLSXError(password == nil ? .passwordProtected : .wrongPassword, file: file)
  }

  private static func isIntact(
    _ stream: CompoundStream, _ key: PackageKey, file: String
  ) throws(XLSXError) -> Bool {
    guard let check = key.integrity else { return true }
    do {
      var digest = try KeyedDigest(check.hash, key: check.key)
      var offset = 0
      while offset < stream.byteCount {
        let piece = try stream.read(at: offset, count: pieceBytes)
        guard !piece.isEmpty else { break }
        try digest.update(piece, piece.indices)
        offset += piece.count
      }
      return try digest.finish() == check.expected
    } catch let error as XLSXError {
      throw error
    } catch {
      throw XLSXError(EncryptionFault.refusedByLibrary.kind, file: file)
    }
  }

  /// Reads up to `count` bytes from `offset` to `position` of `target`.
  ///
  /// - Returns: How many; fewer only at the end.
  func read(
    into target: inout ContiguousArray<UInt8>, from position: Int, at offset: Int, count: Int
  ) throws(XLSXError) -> Int {
    let end = min(byteCount, offset.addingReportingOverflow(count).partialValue)
    guard offset >= 0, offset < end else { return 0 }
    var done = 0
    while offset + done < end {
      let start = (offset + done) / PackageKey.segmentBytes * PackageKey.segmentBytes
      let piece = try decrypted(from: start, count: min(Self.pieceBytes, end - start))
      let skipped = offset + done - start
      let usable = min(piece.count - skipped, end - offset - done)
      guard usable > 0 else { break }
      target.replaceBytes(from: position + done, with: piece, skipped..<skipped + usable)
      done += usable
    }
    return done
  }

  /// Whole segments from the start of one, at least `count` bytes where there are as many.
  private func decrypted(
    from start: Int, count: Int
  ) throws(XLSXError) -> ContiguousArray<UInt8> {
    let segment = PackageKey.segmentBytes
    let whole = (count + segment - 1) / segment * segment
    var bytes = try stream.read(at: Self.sizeBytes + start, count: whole)
    bytes.removeLast(bytes.count % key.cipher.blockBytes)
    do {
      let decryption = try Decryption(key.cipher)
      for place in stride(from: 0, to: bytes.count, by: segment) {
        let vector = try key.vectors?.vector(ofSegment: (start + place) / segment)
        try decryption.decrypt(
          &bytes, place..<min(place + segment, bytes.count), key: key.key, vector: vector ?? [])
      }
    } catch {
      throw XLSXError(EncryptionFault.refusedByLibrary.kind, file: file)
    }
    return bytes
  }
}
