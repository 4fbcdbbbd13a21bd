extension FieldPrior {
  /// Share of pairs that agree where a class shares the field.
  private static let sharedAgreement = 0.9
  /// Two values are one, however written, where matches have the level so many times as often.
  private static let sameValueRatio = 1000.0
  /// Of the frequency classes, those of values that fewer than eight rows hold: a home, no town.
  private static let homeClasses = 0..<2

  /// Of a text that so many pairs of rows share by chance, a category tells nobody apart.
  private static let categoryAgreement = 0.01
  /// Matches agree at least so often, as a share of what is expected of them.
  private static let leastAgreement = 0.6

  /// Takes the levels' defaults, "same" spread over the frequency classes as the data have it.
  init(_ field: any ComparedField) {
    name = field.name
    kind = field.kind
    canBeShared = field.kind.canBeShared
    let levels = field.levels
    match = Self.codes(levels.map(\.m), same: field.frequencies.ofRows)
    chance = Self.codes(Self.chances(field), same: field.frequencies.ofPairs)
    let isLoose = field.kind == .text || field.kind == .number
    speech = Self.codes(
      levels.map(\.speech), same: [Double](repeating: 1, count: AgreementCode.frequencyClasses)
    ).map { LevelSpeech(sign: $0) }
    let (agreeing, speaking) = levels.reduce(into: (0.0, 0.0)) {
      if $1.speech > 0 { $0.0 += $1.m }
      if $1.speech != 0 { $0.1 += $1.m }
    }
    least = Self.leastAgreement * agreeing / speaking
    self.isLoose = isLoose
    tells =
      field.kind != .number
      && (field.kind != .text || field.frequencies.agreement < Self.categoryAgreement)
    shared = Self.codes(Self.sharedShares(field), same: field.frequencies.ofPairs)
    ofFew = field.frequencies.ofPairs[Self.homeClasses].reduce(0, +)
    related = Self.codes(levels.map(\.relatedShare), same: field.frequencies.ofPairs)
  }

  /// What pairs say that share the field: mostly that it is the same.
  ///
  /// An address is written in many ways, by those who share it as well, and of those who share a
  /// line many have a number of their own beside it.
  private static func sharedShares(_ field: any ComparedField) -> [Double] {
    let levels = field.levels
    let isSame = levels.indices.map {
      $0 == 0
        || field.kind.isWrittenInManyWays && levels[$0].m > sameValueRatio * levels[$0].u
    }
    let (same, other) = levels.indices.reduce(into: (0.0, 0.0)) {
      if isSame[$1] { $0.0 += levels[$1].sharedShare } else { $0.1 += levels[$1].u }
    }
    return levels.indices.map {
      isSame[$0]
        ? sharedAgreement * levels[$0].sharedShare / same
        : (1 - sharedAgreement) * levels[$0].u / other
    }
  }

  /// What chance pairs say, "same" as often as the table's own values have it.
  private static func chances(_ field: any ComparedField) -> [Double] {
    let levels = field.levels.map(\.u)
    let isLoose = field.kind == .text || field.kind == .number
    let same = isLoose ? min(0.5, max(levels[0], field.frequencies.agreement)) : levels[0]
    return [same] + levels.dropFirst().map { $0 * (1 - same) / (1 - levels[0]) }
  }

  private static func codes(_ levels: [Double], same shares: [Double]) -> [Double] {
    [1] + shares.map { $0 * levels[0] } + levels.dropFirst()
  }
}

extension AgreementLevel {
  /// How often those who share a value have the level, beside the other levels that say so.
  fileprivate var sharedShare: Double { id == "one-same" ? 0.3 : m }

  /// What names of relatives say: most have the family name alone in common.
  fileprivate var relatedShare: Double {
    switch id {
    case "same-family": 0.8
    case "near", "alike": 0.1
    default: 0
    }
  }

  /// A level speaks for a match where matches have it so many times as often as chance pairs.
  private static let agreementRatio = 8.0
  /// It says nothing where both have it about equally often.
  private static let nearlyEqual = 1.25

  /// 1 where the level speaks for a match, 0 where it says nothing, −1 otherwise.
  fileprivate var speech: Double {
    if m > Self.agreementRatio * u { return 1 }
    return m < Self.nearlyEqual * u && u < Self.nearlyEqual * m ? 0 : -1
  }
}

extension ColumnKind {
  /// Whether one value comes in many shapes, of which several levels tell.
  fileprivate var isWrittenInManyWays: Bool { self == .address || self == .phone }

  /// Whether several who are not the same often share a value: colleagues, relatives, namesakes.
  var canBeShared: Bool {
    switch self {
    case .personName, .companyName, .phone, .email, .address, .text: true
    case .date, .id, .number: false
    }
  }
}
