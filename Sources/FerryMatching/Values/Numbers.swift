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

  private var pool = TextPool()
  private var numbers: ContiguousArray<Double> = [.nan]
  private var scratch = ContiguousArray<UInt8>()
  private var folded = ContiguousArray<UInt8>()

  var count: Int { pool.count }

  mutating func add(_ text: TextList) -> UInt32 {
    scratch.removeAll(keepingCapacity: true)
    folded.removeAll(keepingCapacity: true)
    HalfWidth.append(text.bytes.span, to: &folded)
    for byte in folded where byte != UInt8(ascii: ",") && byte > 0x20 { scratch.append(byte) }
    while let first = scratch.first, first == UInt8(ascii: "$") || first == UInt8(ascii: "+") {
      scratch.removeFirst()
    }
    guard !scratch.isEmpty, scratch.count < 64 else { return 0 }
    if let number = Double(String(decoding: scratch, as: UTF8.self)), number.isFinite {
      // 12, 12.0 and 12.00 are one number.
      scratch = ContiguousArray("\(number)".utf8)
      let (index, isNew) = pool.add(scratch)
      if isNew { numbers.append(number) }
      return index
    }
    let (index, isNew) = pool.add(scratch)
    if isNew { numbers.append(.nan) }
    return index
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
