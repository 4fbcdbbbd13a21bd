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

    mutating func add(_ rows: Range<Int>, _ gathering: inout RowGathering) {
      let ends = gathering.ends
      var marks = gathering.marks.mutableSpan
      var start = 0
      for (row, end) in zip(rows, ends) {
        let kept = marks.sortMarks(start..<Int(end))
        counts.append(UInt32(kept - start))
        for place in start..<kept {
          groups.append(marks[place])
          if marks[place].firstRow == row { sizes.add(UInt32(marks[place].size)) }
        }
        start = Int(end)
      }
    }
  }

  /// Takes the groups of fields.
  init(_ indexes: [FieldIndex], in context: SearchContext) {
    worths = MarkWorths(indexes.map(\.worths))
    var chunks = Parallel.map(context.rowCount, by: Self.chunkSize) { rows in
      var chunk = Chunk()
      var gathering = RowGathering()
      for start in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.batchSize) {
        let batch = start..<min(start + Self.batchSize, rows.upperBound)
        gathering.gather(batch, indexes, context.equal)
        chunk.add(batch, &gathering)
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

/// Brings the groups of some rows together, those of all fields by row.
private struct RowGathering {
  /// The groups, row after row, and where those of each row end.
  var marks = ContiguousArray<GroupMark>()
  private(set) var ends = ContiguousArray<UInt32>()
  /// Where the groups of each field's values lie, value after value.
  private var ranges = ContiguousArray<Range<Int>>()
  /// Keeps loads from being left out.
  private var touched: UInt64 = 0

  mutating func gather(_ rows: Range<Int>, _ indexes: [FieldIndex], _ equal: EqualRows) {
    ranges.removeAll(keepingCapacity: true)
    for index in indexes {
      touched &+= index.appendRanges(of: index.rows.range(rows), to: &ranges)
    }
    let ranges = ranges
    var ends = ContiguousArray<UInt32>(repeating: 0, count: rows.count)
    var first = 0
    for index in indexes {
      first = Self.eachRange(of: index, rows, ranges.span, from: first, equal) { row, range in
        ends[row] += UInt32(range.count)
      }
    }
    let total = ends.makeStarts()
    while marks.count < total { marks.append(GroupMark(bits: 0)) }
    var gathered = marks.mutableSpan
    first = 0
    for index in indexes {
      let groups = index.groups
      first = Self.eachRange(of: index, rows, ranges.span, from: first, equal) { row, range in
        var end = Int(ends[row])
        for place in range {
          gathered[end] = groups[place]
          end += 1
        }
        ends[row] = UInt32(end)
      }
    }
    self.ends = ends
  }

  /// Calls `body` with the ranges of each row that is compared, rows counted from 0; where they end.
  @inline(__always)
  private static func eachRange(
    of index: FieldIndex, _ rows: Range<Int>, _ ranges: Span<Range<Int>>, from first: Int,
    _ equal: EqualRows, _ body: (Int, Range<Int>) -> Void
  ) -> Int {
    var first = first
    for row in rows {
      let next = first + index.rows.range(row).count
      if !equal.isLeftOut(row) {
        for place in first..<next { body(row - rows.lowerBound, ranges[place]) }
      }
      first = next
    }
    return first
  }
}
