import Dispatch
import FerryCore
import FerryRecords
import Synchronization

// How it works: rows are read in rounds, a run of rows for each worker; the workers map their runs
// at the same time, each into records of its own; then the runs are added up in the order of the
// sheet. So the result is that of one worker, whatever their number. What a column's cells tell
// together (the order of dates, counts) is added up behind the last row.
//
// Where a row depends on those before it (the numbers of lines, recipes that rows choose) one worker
// maps all rows.

/// Maps the rows of one table on several cores.
struct MappingCrew {
  /// So many rows make a run; some thousand, so that handing over costs nothing.
  private static let rowsPerRun = 4_096

  private var mapper: TableMapper
  private let workers: [MappingWorker]
  private var runs: [[RowBatch]] = []

  /// Prepares `count` workers for the rows of a table.
  init(_ mapper: TableMapper, sink: MappingSink, count: Int) {
    self.mapper = mapper
    let isEachRowAlone = mapper.records.allSatisfy { $0.parent == nil && !$0.choosesColumns }
    workers =
      isEachRowAlone && count > 1
      ? (0..<count).map { _ in MappingWorker(mapper, MappingSink(like: sink)) } : []
    runs = workers.map { _ in [] }
  }

  /// Maps all rows; `progress` is told of the rows of each batch.
  ///
  /// - Returns: The mapper, to be finished.
  mutating func map(
    _ reader: any RowReader, into sink: inout MappingSink, progress: (Int) -> Void
  ) throws -> TableMapper {
    if workers.isEmpty {
      var batch = RowBatch()
      while try reader.read(into: &batch) {
        mapper.map(batch, into: &sink)
        progress(batch.rows.count)
      }
      return mapper
    }
    while try mapRound(reader, into: &sink, progress) {}
    for worker in workers { worker.withMapper { mapper.add($0) } }
    return mapper
  }

  /// Maps a run of rows for each worker; false behind the last row.
  private mutating func mapRound(
    _ reader: any RowReader, into sink: inout MappingSink, _ progress: (Int) -> Void
  ) throws -> Bool {
    var counts: [Int] = []
    var isOver = false
    for run in runs.indices where !isOver {
      let count = try fill(run, reader, progress)
      isOver = count.isLast
      counts.append(count.batches)
    }
    if counts.count == 1 {
      for batch in runs[0].prefix(counts[0]) { mapper.map(batch, into: &sink) }
      return false
    }
    let (runs, workers, counted) = (runs, workers, counts)
    DispatchQueue.concurrentPerform(iterations: counts.count) { run in
      workers[run].map(runs[run].prefix(counted[run]))
    }
    for run in counts.indices {
      let (part, dates) = workers[run].take()
      mapper.addPending(dates, movedBy: sink.append(contentsOf: part))
    }
    return !isOver
  }

  private mutating func fill(
    _ run: Int, _ reader: any RowReader, _ progress: (Int) -> Void
  ) throws -> (batches: Int, isLast: Bool) {
    var (batches, rows) = (0, 0)
    while rows < Self.rowsPerRun {
      if batches == runs[run].count { runs[run].append(RowBatch()) }
      guard try reader.read(into: &runs[run][batches]) else { return (batches, true) }
      rows += runs[run][batches].rows.count
      progress(runs[run][batches].rows.count)
      batches += 1
    }
    return (batches, false)
  }
}

/// Maps runs of rows into records of its own.
private final class MappingWorker: Sendable {
  private struct State {
    var mapper: TableMapper
    var sink: MappingSink
  }

  private let state: Mutex<State>
  private let empty: MappingSink

  init(_ mapper: TableMapper, _ sink: MappingSink) {
    state = Mutex(State(mapper: mapper, sink: sink))
    empty = sink
  }

  func map(_ batches: ArraySlice<RowBatch>) {
    state.withLock { state in
      for batch in batches { state.mapper.map(batch, into: &state.sink) }
    }
  }

  /// Gives what was mapped since the last time.
  func take() -> (MappingSink, [TableMapper.PendingDate]) {
    state.withLock { state in
      defer {
        state.sink = empty
        state.mapper.pendingDates = []
      }
      return (state.sink, state.mapper.pendingDates)
    }
  }

  func withMapper(_ body: (TableMapper) -> Void) {
    let mapper = state.withLock { $0.mapper }
    body(mapper)
  }
}
