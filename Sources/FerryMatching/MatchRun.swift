import FerryCore
import Foundation

/// Matches the rows of a table, or of two tables, against each other.
public struct MatchRun: Sendable {
  /// EM needs no more pairs than this.
  static let mostLearnedPairs = 300_000
  /// A table of fewer pairs than this is compared in full.
  static let mostPairsInFull = 300_000
  /// In a table of *n* rows this many matches are expected, a row, before anything is known.
  static let expectedMatches = 0.3

  private let fields: [any ComparedField]
  private let rowCount: Int
  private let otherSideStart: Int
  private let options: MatchOptions

  /// Takes a table; with `otherSideStart`, rows from there on are another table's and pairs are
  /// made across only.
  public init(_ table: consuming MatchTable, otherSideStart: Int = 0, options: MatchOptions) {
    rowCount = table.rowCount
    fields = table.fields()
    self.otherSideStart = otherSideStart
    self.options = options
  }

  /// Finds the pairs and clusters; the same input gives the same output, whatever the threads.
  public func result() async -> MatchResult {
    let search = makeSearch()
    var facts = MatchFacts()
    facts.rowCount = rowCount
    var model = MixtureModel(fields.map(FieldPrior.init), matchShare: 0.1)
    await learn(&model, search, &facts)
    let scored = await score(model, search, &facts)
    let clusters = PairClusters(
      rowCount: rowCount, pairs: scored, merge: options.merge,
      weight: { model.matchWeight(of: pattern(of: $0)) })
    return MatchResult(pairs: scored, clusters: clusters.firstRows, facts: facts)
  }

  private func makeSearch() -> CandidateSearch {
    var limits = SearchLimits()
    let all = Double(rowCount) * Double(rowCount - 1) / 2
    if all <= Double(Self.mostPairsInFull) {
      limits.chancePartners = .infinity
      limits.visits = .infinity
    }
    return CandidateSearch(
      fields.map { $0.makeIndex() }, rowCount: rowCount, otherSideStart: otherSideStart,
      limits: limits)
  }

  private func learn(
    _ model: inout MixtureModel, _ search: CandidateSearch, _ facts: inout MatchFacts
  ) async {
    var counts = PatternCounts()
    let stride = max(1, rowCount / 40_000)
    let chunks = RowChunks(count: rowCount, stride: stride)
    let found = await chunks.map(search) { pairs in
      patterns(of: pairs)
    }
    for patterns in found {
      for pattern in patterns { counts.add(pattern) }
    }
    facts.learnedFromCount = counts.pairCount
    let rows = Double(rowCount) / Double(stride)
    let share = Self.expectedMatches * rows / max(1, Double(counts.pairCount))
    model = MixtureModel(fields.map(FieldPrior.init), matchShare: min(0.5, max(1e-4, share)))
    model.learn(from: counts)
  }

  private func score(
    _ model: MixtureModel, _ search: CandidateSearch, _ facts: inout MatchFacts
  ) async -> [MatchedPair] {
    let least = log2(options.review / (1 - options.review))
    let found = await RowChunks(count: rowCount, stride: 1).map(search) { pairs in
      var cache = WeightCache(model)
      let patterns = patterns(of: pairs)
      var kept: [MatchedPair] = []
      for index in pairs.indices {
        let weight = cache.weight(of: patterns[index])
        guard weight >= least else { continue }
        kept.append(
          MatchedPair(
            left: Int(pairs[index].left), right: Int(pairs[index].right),
            probability: 1 / (1 + exp2(-weight))))
      }
      return (pairs.count, kept)
    }
    facts.candidateCount = found.reduce(0) { $0 + $1.0 }
    return found.flatMap(\.1).sorted { ($0.left, $0.right) < ($1.left, $1.right) }
  }

  private func patterns(of pairs: ContiguousArray<RowPair>) -> ContiguousArray<Pattern> {
    var patterns = ContiguousArray<Pattern>(repeating: 0, count: pairs.count)
    for (index, field) in fields.enumerated() {
      field.addCodes(of: pairs, at: index, to: &patterns)
    }
    return patterns
  }

  private func pattern(of pair: RowPair) -> Pattern { patterns(of: [pair])[0] }
}

/// Rows in chunks that threads take one after the other.
struct RowChunks: Sendable {
  private static let chunkSize = 4096
  let count: Int
  /// Every row, or one in `stride`.
  let stride: Int

  /// Calls `body` with the candidate pairs of each chunk; the results come in the rows' order.
  func map<Result: Sendable>(
    _ search: CandidateSearch,
    _ body: @escaping @Sendable (ContiguousArray<RowPair>) -> Result
  ) async -> [Result] {
    let size = Self.chunkSize * stride
    let chunkCount = (count + size - 1) / size
    let workers = max(1, min(ProcessInfo.processInfo.activeProcessorCount, chunkCount))
    return await withTaskGroup(of: [(Int, Result)].self) { group in
      for worker in 0..<workers {
        group.addTask {
          var memory = CandidateSearch.Memory(rowCount: count)
          var results: [(Int, Result)] = []
          var pairs = ContiguousArray<RowPair>()
          for chunk in Swift.stride(from: worker, to: chunkCount, by: workers) {
            pairs.removeAll(keepingCapacity: true)
            let end = min(count, (chunk + 1) * size)
            for row in Swift.stride(from: chunk * size, to: end, by: stride) {
              search.appendPartners(of: row, memory: &memory, to: &pairs)
            }
            results.append((chunk, body(pairs)))
          }
          return results
        }
      }
      var all: [(Int, Result)] = []
      for await results in group { all += results }
      return all.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }
}

/// Remembers the weights of patterns, most of which come again and again.
struct WeightCache {
  private static let size = 1 << 14
  private let model: MixtureModel
  private var patterns = ContiguousArray<Pattern>(repeating: .max, count: size)
  private var weights = ContiguousArray<Double>(repeating: 0, count: size)

  init(_ model: MixtureModel) { self.model = model }

  mutating func weight(of pattern: Pattern) -> Double {
    let hash = ByteHash.join(
      UInt64(truncatingIfNeeded: pattern), UInt64(truncatingIfNeeded: pattern >> 64))
    let place = Int(truncatingIfNeeded: hash) & (Self.size - 1)
    if patterns[place] != pattern {
      patterns[place] = pattern
      weights[place] = model.matchWeight(of: pattern)
    }
    return weights[place]
  }
}
