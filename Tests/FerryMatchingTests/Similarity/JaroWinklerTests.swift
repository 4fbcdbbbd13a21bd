import FerryTestSupport
import Testing

@testable import FerryMatching

@Suite struct JaroWinklerTests {
  struct Known: Sendable, CustomTestStringConvertible {
    let left: String
    let right: String
    let similarity: Double
    var testDescription: String { "\(left) and \(right)" }

    /// The first four stand in Winkler's papers.
    static let all = [
      Known(left: "MARTHA", right: "MARHTA", similarity: 0.961111),
      Known(left: "DIXON", right: "DICKSONX", similarity: 0.813333),
      Known(left: "DWAYNE", right: "DUANE", similarity: 0.84),
      Known(left: "JONES", right: "JOHNSON", similarity: 0.832381),
      Known(left: "a", right: "a", similarity: 1),
      Known(left: "a", right: "b", similarity: 0),
      Known(left: "", right: "", similarity: 1),
      Known(left: "", right: "a", similarity: 0),
      Known(left: "王小明", right: "王晓明", similarity: 0.8),
      Known(left: "张三", right: "李四", similarity: 0),
    ]
  }

  @Test(arguments: Known.all)
  func `gives the known value, cached or not, of code points and of bytes`(_ known: Known) {
    let left = ContiguousArray(known.left.unicodeScalars.map(\.value))
    let right = ContiguousArray(known.right.unicodeScalars.map(\.value))
    #expect(abs(JaroWinkler.similarity(left.span, right.span) - known.similarity) < 1e-6)
    let pattern = SimilarityPattern(left.span)
    #expect(abs(pattern.jaroWinkler(to: right.span) - known.similarity) < 1e-6)
    if known.left.utf8.count == left.count, known.right.utf8.count == right.count {
      let bytes = (ContiguousArray(known.left.utf8), ContiguousArray(known.right.utf8))
      #expect(
        JaroWinkler.similarity(bytes.0.span, bytes.1.span)
          == JaroWinkler.similarity(left.span, right.span))
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `agrees with the textbook's loops`(_ seed: UInt64) {
    var texts = SimilarityTexts(seed: seed)
    for _ in 0..<200 {
      let (left, right) = texts.pair()
      let plain = PlainJaroWinkler.similarity(Array(left), Array(right))
      #expect(abs(JaroWinkler.similarity(left.span, right.span) - plain) < 1e-12)
      #expect(abs(SimilarityPattern(left.span).jaroWinkler(to: right.span) - plain) < 1e-12)
    }
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func `four at a time are as four by themselves`(_ seed: UInt64) {
    var texts = SimilarityTexts(seed: seed)
    for _ in 0..<100 {
      var units = ContiguousArray<UInt32>()
      var ranges: [Range<Int>] = []
      let (first, text) = texts.pair()
      for left in [first, texts.pair().0, texts.pair().1, texts.pair().0] {
        ranges.append(units.count..<units.count + left.count)
        units.append(contentsOf: left)
      }
      let all = SimilarityPatterns(units.span, ranges).jaroWinkler(to: text.span)
      for lane in 0..<SimilarityPatterns.count {
        let left = units.span.extracting(ranges[lane])
        #expect(all[lane] == JaroWinkler.similarity(left, text.span))
      }
    }
  }

  @Test func `a cell that holds a book takes no time`() {
    let book = ContiguousArray<UInt32>(repeating: 0x4E00, count: 5_000_000)
    #expect(JaroWinkler.similarity(book.span, book.span) == 1)
  }
}

/// The definition, step by step.
enum PlainJaroWinkler {
  static func similarity(_ left: [UInt32], _ right: [UInt32]) -> Double {
    if left.isEmpty && right.isEmpty { return 1 }
    let reach = max(0, max(left.count, right.count) / 2 - 1)
    var isTaken = [Bool](repeating: false, count: left.count)
    var rightMatches: [UInt32] = []
    for (index, unit) in right.enumerated() {
      let place = left.indices.first {
        abs($0 - index) <= reach && !isTaken[$0] && left[$0] == unit
      }
      guard let place else { continue }
      isTaken[place] = true
      rightMatches.append(unit)
    }
    if rightMatches.isEmpty { return 0 }
    let leftMatches = left.indices.filter { isTaken[$0] }.map { left[$0] }
    let moved = zip(leftMatches, rightMatches).count { $0 != $1 } / 2
    let count = Double(rightMatches.count)
    let jaro =
      (count / Double(left.count) + count / Double(right.count) + (count - Double(moved)) / count)
      / 3
    if jaro <= 0.7 { return jaro }
    let prefix = zip(left, right).prefix(4).prefix { $0 == $1 }.count
    return jaro + Double(prefix) * 0.1 * (1 - jaro)
  }
}

/// Pairs of texts, alike and not, short and longer than a word has bits.
struct SimilarityTexts {
  private var random: SeededRandom

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  mutating func pair() -> (ContiguousArray<UInt32>, ContiguousArray<UInt32>) {
    let signs: [[UInt32]] = [[97, 98], Array(97...122), Array(0x4E00...0x4E20) + [97 + 128, 97]]
    let alphabet = signs[Int.random(in: 0..<signs.count, using: &random)]
    let longest = [4, 12, 40, 64, 70, 150][Int.random(in: 0..<6, using: &random)]
    let left = text(alphabet, Int.random(in: 0...longest, using: &random))
    if Bool.random(using: &random) {
      return (left, text(alphabet, Int.random(in: 0...longest, using: &random)))
    }
    return (left, edited(left, alphabet))
  }

  private mutating func text(_ alphabet: [UInt32], _ count: Int) -> ContiguousArray<UInt32> {
    ContiguousArray(
      (0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] })
  }

  private mutating func edited(_ text: ContiguousArray<UInt32>, _ alphabet: [UInt32])
    -> ContiguousArray<UInt32>
  {
    var text = text
    for _ in 0..<Int.random(in: 0...5, using: &random) {
      let place = Int.random(in: 0...text.count, using: &random)
      let unit = alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
      switch Int.random(in: 0..<4, using: &random) {
      case 0: text.insert(unit, at: place)
      case 1 where place < text.count: text.remove(at: place)
      case 2 where place < text.count: text[place] = unit
      case 3 where place + 1 < text.count: text.swapAt(place, place + 1)
      default: break
      }
    }
    return text
  }
}
