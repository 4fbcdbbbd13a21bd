import FerryTestSupport
import Foundation
import Testing

@testable import FerryMatching

@Suite struct MixtureModelTests {
  private static let chance: [Double] = [1, 0.02, 0.98]
  private static let priors = ["a", "b", "c", "d"].map {
    FieldPrior(
      name: $0, match: [1, 0.8, 0.2], chance: chance, shared: [1, 0.9, 0.1], canBeShared: true)
  }

  /// Patterns drawn from known classes: matches, chance, and pairs that share fields a and b.
  private func drawn(_ count: Int, seed: UInt64) -> PatternCounts {
    var random = SeededRandom(seed: seed)
    var counts = PatternCounts()
    for index in 0..<count {
      let agrees: [Double] =
        switch index % 10 {
        case 0: [0.9, 0.7, 0.95, 0.8]
        case 1, 2: [0.95, 0.9, 0.01, 0.02]
        default: [0.02, 0.03, 0.01, 0.02]
        }
      counts.add(
        pattern(agrees.map { Double.random(in: 0..<1, using: &random) < $0 ? 1 : 2 }))
    }
    return counts
  }

  private func pattern(_ codes: [Int]) -> Pattern {
    codes.enumerated().reduce(0) { $0 | Pattern($1.element) << ($1.offset * Pattern.bitsPerField) }
  }

  @Test func findsTheClassesThatPairsComeFrom() {
    var model = MixtureModel(Self.priors, matchShare: 0.2)
    model.learn(from: drawn(200_000, seed: 3))
    // Two shared fields are no match where the others differ.
    let shared = pattern([1, 1, 2, 2])
    let all = pattern([1, 1, 1, 1])
    #expect(model.matchWeight(of: shared) < -1)
    #expect(model.matchWeight(of: all) > 3)
  }

  @Test func fewPairsChangeLittle() {
    var model = MixtureModel(Self.priors, matchShare: 0.2)
    let before = model.classes[0].probabilities[0][1]
    model.learn(from: drawn(20, seed: 9))
    #expect(abs(model.classes[0].probabilities[0][1] - before) < 0.05)
  }

  @Test func aGivenShareOfMatchesStays() {
    var model = MixtureModel(Self.priors, matchShare: 0.03)
    model.learn(from: drawn(50_000, seed: 4), keepingMatchShare: true)
    #expect(abs(model.classes[0].weight - 0.03) < 1e-9)
    #expect(abs(model.classes.reduce(0) { $0 + $1.weight } - 1) < 1e-9)
  }

  @Test func nothingToCompareSaysNothing() {
    let model = MixtureModel(Self.priors, matchShare: 0.25)
    #expect(abs(MixtureModel.probability(ofWeight: model.matchWeight(of: 0)) - 0.25) < 1e-9)
  }

  @Test func probabilitiesAddUpAfterLearning() {
    var model = MixtureModel(Self.priors, matchShare: 0.2)
    model.learn(from: drawn(5000, seed: 8))
    for pairClass in model.classes {
      for probabilities in pairClass.probabilities {
        #expect(abs(probabilities.dropFirst().reduce(0, +) - 1) < 1e-9)
        #expect(probabilities.allSatisfy { $0 > 0 })
      }
    }
  }
}
