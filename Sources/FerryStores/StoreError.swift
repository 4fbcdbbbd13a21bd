public import FerryCore

/// The store failed, or refused a whole call.
public struct StoreError: Failure {
  /// What went wrong.
  public enum Kind: Hashable, Sendable {
    /// The store can't be reached or opened.
    case unreachable
    /// Signing in was refused.
    case signInRefused
    /// The store is busy or throttles.
    case busy
    /// The disk or quota of the store is full.
    case full
    /// The store holds something that Ferry can't work with.
    case unsuitable
    /// The store answered with an error of its own.
    case refused
    /// The mapping's `store:` section does not fit the store, or the store's URL is none.
    case wrongUsage
  }

  /// What went wrong.
  public let kind: Kind
  /// Whether the same call may succeed later.
  public let isTransient: Bool
  /// In words.
  public let findings: [Finding]

  /// The command ends with the store's exit code, unless it is the mapping that is wrong.
  public var exitStatus: ExitStatus { kind == .wrongUsage ? .wrongUsage : .storeFailed }

  /// States an error.
  public init(_ kind: Kind, isTransient: Bool, finding: Finding) {
    self.kind = kind
    self.isTransient = isTransient
    findings = [finding]
  }

  /// States an error with all that is wrong at once; never empty.
  public init(_ kind: Kind, isTransient: Bool, findings: [Finding]) {
    self.kind = kind
    self.isTransient = isTransient
    self.findings = findings
  }
}
