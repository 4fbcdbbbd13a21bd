import Testing

@testable import FerryMatching

@Suite struct ClusteringTests {
  private func clusters(
    _ count: Int, _ pairs: [(Int, Int, Double)], against: Double = -20
  ) -> [Int32] {
    let matched = pairs.map { MatchedPair(left: $0.0, right: $0.1, probability: $0.2) }
    let known = Dictionary(
      uniqueKeysWithValues: matched.map {
        (RowPair(left: UInt32($0.left), right: UInt32($0.right)), 10.0)
      })
    return Array(
      PairClusters(rowCount: count, pairs: matched, merge: 0.95) { known[$0] ?? against }.firstRows)
  }

  @Test func joinsWhatIsSureAndNothingElse() {
    #expect(clusters(5, [(0, 3, 0.99), (1, 2, 0.8)]) == [0, 1, 2, 0, 4])
  }

  @Test func aWeakLinkDoesNotWeldTwoStrongGroups() {
    let strong = [(0, 1, 0.999), (0, 2, 0.999), (1, 2, 0.999), (3, 4, 0.999)]
    #expect(clusters(5, strong + [(2, 3, 0.96)]) == [0, 0, 0, 3, 3])
  }

  @Test func aThirdRowComesInWhereNothingSpeaksAgainstIt() {
    #expect(clusters(3, [(0, 1, 0.99), (1, 2, 0.99)], against: -2) == [0, 0, 0])
    #expect(clusters(3, [(0, 1, 0.99), (1, 2, 0.98)], against: -20) == [0, 0, 2])
  }

  @Test(arguments: [0.5, 0.2])
  func aPairThatWasNotFoundSpeaksForNothing(_ review: Double) {
    let found = [(0, 1, 0.99), (1, 2, 0.8)].map {
      MatchedPair(left: $0.0, right: $0.1, probability: $0.2)
    }
    let clusters = PairClusters(rowCount: 3, pairs: found, review: review, merge: 0.95) {
      $0 == RowPair(left: 1, right: 2) ? 2 : 20
    }
    #expect(Array(clusters.firstRows) == [0, 0, 2])
  }

  @Test func aRowHasOnePartnerOnTheOtherSide() {
    let pairs = [(0, 3, 0.9), (0, 4, 0.95), (1, 4, 0.99), (2, 3, 0.6)].map {
      MatchedPair(left: $0.0, right: $0.1, probability: $0.2)
    }
    let alone = EqualRows([], rowCount: 5, otherSideStart: 3)
    #expect(
      BestPartners.of(pairs, 5, alike: alone).map { [$0.left, $0.right] } == [[0, 3], [1, 4]])
  }
}
