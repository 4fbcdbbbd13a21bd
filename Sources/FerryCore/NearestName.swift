import Foundation

/// The known name that a person most likely meant.
///
/// Distance is Damerau–Levenshtein's with adjacent transpositions (optimal string alignment) over
/// characters, so that a Chinese sign counts as one, without regard to case or width.
package enum NearestName {
  /// The nearest of `known`; `nil` where none is near.
  ///
  /// Near is a third of the longer name, rounded, or one name within the other that makes half of
  /// it. Codes of two letters are near nothing. Of several equally near names the first wins.
  package static func of(_ name: String, among known: some Sequence<String>) -> String? {
    let wanted = folded(name)
    var best: (name: String, distance: Int)?
    for candidate in known {
      let other = folded(candidate)
      let longer = max(wanted.count, other.count)
      let limit = longer < 3 && wanted.allSatisfy(\.isASCII) ? 0 : (longer + 1) / 3
      var distance = editDistance(wanted, other)
      if distance > limit || distance >= longer {
        guard isWithin(wanted, other) || isWithin(other, wanted) else { continue }
        distance = limit + 1
      }
      if distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
  }

  private static func isWithin(_ part: [Character], _ whole: [Character]) -> Bool {
    part.count >= 2 && part.count * 2 >= whole.count && String(whole).contains(String(part))
  }

  private static func folded(_ name: String) -> [Character] {
    Array(name.folding(options: [.caseInsensitive, .widthInsensitive], locale: nil))
  }

  /// How many characters must be put in, left out, changed or swapped with their neighbour.
  static func editDistance(_ left: [Character], _ right: [Character]) -> Int {
    guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for (row, a) in left.enumerated() {
      var current = [row + 1]
      for (column, b) in right.enumerated() {
        var cost = min(last[column + 1], current[column]) + 1
        cost = min(cost, last[column] + (a == b ? 0 : 1))
        if row > 0, column > 0, a == right[column - 1], b == left[row - 1] {
          cost = min(cost, beforeLast[column - 1] + 1)
        }
        current.append(cost)
      }
      (beforeLast, last) = (last, current)
    }
    return last[right.count]
  }
}
