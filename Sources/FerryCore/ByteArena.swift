/// Where a value lies in a ``ByteArena``; eight bytes, whatever the value's length.
public struct ValueRef: Hashable, Sendable, BitwiseCopyable {
  // 20 bits chunk + 1, 20 bits offset, 24 bits count.
  @usableFromInline let bits: UInt64

  /// No value: the field is not set.
  public static let absent = ValueRef(bits: 0)

  /// Whether there is a value; an empty text is one.
  @inlinable public var isPresent: Bool { bits != 0 }
  /// How many bytes the value takes; 0 where absent.
  @inlinable public var byteCount: Int { Int(bits & 0xFF_FFFF) }

  private init(bits: UInt64) { self.bits = bits }

  init(chunkIndex: Int, offset: Int, byteCount: Int) {
    bits = UInt64(chunkIndex + 1) << 44 | UInt64(offset) << 24 | UInt64(byteCount)
  }

  /// The same value where all chunks stand `count` places further down; absent stays absent.
  package func moved(byChunks count: Int) -> ValueRef {
    isPresent ? ValueRef(bits: bits + UInt64(count) << 44) : self
  }

  @inlinable var chunkIndex: Int { Int(bits >> 44) - 1 }
  @inlinable var range: Range<Int> {
    let offset = Int(bits >> 24 & 0xF_FFFF)
    return offset..<offset + byteCount
  }
}

/// Values of any length in chunks of memory that are never moved.
///
/// How it works: a value goes to the end of the last chunk of 1 MiB, or to a chunk of its own
/// where it is larger; chunks never grow past their capacity, so nothing is copied again and the
/// peak is what is held. Check ``ValueRef``'s bits when changing the sizes.
public struct ByteArena: Sendable {
  /// The longest value, 16 MiB less one; the field counts of a ``ValueRef`` allow no more.
  public static let longestValue = 0xFF_FFFF
  private static let chunkSize = 1 << 20

  @usableFromInline var chunks: [ContiguousArray<UInt8>] = []

  /// Makes an empty arena.
  public init() {}

  /// The bytes held by values, spare room aside.
  public var byteCount: Int { chunks.reduce(0) { $0 + $1.count } }

  /// Copies `value` in.
  ///
  /// - Precondition: No longer than ``longestValue``.
  public mutating func append(_ value: Span<UInt8>) -> ValueRef {
    let last = room(for: value.count)
    let offset = chunks[last].count
    chunks[last].append(copying: value)
    return ValueRef(chunkIndex: last, offset: offset, byteCount: value.count)
  }

  /// Copies a string's UTF-8 in.
  public mutating func append(_ text: String) -> ValueRef {
    var text = text
    return text.withUTF8 { unsafe append(Span(_unsafeElements: $0)) }
  }

  /// Takes over what another arena holds; its values are ``ValueRef/moved(byChunks:)``.
  ///
  /// - Returns: By how many chunks they move.
  package mutating func append(contentsOf other: ByteArena) -> Int {
    let offset = chunks.count
    chunks.reserveCapacity(offset + other.chunks.count)
    for chunk in other.chunks {
      // Nothing is added to a chunk that another follows: its spare room would be lost.
      let isFull = chunk.count * 16 >= chunk.capacity * 15
      chunks.append(isFull ? chunk : Self.packed(chunk))
    }
    return offset
  }

  // A slice of all of an array would be the array itself, with its room.
  private static func packed(_ chunk: ContiguousArray<UInt8>) -> ContiguousArray<UInt8> {
    var packed = ContiguousArray<UInt8>()
    packed.reserveCapacity(chunk.count)
    packed.append(contentsOf: chunk)
    return packed
  }

  /// Calls `body` with the value's bytes; an absent value has none.
  @inlinable
  public func withBytes<R, E: Error>(
    of value: ValueRef, _ body: (Span<UInt8>) throws(E) -> R
  ) throws(E) -> R {
    guard value.isPresent else { return try body(Span()) }
    let chunk = chunks[value.chunkIndex]
    return try body(chunk.span.extracting(value.range))
  }

  /// The value as a string; `nil` where absent.
  public func string(_ value: ValueRef) -> String? {
    guard value.isPresent else { return nil }
    return String(decoding: chunks[value.chunkIndex][value.range], as: UTF8.self)
  }

  /// Whether a value here has the same bytes as one there; absent equals absent only.
  public func equals(_ value: ValueRef, _ other: ValueRef, in arena: ByteArena) -> Bool {
    guard value.isPresent, other.isPresent else { return value.isPresent == other.isPresent }
    guard value.byteCount == other.byteCount else { return false }
    return withBytes(of: value) { own in arena.withBytes(of: other) { $0.hasSameBytes(as: own) } }
  }

  /// The chunks with their values, to be kept in a file.
  package var keptChunks: [ContiguousArray<UInt8>] { chunks }

  /// Takes chunks as they were kept; their ``ValueRef``s lead to the same values.
  package init(keptChunks: [ContiguousArray<UInt8>]) { chunks = keptChunks }

  private mutating func room(for byteCount: Int) -> Int {
    precondition(byteCount <= Self.longestValue, "a value longer than 16 MiB")
    if let last = chunks.indices.last, chunks[last].capacity - chunks[last].count >= byteCount,
      chunks[last].count + byteCount < Self.chunkSize
    {
      return last
    }
    var chunk = ContiguousArray<UInt8>()
    chunk.reserveCapacity(max(Self.chunkSize, byteCount))
    chunks.append(chunk)
    return chunks.count - 1
  }
}
