/// Values that a store takes once, and who has them: records of the plan, or of the store alone.
///
/// A class, since what one entity takes another may want.
final class TakenValues {
  /// Who has a value.
  struct Holder: Hashable {
    let entity: String
    /// The external id, or `#ID` where Ferry never loaded it.
    let label: String
  }

  /// By list, then by value in small letters.
  private var holders: [String: [String: Holder]] = [:]

  /// Who has a value; `nil` for nobody.
  func holder(of value: String, in list: String) -> Holder? { holders[list]?[value.lowercased()] }

  /// Gives a value to a record, unless another has it already.
  func claim(_ value: String, in list: String, for holder: Holder) {
    guard self.holder(of: value, in: list) == nil else { return }
    holders[list, default: [:]][value.lowercased()] = holder
  }
}
