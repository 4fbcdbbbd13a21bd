import FerryCore

// Which two keys rows have to share, where neither is rare by itself, is found from the data: some
// of the large groups are split by every other, the pairs that this brings are judged by the
// defaults of their fields, and of the pairs of keys those are kept that bring what is likely a match
// at the least cost. In a table of customers that may be a name and a company, but not the first
// half of a phone number and a family name, which bring millions of pairs and no match.

/// The pairs of slots, of two fields, by which large groups are split.
struct SplitRules: Sendable {
  /// The shares of the sample's matches that may be left without one rule that brings them, and
  /// without a second.
  private static let leftOpen = [0.005, 0.03]
  /// A number for no rule.
  static let none = 64

  /// The number of each field and slot; ``none`` where no rule has it.
  private var numbers: ContiguousArray<UInt8>
  /// By number: a bit for each number that it makes a rule with.
  private var partners = ContiguousArray<UInt64>(repeating: 0, count: none + 1)

  /// Every pair of slots.
  init() {
    numbers = ContiguousArray(repeating: 0, count: GroupMark.mostFieldSlots)
    partners[0] = 1
  }

  /// Chooses from what `sample` has seen.
  init(_ sample: SplitSample) {
    numbers = ContiguousArray(
      repeating: UInt8(Self.none), count: GroupMark.mostFieldSlots)
    var count = 0
    for rule in sample.rules(leftOpen: Self.leftOpen) {
      for slot in [rule.one, rule.other] where numbers[slot] == Self.none && count < Self.none {
        numbers[slot] = UInt8(count)
        count += 1
      }
      let (one, other) = (numbers[rule.one], numbers[rule.other])
      guard one < Self.none, other < Self.none else { continue }
      partners[Int(one)] |= 1 << UInt64(other)
      partners[Int(other)] |= 1 << UInt64(one)
    }
  }

  /// A bit for each number by whose groups this one is split.
  @inline(__always)
  func partners(_ mark: GroupMark) -> UInt64 { partners[Int(numbers[mark.fieldSlot])] }

  /// Whether the number of a group is among those of `partners`.
  @inline(__always)
  func isPartner(_ mark: GroupMark, in partners: UInt64) -> Bool {
    // A shift by 64, for no number, gives 0.
    partners >> UInt64(numbers[mark.fieldSlot]) & 1 == 1
  }

  fileprivate func contains(_ rule: SplitRule) -> Bool {
    partners[Int(numbers[rule.one])] >> UInt64(numbers[rule.other]) & 1 == 1
  }
}

/// Two slots of two fields, see ``GroupMark/fieldSlot``.
struct SplitRule: Hashable, Comparable, Sendable {
  let one: Int
  let other: Int

  init(_ mark: GroupMark, _ other: GroupMark) {
    one = min(mark.fieldSlot, other.fieldSlot)
    self.other = max(mark.fieldSlot, other.fieldSlot)
  }

  static func < (left: SplitRule, right: SplitRule) -> Bool {
    (left.one, left.other) < (right.one, right.other)
  }
}

/// What splitting some groups by every rule has brought.
struct SplitSample: Sendable {
  /// How often each rule asks for a look.
  fileprivate(set) var costs: [SplitRule: Int] = [:]
  /// The rules that bring each likely match.
  private var matches: [Set<SplitRule>] = []

  /// How many looks all rules ask for.
  var lookCount: Int { costs.values.reduce(0, +) }

  /// How many looks some rules ask for.
  func lookCount(_ rules: SplitRules) -> Int {
    costs.reduce(0) { $0 + (rules.contains($1.key) ? $1.value : 0) }
  }

  /// Takes the groups of a row.
  mutating func add(row marks: some Collection<GroupMark>, _ isRule: (GroupMark, GroupMark) -> Bool)
  {
    forEachRule(marks, isRule) { costs[$0, default: 0] += 1 }
  }

  /// Takes the groups that two rows share which are likely the same.
  mutating func add(match marks: [GroupMark], _ isRule: (GroupMark, GroupMark) -> Bool) {
    var rules: Set<SplitRule> = []
    forEachRule(marks, isRule) { rules.insert($0) }
    matches.append(rules)
  }

  private func forEachRule(
    _ marks: some Collection<GroupMark>, _ isRule: (GroupMark, GroupMark) -> Bool,
    _ body: (SplitRule) -> Void
  ) {
    for (place, mark) in marks.enumerated() {
      for other in marks.dropFirst(place + 1) where isRule(mark, other) {
        body(SplitRule(mark, other))
      }
    }
  }

  /// The cheapest rules that bring the matches, but for a share of them, once and then once more, as
  /// far as can be told by taking one after the other.
  fileprivate func rules(leftOpen shares: [Double]) -> [SplitRule] {
    var chosen: [SplitRule] = []
    for share in shares {
      var open = matches.map { $0.subtracting(chosen) }.filter { !$0.isEmpty }
      let most = Int(Double(matches.count) * share)
      while open.count > most {
        var gains: [SplitRule: Int] = [:]
        for match in open { for rule in match { gains[rule, default: 0] += 1 } }
        guard let best = gains.max(by: { (worth($0), $1.key) < (worth($1), $0.key) }) else { break }
        chosen.append(best.key)
        open.removeAll { $0.contains(best.key) }
      }
    }
    return chosen
  }

  private func worth(_ rule: (key: SplitRule, value: Int)) -> Double {
    Double(rule.value) / Double(costs[rule.key, default: 0] + 100)
  }
}
