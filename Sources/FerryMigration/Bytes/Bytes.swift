/// A growing run of bytes that is filled again and again.
typealias Bytes = ContiguousArray<UInt8>

extension Bytes {
  /// Adds all of `span`.
  mutating func append(_ span: Span<UInt8>) {
    unsafe span.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }

  /// Adds a string's UTF-8.
  mutating func append(_ text: String) { append(contentsOf: text.utf8) }

  /// Adds a number in decimal.
  mutating func append(decimal number: Int) {
    var rest = number.magnitude
    if number < 0 { append(UInt8(ascii: "-")) }
    let start = count
    repeat {
      append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    self[start...].reverse()
  }

  /// Adds a number in seven bits a byte, lowest first.
  ///
  /// Source: DWARF 5, section 7.6, "unsigned LEB128".
  mutating func append(leb128 number: Int) {
    var rest = UInt(bitPattern: number)
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }

  /// The bytes as a string.
  var text: String { String(decoding: self, as: UTF8.self) }
}

extension Span<UInt8> {
  /// Reads what `append(leb128:)` wrote and goes on behind it.
  ///
  /// Gives nothing where the bytes end before.
  func leb128(at offset: inout Int) -> Int? {
    var result: UInt = 0
    var shift: UInt = 0
    while offset < count, shift < 63 {
      let byte = self[offset]
      offset += 1
      result |= UInt(byte & 0x7F) << shift
      if byte < 0x80 { return Int(bitPattern: result) }
      shift += 7
    }
    return nil
  }

  /// A 64-bit hash that is the same in every process and version; never 0.
  ///
  /// Journals hold it as a compact stand-in for a value that was loaded, so it must not change.
  /// Eight bytes at a time are multiplied in, then mixed as in SplitMix64.
  var contentHash: UInt64 {
    var hash = 0x9E37_79B9_7F4A_7C15 ^ UInt64(count)
    unsafe withUnsafeBytes { raw in
      var offset = 0
      while offset + 8 <= raw.count {
        let word = unsafe raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        hash = (hash ^ UInt64(littleEndian: word)) &* 0xBF58_476D_1CE4_E5B9
        hash ^= hash >> 29
        offset += 8
      }
      var tail: UInt64 = 0
      while offset < raw.count {
        tail = tail << 8 | UInt64(unsafe raw[offset])
        offset += 1
      }
      hash = (hash ^ tail) &* 0x94D0_49BB_1331_11EB
    }
    hash ^= hash >> 32
    hash = hash &* 0xBF58_476D_1CE4_E5B9
    hash ^= hash >> 31
    return hash == 0 ? 1 : hash
  }
}

/// What a hash says of a field.
enum ValueHash {
  /// Nothing is known.
  static let unknown: UInt64 = 0
  /// The field is null.
  static let null: UInt64 = 0x6E75_6C6C_6E75_6C6C

  /// What a field should hold of which `hash` was written: nothing where nothing is known.
  static func nullIfUnknown(_ hash: UInt64) -> UInt64 { hash == unknown ? null : hash }
}
