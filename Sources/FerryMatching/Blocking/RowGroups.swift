import FerryCore

/// The groups of all fields, by row: each row's list is short and lies in one place.
struct RowGroups: Sendable {
  /// Rows whose lists are made at a time.
  private static let chunkSize = 1 << 13

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
  }

  /// Takes the groups of fields.
  init(_ indexes: [FieldIndex], in context: SearchContext) {
    worths = MarkWorths(indexes.map(\.worths))
    var chunks = Parallel.map(context.rowCount, by: Self.chunkSize) { rows in
      var chunk = Chunk()
      for row in rows {
        let start = chunk.groups.count
        if !context.equal.isLeftOut(row) {
          for index in indexes { index.appendGroups(of: row, to: &chunk.groups) }
          chunk.groups.sortMarks(from: start)
        }
        chunk.counts.append(UInt32(chunk.groups.count - start))
        for place in start..<chunk.groups.count where chunk.groups[place].firstRow == row {
          chunk.sizes.add(UInt32(chunk.groups[place].size))
        }
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
