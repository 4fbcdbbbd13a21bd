import FerryCore

/// Texts that are compared by the levels that a config gives.
///
/// Two texts are the same where they are equal once case, width and blanks at the ends are
/// folded; that level is there whether the config names it or not.
struct ChosenTexts: ValueStore {
  /// Shares of matches and of other pairs that a table begins with: same, near, else.
  private static let match = (same: 0.85, near: 0.10)
  private static let chance = (same: 0.0005, near: 0.002)
  private static let shortestSplit = 4

  static let levels: [AgreementLevel] = ChosenTexts([.exact, .otherwise]).agreementLevels

  let agreementLevels: [AgreementLevel]
  /// The levels between "same" and "else".
  private let near: [ComparisonChoice]
  private var pool = CodePointPool()
  private var folded = ContiguousArray<UInt32>()

  init(_ choices: [ComparisonChoice]) {
    near = choices.filter { $0 != .exact && $0 != .otherwise }
    let count = Double(max(near.count, 1))
    let hasNear = !near.isEmpty
    var levels = [
      AgreementLevel(
        id: "same", words: Words(en: "same", zh: "相同"), m: Self.match.same, u: Self.chance.same)
    ]
    for choice in near {
      levels.append(
        AgreementLevel(
          id: choice.id, words: choice.words, m: Self.match.near / count,
          u: Self.chance.near / count))
    }
    levels.append(
      AgreementLevel(
        id: "else", words: Words(en: "other", zh: "不同"),
        m: 1 - Self.match.same - (hasNear ? Self.match.near : 0),
        u: 1 - Self.chance.same - (hasNear ? Self.chance.near : 0)))
    agreementLevels = levels
  }

  var count: Int { pool.count }

  mutating func add(_ rows: TextRows, to values: inout ContiguousArray<UInt32>) {
    for row in 0..<rows.count {
      folded.removeAll(keepingCapacity: true)
      TextFold.appendFolded(rows.bytes.span.extracting(rows.range(row)), to: &folded)
      while folded.last == 0x20 { folded.removeLast() }
      values.append(pool.add(folded))
    }
  }

  func level(_ left: UInt32, _ right: UInt32) -> Int {
    for (index, choice) in near.enumerated() where holds(choice, left, right) { return index + 1 }
    return near.count + 1
  }

  private func holds(_ choice: ComparisonChoice, _ left: UInt32, _ right: UInt32) -> Bool {
    switch choice {
    case .exact, .otherwise: return false
    case .damerau(let most): return pool.distance(left, right, atMost: most) <= most
    case .jaro(let least):
      let (one, other) = (pool.text(left), pool.text(right))
      return JaroWinkler.similarity(one.span, other.span) >= least
    }
  }

  func appendKeys(of value: UInt32, to keys: inout ContiguousArray<BlockingKey>) {
    keys.append(BlockingKey(slot: 0, hash: pool.hash(value)))
    let text = pool.text(value)
    guard text.count >= Self.shortestSplit else { return }
    let half = (text.count + 1) / 2
    keys.append(BlockingKey(slot: 1, hash: Self.hash(text[..<half])))
    keys.append(BlockingKey(slot: 2, hash: Self.hash(text[half...])))
  }

  private static func hash(_ units: ContiguousArray<UInt32>.SubSequence) -> UInt64 {
    units.reduce(0) { ByteHash.join($0, UInt64($1)) }
  }
}

extension ComparisonChoice {
  /// As a config writes it, a hyphen for the blank.
  fileprivate var id: String {
    switch self {
    case .exact: "exact"
    case .damerau(let most): "damerau-\(most)"
    case .jaro(let least): "jaro-\(least)"
    case .otherwise: "else"
    }
  }

  fileprivate var words: Words {
    switch self {
    case .exact: Words(en: "same", zh: "相同")
    case .damerau(let most): Words(en: "edit distance of \(most) or less", zh: "至多差 \(most) 个字符")
    case .jaro(let least): Words(en: "similarity of \(least) or more", zh: "相似度不低于 \(least)")
    case .otherwise: Words(en: "other", zh: "不同")
    }
  }
}
