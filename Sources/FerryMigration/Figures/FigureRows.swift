public import Foundation

/// What the figures need of one lead.
public struct LeadRow: Hashable, Sendable {
  /// The owner's name.
  public var owner: String?
  /// Where it came from.
  public var source: String?
  /// Its status word.
  public var status: String?
  /// Whether it names the account, contact or deal that it became.
  public var namesConversion = false
  /// UTC, ISO 8601.
  public var createdAt: String?

  /// Starts an empty row.
  public init() {}

  var isConverted: Bool { status.map { $0 == "converted" } ?? namesConversion }
}

/// What the figures need of one deal.
public struct DealRow: Hashable, Sendable {
  /// The owner's name.
  public var owner: String?
  /// Where it came from.
  public var source: String?
  /// ISO 4217.
  public var currency: String?
  /// The amount.
  public var amount: Decimal? {
    get { otherAmount ?? amountUnits.map { DecimalSum.decimal($0) } }
    set { (otherAmount, amountUnits) = (newValue, nil) }
  }
  /// The amount as ``DecimalSum`` counts, where it was read from text of the size of money.
  private(set) var amountUnits: Int128?
  private var otherAmount: Decimal?
  /// Its stage word.
  public var stage: String?
  /// 0 to 100.
  public var probability: Decimal?
  /// The day on which it should close, or did.
  public var closeDate: String?
  /// UTC, ISO 8601.
  public var closedAt: String?
  /// UTC, ISO 8601.
  public var createdAt: String?

  /// Starts an empty row.
  public init() {}

  /// Whether there is an amount.
  var hasAmount: Bool { amountUnits != nil || otherAmount != nil }

  /// Reads the amount; `decimal` is asked for what is not of the size of money.
  mutating func setAmount(_ text: String, decimal: (String) -> Decimal?) {
    amountUnits = DecimalSum.units(of: text)
    otherAmount = amountUnits == nil ? decimal(text) : nil
  }
}

/// What the figures need of one payment.
public struct PaymentRow: Hashable, Sendable {
  /// The owner's name.
  public var owner: String?
  /// ISO 4217.
  public var currency: String?
  /// The amount.
  public var amount: Decimal?
  /// Its status word.
  public var status: String?
  /// The day it came.
  public var date: String?

  /// Starts an empty row.
  public init() {}
}
