// How it works: a table that is larger than the cache costs a wait on memory for each look at it.
// So what has to be brought together by a key is first dealt out into parts by some bits of its
// key, in streams that are written from start to end, and then each part is worked through in the
// cache. It is the partitioning of a radix hash join: S. Manegold, P. Boncz, M. Kersten,
// "Optimizing Main-Memory Join on Modern Hardware", IEEE TKDE 14 (2002), 709–730.

/// Items by their keys, dealt out into parts; items of a part keep the order they came in.
struct KeyedParts: Sendable {
  /// What came in one piece, part after part.
  struct Chunk: Sendable {
    fileprivate var keys: ContiguousArray<UInt64>
    fileprivate var items: ContiguousArray<UInt32>
    /// Where each part ends.
    fileprivate var ends: ContiguousArray<UInt32>

    /// Deals out `items`; `part` is called twice for each, with its key and the item.
    init(
      _ keys: ContiguousArray<UInt64>, _ items: ContiguousArray<UInt32>, parts: Int,
      by part: (UInt64, UInt32) -> Int
    ) {
      var ends = ContiguousArray<UInt32>(repeating: 0, count: parts)
      for index in keys.indices { ends[part(keys[index], items[index])] += 1 }
      ends.makeStarts()
      var dealtKeys = ContiguousArray<UInt64>(repeating: 0, count: keys.count)
      var dealtItems = ContiguousArray<UInt32>(repeating: 0, count: keys.count)
      Self.deal(
        keys.span, items.span, dealtKeys.mutableSpan, dealtItems.mutableSpan, ends.mutableSpan,
        by: part)
      (self.keys, self.items, self.ends) = (dealtKeys, dealtItems, ends)
    }

    /// Puts each key and its item where its part goes on; `ends` has where each part starts.
    @inline(__always)
    private static func deal(
      _ keys: Span<UInt64>, _ items: Span<UInt32>, _ dealtKeys: consuming MutableSpan<UInt64>,
      _ dealtItems: consuming MutableSpan<UInt32>, _ ends: consuming MutableSpan<UInt32>,
      by part: (UInt64, UInt32) -> Int
    ) {
      for index in keys.indices {
        let number = part(keys[index], items[index])
        let place = Int(ends[number])
        dealtKeys[place] = keys[index]
        dealtItems[place] = items[index]
        ends[number] += 1
      }
    }

    fileprivate func range(_ part: Int) -> Range<Int> {
      (part == 0 ? 0 : Int(ends[part - 1]))..<Int(ends[part])
    }
  }

  let chunks: [Chunk]

  /// How many items there are in a part.
  func count(_ part: Int) -> Int { chunks.reduce(0) { $0 + $1.range(part).count } }

  /// Calls `body` with the keys and items of a part, in the order they came in.
  @inline(__always)
  func forEach(in part: Int, _ body: (UInt64, UInt32) -> Void) {
    for chunk in chunks {
      for place in chunk.range(part) { body(chunk.keys[place], chunk.items[place]) }
    }
  }
}

/// The items of one part, those of one key together.
struct KeyGroups {
  /// The keys, in the order they first came.
  private(set) var keys = ContiguousArray<UInt64>()
  /// The items, group after group, in the order they came in.
  private(set) var items: ContiguousArray<UInt32>
  private var ends = ContiguousArray<UInt32>()

  init(_ parts: KeyedParts, part: Int) {
    let count = parts.count(part)
    var size = 16
    while size < count * 2 { size <<= 1 }
    /// One more than the number of a key's group; 0 is a free place.
    var table = ContiguousArray<UInt32>(repeating: 0, count: size)
    var keys = ContiguousArray<UInt64>(repeating: 0, count: count)
    var ends = ContiguousArray<UInt32>(repeating: 0, count: count)
    var numbers = ContiguousArray<UInt32>(repeating: 0, count: count)
    let groupCount = Self.number(
      parts, part, in: table.mutableSpan, keys.mutableSpan, ends.mutableSpan, numbers.mutableSpan)
    keys.removeLast(count - groupCount)
    ends.removeLast(count - groupCount)
    ends.makeStarts()
    var items = ContiguousArray<UInt32>(repeating: 0, count: count)
    Self.deal(parts, part, numbers.span, to: items.mutableSpan, ends.mutableSpan)
    (self.keys, self.items, self.ends) = (keys, items, ends)
  }

  /// Gives each key a number, and each item that of its key; `counts` gets how many items each has.
  private static func number(
    _ parts: KeyedParts, _ part: Int, in table: consuming MutableSpan<UInt32>,
    _ keys: consuming MutableSpan<UInt64>, _ counts: consuming MutableSpan<UInt32>,
    _ numbers: consuming MutableSpan<UInt32>
  ) -> Int {
    let mask = table.count - 1
    var (index, groupCount) = (0, 0)
    parts.forEach(in: part) { key, _ in
      var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
      while table[place] != 0, keys[Int(table[place]) - 1] != key { place = (place + 1) & mask }
      if table[place] == 0 {
        keys[groupCount] = key
        groupCount += 1
        table[place] = UInt32(groupCount)
      }
      numbers[index] = table[place] - 1
      counts[Int(numbers[index])] += 1
      index += 1
    }
    return groupCount
  }

  /// Puts each item where its group goes on; `ends` has where each group starts.
  private static func deal(
    _ parts: KeyedParts, _ part: Int, _ numbers: Span<UInt32>,
    to items: consuming MutableSpan<UInt32>, _ ends: consuming MutableSpan<UInt32>
  ) {
    var index = 0
    parts.forEach(in: part) { _, item in
      let number = Int(numbers[index])
      items[Int(ends[number])] = item
      ends[number] += 1
      index += 1
    }
  }

  /// Where the items of a group lie in ``items``.
  func range(_ group: Int) -> Range<Int> {
    (group == 0 ? 0 : Int(ends[group - 1]))..<Int(ends[group])
  }
}

extension ContiguousArray<UInt32> {
  /// Makes of the count of each part where it starts; gives the sum of all.
  ///
  /// Who then deals items out and moves each start on by one has where each part ends.
  @discardableResult
  mutating func makeStarts() -> Int {
    var total: UInt32 = 0
    for index in indices {
      total += self[index]
      self[index] = total - self[index]
    }
    return Int(total)
  }
}
