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

  init(_ shape: EntityFields, _ forms: PlanForms) {
    self.shape = shape
    changes = ChangeBatch(.update, shape, forms)
  }

  /// Adds the plan's marks of the change that was added last.
  mutating func addHeld(_ marks: Span<UInt8>) {
    held.append(marks: marks, fieldCount: shape.fields.count)
  }
}
