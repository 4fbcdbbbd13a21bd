import FerryCore

/// See ``StoredFieldBuilder``.
final class StoredField<Store: ValueStore>: ComparedField {
  let name: String
  let kind: ColumnKind
  let frequencies: FrequencyShares
  let knownRowCount: Int
  private let store: Store
  /// The value of each row; 0 for none.
  private let values: ContiguousArray<UInt32>
  /// The code of "same" for each value.
  private let sameCodes: ContiguousArray<UInt8>

  init(_ name: String, _ kind: ColumnKind, _ store: Store, _ values: ContiguousArray<UInt32>) {
    self.name = name
    self.kind = kind
    self.store = store
    self.values = values
    var counts = ContiguousArray<UInt32>(repeating: 0, count: store.count + 1)
    for value in values { counts[Int(value)] += 1 }
    knownRowCount = values.count - Int(counts[0])
    counts[0] = 0
    frequencies = FrequencyShares(counts)
    sameCodes = ContiguousArray(
      counts.map { UInt8(AgreementCode.same(AgreementCode.frequencyClass($0))) })
  }

  var levels: [AgreementLevel] { store.agreementLevels }
  var valueCount: Int { store.count }

  func addCodes(
    of pairs: ContiguousArray<RowPair>, at fieldIndex: Int,
    to patterns: inout ContiguousArray<Pattern>
  ) {
    let shift = fieldIndex * Pattern.bitsPerField
    // Loads that do not wait for each other come first: the values lie anywhere.
    var (lefts, rights) = (ContiguousArray<UInt32>(), ContiguousArray<UInt32>())
    var unlike = ContiguousArray<UInt32>()
    for start in stride(from: 0, to: pairs.count, by: PairBatch.size) {
      let batch = start..<min(start + PairBatch.size, pairs.count)
      lefts.removeAll(keepingCapacity: true)
      rights.removeAll(keepingCapacity: true)
      unlike.removeAll(keepingCapacity: true)
      for index in batch {
        lefts.append(values[Int(pairs[index].left)])
        rights.append(values[Int(pairs[index].right)])
      }
      for (left, right) in zip(lefts, rights) where left != right && left > 0 && right > 0 {
        unlike.append(left)
        unlike.append(right)
      }
      PairBatch.keep(store.touch(unlike))
      for (index, place) in zip(batch, lefts.indices) {
        patterns[index] |= Pattern(code(lefts[place], rights[place])) << shift
      }
    }
  }

  func code(of pair: RowPair) -> Int { code(values[Int(pair.left)], values[Int(pair.right)]) }

  @inline(__always)
  private func code(_ left: UInt32, _ right: UInt32) -> Int {
    guard left > 0, right > 0 else { return 0 }
    if left == right { return Int(sameCodes[Int(left)]) }
    return AgreementCode.level(max(1, store.level(left, right)))
  }

  func makeIndex(place: Int, in context: SearchContext) -> FieldIndex {
    FieldIndexBuilder(
      RowValues(values: values, starts: nil), valueCount: store.count, of: place, in: context
    ).index(store)
  }

  func isKnown(_ row: Int) -> Bool { values[row] > 0 }

  func signature(of row: Int, seed: UInt64) -> UInt64 {
    ByteHash.join(seed, UInt64(values[row]))
  }
}

/// The values of each row, one after the other.
struct RowValues: Sendable {
  let values: ContiguousArray<UInt32>
  /// Where each row's values start, and an end; `nil` where each row has one, 0 for none.
  let starts: ContiguousArray<UInt32>?

  var rowCount: Int { starts.map { $0.count - 1 } ?? values.count }

  /// Where the values of some rows lie in ``values``.
  func range(_ rows: Range<Int>) -> Range<Int> {
    guard let starts else { return rows }
    return Int(starts[rows.lowerBound])..<Int(starts[rows.upperBound])
  }

  func range(_ row: Int) -> Range<Int> {
    guard let starts else { return row..<row + 1 }
    return Int(starts[row])..<Int(starts[row + 1])
  }
}
