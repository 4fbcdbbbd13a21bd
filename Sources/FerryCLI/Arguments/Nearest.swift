/// Finds the known word that a mistyped one was meant to be.
enum Nearest {
  /// The closest of `known`; `nil` where none is close enough to be meant.
  static func word(to typed: String, among known: [String]) -> String? {
    let scored = known.map { (distance(typed, $0), $0) }.min { $0 < $1 }
    guard let (edits, best) = scored, edits <= max(1, typed.count / 3) else { return nil }
    return best
  }

  /// The Levenshtein distance over characters.
  ///
  /// - Complexity: O(*nm*).
  static func distance(_ left: String, _ right: String) -> Int {
    let target = Array(right)
    var row = Array(0...target.count)
    for (lineNumber, character) in left.enumerated() {
      var diagonal = row[0]
      row[0] = lineNumber + 1
      for index in target.indices {
        let substituted = diagonal + (character == target[index] ? 0 : 1)
        diagonal = row[index + 1]
        row[index + 1] = min(substituted, diagonal + 1, row[index] + 1)
      }
    }
    return row[target.count]
  }
}
