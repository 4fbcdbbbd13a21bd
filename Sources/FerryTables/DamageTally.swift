internal import FerryCore

// How it works: each value is looked at once and shows some signs; a sign keeps a count and its
// first rows. What the signs mean is decided at the end, from the whole column: 45356 is no date
// turned number unless dates stand around it.

/// Gathers signs of damage to the cells of one column.
struct DamageTally {
  /// A count and the first rows that it is of.
  struct Places {
    static let limit = 5
    var count = 0
    var rows: [Int] = []

    @inline(__always)
    mutating func add(_ rowNumber: Int) {
      count += 1
      if count <= Self.limit { rows.append(rowNumber) }
    }
  }

  /// Digits from which on a value is no number that names something.
  static let mostDigits = 20

  private var signs = ContiguousArray(repeating: Places(), count: DamageSigns.count)
  /// Digits-only values by their length, those that begin with zero apart.
  private(set) var digitLengths = ContiguousArray(repeating: Places(), count: mostDigits)
  private(set) var zeroLengths = ContiguousArray(repeating: Places(), count: mostDigits)
  /// Texts by their length.
  private(set) var lengths = TextLengths()

  /// The places of one sign.
  subscript(_ sign: DamageSigns) -> Places { signs[sign.rawValue.trailingZeroBitCount] }

  /// Takes one value in.
  mutating func take(_ look: ValueLook, _ hash: UInt64, rowNumber: Int) {
    var rest = look.signs.rawValue
    while rest != 0 {
      signs[rest.trailingZeroBitCount].add(rowNumber)
      rest &= rest - 1
    }
    if look.digitCount > 0 {
      if look.signs.contains(.zeroLed) {
        zeroLengths[Int(look.digitCount)].add(rowNumber)
      } else {
        digitLengths[Int(look.digitCount)].add(rowNumber)
      }
    }
    if look.characterCount >= TextLengths.least {
      lengths.take(Int(look.characterCount), hash, rowNumber: rowNumber)
    } else if look.characterCount > 0 {
      lengths.shorter += 1
    }
  }
}

/// How long the texts of a column are, from thirty characters on.
struct TextLengths {
  /// The shortest text that is looked at for having been cut, in characters.
  static let least = 30
  /// How many different texts of the longest length are told apart.
  private static let mostHashes = 8
  /// The longest length that is counted by itself.
  private static let mostCounted = 1_024

  /// How many texts are shorter than ``least``.
  var shorter = 0
  /// The most characters that a text has.
  private(set) var longest = 0
  /// The texts of that length.
  private(set) var atLongest = DamageTally.Places()
  private var hashesAtLongest: [UInt64] = []
  private var counts = ContiguousArray<Int32>()

  /// How many different texts have the longest length, eight at most.
  var differentAtLongest: Int { hashesAtLongest.count }
  /// How many texts of at least ``least`` characters are shorter than the longest.
  private(set) var below = 0

  mutating func take(_ length: Int, _ hash: UInt64, rowNumber: Int) {
    if length > longest {
      below += atLongest.count
      longest = length
      atLongest = DamageTally.Places()
      hashesAtLongest = []
    }
    if length == longest {
      atLongest.add(rowNumber)
      if hashesAtLongest.count < Self.mostHashes, !hashesAtLongest.contains(hash) {
        hashesAtLongest.append(hash)
      }
    } else {
      below += 1
    }
    guard length <= Self.mostCounted else { return }
    if counts.isEmpty { counts = ContiguousArray(repeating: 0, count: Self.mostCounted + 1) }
    counts[length] &+= 1
  }

  /// How many texts have one of these lengths, of those counted by themselves.
  func count(_ lengths: Range<Int>) -> Int {
    guard !counts.isEmpty else { return 0 }
    return lengths.clamped(to: Self.least..<counts.count).reduce(0) { $0 + Int(counts[$1]) }
  }
}
