public import FerryCore

/// Two records that may be one thing, or were held to be, for a person to decide.
public struct ReviewPair: Sendable {
  /// How the pair stands.
  public enum State: Hashable, Sendable {
    /// Nobody knows; both are kept.
    case open
    /// A person said that both are the same, or not.
    case decided(isSame: Bool)
    /// They were merged without a person's word.
    case merged
  }

  /// The earlier identity.
  public let left: Int
  /// The later identity.
  public let right: Int
  /// How it stands.
  public let state: State
  /// What is said of it: at the later one's name, with the earlier one's place.
  public let finding: Finding
  /// Why, and how sure; `nil` where no model was asked.
  public let explanation: MatchExplanation?
  /// Where the earlier one is a record of the store; ``left`` is negative then, the same for each
  /// pair of that record.
  public var stored: StoredSide?
  /// By field: the digest of the record whose value a person picked.
  public var picks: [String: String] = [:]
}

extension MatchExplanation {
  /// The steps that say something, in words with their bits: `phone: same number (+11.2)`.
  func text(in language: Language) -> String {
    steps.compactMap { step in
      step.level.map { "\(step.field): \($0[language]) (\(Self.bits(step.bits)))" }
    }.joined(separator: language == .english ? "; " : "；")
  }

  /// Bits with their sign and one decimal.
  public static func bits(_ bits: Double) -> String {
    let tenths = Int((abs(bits) * 10).rounded())
    return (bits < 0 && tenths > 0 ? "−" : "+") + "\(tenths / 10).\(tenths % 10)"
  }

  /// A probability with three decimals, never rounded up to one.
  public static func probability(_ probability: Double) -> String {
    let thousandths = max(0, min(999, Int(probability * 1000)))
    return "0." + String(String(thousandths + 1000).dropFirst())
  }
}
