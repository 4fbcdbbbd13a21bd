public import FerryCore
import Foundation

/// How a match went, for a person who wants to know how far to trust it: thresholds, the counts,
/// and what each outcome of a comparison is worth.
public struct MatchOverview: Hashable, Sendable, Codable {
  /// One outcome of a field's comparison.
  public struct Outcome: Hashable, Sendable, Codable {
    /// In words, by language.
    public let english: String
    /// In words, by language.
    public let chinese: String
    /// For the same value: how many rows hold it, at least; `nil` for other outcomes.
    public let leastRows: Int?
    /// P(outcome | match, both known), which the literature calls *m*.
    public let match: Double
    /// P(outcome | no match, both known), which the literature calls *u*.
    public let other: Double

    /// In words, in `language`.
    public func text(in language: Language) -> String { language == .english ? english : chinese }

    /// What the outcome adds to the match weight where no other field has spoken.
    public var bits: Double { log2(match / max(other, .leastNormalMagnitude)) }
  }

  /// The same outcomes where those of the same value that differ by less than one bit are one.
  private static func folded(_ outcomes: [Outcome]) -> [Outcome] {
    outcomes.reduce(into: []) { kept, outcome in
      guard let last = kept.last, outcome.leastRows != nil, last.leastRows != nil,
        abs(last.bits - outcome.bits) < 1
      else { return kept.append(outcome) }
      kept[kept.count - 1] = Outcome(
        english: last.english, chinese: last.chinese, leastRows: last.leastRows,
        match: last.match + outcome.match, other: last.other + outcome.other)
    }
  }

  /// One field that was compared.
  public struct Field: Hashable, Sendable, Codable {
    /// The field's columns.
    public let name: String
    /// Its outcomes, best first; the same value several times where it matters how many hold it.
    public let outcomes: [Outcome]

    fileprivate init(_ name: String, _ outcomes: [Outcome]) {
      self.name = name
      self.outcomes = MatchOverview.folded(outcomes)
    }
  }

  /// P(match) from which pairs are worth a look.
  public let review: Double
  /// P(match) from which pairs are joined.
  public let merge: Double
  /// How much there was, and how sure it is.
  public let figures: MatchFigures
  /// The fields in the order of the columns.
  public let fields: [Field]
}

extension MatchRun {
  /// How a match by `model` went.
  public func overview(of result: MatchResult, by model: MatchModel) -> MatchOverview {
    let classes = model.mixture.classes
    let rest = classes.dropFirst()
    let total = rest.reduce(0) { $0 + $1.weight }
    let fields = fields.enumerated().map { index, field in
      let outcomes = (1..<AgreementCode.codeCount(field.levels)).map { code in
        let isSame = code <= AgreementCode.frequencyClasses
        let level = field.levels[isSame ? 0 : code - AgreementCode.frequencyClasses].words
        let other = rest.reduce(0) { $0 + $1.weight * $1.probabilities[index][code] }
        return MatchOverview.Outcome(
          english: level.english, chinese: level.chinese,
          leastRows: isSame ? AgreementCode.leastCount(code - 1) : nil,
          match: classes[0].probabilities[index][code], other: total > 0 ? other / total : 0)
      }
      return MatchOverview.Field(field.name, outcomes)
    }
    return MatchOverview(
      review: options.review, merge: options.merge, figures: result.figures, fields: fields)
  }
}
