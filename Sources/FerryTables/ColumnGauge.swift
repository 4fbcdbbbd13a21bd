internal import FerryCore

/// Watches the values of one column, cell by cell, in bounded memory.
struct ColumnGauge {
  private static let topLimit = 1_000
  private static let topCount = 5
  private static let shownByteCount = 80

  private let column: TableColumn
  private var filled = 0
  private var shapes = [Int](repeating: 0, count: ValueShape.allCases.count)
  private var booleans = 0
  private var distinct = DistinctCounter()
  private var top: [UInt64: (count: Int, value: String)] = [:]
  private var numbers: (least: Double, most: Double)?
  private var dates: (first: String, last: String)?
  private var damages = DamageTally()

  init(_ column: TableColumn) { self.column = column }

  /// Takes one cell into account.
  mutating func observe(_ batch: borrowing RowBatch, _ cell: RawCell, rowNumber: Int) {
    let value = batch.bytes.span.extracting(cell.range)
    guard cell.byteCount > 0 else { return }
    filled += 1
    let shape = ValueShape(value, kind: cell.kind)
    shapes[shape.rawValue] += 1
    if cell.kind == .boolean { booleans += 1 }
    let hash = stableHash(value)
    distinct.insert(hash)
    count(hash, batch, cell)
    switch shape {
    case .number: widenNumbers(value)
    case .date: widenDates(batch, cell)
    default: break
    }
    damages.observe(value, cell.kind, shape, rowNumber: rowNumber)
  }

  private mutating func count(_ hash: UInt64, _ batch: borrowing RowBatch, _ cell: RawCell) {
    if let index = top.index(forKey: hash) {
      top.values[index].count += 1
    } else if top.count < Self.topLimit {
      top[hash] = (1, batch.text(of: cell))
    }
  }

  private mutating func widenNumbers(_ value: Span<UInt8>) {
    guard let number = plainNumber(value) else { return }
    let range = numbers ?? (number, number)
    numbers = (min(range.least, number), max(range.most, number))
  }

  /// True dates only: their text sorts as they do.
  private mutating func widenDates(_ batch: borrowing RowBatch, _ cell: RawCell) {
    guard cell.kind == .date || cell.kind == .datetime || looksISO(batch, cell) else { return }
    let date = batch.text(of: cell)
    let range = dates ?? (date, date)
    dates = (min(range.first, date), max(range.last, date))
  }

  private func looksISO(_ batch: borrowing RowBatch, _ cell: RawCell) -> Bool {
    cell.byteCount >= 10 && batch.bytes[Int(cell.startOffset) + 4] == UInt8(ascii: "-")
      && batch.bytes[Int(cell.startOffset) + 7] == UInt8(ascii: "-")
  }

  // MARK: Results

  /// The column in figures.
  func profile() -> ColumnProfile {
    let kind = kind
    let values = top.values.sorted { ($1.count, $0.value) < ($0.count, $1.value) }
    let top = values.prefix(Self.topCount).map { count, value in
      ColumnProfile.TopValue(value: value, count: count)
    }
    return ColumnProfile(
      column: column, kind: kind, filledCount: filled, distinctCount: distinct.count,
      isDistinctEstimated: distinct.isEstimate, minimum: bounds(kind).least,
      maximum: bounds(kind).most, topValues: top)
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
    case .date: (dates?.first, dates?.last)
    default: (nil, nil)
    }
  }

  private func shortest(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
  }
}

/// A number in plain notation, thousands parted by commas or not.
func plainNumber(_ value: Span<UInt8>) -> Double? {
  var digits = ""
  for index in value.indices where value[index] != UInt8(ascii: ",") {
    guard value[index] < 0x80 else { return nil }
    digits.unicodeScalars.append(Unicode.Scalar(value[index]))
  }
  return Double(digits)
}

/// A hash that is the same in every process (FNV-1a, mixed).
func stableHash(_ value: Span<UInt8>) -> UInt64 {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for index in value.indices { hash = (hash ^ UInt64(value[index])) &* 0x100_0000_01B3 }
  hash ^= hash >> 33
  hash = hash &* 0xFF51_AFD7_ED55_8CCD
  return hash ^ (hash >> 33)
}

/// Counts different values exactly up to a bound, then by a sample of their hashes.
///
/// Source: P. Flajolet, "On Adaptive Sampling", Computing 43 (1990), 391–400.
struct DistinctCounter {
  private static let limit = 8_192

  private var hashes: Set<UInt64> = []
  private var depth: UInt64 = 0

  /// Whether values were sampled.
  var isEstimate: Bool { depth > 0 }
  /// How many there are.
  var count: Int { hashes.count << Int(depth) }

  /// Takes one value's hash in.
  mutating func insert(_ hash: UInt64) {
    guard hash & mask == 0 else { return }
    hashes.insert(hash)
    while hashes.count > Self.limit {
      depth += 1
      let mask = mask
      hashes = hashes.filter { $0 & mask == 0 }
    }
  }

  private var mask: UInt64 { (1 << depth) - 1 }
}
