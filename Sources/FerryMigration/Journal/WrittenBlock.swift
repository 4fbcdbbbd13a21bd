/// What one batch wrote, packed: for each record its place in the plan, its ids and a hash of each
/// field.
///
/// For each record: sequence number, length and bytes of the external id, length and bytes of the
/// store id (numbers as LEB128), then eight bytes for each field of the batch, little-endian:
/// ``ValueHash/unknown`` where the batch left the field alone, ``ValueHash/null`` for null. An empty
/// store id says that the record is gone.
struct WrittenBlock {
  private(set) var bytes = Bytes()
  private(set) var count = 0

  /// Starts a record; exactly one ``append(hash:)`` for each field must follow.
  mutating func append(seq: Int, externalID: Span<UInt8>, storeID: Span<UInt8>) {
    bytes.append(leb128: seq)
    bytes.append(leb128: externalID.count)
    bytes.append(externalID)
    bytes.append(leb128: storeID.count)
    bytes.append(storeID)
    count += 1
  }

  /// Adds the hash of the next field of the record started last.
  mutating func append(hash: UInt64) {
    unsafe Swift.withUnsafeBytes(of: hash.littleEndian) { unsafe bytes.append(contentsOf: $0) }
  }

  /// Adds the hashes of the next fields.
  mutating func append(hashes: Span<UInt64>) {
    guard UInt64(1).littleEndian == 1 else {
      for index in hashes.indices { append(hash: hashes[index]) }
      return
    }
    unsafe hashes.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
  }

  /// Forgets everything and keeps the memory.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    count = 0
  }
}

/// Reads a ``WrittenBlock`` record by record; slices are offsets into the bytes that were given.
struct WrittenBlockReader {
  private var offset = 0
  private let fieldCount: Int

  private(set) var seq = 0
  private(set) var externalID = 0..<0
  private(set) var storeID = 0..<0
  private var hashesOffset = 0

  init(fieldCount: Int) { self.fieldCount = fieldCount }

  /// Goes to the next record; false at the end or where the block is cut short.
  mutating func next(in bytes: Span<UInt8>) -> Bool {
    guard offset < bytes.count else { return false }
    guard let seq = bytes.leb128(at: &offset), let externalID = slice(in: bytes),
      let storeID = slice(in: bytes), offset + fieldCount * 8 <= bytes.count
    else { return false }
    (self.seq, self.externalID, self.storeID) = (seq, externalID, storeID)
    hashesOffset = offset
    offset += fieldCount * 8
    return true
  }

  /// Whether all bytes were read; false before the last record and where the block is cut short.
  func isAtEnd(of bytes: Span<UInt8>) -> Bool { offset == bytes.count }

  /// The hash of a field of the present record.
  func hash(_ fieldIndex: Int, in bytes: Span<UInt8>) -> UInt64 {
    let eight = bytes.extracting(hashesOffset + fieldIndex * 8..<hashesOffset + fieldIndex * 8 + 8)
    return unsafe UInt64(littleEndian: eight.bytes.unsafeLoadUnaligned(as: UInt64.self))
  }

  private mutating func slice(in bytes: Span<UInt8>) -> Range<Int>? {
    guard let count = bytes.leb128(at: &offset), count <= bytes.count - offset else { return nil }
    defer { offset += count }
    return offset..<offset + count
  }
}
