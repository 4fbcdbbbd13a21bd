import FerryCore
import Foundation

/// Plain numbers: amounts, prices, counts.
struct Numbers: ValueStore {
  static let levels: [AgreementLevel] = [
    AgreementLevel(id: "same", words: Words(en: "same number", zh: "数值相同"), m: 0.75, u: 0.01),
    AgreementLevel(
      id: "one-percent", words: Words(en: "within 1 %", zh: "相差 1% 以内"), m: 0.05, u: 0.01),
    AgreementLevel(
      id: "ten-percent", words: Words(en: "within 10 %", zh: "相差 10% 以内"), m: 0.08, u: 0.06),
    AgreementLevel(
      id: "third", words: Words(en: "within a third", zh: "相差三分之一以内"), m: 0.05, u: 0.12),
    AgreementLevel(id: "differs", words: Words(en: "other number", zh: "数值不同"), m: 0.07, u: 0.80),
  ]

  /// A longer text is no number that anybody means.
  private static let longest = 64

  private var pool = TextPool()
  private var numbers: ContiguousArray<Double> = [.nan]
  private var texts = TextRows()
  private var parsed = ContiguousArray<Double>()
  private var scratch = ContiguousArray<UInt8>()
  private var folded = ContiguousArray<UInt8>()

  var count: Int { pool.count }

  mutating func add(_ rows: TextRows, to values: inout ContiguousArray<UInt32>) {
    texts.removeAll()
    parsed.removeAll(keepingCapacity: true)
    let first = values.count
    for row in 0..<rows.count {
      parsed.append(read(rows.bytes.span.extracting(rows.range(row))))
      texts.append(scratch)
    }
    pool.add(texts, to: &values)
    for (number, value) in zip(parsed, values[first...]) where value == numbers.count {
      numbers.append(number)
    }
  }

  /// The number that a text is, NaN where it is none; leaves in `scratch` what it is known by.
  private mutating func read(_ text: Span<UInt8>) -> Double {
    scratch.removeAll(keepingCapacity: true)
    folded.removeAll(keepingCapacity: true)
    HalfWidth.append(text, to: &folded)
    for byte in folded where byte != UInt8(ascii: ",") && byte > 0x20 { scratch.append(byte) }
    while let first = scratch.first, first == UInt8(ascii: "$") || first == UInt8(ascii: "+") {
      scratch.removeFirst()
    }
    if scratch.count >= Self.longest { scratch.removeAll() }
    guard let number = Double(String(decoding: scratch, as: UTF8.self)), number.isFinite else {
      return .nan
    }
    // 12, 12.0 and 12.00 are one number.
    scratch = ContiguousArray("\(number)".utf8)
    return number
  }

  func level(_ left: UInt32, _ right: UInt32) -> Int {
    let (one, other) = (numbers[Int(left)], numbers[Int(right)])
    guard one.isFinite, other.isFinite else { return 4 }
    let largest = max(abs(one), abs(other))
    let difference = abs(one - other) / largest
    if difference <= 0.01 { return 1 }
    if difference <= 0.1 { return 2 }
    return difference <= 1.0 / 3 ? 3 : 4
  }

  func appendKeys(of value: UInt32, to keys: inout ContiguousArray<BlockingKey>) {
    keys.append(BlockingKey(slot: 0, hash: UInt64(value)))
  }
}
