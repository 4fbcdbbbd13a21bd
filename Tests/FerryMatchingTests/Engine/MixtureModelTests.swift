import FerryTestSupport
import Foundation
import Testing

@testable import FerryMatching

@Suite struct MixtureModelTests {
  private static let chance: [Double] = [1, 0.02, 0.98]
  private static let priors = ["a", "b", "c", "d"].map {
    FieldPrior(
      name: $0, kind: .phone, match: [1, 0.8, 0.2], chance: chance, shared: [1, 0.9, 0.1],
      related: [1, 0, 0], canBeShared: true, ofFew: 1, speech: [.neither, .agrees, .differs],
      least: 0.48, tells: true, isLoose: false)
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
    _ = model.learn(from: drawn(200_000, seed: 3))
    // Two shared fields are no match where the others differ.
    let shared = pattern([1, 1, 2, 2])
    let all = pattern([1, 1, 1, 1])
    #expect(model.matchWeight(of: shared) < -1)
    #expect(model.matchWeight(of: all) > 3)
  }

  @Test func fewPairsChangeLittle() {
    var model = MixtureModel(Self.priors, matchShare: 0.2)
    let before = model.classes[0].probabilities[0][1]
    _ = model.learn(from: drawn(20, seed: 9))
    #expect(abs(model.classes[0].probabilities[0][1] - before) < 0.05)
  }

  @Test func aGivenShareOfMatchesStays() {
    var model = MixtureModel(Self.priors, matchShare: 0.03)
    _ = model.learn(from: drawn(50_000, seed: 4), LearningCourse(keepsMatchShare: true))
    #expect(abs(model.classes[0].weight - 0.03) < 1e-9)
    #expect(abs(model.classes.reduce(0) { $0 + $1.weight } - 1) < 1e-9)
  }

  @Test func nothingToCompareSaysNothing() {
    let model = MixtureModel(Self.priors, matchShare: 0.25)
    #expect(abs(MixtureModel.probability(ofWeight: model.matchWeight(of: 0)) - 0.25) < 1e-9)
  }

  @Test func probabilitiesAddUpAfterLearning() {
    var model = MixtureModel(Self.priors, matchShare: 0.2)
    _ = model.learn(from: drawn(5000, seed: 8))
    for pairClass in model.classes {
      for probabilities in pairClass.probabilities {
        #expect(abs(probabilities.dropFirst().reduce(0, +) - 1) < 1e-9)
        #expect(probabilities.allSatisfy { $0 > 0 })
      }
    }
  }

  // MARK: - Starts

  /// Pairs of a large group that shares a district and half a name, beside few matches.
  private static func crowd(seed: UInt64) -> PatternCounts {
    var random = SeededRandom(seed: seed)
    var counts = PatternCounts()
    for index in 0..<20_000 {
      // Codes: 1 same, 2 something alike, 3 different.
      let shares: [[Double]] =
        switch index % 100 {
        case 0: [[0.8, 0.15], [0.8, 0.15]]
        case 1..<30: [[0.001, 0.1], [0.001, 0.9]]
        default: [[0.001, 0.02], [0.001, 0.02]]
        }
      let codes = shares.map { share -> Int in
        let place = Double.random(in: 0..<1, using: &random)
        return place < share[0] ? 1 : place < share[0] + share[1] ? 2 : 3
      }
      counts.add(codes.enumerated().reduce(0) { $0 | Pattern($1.element) << ($1.offset * 5) })
    }
    return counts
  }

  private static func field(_ name: String, tells: Bool = true) -> FieldPrior {
    FieldPrior(
      name: name, kind: .phone, match: [1, 0.8, 0.1, 0.1], chance: [1, 0.001, 0.1, 0.899],
      shared: [1, 0.9, 0.05, 0.05], related: [1, 0, 0, 0], canBeShared: true, ofFew: 1,
      speech: [.neither, .agrees, .neither, .differs], least: 0.53, tells: tells, isLoose: false)
  }

  @Test func aFieldThatStandsAloneIsJudgedByItsDefaults() {
    for counts in [PatternCounts(), Self.crowd(seed: 6)] {
      let learning = MixtureLearning(
        priors: [Self.field("name"), Self.field("country", tells: false)],
        course: LearningCourse(), matchShare: (0.001, 0.0001))
      let model = learning.model(of: counts)
      #expect(learning.isAlone)
      #expect(abs(model.matchWeight(of: pattern([1, 0])) - log2(800)) < 1e-9)
    }
  }

  @Test func matchesAreHeldToAgree() {
    var model = MixtureModel([Self.field("name"), Self.field("place")], matchShare: 0.3)
    let outcome = model.learn(from: Self.crowd(seed: 7))
    for shares in model.classes[0].probabilities {
      #expect(shares[1] / (shares[1] + shares[3]) > 0.529)
    }
    #expect(outcome.logLikelihood < 0)
  }

  @Test func whoSharesAFieldAgreesInIt() {
    var model = MixtureModel([Self.field("name"), Self.field("place")], matchShare: 0.1)
    _ = model.learn(from: Self.crowd(seed: 8))
    for (index, pairClass) in model.classes.dropFirst(2).enumerated() {
      let shares = pairClass.probabilities[index]
      #expect(shares[1] / (shares[1] + shares[3]) > 0.799, "\(pairClass.name)")
    }
  }
}
