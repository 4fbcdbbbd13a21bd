import FerryCore
import FerryStores

/// Changes of one entity on their way to be held against the store, and what of each is compared.
struct CheckedBatch {
  private(set) var shape: EntityFields
  var changes: ChangeBatch
  /// By change: whether the run wrote it.
  var isWritten = ContiguousArray<Bool>()
  /// By change: whether it counts in control totals.
  var isTallied = ContiguousArray<Bool>()
  private(set) var held = HeldFields()

  init(_ shape: EntityFields) {
    self.shape = shape
    changes = ChangeBatch(.update, shape)
  }

  /// Starts over and keeps the memory.
  mutating func begin() {
    changes.begin(.update, shape)
    isWritten.removeAll(keepingCapacity: true)
    isTallied.removeAll(keepingCapacity: true)
    held.removeAll()
  }

  /// Adds the plan's marks of the change that was added last.
  mutating func addHeld(_ marks: Span<UInt8>) {
    held.append(marks: marks, fieldCount: shape.fields.count)
  }
}
