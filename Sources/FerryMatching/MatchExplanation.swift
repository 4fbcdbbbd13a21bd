public import FerryCore

/// Why two rows are held to be the same, or not: the match weight, field by field.
public struct MatchExplanation: Hashable, Sendable {
  /// What one field adds.
  public struct Step: Hashable, Sendable {
    /// The field's columns.
    public let field: String
    /// How the two rows stand to each other in it; `nil` where one of them says nothing.
    public let level: Words?
    /// The level's stable name, such as `same-sound`; `nil` where one says nothing.
    public let levelID: String?
    /// For the same value: about how many rows hold it, at least.
    public let sharedByRows: Int?
    /// Bits that it adds to what the fields before it said; positive speaks for a match.
    public let bits: Double
  }

  /// The weight before any field is looked at: how often candidate pairs match.
  public let startBits: Double
  /// The fields in the order of the table's columns.
  ///
  /// Fields that depend on each other share their evidence, so what a field adds depends on
  /// those before it.
  public let steps: [Step]
  /// The sum of all bits.
  public let weight: Double
  /// P(match), 0…1.
  public let probability: Double

  init(_ pattern: Pattern, _ model: MixtureModel, _ fields: [any ComparedField]) {
    startBits = model.matchWeight(of: 0)
    var total = startBits
    var seen: Pattern = 0
    var steps: [Step] = []
    for (index, field) in fields.enumerated() {
      let code = pattern.code(index)
      seen |= Pattern(code) << (index * Pattern.bitsPerField)
      let weight = model.matchWeight(of: seen)
      let isSame = (1...AgreementCode.frequencyClasses).contains(code)
      let level = isSame ? 0 : code - AgreementCode.frequencyClasses
      steps.append(
        Step(
          field: field.name, level: code == 0 ? nil : field.levels[level].words,
          levelID: code == 0 ? nil : field.levels[level].id,
          sharedByRows: isSame ? AgreementCode.leastCount(code - 1) : nil, bits: weight - total))
      total = weight
    }
    self.steps = steps
    weight = total
    probability = MixtureModel.probability(ofWeight: total)
  }
}
