internal import FerryCore

// How it works: most columns repeat few values, so what a value shows is kept with the first
// thousand of them and a value seen again is only counted. A new one is looked at in one pass over
// its bytes. Nothing is allocated for a cell.

/// Watches the values of one column, cell by cell, in bounded memory.
struct ColumnGauge {
  private static let topCount = 5

  /// The column.
  let column: TableColumn
  private var filled = 0
  private var shapes = ContiguousArray(repeating: 0, count: ValueShape.allCases.count)
  private var booleans = 0
  private var distinct = DistinctCounter()
  private var known = KnownValues()
  private var isAnyCut = false
  private var numbers: (least: Double, most: Double)?
  private var dates: (first: ContiguousArray<UInt8>, last: ContiguousArray<UInt8>)?
  private var damages = DamageTally()

  init(_ column: TableColumn) { self.column = column }

  /// Takes one cell into account.
  mutating func observe(_ value: Span<UInt8>, _ kind: CellKind, rowNumber: Int) {
    guard value.count > 0 else { return }
    filled += 1
    if kind == .boolean { booleans += 1 }
    let hash = stableHash(value)
    guard let look = known.count(hash, kind) else {
      let look = ValueLook(value, kind)
      distinct.insert(hash)
      known.keep(value, hash, kind, look)
      widen(value, kind, look)
      return take(look, hash, rowNumber)
    }
    take(look, hash, rowNumber)
  }

  @inline(__always)
  private mutating func take(_ look: ValueLook, _ hash: UInt64, _ rowNumber: Int) {
    shapes[look.shape.rawValue] += 1
    damages.take(look, hash, rowNumber: rowNumber)
  }

  private mutating func widen(_ value: Span<UInt8>, _ kind: CellKind, _ look: ValueLook) {
    if value.count > SheetHead.lookedAtBytes { isAnyCut = true }
    if look.shape == .date {
      widenDates(value, kind)
    } else if look.shape == .number, look.number.isFinite {
      let number = look.number
      let range = numbers ?? (number, number)
      numbers = (min(range.least, number), max(range.most, number))
    }
  }

  /// True dates only: their text sorts as they do.
  private mutating func widenDates(_ value: Span<UInt8>, _ kind: CellKind) {
    guard kind == .date || kind == .datetime || Self.looksISO(value) else { return }
    guard let dates else {
      let date = Self.copy(of: value)
      dates = (date, date)
      return
    }
    if isLess(value, dates.first.span) { self.dates?.first = Self.copy(of: value) }
    if isLess(dates.last.span, value) { self.dates?.last = Self.copy(of: value) }
  }

  private static func copy(of value: Span<UInt8>) -> ContiguousArray<UInt8> {
    var bytes = ContiguousArray<UInt8>()
    bytes.append(copying: value)
    return bytes
  }

  private static func looksISO(_ value: Span<UInt8>) -> Bool {
    value.count >= 10 && value[4] == UInt8(ascii: "-") && value[7] == UInt8(ascii: "-")
  }

  // MARK: Results

  /// The column in figures.
  func profile() -> ColumnProfile {
    let kind = kind
    return ColumnProfile(
      column: column, kind: kind, filledCount: filled, distinctCount: distinct.count,
      isDistinctEstimated: distinct.isEstimate || isAnyCut, minimum: bounds(kind).least,
      maximum: bounds(kind).most, topValues: known.top(Self.topCount),
      shapes: ValueShape.allCases.map { ShapeCount(shape: "\($0)", count: shapes[$0.rawValue]) }
        .filter { $0.count > 0 }.sorted { $0.count > $1.count },
      sample: distinct.sample)
  }

  /// What is damaged, by kind of damage.
  func damage() -> [Damage] {
    DamageVerdict(tally: damages, column: column, kind: kind, filledCount: filled).damages()
  }

  private var kind: ColumnProfile.Kind {
    guard filled > 0 else { return .empty }
    if booleans * 10 >= filled * 9 { return .boolean }
    let sound = max(filled - shapes[ValueShape.error.rawValue], 1)
    let most = ValueShape.allCases.max { shapes[$0.rawValue] < shapes[$1.rawValue] } ?? .text
    guard shapes[most.rawValue] * 10 >= sound * 6 else { return .mixed }
    switch most {
    case .text, .error: return .text
    case .number: return .number
    case .date: return .date
    case .phone: return .phone
    case .email: return .email
    case .url: return .url
    case .identifier: return .identifier
    }
  }

  private func bounds(_ kind: ColumnProfile.Kind) -> (least: String?, most: String?) {
    switch kind {
    case .number: (numbers.map { shortest($0.least) }, numbers.map { shortest($0.most) })
    case .date:
      (
        dates.map { String(decoding: $0.first, as: UTF8.self) },
        dates.map { String(decoding: $0.last, as: UTF8.self) }
      )
    default: (nil, nil)
    }
  }

  private func shortest(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
  }
}
