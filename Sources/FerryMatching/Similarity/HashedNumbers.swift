/// Numbers by 64-bit hashes; the hash stands for what was hashed.
struct HashedNumbers: Sendable {
  /// Open addressing; hash 0 is a free place.
  private var hashes = ContiguousArray<UInt64>(repeating: 0, count: 256)
  private var numbers = ContiguousArray<UInt32>(repeating: 0, count: 256)
  private(set) var count = 0

  /// The number of a hash, `nil` where there is none; setting is for new ones.
  subscript(hash: UInt64) -> UInt32? {
    get {
      let place = place(of: hash | 1)
      return hashes[place] == 0 ? nil : numbers[place]
    }
    set {
      guard let newValue else { return }
      let place = place(of: hash | 1)
      if hashes[place] == 0 { count += 1 }
      hashes[place] = hash | 1
      numbers[place] = newValue
      if count * 4 > hashes.count * 3 { grow() }
    }
  }

  @inline(__always)
  private func place(of hash: UInt64) -> Int {
    let mask = hashes.count - 1
    var place = Int(truncatingIfNeeded: hash >> 20) & mask
    while hashes[place] != 0, hashes[place] != hash { place = (place + 1) & mask }
    return place
  }

  private mutating func grow() {
    let (oldHashes, oldNumbers) = (hashes, numbers)
    hashes = ContiguousArray(repeating: 0, count: oldHashes.count * 2)
    numbers = ContiguousArray(repeating: 0, count: oldHashes.count * 2)
    for index in oldHashes.indices where oldHashes[index] != 0 {
      let place = place(of: oldHashes[index])
      hashes[place] = oldHashes[index]
      numbers[place] = oldNumbers[index]
    }
  }
}
