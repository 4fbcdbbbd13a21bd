/// Numbers for things that are known by 64 bits of hash.
///
/// Two things of one hash would be taken for one; among a million things the chance is below one in
/// thirty million.
///
/// How it works: a table of a million things is far larger than the caches, so what a look-up costs
/// is the wait for memory. Hash and number lie side by side, and who has many to look up touches
/// all their places first: loads that don't wait for each other take a tenth of the time.
struct NumberTable: Sendable {
  /// Twelve bytes, since a table's size is what its look-ups cost.
  private struct Entry {
    private var low: UInt32 = 0
    private var high: UInt32 = 0
    var number: UInt32 = 0

    init() {}

    init(_ hash: UInt64, _ number: UInt32) {
      low = UInt32(truncatingIfNeeded: hash)
      high = UInt32(hash >> 32)
      self.number = number
    }

    /// 0 for a free place.
    var hash: UInt64 { UInt64(high) << 32 | UInt64(low) }
  }

  /// Open addressing by the highest bits of the hash, so that a table grows from front to back.
  private var entries = ContiguousArray<Entry>(repeating: Entry(), count: 1 << 8)
  private var shift: UInt64 = 64 - 8
  /// Keeps loads from being left out.
  private var touched: UInt32 = 0
  /// How many things there are.
  private(set) var count = 0

  /// Loads the places of hashes that are about to be looked up.
  mutating func touch(_ hashes: ContiguousArray<UInt64>) {
    var sum: UInt32 = 0
    for hash in hashes { sum &+= entries[Int(hash &>> shift)].number }
    touched = sum
  }

  /// The number of what has `hash`, `nil` where there is none.
  @inline(__always)
  func number(of hash: UInt64) -> UInt32? {
    let entry = entries[place(of: Self.key(hash))]
    return entry.hash == 0 ? nil : entry.number
  }

  /// The number of what has `hash`, known or the next; numbers that are given this way begin with 1.
  @inline(__always)
  mutating func add(_ hash: UInt64) -> (number: UInt32, isNew: Bool) {
    let place = place(of: Self.key(hash))
    if entries[place].hash != 0 { return (entries[place].number, false) }
    insert(Self.key(hash), UInt32(count + 1), at: place)
    return (UInt32(count), true)
  }

  /// Appends the number of each hash, known or the next; 0 for 0, which stands for nothing.
  mutating func add(
    _ hashes: ContiguousArray<UInt64>, to numbers: inout ContiguousArray<UInt32>
  ) {
    touch(hashes)
    for hash in hashes { numbers.append(hash == 0 ? 0 : add(hash).number) }
  }

  /// Gives what has `hash` a number; a second one changes nothing.
  mutating func set(_ hash: UInt64, _ number: UInt32) {
    let place = place(of: Self.key(hash))
    if entries[place].hash == 0 { insert(Self.key(hash), number, at: place) }
  }

  private mutating func insert(_ key: UInt64, _ number: UInt32, at place: Int) {
    entries[place] = Entry(key, number)
    count += 1
    if count * 4 > entries.count * 3 { grow() }
  }

  /// The hash as it is kept: never 0.
  @inline(__always)
  private static func key(_ hash: UInt64) -> UInt64 { hash == 0 ? 1 : hash }

  @inline(__always)
  private func place(of key: UInt64) -> Int {
    let mask = entries.count - 1
    var place = Int(key &>> shift)
    while entries[place].hash != 0, entries[place].hash != key { place = (place + 1) & mask }
    return place
  }

  private mutating func grow() {
    let old = entries
    entries = ContiguousArray(repeating: Entry(), count: old.count * 2)
    shift -= 1
    for entry in old where entry.hash != 0 { entries[place(of: entry.hash)] = entry }
  }
}
