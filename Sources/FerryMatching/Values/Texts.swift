import FerryCore
import Foundation

/// Free texts, titles, products, categories: bags of words, in which rare words count for more.
///
/// How it works: a text is cut into words, runs of Chinese or kana into pairs of signs. Two texts
/// are as near as the cosine of their words' weights, and a word's weight is its inverse document
/// frequency, so ``finish()`` must be called once all rows are added. Words that are a slip apart,
/// and codes of which one holds the other, count nearly as if they were equal.
///
/// Sources: K. Spärck Jones, "A Statistical Interpretation of Term Specificity", Journal of
/// Documentation 28 (1972), 11–21; W. Cohen, P. Ravikumar, S. Fienberg, "A Comparison of String
/// Distance Metrics for Name-Matching Tasks", IIWeb 2003 (soft TF-IDF).
struct Texts: ValueStore {
  static let levels: [AgreementLevel] = [
    AgreementLevel(id: "same", words: Words(en: "same text", zh: "文本相同"), m: 0.6, u: 0.01),
    AgreementLevel(
      id: "all-words", words: Words(en: "nearly all words shared", zh: "词语几乎全部相同"), m: 0.09,
      u: 0.0005),
    AgreementLevel(
      id: "most-words", words: Words(en: "most words shared", zh: "大部分词语相同"), m: 0.08, u: 0.001),
    AgreementLevel(
      id: "many-words", words: Words(en: "many words shared", zh: "许多词语相同"), m: 0.05, u: 0.002),
    AgreementLevel(
      id: "half-words", words: Words(en: "half of the words shared", zh: "约半数词语相同"), m: 0.03,
      u: 0.003),
    AgreementLevel(
      id: "contained", words: Words(en: "one holds all words of the other", zh: "一方包含另一方的全部词语"),
      m: 0.03, u: 0.001),
    AgreementLevel(
      id: "some-words", words: Words(en: "some words shared", zh: "部分词语相同"), m: 0.03, u: 0.01),
    AgreementLevel(
      id: "few-words", words: Words(en: "few words shared", zh: "少数词语相同"), m: 0.01, u: 0.03),
    AgreementLevel(id: "differs", words: Words(en: "other text", zh: "文本不同"), m: 0.08, u: 0.9425),
  ]
  /// The least similarity of each level between the first and the last.
  private static let thresholds: [Float] = [0.95, 0.85, 0.7, 0.55, 0.4, 0.25]
  /// Which of these a text that is part of another may reach, such as the first of many authors.
  ///
  /// More words in common say more, and fewer are a brand at most.
  private static let containedPlaces = 4...5
  /// One word is in many texts.
  private static let fewestContained = 2
  private static let mostKeys = 5

  private(set) var words = CodePointPool()
  /// The words of each text, rising, each once, one text after the other.
  private(set) var wordsOf = ContiguousArray<UInt32>()
  private(set) var starts: ContiguousArray<UInt32> = [0, 0]
  /// In how many texts each word stands.
  private var counts: ContiguousArray<UInt32> = [0]
  /// Weight of each word, and length of each text's vector, once finished.
  private(set) var weights: ContiguousArray<Float> = []
  private(set) var lengths: ContiguousArray<Float> = []
  /// Which words are products' codes, once finished.
  private(set) var isCode: ContiguousArray<Bool> = []
  private var values = NumberTable()
  private var reader = TextReader()

  var count: Int { starts.count - 2 }

  mutating func add(_ rows: TextRows, to values: inout ContiguousArray<UInt32>) {
    for row in 0..<rows.count {
      let text = rows.bytes.span.extracting(rows.range(row))
      reader.read(text)
      values.append(addValue(reader.isCut ? ByteHash.hash(text) : 0))
    }
  }

  private mutating func addValue(_ seed: UInt64) -> UInt32 {
    var hash = seed
    let start = wordsOf.count
    for index in 0..<reader.wordCount {
      let word = words.add(reader.word(index))
      if word == counts.count { counts.append(0) }
      hash = ByteHash.join(hash, UInt64(word))
      wordsOf.append(word)
    }
    guard wordsOf.count > start else { return 0 }
    let (number, isNew) = values.add(hash)
    guard isNew else {
      wordsOf.removeLast(wordsOf.count - start)
      return number
    }
    keepEachOnce(from: start)
    for index in start..<wordsOf.count { counts[Int(wordsOf[index])] += 1 }
    starts.append(UInt32(wordsOf.count))
    return number
  }

  private mutating func keepEachOnce(from start: Int) {
    wordsOf[start...].sort()
    var end = start
    for index in start..<wordsOf.count where index == start || wordsOf[index] != wordsOf[end - 1] {
      wordsOf[end] = wordsOf[index]
      end += 1
    }
    wordsOf.removeLast(wordsOf.count - end)
  }

  /// Weighs the words by how many texts hold them; call it once all rows are added.
  mutating func finish() {
    weights = ContiguousArray(repeating: 0, count: counts.count)
    for word in counts.indices.dropFirst() {
      let rarity = logf(1 + Float(count) / Float(counts[word]))
      weights[word] = words.hasDigit(UInt32(word)) ? rarity * 1.25 : rarity
    }
    isCode = ContiguousArray(repeating: false, count: counts.count)
    for word in counts.indices.dropFirst() { isCode[word] = words.isCode(UInt32(word)) }
    values = NumberTable()
    lengths = ContiguousArray(repeating: 0, count: count + 1)
    for value in 1..<lengths.count {
      var sum: Float = 0
      for index in range(UInt32(value)) {
        let weight = weights[Int(wordsOf[index])]
        sum += weight * weight
      }
      lengths[value] = sum.squareRoot()
    }
  }

  func range(_ value: UInt32) -> Range<Int> {
    Int(starts[Int(value)])..<Int(starts[Int(value) + 1])
  }

  func level(_ left: UInt32, _ right: UInt32) -> Int {
    let (similarity, sharedWords) = similarity(left, right)
    let place = Self.thresholds.firstIndex { similarity >= $0 } ?? Self.thresholds.count
    let contained = Self.containedPlaces
    if place < contained.lowerBound { return 1 + place }
    let fewest = min(range(left).count, range(right).count)
    let isContained =
      contained.contains(place) && sharedWords == fewest && fewest >= Self.fewestContained
    return isContained ? 1 + contained.lowerBound : 2 + place
  }

  /// The whole text, and its rarest words among those that another text holds too.
  func appendKeys(of value: UInt32, to keys: inout ContiguousArray<BlockingKey>) {
    keys.append(BlockingKey(slot: 1, hash: UInt64(value)))
    var rarest = ContiguousArray<UInt32>()
    for index in range(value) where counts[Int(wordsOf[index])] > 1 {
      let word = wordsOf[index]
      if rarest.count == Self.mostKeys {
        guard let last = rarest.last, counts[Int(word)] < counts[Int(last)] else { continue }
        rarest.removeLast()
      }
      let place = rarest.firstIndex { counts[Int($0)] > counts[Int(word)] } ?? rarest.count
      rarest.insert(word, at: place)
    }
    for word in rarest { keys.append(BlockingKey(slot: 0, hash: words.hash(word))) }
  }
}
