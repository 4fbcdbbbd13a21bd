/// The order in which a column writes day, month and year where digits alone don't tell.
public enum DateOrder: String, Hashable, Sendable, CaseIterable {
  /// `5/3/2024` is the fifth of March.
  case dayFirst = "day-first"
  /// `3/5/2024` is the fifth of March.
  case monthFirst = "month-first"
  /// `24-3-5` is the fifth of March 2024.
  case yearFirst = "year-first"
}

/// How a percentage without a sign is meant.
public enum PercentScale: String, Hashable, Sendable, CaseIterable {
  /// `0.3` is 30 %, as spreadsheets store it.
  case fraction
  /// `30` is 30 %.
  case points
}

/// A power of ten that a column's amounts are told in, such as 万元.
public struct MoneyUnit: Hashable, Sendable {
  /// How it was written, such as `万元`.
  public let name: String
  /// The power of ten: 4 for 万.
  public let exponent: Int

  /// Reads 元, 千元, 万, 万元, 百万, 亿元, `k`, `thousand`, `million` and their like.
  ///
  /// Gives nothing where the text names no unit.
  public init?(_ text: String) {
    let folded = TextFolding.folded(text).lowercased()
    guard let exponent = Self.exponents[folded] else { return nil }
    self.init(name: text, exponent: exponent)
  }

  init(name: String, exponent: Int) {
    self.name = name
    self.exponent = exponent
  }

  private static let exponents: [String: Int] = [
    "元": 0, "圆": 0, "yuan": 0, "1": 0,
    "千": 3, "千元": 3, "k": 3, "thousand": 3, "1000": 3,
    "万": 4, "万元": 4, "萬": 4, "萬元": 4, "w": 4, "10000": 4,
    "十万": 5, "十万元": 5,
    "百万": 6, "百万元": 6, "m": 6, "mn": 6, "million": 6, "1000000": 6,
    "千万": 7, "千万元": 7,
    "亿": 8, "亿元": 8, "億": 8, "億元": 8,
    "b": 9, "bn": 9, "billion": 9, "十亿": 9, "十亿元": 9,
  ]
}

/// What decides a value's reading beside the value: never the machine's own settings.
public struct NormalizationOptions: Hashable, Sendable {
  /// ISO 3166-1 region, such as `CN`: phones without a country, decimal sign, date convention.
  public var region: String
  /// ISO 4217 code of amounts that name none.
  public var currency: String
  /// IANA name of the zone in which civil times are meant.
  public var timeZone: String
  /// The unit of amounts that name none; `nil` is one.
  public var unit: MoneyUnit?
  /// The order of `3/5/2024`; `nil` leaves it to ``DateColumn``.
  public var dateOrder: DateOrder?
  /// How a percentage without a sign is meant; `nil` decides by value, with a finding.
  public var percentScale: PercentScale?
  /// Whether serial numbers count days from 1904-01-01, as old Macintosh workbooks do.
  public var usesDate1904: Bool

  /// States the options; the defaults are those of a mapping that names none.
  public init(
    region: String = "CN", currency: String = "CNY", timeZone: String = "Asia/Shanghai",
    unit: MoneyUnit? = nil, dateOrder: DateOrder? = nil, percentScale: PercentScale? = nil,
    usesDate1904: Bool = false
  ) {
    self.region = region
    self.currency = currency
    self.timeZone = timeZone
    self.unit = unit
    self.dateOrder = dateOrder
    self.percentScale = percentScale
    self.usesDate1904 = usesDate1904
  }
}
