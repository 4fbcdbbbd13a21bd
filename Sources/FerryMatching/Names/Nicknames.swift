/// Which given names may be short for which.
enum Nicknames {
  /// The number of the list of a word, by the hash of its letters; 0 where it is no known name.
  static func list(of hash: UInt64) -> UInt16 { table.lists[hash] ?? 0 }

  /// Whether two lists share a full name: Bob and Robert, Bob and Rob.
  static func meet(_ left: UInt16, _ right: UInt16) -> Bool {
    if left == 0 || right == 0 { return false }
    var leftIndex = Int(table.starts[Int(left)])
    var rightIndex = Int(table.starts[Int(right)])
    let leftEnd = Int(table.starts[Int(left) + 1])
    let rightEnd = Int(table.starts[Int(right) + 1])
    while leftIndex < leftEnd, rightIndex < rightEnd {
      let (one, other) = (table.names[leftIndex], table.names[rightIndex])
      if one == other { return true }
      if one < other { leftIndex += 1 } else { rightIndex += 1 }
    }
    return false
  }

  /// The full names on a list, by number; ascending.
  static func names(of list: UInt16) -> ArraySlice<UInt16> {
    list == 0
      ? [] : table.names[Int(table.starts[Int(list)])..<Int(table.starts[Int(list) + 1])]
  }

  private static let table = NicknameLists()
}

private struct NicknameLists: Sendable {
  private(set) var lists = HashedTable<UInt16>()
  /// Full names, list after list, ascending in each.
  private(set) var names: [UInt16] = []
  private(set) var starts: [UInt32] = [0]

  init() {
    var fullNames: [UInt64: [UInt16]] = [:]
    var letters = ContiguousArray<UInt32>()
    let lines = NicknameTable.names.utf8.split(separator: UInt8(ascii: "\n"))
    for (number, line) in lines.enumerated() {
      for name in line.split(separator: UInt8(ascii: " ")) {
        letters.removeAll(keepingCapacity: true)
        TextFold.appendFolded(ContiguousArray(name).span, to: &letters)
        fullNames[LetterHash.hash(letters.span), default: []].append(UInt16(number))
      }
    }
    starts.append(0)
    for (hash, numbers) in fullNames.sorted(by: { $0.key < $1.key }) {
      lists[hash] = UInt16(starts.count - 1)
      names.append(contentsOf: Set(numbers).sorted())
      starts.append(UInt32(names.count))
    }
  }
}

/// Words of persons' names that are not the name itself.
enum PersonWords {
  enum Role: UInt8, Sendable {
    case name
    /// Stands before a name: Mr, Dr, Sheikh.
    case title
    /// Stands behind a name and tells nothing apart: PhD, Esq.
    case degree
    /// Tells father from son: Jr, Sr, III.
    case junior, senior, second, third, fourth
    /// Binds what follows to the name: van, de, al.
    case particle
    /// Says that what follows is the father's name: bin, ibn, ben.
    case patronymic
  }

  /// What a word is, by the hash of its letters.
  static func role(of hash: UInt64) -> Role { roles[hash] ?? .name }

  private static let roles: HashedTable<Role> = {
    var roles = HashedTable<Role>()
    for (words, role) in [
      (NicknameTable.titles, Role.title),
      ("phd md esq cpa mba dds jd cfa cma dvm dphil msc bsc obe cbe mbe rn pmp", .degree),
      ("jr jnr junior", .junior), ("sr snr senior", .senior), ("ii 2nd", .second),
      ("iii 3rd", .third), ("iv 4th", .fourth),
      (
        "van von de da di del della der den la le du dos das al el ul ter ten zu zur vom af av do "
          + "dei des lo los las",
        .particle
      ),
      ("bin ibn ben bint binti ould", .patronymic),
    ] {
      for word in words.split(separator: " ") {
        roles[LetterHash.hash(TextFold.folded(String(word)))] = role
      }
    }
    return roles
  }()
}
