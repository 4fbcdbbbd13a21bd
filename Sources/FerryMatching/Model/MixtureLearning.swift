// Where EM starts decides where it ends. Candidate pairs of a table of two fields hold large groups
// that agree on something (a district, a first word), and a model that takes such a group for the
// matches explains the counts well. Three things keep it from that:
//
// - A field that stands alone teaches nothing: any share of matches fits its counts. There the
//   documented defaults judge, at even odds, as a person does who is shown two names.
// - Matches are held to agree in each field more often than not (`FieldPrior.least`); so far as the
//   search for the model is concerned this is maximum likelihood under a constraint, as in
//   W. Winkler, "Improved Decision Rules in the Fellegi-Sunter Model of Record Linkage" (1993).
// - EM starts twice where fields are few or matches had to be held: from a share of matches among
//   the candidates, and from what the plain model with default probabilities takes for matches. The
//   second end is taken where it is much likelier, or where only the first had to be held.
//   (G. McLachlan, D. Peel, "Finite Mixture Models", 2000, 2.12: several starts.)

/// What is fixed of the way in which a model learns.
struct LearningCourse: Sendable {
  /// So many matches are taken to be there before any pair is looked at, so that a class which few
  /// pairs speak for does not die out.
  var expectedMatches = 0.0
  /// Whether the share of matches that was given stays.
  var keepsMatchShare = false
}

/// Where EM has come to.
struct LearningOutcome: Hashable, Sendable {
  /// log₂ P(counts | model).
  let logLikelihood: Double
  /// Whether matches agreed less than ``FieldPrior/least`` in a field, but for being held.
  let isHeld: Bool
}

/// Learns the model that the counts and the defaults speak for.
struct MixtureLearning: Sendable {
  /// Tables of more fields are started a second time only where matches had to be held.
  private static let fewFields = 3
  /// Bits by which the second end must be likelier.
  private static let muchLikelier = 64.0

  let priors: [FieldPrior]
  let course: LearningCourse
  /// Share of matches among the candidate pairs, and among all pairs.
  let matchShare: (ofCandidates: Double, ofAll: Double)

  /// Whether one field alone tells who is who, so that data can't teach.
  var isAlone: Bool { priors.count { $0.tells } == 1 && !course.keepsMatchShare }

  /// The model.
  func model(of counts: PatternCounts) -> MixtureModel {
    if isAlone { return MixtureModel(plain: priors, matchShare: 0.5) }
    var model = MixtureModel(priors, matchShare: matchShare.ofCandidates)
    let outcome = model.learn(from: counts, course)
    guard outcome.isHeld || priors.count <= Self.fewFields else { return model }
    var other = MixtureModel(priors, matchShare: matchShare.ofCandidates)
    let otherOutcome = other.learn(
      from: counts, course,
      startingFrom: MixtureModel(plain: priors, matchShare: matchShare.ofAll))
    if outcome.isHeld != otherOutcome.isHeld { return outcome.isHeld ? other : model }
    return otherOutcome.logLikelihood > outcome.logLikelihood + Self.muchLikelier ? other : model
  }
}
