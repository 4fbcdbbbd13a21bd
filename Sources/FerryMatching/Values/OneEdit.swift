/// Whether two byte strings are one slip of the hand apart.
enum OneEdit {
  /// One byte more, less or other, or two neighbours swapped; equal strings are not.
  ///
  /// Source: the edits of F. Damerau, "A Technique for Computer Detection and Correction of
  /// Spelling Errors", CACM 7 (1964), 171–176.
  static func holds(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
    let difference = left.count - right.count
    guard (-1...1).contains(difference) else { return false }
    let shortest = min(left.count, right.count)
    var start = 0
    while start < shortest, left[start] == right[start] { start += 1 }
    var end = 0
    while end < shortest - start, left[left.count - 1 - end] == right[right.count - 1 - end] {
      end += 1
    }
    let leftRest = left.count - start - end
    let rightRest = right.count - start - end
    switch (leftRest, rightRest) {
    case (1, 1), (0, 1), (1, 0): return true
    case (2, 2):
      return left[start] == right[start + 1] && left[start + 1] == right[start]
    default: return false
    }
  }
}
