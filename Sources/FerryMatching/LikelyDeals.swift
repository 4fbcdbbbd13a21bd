import FerryCore
import FerryRecords

/// Deals of one account with a similar name, amount and date: never merged, for review.
///
/// Within an account, deals are sorted by amount and held against the next few whose amount is
/// near; names are looked at only where amount and date already agree.
struct LikelyDeals: ReviewStage {
  /// A deal is compared with at most this many that follow it by amount.
  private static let neighbours = 16
  /// Amounts that differ by less are similar, as a share.
  private static let amountTolerance = 0.05
  /// Dates that differ by no more are similar, in days.
  private static let dayTolerance = 31

  let rule = Rule.likelyDeal

  func pairs(in golden: GoldenRecords, _ context: MatchContext) -> [(left: Int, right: Int)] {
    guard let nameField = context.table.fieldIndex("name") else { return [] }
    let groups = AccountNumbers(context).groups { context.takesPart($0) }
    var partners: [Int: Int] = [:]  // later deal → the earliest that it resembles
    let fields = DealSketch.Fields(context.table, name: nameField)
    for group in groups { collectPairs(of: group, fields, in: context, into: &partners) }
    return partners.sorted { $0.key < $1.key }.map { ($0.value, $0.key) }
  }

  private func collectPairs(
    of group: [Int], _ fields: DealSketch.Fields, in context: MatchContext,
    into partners: inout [Int: Int]
  ) {
    let deals = group.map { DealSketch($0, fields, in: context) }.sorted { $0.precedes($1) }
    var names: [Int: NamePairs] = [:]
    func name(_ identity: Int) -> NamePairs {
      if let known = names[identity] { return known }
      let value = context.identities.value(ofField: fields.name, identity: identity)
      let pairs = context.table.arena.withBytes(of: value) { NamePairs($0) }
      names[identity] = pairs
      return pairs
    }
    for (position, deal) in deals.enumerated() {
      for other in deals[(position + 1)...].prefix(Self.neighbours) {
        if other.amount - deal.amount > Self.amountTolerance * abs(deal.amount) { break }
        if let day = deal.day, let otherDay = other.day, abs(day - otherDay) > Self.dayTolerance {
          continue
        }
        guard name(deal.identity).resembles(name(other.identity)) else { continue }
        let earlier = min(deal.identity, other.identity)
        let later = max(deal.identity, other.identity)
        partners[later] = min(partners[later] ?? earlier, earlier)
      }
    }
  }
}

/// A deal's amount and date, roughly.
private struct DealSketch {
  let identity: Int
  /// -1 where absent.
  let amount: Double
  let day: Int?

  /// Where the fields stand in the table.
  struct Fields {
    let name: Int
    let amount: Int?
    let date: Int?

    init(_ table: RecordTable, name: Int) {
      self.name = name
      amount = table.fieldIndex("amount")
      date = table.fieldIndex("close_date")
    }
  }

  init(_ identity: Int, _ fields: Fields, in context: MatchContext) {
    self.identity = identity
    amount = Self.read(fields.amount, identity, context) { Self.number($0) } ?? -1
    day = Self.read(fields.date, identity, context) { Self.dayNumber($0) }
  }

  func precedes(_ other: DealSketch) -> Bool {
    (amount, identity) < (other.amount, other.identity)
  }

  private static func read<Value>(
    _ field: Int?, _ identity: Int, _ context: MatchContext, _ body: (Span<UInt8>) -> Value?
  ) -> Value? {
    guard let field else { return nil }
    let value = context.identities.value(ofField: field, identity: identity)
    return context.table.arena.withBytes(of: value) { $0.isEmpty ? nil : body($0) }
  }

  /// A plain decimal, near enough to be compared.
  private static func number(_ text: Span<UInt8>) -> Double? {
    var (value, scale, isNegative) = (0.0, 0.0, false)
    for index in text.indices {
      switch text[index] {
      case UInt8(ascii: "-"): isNegative = true
      case UInt8(ascii: "."): scale = 1
      case let digit where digit >= UInt8(ascii: "0") && digit <= UInt8(ascii: "9"):
        value = value * 10 + Double(digit - UInt8(ascii: "0"))
        scale *= 10
      default: return nil
      }
    }
    return (isNegative ? -value : value) / max(scale, 1)
  }

  /// Days since some day, of `2024-03-05`.
  ///
  /// Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
  private static func dayNumber(_ date: Span<UInt8>) -> Int? {
    guard date.count >= 10 else { return nil }
    func digits(_ range: Range<Int>) -> Int {
      range.reduce(0) { $0 * 10 + Int(date[$1] & 0x0F) }
    }
    let month = digits(5..<7)
    let year = digits(0..<4) - (month <= 2 ? 1 : 0)
    let leapDays = year / 4 - year / 100 + year / 400
    return year * 365 + leapDays + (153 * ((month + 9) % 12) + 2) / 5 + digits(8..<10)
  }
}

/// The pairs of neighbouring characters of a folded name, sorted.
private struct NamePairs: Hashable {
  /// The share of common pairs from which names are similar (Dice's coefficient).
  private static let likeness = 0.7

  private let name: ContiguousArray<UInt8>
  private let pairs: ContiguousArray<UInt64>

  init(_ name: Span<UInt8>) {
    var folded = ContiguousArray<UInt8>()
    NameFolding.fold(name, into: &folded)
    let scalars = String(decoding: folded, as: UTF8.self).unicodeScalars.map { UInt64($0.value) }
    self.name = folded
    pairs = ContiguousArray(zip(scalars, scalars.dropFirst()).map { $0 << 32 | $1 }.sorted())
  }

  func resembles(_ other: NamePairs) -> Bool {
    if name == other.name { return !name.isEmpty }
    var (index, otherIndex, common) = (0, 0, 0)
    while index < pairs.count, otherIndex < other.pairs.count {
      if pairs[index] == other.pairs[otherIndex] {
        common += 1
        index += 1
        otherIndex += 1
      } else if pairs[index] < other.pairs[otherIndex] {
        index += 1
      } else {
        otherIndex += 1
      }
    }
    let all = pairs.count + other.pairs.count
    return common > 0 && Double(2 * common) >= Self.likeness * Double(all)
  }
}
