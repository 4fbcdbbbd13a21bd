import Testing

@testable import FerryMatching

@Suite struct DamerauLevenshteinTests {
  struct Known: Sendable, CustomTestStringConvertible {
    let left: String
    let right: String
    let distance: Int
    var testDescription: String { "\(left) and \(right)" }

    static let all = [
      Known(left: "", right: "", distance: 0),
      Known(left: "", right: "abc", distance: 3),
      Known(left: "kitten", right: "sitting", distance: 3),
      Known(left: "ab", right: "ba", distance: 1),
      // Each character is touched once: the swapped pair takes no letter in between.
      Known(left: "ca", right: "abc", distance: 3),
      Known(left: "a cat", right: "an abct", distance: 4),
      Known(left: "中关村大街", right: "中关大村街", distance: 1),
      Known(left: "13800138000", right: "13800183000", distance: 1),
    ]
  }

  @Test(arguments: Known.all)
  func `gives the known distance, and one more than the limit beyond it`(_ known: Known) {
    let left = ContiguousArray(known.left.unicodeScalars.map(\.value))
    let right = ContiguousArray(known.right.unicodeScalars.map(\.value))
    for limit in 0...5 {
      let expected = min(known.distance, limit + 1)
      #expect(DamerauLevenshtein.distance(left.span, right.span, atMost: limit) == expected)
      #expect(DamerauLevenshtein.distance(right.span, left.span, atMost: limit) == expected)
      let pattern = SimilarityPattern(left.span)
      #expect(pattern.damerauLevenshtein(to: right.span, atMost: limit) == expected)
    }
    let bytes = (ContiguousArray(known.left.utf8), ContiguousArray(known.right.utf8))
    if bytes.0.count == left.count, bytes.1.count == right.count {
      #expect(
        DamerauLevenshtein.distance(bytes.0.span, bytes.1.span, atMost: .max) == known.distance)
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `agrees with the whole table of distances`(_ seed: UInt64) {
    var texts = SimilarityTexts(seed: seed)
    for _ in 0..<100 {
      let (left, right) = texts.pair()
      let plain = plainDistance(Array(left), Array(right))
      let pattern = SimilarityPattern(left.span)
      for limit in [0, 1, 2, 3, 7, 40, .max] {
        let expected = plain > limit ? limit + 1 : plain
        #expect(DamerauLevenshtein.distance(left.span, right.span, atMost: limit) == expected)
        #expect(pattern.damerauLevenshtein(to: right.span, atMost: limit) == expected)
      }
    }
  }

  @Test func `two books that differ in a word take no time`() {
    var left = ContiguousArray<UInt32>(repeating: 0x4E00, count: 2_000_000)
    let right = left
    left[1_000_000] = 0x4E01
    #expect(DamerauLevenshtein.distance(left.span, right.span, atMost: 2) == 1)
  }

  private func plainDistance(_ left: [UInt32], _ right: [UInt32]) -> Int {
    var table = [[Int]](
      repeating: [Int](repeating: 0, count: right.count + 1), count: left.count + 1)
    for row in 0...left.count {
      for column in 0...right.count {
        if row == 0 || column == 0 {
          table[row][column] = row + column
          continue
        }
        let cost = left[row - 1] == right[column - 1] ? 0 : 1
        var least = min(
          table[row - 1][column] + 1, table[row][column - 1] + 1, table[row - 1][column - 1] + cost)
        if row > 1, column > 1, left[row - 1] == right[column - 2],
          left[row - 2] == right[column - 1]
        {
          least = min(least, table[row - 2][column - 2] + 1)
        }
        table[row][column] = least
      }
    }
    return table[left.count][right.count]
  }
}
