import FerryCore

/// Numbers of documents and accounts, letters and digits only.
struct Identifiers: ValueStore {
  static let levels: [AgreementLevel] = [
    AgreementLevel(id: "same", words: Words(en: "same number", zh: "编号相同"), m: 0.88, u: 0.000001),
    AgreementLevel(
      id: "one-edit", words: Words(en: "one character off", zh: "差一个字符"), m: 0.06, u: 0.00002),
    AgreementLevel(
      id: "contained", words: Words(en: "one holds the other", zh: "一个包含另一个"), m: 0.01, u: 0.00002),
    AgreementLevel(
      id: "differs", words: Words(en: "other number", zh: "编号不同"), m: 0.05, u: 0.999959),
  ]
  private static let shortestContained = 4

  private var pool = TextPool()
  private var texts = TextRows()
  private var folded = ContiguousArray<UInt8>()

  var count: Int { pool.count }

  mutating func add(_ rows: TextRows, to values: inout ContiguousArray<UInt32>) {
    texts.removeAll()
    for row in 0..<rows.count {
      folded.removeAll(keepingCapacity: true)
      HalfWidth.append(rows.bytes.span.extracting(rows.range(row)), to: &folded)
      folded.removeAll { $0 < 0x80 && !Self.isWordByte($0) }
      texts.append(folded)
    }
    pool.add(texts, to: &values)
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte &- UInt8(ascii: "0") < 10 || byte &- UInt8(ascii: "a") < 26
  }

  func level(_ left: UInt32, _ right: UInt32) -> Int {
    let one = pool.bytes.span.extracting(pool.range(left))
    let other = pool.bytes.span.extracting(pool.range(right))
    if OneEdit.holds(one, other) { return one.count > 2 ? 1 : 3 }
    return Self.holds(one, other) || Self.holds(other, one) ? 2 : 3
  }

  /// Whether the shorter one begins or ends the longer one.
  private static func holds(_ long: Span<UInt8>, _ short: Span<UInt8>) -> Bool {
    guard short.count >= shortestContained, short.count < long.count else { return false }
    return long.extracting(first: short.count).hasSameBytes(as: short)
      || long.extracting(last: short.count).hasSameBytes(as: short)
  }

  func appendKeys(of value: UInt32, to keys: inout ContiguousArray<BlockingKey>) {
    let text = pool.bytes.span.extracting(pool.range(value))
    keys.append(BlockingKey(slot: 0, hash: UInt64(value)))
    guard text.count >= 4 else { return }
    let half = (text.count + 1) / 2
    keys.append(BlockingKey(slot: 1, hash: ByteHash.hash(text.extracting(first: half))))
    keys.append(BlockingKey(slot: 2, hash: ByteHash.hash(text.extracting(last: text.count - half))))
  }
}
