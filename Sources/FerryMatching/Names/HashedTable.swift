/// Values by 64 bits of hash, for tables that are made once and asked often.
///
/// The keys are hashes already, so that none is made again; two things of one hash are taken for one.
struct HashedTable<Value: Sendable>: Sendable {
  private var keys = ContiguousArray<UInt64>(repeating: 0, count: 64)
  private var values: ContiguousArray<Value?> = ContiguousArray(repeating: nil, count: 64)
  private(set) var count = 0

  subscript(key: UInt64) -> Value? {
    get {
      var place = Int(truncatingIfNeeded: key) & (keys.count - 1)
      while let value = values[place] {
        if keys[place] == key { return value }
        place = (place + 1) & (keys.count - 1)
      }
      return nil
    }
    set {
      guard let newValue else { return }
      if count * 2 >= keys.count { grow() }
      insert(key, newValue)
    }
  }

  func contains(_ key: UInt64) -> Bool { self[key] != nil }

  private mutating func insert(_ key: UInt64, _ value: Value) {
    var place = Int(truncatingIfNeeded: key) & (keys.count - 1)
    while values[place] != nil, keys[place] != key { place = (place + 1) & (keys.count - 1) }
    if values[place] == nil { count += 1 }
    keys[place] = key
    values[place] = value
  }

  private mutating func grow() {
    let (oldKeys, oldValues) = (keys, values)
    keys = ContiguousArray(repeating: 0, count: oldKeys.count * 2)
    values = ContiguousArray(repeating: nil, count: oldKeys.count * 2)
    count = 0
    for (key, value) in zip(oldKeys, oldValues) {
      if let value { insert(key, value) }
    }
  }
}
