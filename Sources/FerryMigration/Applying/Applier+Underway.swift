import FerryRecords
import FerryStores

// New records for a table that was empty: while the store writes one batch, the next is read from
// the plan and put together. For each batch the order stays intent, write, outcome, and the next
// intent comes after the outcome; what is put together early touches neither store nor journal.

/// A batch that the store is writing; its intent stands in the journal.
struct UnderwayBatch {
  let batch: ChangeBatch
  var work: BatchWork
  /// Nothing where no record of the batch went to the store.
  let results: Task<[WriteResult], any Error>

  /// Lets the store write new records.
  static func write(
    _ page: RecordPage, to store: any CRMStore, _ context: MigrationContext
  ) -> Task<[WriteResult], any Error> {
    Task {
      guard page.count > 0 else { return [] }
      for delay in context.retryDelays {
        do {
          return try await store.write(WriteBatch(.create, page))
        } catch let error as StoreError {
          guard error.isTransient, !context.isStopped() else { throw error }
          try await Task.sleep(for: delay)
        }
      }
      return try await store.write(WriteBatch(.create, page))
    }
  }
}

extension Applier {
  /// Hands a batch of new records to the store, once the batch before is done.
  ///
  /// - Returns: False where the run is to stop before it.
  func sendNew(_ batch: ChangeBatch, _ first: Int, _ last: Int) async throws -> Bool {
    // References lead to records of other entities, which must have their ids.
    if let underway, underway.batch.shape != batch.shape { try await finishUnderway() }
    var record = BatchRecord(
      run: run.run, number: batchNumber, store: run.store, entity: batch.shape.entity.name,
      kind: batch.kind.rawValue, first: first, last: last)
    var work = BatchWork(batch, record: record, isRedone: false)
    try work.sort(against: nil, ids: ids, parsed: &parsed)
    try await finishUnderway()
    guard !context.isStopped() else {
      try journal.commitPending()
      return false
    }
    try journal.begin(&record)
    openCount = batch.count
    try context.checkpoint("intent")
    wroteEntities.insert(batch.shape.entity.name)
    work.record.id = record.id
    underway = UnderwayBatch(
      batch: batch, work: work, results: UnderwayBatch.write(work.page, to: store, context))
    return true
  }

  /// Waits for the batch that the store is writing, and notes what became of it.
  func finishUnderway() async throws {
    guard var done = underway else { return }
    let results = try await done.results.value
    underway = nil
    if done.work.page.count > 0 {
      try context.checkpoint("write")
      try done.work.take(results)
    }
    try done.work.finish(in: journal, ids: &ids)
    try context.checkpoint("outcome")
    count(done.work.record, of: done.batch)
    context.progress(.apply, doneCount, plan.changeCount)
  }
}
