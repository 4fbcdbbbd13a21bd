/// What pairing the words of two companies' names has brought.
struct CompanyAlignment {
  let left: Range<Int>
  let right: Range<Int>
  /// Words not paired yet, as bits.
  var leftRest: UInt32
  var rightRest: UInt32
  /// Paired words of any kind, and those that are the name itself.
  var paired = 0
  var names = 0
  var sounds = 0
  var nears = 0
  var edits = 0
  /// Whether a word of up to four letters is near another, and it is all of the name.
  var hasShortNear = false
  var isShortNear: Bool { hasShortNear && names == 1 }
  /// Whether the first words are paired.
  var firstAgrees = false
  /// The places of the first words that are the names themselves.
  var leftFirst = 0
  var rightFirst = 0

  init(_ left: Range<Int>, _ right: Range<Int>) {
    self.left = left
    self.right = right
    leftRest = 1 << UInt32(left.count) - 1
    rightRest = 1 << UInt32(right.count) - 1
  }

  var isOpen: Bool { leftRest != 0 && rightRest != 0 }
}

/// How many words of each kind one side has and the other lacks.
struct CompanyRest {
  private(set) var names = 0
  private(set) var trades = 0
  private(set) var places = 0
  private(set) var numbers = 0
  /// The letters of all names.
  private(set) var nameLength = 0

  var count: Int { names + trades + places + numbers }

  /// Takes in a word.
  mutating func note(_ kind: CompanyWords.Kind, length: Int) {
    switch kind {
    case .name:
      names += 1
      nameLength += length
    case .trade: trades += 1
    case .place: places += 1
    case .number: numbers += 1
    case .weak, .binding: break
    }
  }
}
