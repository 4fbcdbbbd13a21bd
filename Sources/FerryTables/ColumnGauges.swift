internal import Dispatch
internal import FerryCore
internal import Synchronization

// How it works: columns are independent of each other, and watching them costs more than reading
// them. So every second column belongs to one group, the others to another, each with a queue of its
// own, and the next rows are read while these are watched. Each group sees all rows in order, so that
// what comes out does not depend on the threads. A reader that is too far ahead waits.

/// Watches all columns of a table, on threads of their own where there are many cells.
final class ColumnGauges: Sendable {
  /// Fewer cells than these are not worth a thread, in one batch.
  private static let leastCells = 2_000

  private let groups: [GaugeGroup]

  init(_ table: Table) {
    let width = table.columnIndexes.upperBound + 1
    groups = (0..<2).map { group in
      GaugeGroup(table.columns.enumerated().filter { $0.offset % 2 == group }.map(\.element), width)
    }
  }

  /// Takes the rows of data into account.
  func observe(_ batch: RowBatch) {
    if batch.cells.count < Self.leastCells {
      for group in groups { group.observeNow(batch) }
    } else {
      for group in groups { group.observeSoon(batch) }
    }
  }

  /// The gauges by rising column.
  var all: [ColumnGauge] {
    groups.flatMap(\.all).sorted { $0.column.columnIndex < $1.column.columnIndex }
  }
}

/// Some columns of a table.
private final class GaugeGroup: Sendable {
  /// How many batches may wait, each of a few hundred kilobytes.
  private static let mostWaiting = 4

  private let queue = DispatchQueue(label: "ferry.gauges")
  private let room = DispatchSemaphore(value: mostWaiting)
  private let gauges: Mutex<[ColumnGauge]>
  /// By column of the sheet; -1 for those that are not in this group.
  private let gaugeOfColumn: [Int]

  init(_ columns: [TableColumn], _ width: Int) {
    gauges = Mutex(columns.map { ColumnGauge($0) })
    var places = [Int](repeating: -1, count: width)
    for (place, column) in columns.enumerated() { places[column.columnIndex] = place }
    gaugeOfColumn = places
  }

  /// The gauges, once all rows were seen.
  var all: [ColumnGauge] { queue.sync { gauges.withLock { $0 } } }

  /// Takes rows into account behind those that wait.
  func observeNow(_ batch: RowBatch) { queue.sync { observe(batch) } }

  /// Leaves rows to be taken into account; waits where too many others are.
  func observeSoon(_ batch: RowBatch) {
    room.wait()
    queue.async { [self] in
      observe(batch)
      room.signal()
    }
  }

  private func observe(_ batch: RowBatch) {
    gauges.withLock { gauges in
      let bytes = batch.bytes.span
      for index in batch.rows.indices where batch.rows[index].role == .data {
        let number = Int(batch.rows[index].rowNumber)
        for cell in batch.cells(ofRow: index) where Int(cell.columnIndex) < gaugeOfColumn.count {
          let place = gaugeOfColumn[Int(cell.columnIndex)]
          guard place >= 0 else { continue }
          gauges[place].observe(bytes.extracting(cell.range), cell.kind, rowNumber: number)
        }
      }
    }
  }
}
