import FerryCore

/// Telephone numbers as the digits that a caller in the country dials, without the trunk zero.
///
/// Extensions are taken off: a company's switchboard is one number whatever follows it.
struct Phones: ValueSetStore {
  static let levels: [AgreementLevel] = [
    AgreementLevel(id: "same", words: Words(en: "same number", zh: "号码相同"), m: 0.76, u: 0.00002),
    AgreementLevel(
      id: "one-same", words: Words(en: "one number the same, another not", zh: "一个号码相同，另一个不同"),
      m: 0.04, u: 0.00001),
    AgreementLevel(
      id: "one-edit", words: Words(en: "one digit off", zh: "差一位"), m: 0.05, u: 0.00003),
    AgreementLevel(
      id: "same-tail", words: Words(en: "same last seven digits", zh: "后七位相同"), m: 0.02, u: 0.00001),
    AgreementLevel(
      id: "differs", words: Words(en: "other number", zh: "号码不同"), m: 0.13, u: 0.99993),
  ]
  static let partLevel: Int? = 1
  /// Fewer digits are an extension or a slip.
  private static let fewestDigits = 5
  /// A longer run of digits is two numbers or no phone.
  private static let mostDigits = 20
  private static let tailLength = 7

  private var pool = TextPool()
  private var digits = ContiguousArray<UInt8>()
  private var folded = ContiguousArray<UInt8>()

  var count: Int { pool.count }

  mutating func finish() { pool.finish() }

  mutating func add(_ texts: TextRows, to values: inout ContiguousArray<UInt32>) {
    pool.add(texts, to: &values)
  }

  mutating func appendTexts(of cell: Span<UInt8>, to texts: inout TextRows) {
    digits.removeAll(keepingCapacity: true)
    if readPlain(cell) { return takeNumber(&texts) }
    digits.removeAll(keepingCapacity: true)
    folded.removeAll(keepingCapacity: true)
    HalfWidth.append(cell, to: &folded)
    var isExtension = false
    for index in folded.indices {
      switch Self.sign(folded, index) {
      case .digit: if !isExtension { digits.append(folded[index]) }
      case .between: break
      case .end:
        takeNumber(&texts)
        isExtension = false
      case .word: isExtension = isExtension || digits.count >= Self.fewestDigits
      case .damage: return digits.removeAll()
      }
    }
    takeNumber(&texts)
  }

  /// Reads a cell of one number, with no more than blanks, hyphens and brackets between its digits;
  /// whether it is that plain.
  private mutating func readPlain(_ cell: Span<UInt8>) -> Bool {
    var isPlain = true
    digits.append(addingCapacity: cell.count) { digits in
      for index in cell.indices where isPlain {
        switch cell[index] {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digits.append(cell[index])
        case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "("),
          UInt8(ascii: ")"):
          break
        default: isPlain = false
        }
      }
    }
    return isPlain
  }

  /// What a byte is to the number that it stands in.
  private enum Sign { case digit, between, end, word, damage }

  private static func sign(_ text: ContiguousArray<UInt8>, _ index: Int) -> Sign {
    let byte = text[index]
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return .digit
    case 0x0A, 0x0D, 0x09, UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "|"): return .end
    case UInt8(ascii: "/"): return isEnd(text, at: index) ? .end : .between
    // The last byte of an ideographic comma, U+3001.
    case 0x81 where index >= 2 && text[index - 1] == 0x80 && text[index - 2] == 0xE3: return .end
    case UInt8(ascii: "."): return isWidening(text, from: index) ? .word : .between
    case UInt8(ascii: "e"):
      return index + 1 < text.count && text[index + 1] == UInt8(ascii: "+") ? .damage : .word
    case UInt8(ascii: "x"), UInt8(ascii: "#"), UInt8(ascii: "*"), 0x80...: return .word
    default: return .between
    }
  }

  /// Whether a slash parts two numbers, as it has digits enough for one on both sides.
  private static func isEnd(_ text: ContiguousArray<UInt8>, at slash: Int) -> Bool {
    let before = text[..<slash].count { $0 &- UInt8(ascii: "0") < 10 }
    let after = text[slash...].count { $0 &- UInt8(ascii: "0") < 10 }
    return before >= tailLength && after >= tailLength
  }

  /// Whether a point and zeros end the text: a number that a spreadsheet has widened.
  private static func isWidening(_ text: ContiguousArray<UInt8>, from point: Int) -> Bool {
    point + 1 < text.count && text[(point + 1)...].allSatisfy { $0 == UInt8(ascii: "0") }
  }

  /// Takes the digits so far as a number.
  private mutating func takeNumber(_ texts: inout TextRows) {
    let start = numberStart()
    if (Self.fewestDigits...Self.mostDigits).contains(digits.count - start) {
      texts.append(digits.span.extracting(start...))
    }
    digits.removeAll(keepingCapacity: true)
  }

  /// Where the number begins behind the dialling prefix, the country code 86 and the trunk zero.
  ///
  /// Ten digits that don't begin with 1 get the 1 that North America dials and that some drop from a
  /// mainland mobile.
  private mutating func numberStart() -> Int {
    var start = 0
    func skipZeros() {
      while start < digits.count, digits[start] == UInt8(ascii: "0") { start += 1 }
    }
    skipZeros()
    if digits.count - start >= 12, digits[start] == UInt8(ascii: "8"),
      digits[start + 1] == UInt8(ascii: "6")
    {
      start += 2
      skipZeros()
    }
    guard digits.count - start == 10, digits[start] > UInt8(ascii: "1") else { return start }
    if start == 0 { digits.insert(0, at: 0) } else { start -= 1 }
    digits[start] = UInt8(ascii: "1")
    return start
  }

  func touch(_ values: ContiguousArray<UInt32>) -> UInt64 { pool.touch(values) }

  func level(_ left: UInt32, _ right: UInt32) -> Int {
    let one = pool.bytes.span.extracting(pool.range(left))
    let other = pool.bytes.span.extracting(pool.range(right))
    if OneEdit.holds(one, other) { return 2 }
    guard one.count >= Self.tailLength, other.count >= Self.tailLength else { return 4 }
    let tail = one.extracting(last: Self.tailLength)
    return tail.hasSameBytes(as: other.extracting(last: Self.tailLength)) ? 3 : 4
  }

  static var partSlots: [UInt8] { [2, 3] }

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
