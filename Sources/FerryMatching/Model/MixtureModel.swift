import Foundation

// The model of candidate pairs: Fellegi–Sunter with more than one way not to match.
//
// The plain model has two classes, match and non-match, and takes fields as independent in each.
// Among pairs that blocking brings together that is wrong for non-matches: colleagues share
// company, switchboard and office, relatives a home, namesakes a name, and the plain model counts
// each of these as evidence of its own. So a non-match comes from one of several classes: pairs
// that meet by chance, and for each field pairs that share it without being the same. Each class
// has its own probabilities, all found by EM from pattern counts; documented defaults stand behind
// them as pseudo-counts, so that few data change little.
//
// Sources: I. Fellegi, A. Sunter, JASA 64 (1969), 1183–1210; W. Winkler, "Improved Decision Rules
// in the Fellegi-Sunter Model of Record Linkage", ASA 1993 (three classes, prior constraints);
// M. Larsen, D. Rubin, "Iterative Automated Record Linkage Using Mixture Models", JASA 96 (2001),
// 32–41; A. Dempster, N. Laird, D. Rubin, JRSS B 39 (1977), 1–38 (EM).

/// The probabilities of one class of pairs.
struct PairClass: Sendable {
  /// `match`, `chance`, or `shared:FIELD`.
  let name: String
  /// Share of the class among candidate pairs.
  var weight: Double
  /// P(code | class, both known) by field and code; code 0, nothing to compare, is 1.
  var probabilities: [[Double]]
  /// The field that pairs of the class share; `nil` for matches, chance, and what was learned before.
  var sharedField: Int?
}

/// What the field says before data teach.
struct FieldPrior: Sendable {
  let name: String
  let kind: ColumnKind
  /// By code, in step with ``PairClass/probabilities``.
  let match: [Double]
  let chance: [Double]
  /// For pairs that share this field and are not the same.
  let shared: [Double]
  /// For pairs of relatives, where the field is a person's name.
  let related: [Double]
  let canBeShared: Bool
  /// Share of the pairs with one value whose value few rows hold.
  let ofFew: Double
  /// What each code says by itself, in step with ``match``.
  let speech: [LevelSpeech]
  /// The least share of matches that agree, of those that agree or differ, whatever data teach.
  let least: Double
  /// Whether the field tells who is who, and not only what sort.
  let tells: Bool
  /// Whether two sources may put it quite differently, as they do a product's description.
  let isLoose: Bool
}

/// What an outcome of a comparison says before data teach.
enum LevelSpeech: Hashable, Sendable {
  case agrees, differs
  /// As often met among matches as among others.
  case neither

  init(sign: Double) { self = sign > 0 ? .agrees : sign < 0 ? .differs : .neither }
}

/// See above.
struct MixtureModel: Sendable {
  /// The match class first, then the others.
  private(set) var classes: [PairClass]
  /// What matches are held to, whatever data teach; `nil` for a model that was learned before.
  private var priors: [FieldPrior] = []

  /// How many pairs the defaults count for, in each class.
  private static let priorStrength = 60.0
  private static let mostRounds = 40
  /// Rounds in which another model's view of the matches stands.
  private static let guidedRounds = 10
  /// EM stops when no class changes its share by more than this.
  private static let settled = 1e-5

  init(_ priors: [FieldPrior], matchShare: Double) {
    self.priors = priors
    let rest = 1 - matchShare
    let start = SharedStart(priors)
    let shared = start.fields.reduce(0) { $0 + start.share(of: $1) }
    classes = [
      PairClass(name: "match", weight: matchShare, probabilities: priors.map(\.match)),
      PairClass(
        name: "chance", weight: rest * (1 - shared), probabilities: priors.map(\.chance)),
    ]
    for field in start.fields {
      classes.append(
        PairClass(
          name: "shared:" + priors[field].name, weight: rest * start.share(of: field),
          probabilities: priors.indices.map { start.probabilities(of: $0, sharing: field) },
          sharedField: field))
    }
  }

  /// The plain model of two classes, by its defaults.
  init(plain priors: [FieldPrior], matchShare: Double) {
    self.priors = priors
    classes = [
      PairClass(name: "match", weight: matchShare, probabilities: priors.map(\.match)),
      PairClass(name: "chance", weight: 1 - matchShare, probabilities: priors.map(\.chance)),
    ]
  }

  /// Takes what was learned before.
  init(classes: [PairClass]) { self.classes = classes }

  /// P(match) of a weight in bits.
  static func probability(ofWeight weight: Double) -> Double { 1 / (1 + exp2(-weight)) }

  /// P(match | pattern) as log-odds, in bits.
  func matchWeight(of pattern: Pattern) -> Double {
    var other = 0.0
    for index in 1..<classes.count { other += joint(classes[index], pattern) }
    return log2(joint(classes[0], pattern) / max(other, .leastNormalMagnitude))
  }

  private func joint(_ pairClass: PairClass, _ pattern: Pattern) -> Double {
    var product = pairClass.weight
    for field in pairClass.probabilities.indices {
      product *= pairClass.probabilities[field][pattern.code(field)]
    }
    return product
  }

  /// Learns from the patterns of candidate pairs.
  ///
  /// With `first`, a model that needn't have been learned, EM starts from its view of the matches.
  mutating func learn(
    from counts: PatternCounts, _ course: LearningCourse = LearningCourse(),
    startingFrom first: MixtureModel? = nil
  ) -> LearningOutcome {
    guard !counts.patterns.isEmpty else { return LearningOutcome(logLikelihood: 0, isHeld: false) }
    let trainer = MixtureTrainer(counts, priors)
    let start = classes
    if let first {
      let shares = ContiguousArray(
        counts.patterns.map { Self.probability(ofWeight: first.matchWeight(of: $0)) })
      for _ in 0..<Self.guidedRounds {
        classes =
          trainer.round(
            classes, around: start, strength: Self.priorStrength, matches: course.expectedMatches,
            givenMatches: shares
          ).classes
      }
    }
    var outcome = LearningOutcome(logLikelihood: 0, isHeld: false)
    for _ in 0..<Self.mostRounds {
      let before = classes.map(\.weight)
      (classes, outcome) = trainer.round(
        classes, around: start, strength: Self.priorStrength, matches: course.expectedMatches)
      if course.keepsMatchShare { setMatchShare(start[0].weight) }
      let change = zip(before, classes).map { abs($0 - $1.weight) / max($1.weight, 1e-9) }
      if (change.max() ?? 0) < Self.settled { break }
    }
    return outcome
  }

  private mutating func setMatchShare(_ share: Double) {
    let scale = (1 - share) / max(1 - classes[0].weight, 1e-9)
    for index in classes.indices { classes[index].weight *= scale }
    classes[0].weight = share
  }
}
