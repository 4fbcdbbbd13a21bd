import FerryCore
import FerryRecords

/// Why records became one; the words that plans and reports show.
enum MergeRule: String, Hashable, Sendable {
  case sameCreditCode = "same-credit-code"
  case sameNumber = "same-number"
  case sameMobile = "same-mobile"
  case sameEmail = "same-email"
  case sameLine = "same-line"
  /// The model is sure enough.
  case model = "match.model"
  /// An earlier run, or the store, knows both as one.
  case earlier = "match.earlier"
  /// A person said so.
  case decision = "decision.same"
}

/// One reason to take two identities for the same thing.
struct MatchLink: Hashable, Sendable {
  let left: Int
  let right: Int
  let rule: MergeRule
  /// A firm link always holds; one that is not falls where it would join what contradicts.
  let isFirm: Bool
  /// What the model says, 0…1; `nil` for an exact rule.
  var probability: Double?

  /// What plans show: the rule, and where a model decided, how sure it is.
  var ruleText: String {
    probability.map { "\(rule.rawValue) \(MatchExplanation.probability($0))" } ?? rule.rawValue
  }
}

/// What a stage works on.
///
/// A class, so that stages pass it on at no cost; it never changes once it is made.
final class MatchContext: Sendable {
  let identities: Identities
  /// The entities that come before this one in load order, matched already.
  let references: ReferenceIndex

  init(identities: Identities, references: ReferenceIndex) {
    self.identities = identities
    self.references = references
  }

  var table: RecordTable { identities.table }

  /// Whether an identity may be matched; one that is rejected may not.
  func takesPart(_ identity: Int) -> Bool { identities.rejected[identity] == nil }

  /// The cell that holds a field of an identity.
  func place(ofField field: Int, identity: Int) -> Provenance {
    let record =
      identities.supplier(ofField: field, identity: identity)
      ?? Int(identities.firstRecord[identity])
    return table.provenance(of: record, field: field)
  }
}

/// Finds links between the identities of one entity.
///
/// Exact keys are the stages there are; the model's links follow theirs, see ``ModelMatch``.
protocol MatchStage: Sendable {
  /// The links, in an order that follows from the records' order, and what is left for review.
  func links(in context: MatchContext) -> (links: [MatchLink], findings: [Finding])
}

/// Looks over clustered records for pairs that a person should decide.
protocol ReviewStage: Sendable {
  /// What is said of its pairs: at the later one's name, with the earlier one's place.
  var rule: Rule { get }
  /// Pairs of identities, the earlier first.
  func pairs(in golden: GoldenRecords, _ context: MatchContext) -> [(left: Int, right: Int)]
}

/// Says that two identities can't be the same thing, whatever else speaks for it.
protocol Contradiction: Sendable {
  func holds(_ left: Int, _ right: Int, in context: MatchContext) -> Bool
  /// What is said where a link falls for it.
  func finding(_ link: MatchLink, in context: MatchContext) -> Finding
}

/// How one entity is matched.
struct MatchStrategy: Sendable {
  var stages: [any MatchStage] = []
  var contradiction: (any Contradiction)?
  /// What the model's links can't overcome; names may differ by a slip of the pen.
  var modelContradiction: (any Contradiction)?
  var reviews: [any ReviewStage] = []

  /// The exact rules for an entity; most have none but the external id.
  static func exact(for entity: Entity) -> MatchStrategy {
    if entity.parent != nil { return MatchStrategy(stages: [LineStage()]) }
    switch entity.name {
    case "account":
      return MatchStrategy(
        stages: [CreditCodeStage()], contradiction: CodeContradiction(),
        modelContradiction: CodeContradiction(), reviews: [LikelyAccounts()])
    case "contact", "lead":
      return MatchStrategy(
        stages: [
          PersonStage(fieldName: "mobile", rule: .sameMobile),
          PersonStage(fieldName: "email", rule: .sameEmail),
        ], contradiction: NameContradiction())
    case "deal": return MatchStrategy(reviews: [LikelyDeals()])
    case "quote", "contract", "order", "payment": return MatchStrategy(stages: [NumberStage()])
    default: return MatchStrategy()
    }
  }
}
