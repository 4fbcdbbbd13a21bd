extension FieldPrior {
  /// Share of pairs that agree where a class shares the field.
  private static let sharedAgreement = 0.9

  /// Takes the levels' defaults, "same" spread over the frequency classes as the data have it.
  init(_ field: any ComparedField) {
    name = field.name
    canBeShared = field.kind.canBeShared
    let levels = field.levels
    match = Self.codes(levels.map(\.m), same: field.frequencies.ofRows)
    chance = Self.codes(levels.map(\.u), same: field.frequencies.ofPairs)
    let rest = 1 - Self.sharedAgreement
    let shares = levels.indices.map {
      $0 == 0 ? Self.sharedAgreement : levels[$0].u * rest / (1 - levels[0].u)
    }
    shared = Self.codes(shares, same: field.frequencies.ofPairs)
  }

  private static func codes(_ levels: [Double], same shares: [Double]) -> [Double] {
    [1] + shares.map { $0 * levels[0] } + levels.dropFirst()
  }
}

extension ColumnKind {
  /// Whether several who are not the same often share a value: colleagues, relatives, namesakes.
  var canBeShared: Bool {
    switch self {
    case .personName, .companyName, .phone, .email, .address, .text: true
    case .date, .id, .number: false
    }
  }
}
