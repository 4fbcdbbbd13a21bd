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
      self.keys = ContiguousArray(repeating: 0, count: keys.count)
      self.items = ContiguousArray(repeating: 0, count: keys.count)
      for index in keys.indices {
        let number = part(keys[index], items[index])
        let place = Int(ends[number])
        self.keys[place] = keys[index]
        self.items[place] = items[index]
        ends[number] += 1
      }
      self.ends = ends
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
    var numbers = ContiguousArray<UInt32>()
    numbers.reserveCapacity(count)
    var (keys, ends) = (ContiguousArray<UInt64>(), ContiguousArray<UInt32>())
    parts.forEach(in: part) { key, _ in
      var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & (size - 1)
      while table[place] != 0, keys[Int(table[place]) - 1] != key {
        place = (place + 1) & (size - 1)
      }
      if table[place] == 0 {
        keys.append(key)
        ends.append(0)
        table[place] = UInt32(keys.count)
      }
      let number = table[place] - 1
      ends[Int(number)] += 1
      numbers.append(number)
    }
    ends.makeStarts()
    var items = ContiguousArray<UInt32>(repeating: 0, count: count)
    var index = 0
    parts.forEach(in: part) { _, item in
      let number = Int(numbers[index])
      items[Int(ends[number])] = item
      ends[number] += 1
      index += 1
    }
    (self.keys, self.items, self.ends) = (keys, items, ends)
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
