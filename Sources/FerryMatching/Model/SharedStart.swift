/// What pairs that share one field without being the same are expected to say of the others.
struct SharedStart {
  /// Share of the pairs that do not match which are expected to share a field.
  private static let share = 0.3
  /// Two companies of one name are so much rarer than two people: a register refuses the second.
  private static let namesakeCompanies = 0.1
  /// Those who share an employer, a line or an office share another of these so often.
  private static let alsoShared = 0.15
  /// Of those who share what few have, a home or its phone, so many are relatives.
  private static let relatives = 0.15

  private let priors: [FieldPrior]
  /// The fields that can be shared, in order.
  let fields: [Int]
  /// What the rows are about, people before companies; `nil` where they have no name.
  private let subject: ColumnKind?

  init(_ priors: [FieldPrior]) {
    self.priors = priors
    fields = priors.indices.filter { priors[$0].canBeShared && priors.count > 1 }
    let kinds = priors.map(\.kind)
    subject = [ColumnKind.personName, .companyName].first(where: kinds.contains)
  }

  /// Share of the pairs that do not match which share `field`.
  func share(of field: Int) -> Double {
    let isName = subject == .companyName && priors[field].kind == .companyName
    return Self.share / Double(fields.count) * (isName ? Self.namesakeCompanies : 1)
  }

  /// P(code of `field` | the pair shares `own` and is not the same), in step with
  /// ``FieldPrior/chance``.
  ///
  /// Namesakes have nothing else in common but by chance, and those who share something else are
  /// no namesakes, but may be relatives.
  func probabilities(of field: Int, sharing own: Int) -> [Double] {
    let (prior, shared) = (priors[field], priors[own])
    if field == own { return prior.shared }
    guard prior.canBeShared, shared.kind != subject else { return prior.chance }
    if prior.kind == subject, shared.kind != .text {
      guard subject == .personName else { return prior.chance }
      return mix(prior.related, into: prior.chance, Self.relatives * shared.ofFew)
    }
    return mix(prior.shared, into: prior.chance, Self.alsoShared)
  }

  private func mix(_ one: [Double], into other: [Double], _ share: Double) -> [Double] {
    zip(one, other).map { $0 * share + $1 * (1 - share) }
  }
}
