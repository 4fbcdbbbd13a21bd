import FerryCore

/// Telephone numbers as the digits that a caller in the country dials, without the trunk zero.
///
/// Extensions are taken off: a company's switchboard is one number whatever follows it.
struct Phones: ValueSetStore {
  static let levels: [AgreementLevel] = [
    AgreementLevel(id: "same", words: Words(en: "same number", zh: "号码相同"), m: 0.80, u: 0.00002),
    AgreementLevel(
      id: "one-edit", words: Words(en: "one digit off", zh: "差一位"), m: 0.05, u: 0.00003),
    AgreementLevel(
      id: "same-tail", words: Words(en: "same last seven digits", zh: "后七位相同"), m: 0.02, u: 0.00001),
    AgreementLevel(
      id: "differs", words: Words(en: "other number", zh: "号码不同"), m: 0.13, u: 0.99994),
  ]
  /// Fewer digits are an extension or a slip.
  private static let fewestDigits = 5
  /// A longer run of digits is two numbers or no phone.
  private static let mostDigits = 20
  private static let tailLength = 7

  private var pool = TextPool()
  private var digits = ContiguousArray<UInt8>()

  var count: Int { pool.count }

  mutating func add(_ text: FieldText) -> UInt32 {
    var values = ContiguousArray<UInt32>()
    for index in 0..<text.count {
      addEach(of: text.bytes.span.extracting(text.range(index)), to: &values)
    }
    return values.first ?? 0
  }

  mutating func addEach(of cell: Span<UInt8>, to values: inout ContiguousArray<UInt32>) {
    var parts = CellParts(cell)
    while let part = parts.next(in: cell, isGap: { Self.gaps.contains($0) }) {
      addNumber(cell.extracting(part), to: &values)
    }
  }

  private static let gaps: [UInt8] = [0x0A, 0x0D, 0x09] + Array(";,|".utf8)

  /// Takes a number, or two with a slash between where both are long enough for one.
  private mutating func addNumber(_ text: Span<UInt8>, to values: inout ContiguousArray<UInt32>) {
    var slash: Int?
    for index in text.indices where text[index] == UInt8(ascii: "/") { slash = index }
    if let slash, Self.countDigits(text.extracting(0..<slash)) >= 7,
      Self.countDigits(text.extracting(slash + 1..<text.count)) >= 7
    {
      addNumber(text.extracting(0..<slash), to: &values)
      addNumber(text.extracting(slash + 1..<text.count), to: &values)
      return
    }
    readDigits(of: text)
    trim()
    guard (Self.fewestDigits...Self.mostDigits).contains(digits.count) else { return }
    let number = pool.add(digits).number
    if !values.contains(number) { values.append(number) }
  }

  private static func countDigits(_ text: Span<UInt8>) -> Int {
    var count = 0
    for index in text.indices where isDigit(text[index]) { count += 1 }
    return count
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

  /// Reads digits up to an extension, such as 转801, x12, #3 or 分机 8.
  private mutating func readDigits(of text: Span<UInt8>) {
    digits.removeAll(keepingCapacity: true)
    var reader = HalfWidth()
    while let byte = reader.next(in: text) {
      if Self.isDigit(byte) {
        digits.append(byte)
      } else if digits.count >= Self.fewestDigits, byte >= 0x80 || Self.stops.contains(byte) {
        break
      }
    }
  }

  private static let stops = Array("xe#*".utf8)

  /// Takes off the dialling prefix, the country code 86 or 1 and the trunk zero.
  private mutating func trim() {
    while digits.first == UInt8(ascii: "0") { digits.removeFirst() }
    if digits.count >= 12, digits[0] == UInt8(ascii: "8"), digits[1] == UInt8(ascii: "6") {
      digits.removeFirst(2)
      while digits.first == UInt8(ascii: "0") { digits.removeFirst() }
    }
    if digits.count == 11, digits[0] == UInt8(ascii: "1") { digits.removeFirst() }
  }

  func level(_ left: UInt32, _ right: UInt32) -> Int {
    let one = pool.bytes.span.extracting(pool.range(left))
    let other = pool.bytes.span.extracting(pool.range(right))
    if OneEdit.holds(one, other) { return 1 }
    guard one.count >= Self.tailLength, other.count >= Self.tailLength else { return 3 }
    let tail = one.extracting(last: Self.tailLength)
    return tail.hasSameBytes(as: other.extracting(last: Self.tailLength)) ? 2 : 3
  }

  func appendKeys(of value: UInt32, to keys: inout ContiguousArray<BlockingKey>) {
    let number = pool.bytes.span.extracting(pool.range(value))
    keys.append(BlockingKey(slot: 0, hash: ByteHash.hash(number)))
    guard number.count >= Self.tailLength else { return }
    let half = number.count / 2
    let tail = number.extracting(last: min(Self.tailLength, number.count))
    keys.append(BlockingKey(slot: 1, hash: ByteHash.hash(tail)))
    keys.append(BlockingKey(slot: 2, hash: ByteHash.hash(number.extracting(first: half + 1))))
    keys.append(BlockingKey(slot: 3, hash: ByteHash.hash(number.extracting(last: half))))
  }
}
