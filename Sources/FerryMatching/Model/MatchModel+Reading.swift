public import Foundation

extension MatchModel {
  /// Reads what ``encoded()`` wrote.
  ///
  /// - Returns: `nil` where the bytes are no model, or one whose parts don't fit each other.
  public static func decoded(from bytes: Data) -> MatchModel? {
    guard let model = try? JSONDecoder().decode(MatchModel.self, from: bytes), model.isSound else {
      return nil
    }
    return model
  }

  private var isSound: Bool {
    guard format == 1, classes.count > 1 else { return false }
    return classes.allSatisfy { one in
      one.weight > 0 && one.weight <= 1 && one.probabilities.count == fields.count
        && zip(one.probabilities, fields).allSatisfy { shares, field in
          shares.count == field.outcomes.count && shares.allSatisfy { $0 > 0 && $0 <= 1 }
        }
    }
  }
}
