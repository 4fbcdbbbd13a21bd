import FerryCore

/// See ``SetFieldBuilder``.
final class SetField<Store: ValueSetStore>: ComparedField {
  let name: String
  let kind: ColumnKind
  let frequencies: FrequencyShares
  let knownRowCount: Int
  private let store: Store
  private let rows: RowValues
  /// The column of each value; none where the field has one column.
  private let columns: ContiguousArray<UInt8>
  private let sameCodes: ContiguousArray<UInt8>
  /// The code where one column agrees and another differs; 0 where that is no level.
  private let partCode: Int

  init(
    _ name: String, _ kind: ColumnKind, _ store: Store, _ rows: RowValues,
    columns: ContiguousArray<UInt8>
  ) {
    self.name = name
    self.kind = kind
    self.store = store
    self.rows = rows
    self.columns = columns
    partCode = Store.partLevel.map(AgreementCode.level) ?? 0
    var counts = ContiguousArray<UInt32>(repeating: 0, count: store.count + 1)
    for value in rows.values { counts[Int(value)] += 1 }
    frequencies = FrequencyShares(counts)
    knownRowCount = (0..<rows.rowCount).count { !rows.range($0).isEmpty }
    sameCodes = ContiguousArray(
      counts.map { UInt8(AgreementCode.same(AgreementCode.frequencyClass($0))) })
  }

  var levels: [AgreementLevel] { Store.levels }
  var valueCount: Int { store.count }

  func addCodes(
    of pairs: ContiguousArray<RowPair>, at fieldIndex: Int,
    to patterns: inout ContiguousArray<Pattern>
  ) {
    let shift = fieldIndex * Pattern.bitsPerField
    // Loads that do not wait for each other come first: the values lie anywhere.
    var ranges = ContiguousArray<(left: Range<Int>, right: Range<Int>)>()
    var all = ContiguousArray<UInt32>()
    for start in stride(from: 0, to: pairs.count, by: PairBatch.size) {
      let batch = start..<min(start + PairBatch.size, pairs.count)
      ranges.removeAll(keepingCapacity: true)
      all.removeAll(keepingCapacity: true)
      for index in batch {
        ranges.append(
          (rows.range(Int(pairs[index].left)), rows.range(Int(pairs[index].right))))
      }
      for (left, right) in ranges where !left.isEmpty && !right.isEmpty {
        for place in left { all.append(rows.values[place]) }
        for place in right { all.append(rows.values[place]) }
      }
      PairBatch.keep(store.touch(all))
      for (index, place) in zip(batch, ranges.indices) {
        patterns[index] |= Pattern(bestCode(ranges[place].left, ranges[place].right)) << shift
      }
    }
  }

  func code(of pair: RowPair) -> Int {
    bestCode(rows.range(Int(pair.left)), rows.range(Int(pair.right)))
  }

  /// The lowest code of any two values: the rarest that both hold, else the nearest; 0 where a row
  /// has none.
  ///
  /// Two columns may hold different things, a mobile and a switchboard. So where only values of
  /// different columns differ, there is nothing to compare; and where one column agrees and
  /// another differs, that is less than if all agreed.
  private func bestCode(_ left: Range<Int>, _ right: Range<Int>) -> Int {
    if left.isEmpty || right.isEmpty { return 0 }
    let differs = AgreementCode.level(Store.levels.count - 1)
    let best = sameCode(left, right) ?? likestCode(left, right)
    if columns.isEmpty { return best }
    if best == differs { return haveCommonColumn(left, right) ? best : 0 }
    let mayDiffer = best <= AgreementCode.frequencyClasses && left.count > 1 && right.count > 1
    return mayDiffer && partCode > 0 && haveOtherColumn(left, right) ? partCode : best
  }

  /// The code of the rarest value that both hold; `nil` where they hold none.
  private func sameCode(_ left: Range<Int>, _ right: Range<Int>) -> Int? {
    var best: UInt8?
    for one in left {
      for other in right where rows.values[one] == rows.values[other] {
        best = min(best ?? .max, sameCodes[Int(rows.values[one])])
      }
    }
    return best.map(Int.init)
  }

  /// The code of the nearest two values, none of which is the same.
  private func likestCode(_ left: Range<Int>, _ right: Range<Int>) -> Int {
    var level = Store.levels.count - 1
    for one in left {
      for other in right { level = min(level, store.level(rows.values[one], rows.values[other])) }
    }
    return AgreementCode.level(max(1, level))
  }

  /// Whether some column holds a value in both rows.
  private func haveCommonColumn(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
    for one in left {
      for other in right where columns[one] == columns[other] { return true }
    }
    return false
  }

  /// Whether in some column that both rows fill none of their values is like any of the other's.
  private func haveOtherColumn(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
    for one in left {
      for other in right
      where columns[one] == columns[other] && !isLike(left, right, in: columns[one]) {
        return true
      }
    }
    return false
  }

  /// Whether a value of the column, in one row, is like some value of the other row.
  private func isLike(_ left: Range<Int>, _ right: Range<Int>, in column: UInt8) -> Bool {
    for one in left {
      for other in right
      where (columns[one] == column || columns[other] == column) && isLike(one, other) {
        return true
      }
    }
    return false
  }

  private func isLike(_ left: Int, _ right: Int) -> Bool {
    let (one, other) = (rows.values[left], rows.values[right])
    return one == other || store.level(one, other) < Store.levels.count - 1
  }

  func makeIndex(place: Int, in context: SearchContext) -> FieldIndex {
    FieldIndexBuilder(rows, valueCount: store.count, of: place, in: context).index(store)
  }

  func isKnown(_ row: Int) -> Bool { !rows.range(row).isEmpty }

  func signature(of row: Int, seed: UInt64) -> UInt64 {
    rows.range(row).reduce(ByteHash.join(seed, 1)) { ByteHash.join($0, UInt64(rows.values[$1])) }
  }
}
