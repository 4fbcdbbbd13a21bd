public import Foundation

/// How likely each outcome of a comparison is among matches and among other pairs.
///
/// It is a file of JSON that one run writes and another can use.
public struct MatchModel: Sendable, Codable {
  /// The version of the file's shape.
  public let format: Int
  /// P(two random rows match) of the table that it was learned from.
  public let prior: Double
  /// Pairs that it was learned from.
  public let learnedFrom: Int
  /// The fields in order, each with the names of its outcomes.
  public let fields: [Field]
  /// The match class first, then the others.
  public let classes: [Class]

  /// One field of a model.
  public struct Field: Sendable, Codable, Hashable {
    /// The field's columns.
    public let name: String
    /// What they hold.
    public let kind: String
    /// The outcomes that ``Class/probabilities`` count, in order.
    public let outcomes: [String]
  }

  /// One class of pairs of a model.
  public struct Class: Sendable, Codable, Hashable {
    /// `match`, `chance` or `shared:FIELD`.
    public let name: String
    /// Share of the candidate pairs.
    public let weight: Double
    /// P(outcome | class, both known), by field and outcome.
    public let probabilities: [[Double]]
  }

  init(_ mixture: MixtureModel, fields: [any ComparedField], learnedFrom: Int, prior: Double) {
    format = 1
    self.prior = prior
    self.learnedFrom = learnedFrom
    self.fields = fields.map(Field.init)
    classes = mixture.classes.map {
      Class(
        name: $0.name, weight: $0.weight,
        probabilities: $0.probabilities.map { Array($0.dropFirst()) })
    }
  }

  var mixture: MixtureModel {
    MixtureModel(
      classes: classes.map {
        PairClass(
          name: $0.name, weight: $0.weight, probabilities: $0.probabilities.map { [1] + $0 })
      })
  }

  /// The file's bytes; the same model gives the same bytes.
  public func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self)
  }

  /// Whether the model speaks of the same fields as `run`'s table.
  public func fits(_ run: MatchRun) -> Bool { fields == run.modelFields }
}

extension MatchModel.Field {
  init(_ field: any ComparedField) {
    self.init(
      name: field.name, kind: field.kind.rawValue,
      outcomes: (0..<AgreementCode.frequencyClasses).map {
        "\(field.levels[0].id) \(AgreementCode.leastCount($0))+"
      } + field.levels.dropFirst().map(\.id))
  }
}
