import FerryCore

/// See ``SetFieldBuilder``.
final class SetField<Store: ValueSetStore>: ComparedField {
  let name: String
  let kind: ColumnKind
  let frequencies: FrequencyShares
  let knownRowCount: Int
  private let store: Store
  private let rows: RowValues
  /// The column of each value, where the field has several.
  private let columns: ContiguousArray<UInt8>?
  private let sameCodes: ContiguousArray<UInt8>

  init(
    _ name: String, _ kind: ColumnKind, _ store: Store, _ rows: RowValues,
    _ columns: ContiguousArray<UInt8>?
  ) {
    self.name = name
    self.kind = kind
    self.store = store
    self.rows = rows
    self.columns = columns
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
    // Loads that do not wait for each other come first: the right rows lie anywhere.
    let rights = ContiguousArray(pairs.map { rows.range(Int($0.right)) })
    for index in pairs.indices {
      let left = rows.range(Int(pairs[index].left))
      let right = rights[index]
      guard !left.isEmpty, !right.isEmpty else { continue }
      patterns[index] |= Pattern(bestCode(left, right)) << shift
    }
  }

  /// The lowest code of any two values: the rarest that both hold, else the nearest.
  ///
  /// Two columns may hold different things, a mobile and a switchboard. So where only values of
  /// different columns differ, there is nothing to compare; and where one column agrees and
  /// another differs, that is less than if all agreed.
  private func bestCode(_ left: Range<Int>, _ right: Range<Int>) -> Int {
    let differs = AgreementCode.level(Store.levels.count - 1)
    var best = differs
    for leftIndex in left {
      for rightIndex in right {
        let (one, other) = (rows.values[leftIndex], rows.values[rightIndex])
        if one == other {
          best = min(best, Int(sameCodes[Int(one)]))
        } else if best > AgreementCode.frequencyClasses {
          best = min(best, AgreementCode.level(max(1, store.level(one, other))))
        }
      }
    }
    guard let columns else { return best }
    if best == differs { return haveCommonColumn(left, right, columns) ? best : 0 }
    guard let level = Store.partLevel, best <= AgreementCode.frequencyClasses,
      left.count > 1, right.count > 1, haveOtherColumn(left, right, columns)
    else { return best }
    return AgreementCode.level(level)
  }

  /// Whether some column holds a value in both rows.
  private func haveCommonColumn(
    _ left: Range<Int>, _ right: Range<Int>, _ columns: ContiguousArray<UInt8>
  ) -> Bool {
    left.contains { index in right.contains { columns[index] == columns[$0] } }
  }

  /// Whether in some column that both rows fill none of their values is like any of the other's.
  private func haveOtherColumn(
    _ left: Range<Int>, _ right: Range<Int>, _ columns: ContiguousArray<UInt8>
  ) -> Bool {
    left.contains { index in
      let column = columns[index]
      guard right.contains(where: { columns[$0] == column }) else { return false }
      return !left.contains { one in
        right.contains { other in
          (columns[one] == column || columns[other] == column) && isLike(one, other)
        }
      }
    }
  }

  private func isLike(_ left: Int, _ right: Int) -> Bool {
    let (one, other) = (rows.values[left], rows.values[right])
    return one == other || store.level(one, other) < Store.levels.count - 1
  }

  func makeIndex(without equal: EqualRows) -> FieldIndex {
    FieldIndexBuilder(store).finish(rows: rows, without: equal)
  }

  func isKnown(_ row: Int) -> Bool { !rows.range(row).isEmpty }

  func signature(of row: Int, seed: UInt64) -> UInt64 {
    rows.range(row).reduce(ByteHash.join(seed, 1)) { ByteHash.join($0, UInt64(rows.values[$1])) }
  }
}
