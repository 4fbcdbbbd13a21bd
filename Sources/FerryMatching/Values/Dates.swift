import FerryCore

/// Civil dates, read from digits and English month names in any of the usual orders.
struct Dates: ValueStore {
  static let levels: [AgreementLevel] = [
    AgreementLevel(id: "same", words: Words(en: "same date", zh: "日期相同"), m: 0.86, u: 0.0003),
    AgreementLevel(
      id: "swapped", words: Words(en: "day and month swapped", zh: "日月颠倒"), m: 0.02, u: 0.0003),
    AgreementLevel(
      id: "one-edit", words: Words(en: "one digit off", zh: "差一位"), m: 0.06, u: 0.005),
    AgreementLevel(
      id: "two-parts", words: Words(en: "two of year, month and day", zh: "年月日中两项相同"), m: 0.02,
      u: 0.005),
    AgreementLevel(id: "differs", words: Words(en: "other date", zh: "日期不同"), m: 0.04, u: 0.9894),
  ]

  private var pool = TextPool()
  private var scratch = ContiguousArray<UInt8>()
  private var texts = TextRows()
  private var reader = DateDigits()

  var count: Int { pool.count }

  mutating func add(_ rows: TextRows, to values: inout ContiguousArray<UInt32>) {
    texts.removeAll()
    for row in 0..<rows.count {
      scratch.removeAll(keepingCapacity: true)
      HalfWidth.append(rows.bytes.span.extracting(rows.range(row)), to: &scratch)
      reader.rewrite(&scratch)
      texts.append(scratch)
    }
    pool.add(texts, to: &values)
  }

  func level(_ left: UInt32, _ right: UInt32) -> Int {
    let one = pool.bytes.span.extracting(pool.range(left))
    let other = pool.bytes.span.extracting(pool.range(right))
    guard one.count == 8, other.count == 8 else { return OneEdit.holds(one, other) ? 2 : 4 }
    let sameYear = Self.equal(one, other, 0..<4)
    let sameMonth = Self.equal(one, other, 4..<6)
    let sameDay = Self.equal(one, other, 6..<8)
    if sameYear, one[4] == other[6], one[5] == other[7], one[6] == other[4], one[7] == other[5] {
      return 1
    }
    if OneEdit.holds(one, other) { return 2 }
    return (sameYear ? 1 : 0) + (sameMonth ? 1 : 0) + (sameDay ? 1 : 0) >= 2 ? 3 : 4
  }

  private static func equal(_ left: Span<UInt8>, _ right: Span<UInt8>, _ range: Range<Int>) -> Bool
  {
    for index in range where left[index] != right[index] { return false }
    return true
  }

  func appendKeys(of value: UInt32, to keys: inout ContiguousArray<BlockingKey>) {
    let date = pool.bytes.span.extracting(pool.range(value))
    keys.append(BlockingKey(slot: 0, hash: UInt64(value)))
    guard date.count == 8 else { return }
    keys.append(BlockingKey(slot: 1, hash: ByteHash.hash(date.extracting(first: 6))))
    keys.append(BlockingKey(slot: 2, hash: ByteHash.hash(date.extracting(last: 4))))
  }
}

/// Rewrites a date as eight digits, year first; what is no date stays as it is.
struct DateDigits: Sendable {
  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ].map { Array($0.utf8) }

  private var numbers: [(value: Int, length: Int)] = []

  mutating func rewrite(_ text: inout ContiguousArray<UInt8>) {
    guard let (year, month, day) = read(text) else { return }
    text.removeAll(keepingCapacity: true)
    for (value, length) in [(year, 4), (month, 2), (day, 2)] {
      var divisor = length == 4 ? 1000 : 10
      while divisor > 0 {
        text.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
        divisor /= 10
      }
    }
  }

  private mutating func read(_ text: ContiguousArray<UInt8>) -> (Int, Int, Int)? {
    let word = collect(text)
    if numbers.count == 1, word == nil, numbers[0].length == 8 {
      let whole = numbers[0].value
      return Self.checked(whole / 10000, whole / 100 % 100, whole % 100)
    }
    if let word, numbers.count >= 2 {
      let isYearFirst = numbers[0].length == 4
      let (day, year) = isYearFirst ? (numbers[1], numbers[0]) : (numbers[0], numbers[1])
      return Self.checked(Self.fullYear(year), word, day.value)
    }
    guard numbers.count >= 3 else { return nil }
    let (one, two, three) = (numbers[0], numbers[1], numbers[2])
    if one.length == 4 { return Self.checked(one.value, two.value, three.value) }
    if one.value > 12 { return Self.checked(Self.fullYear(three), two.value, one.value) }
    return Self.checked(Self.fullYear(three), one.value, two.value)
  }

  private static func fullYear(_ number: (value: Int, length: Int)) -> Int {
    guard number.length <= 2 else { return number.value }
    return number.value + (number.value < 40 ? 2000 : 1900)
  }

  private static func checked(_ year: Int, _ month: Int, _ day: Int) -> (Int, Int, Int)? {
    guard (1...9999).contains(year), (1...31).contains(month), (1...31).contains(day) else {
      return nil
    }
    return (year, month, day)
  }

  /// Collects the numbers of `text`; gives the month that a word names.
  private mutating func collect(_ text: ContiguousArray<UInt8>) -> Int? {
    numbers.removeAll(keepingCapacity: true)
    var month: Int?
    var index = 0
    while index < text.count, numbers.count < 4 {
      let start = index
      var value = 0
      while index < text.count, text[index] &- UInt8(ascii: "0") < 10, index - start < 9 {
        value = value * 10 + Int(text[index] - UInt8(ascii: "0"))
        index += 1
      }
      if index > start {
        numbers.append((value, index - start))
        continue
      }
      while index < text.count, text[index] &- UInt8(ascii: "a") < 26 { index += 1 }
      if index - start >= 3 {
        month =
          Self.months.firstIndex { $0.elementsEqual(text[start..<start + 3]) }.map { $0 + 1 }
          ?? month
      }
      if index == start { index += 1 }
    }
    return month
  }
}
