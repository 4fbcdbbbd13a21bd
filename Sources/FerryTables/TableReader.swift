internal import FerryCore

/// The rows of one table, each with its role.
final class TableReader: RowReader {
  private let inner: any RowReader
  private var sieve: TableSieve

  init(_ inner: any RowReader, _ sieve: TableSieve) {
    self.inner = inner
    self.sieve = sieve
  }

  func read(into batch: inout RowBatch) throws -> Bool {
    repeat {
      guard !sieve.isDone, try inner.read(into: &batch) else {
        sieve.finish()
        batch.removeAll()
        return false
      }
      sieve.take(&batch)
    } while batch.rows.isEmpty
    return true
  }

  func takeFindings() -> [Finding] { sieve.takeFindings(inner.takeFindings()) }
}
