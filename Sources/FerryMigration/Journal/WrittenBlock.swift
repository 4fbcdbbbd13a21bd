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
    append(number: seq)
    append(number: externalID.count)
    bytes.append(externalID)
    append(number: storeID.count)
    bytes.append(storeID)
    count += 1
  }

  /// Adds the hash of the next field of the record started last.
  mutating func append(hash: UInt64) {
    for shift in stride(from: 0, to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: hash >> UInt64(shift)))
    }
  }

  /// Forgets everything and keeps the memory.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    count = 0
  }

  private mutating func append(number: Int) {
    var rest = UInt(number)
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
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
    guard let seq = number(in: bytes), let externalID = slice(in: bytes),
      let storeID = slice(in: bytes), offset + fieldCount * 8 <= bytes.count
    else { return false }
    (self.seq, self.externalID, self.storeID) = (seq, externalID, storeID)
    hashesOffset = offset
    offset += fieldCount * 8
    return true
  }

  /// The hash of a field of the present record.
  func hash(_ fieldIndex: Int, in bytes: Span<UInt8>) -> UInt64 {
    var hash: UInt64 = 0
    for index in 0..<8 {
      hash |= UInt64(bytes[hashesOffset + fieldIndex * 8 + index]) << UInt64(index * 8)
    }
    return hash
  }

  private mutating func slice(in bytes: Span<UInt8>) -> Range<Int>? {
    guard let count = number(in: bytes), offset + count <= bytes.count else { return nil }
    defer { offset += count }
    return offset..<offset + count
  }

  private mutating func number(in bytes: Span<UInt8>) -> Int? {
    var result: UInt = 0
    var shift: UInt = 0
    while offset < bytes.count, shift < 63 {
      let byte = bytes[offset]
      offset += 1
      result |= UInt(byte & 0x7F) << shift
      if byte < 0x80 { return Int(bitPattern: result) }
      shift += 7
    }
    return nil
  }
}
