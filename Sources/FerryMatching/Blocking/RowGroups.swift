import FerryCore

/// The groups of all fields, by row: each row's list is short and lies in one place.
struct RowGroups: Sendable {
  /// Rows whose lists are made at a time.
  private static let chunkSize = 1 << 13
  /// Rows whose groups are loaded together.
  private static let batchSize = 256

  /// Where each row's groups start in ``groups``, and an end.
  private(set) var starts: ContiguousArray<UInt32> = [0]
  /// The groups of each row, rising.
  private(set) var groups = ContiguousArray<GroupMark>()
  /// What each is worth.
  let worths: MarkWorths
  /// How many groups there are of each size, those counted once that have the same rows.
  private(set) var sizes = GroupSizes()

  private struct Chunk: Sendable {
    var groups = ContiguousArray<GroupMark>()
    /// How many groups each row has.
    var counts = ContiguousArray<UInt32>()
    var sizes = GroupSizes()
    /// Where the groups of each field's values lie, value after value.
    private var ranges = ContiguousArray<Range<Int>>()
    /// Keeps loads from being left out.
    private var touched: UInt64 = 0

    mutating func add(_ rows: Range<Int>, _ indexes: [FieldIndex], _ equal: EqualRows) {
      ranges.removeAll(keepingCapacity: true)
      var fields = indexes.map { index in
        let first = ranges.count
        touched &+= index.appendRanges(of: index.rows.range(rows), to: &ranges)
        return first
      }
      for row in rows {
        let start = groups.count
        for (field, index) in indexes.enumerated() {
          let count = index.rows.range(row).count
          if !equal.isLeftOut(row) {
            for range in ranges[fields[field]..<fields[field] + count] {
              for place in range { groups.append(index.groups[place]) }
            }
          }
          fields[field] += count
        }
        groups.sortMarks(from: start)
        counts.append(UInt32(groups.count - start))
        for place in start..<groups.count where groups[place].firstRow == row {
          sizes.add(UInt32(groups[place].size))
        }
      }
    }
  }

  /// Takes the groups of fields.
  init(_ indexes: [FieldIndex], in context: SearchContext) {
    worths = MarkWorths(indexes.map(\.worths))
    var chunks = Parallel.map(context.rowCount, by: Self.chunkSize) { rows in
      var chunk = Chunk()
      for start in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.batchSize) {
        chunk.add(start..<min(start + Self.batchSize, rows.upperBound), indexes, context.equal)
      }
      return chunk
    }
    starts.reserveCapacity(context.rowCount + 1)
    groups.reserveCapacity(chunks.reduce(0) { $0 + $1.groups.count })
    var total: UInt32 = 0
    for index in chunks.indices {
      // Each is freed as soon as it was taken.
      let chunk = chunks[index]
      chunks[index] = Chunk()
      groups.append(contentsOf: chunk.groups)
      sizes.add(chunk.sizes)
      for count in chunk.counts {
        total += count
        starts.append(total)
      }
    }
  }

  @inline(__always)
  func range(_ row: Int) -> Range<Int> { Int(starts[row])..<Int(starts[row + 1]) }
}
