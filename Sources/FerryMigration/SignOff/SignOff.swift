/// That a named person agrees to exactly the changes of one plan.
public struct SignOff: Hashable, Sendable {
  /// The rehearsal that it rests on.
  public struct Rehearsed: Hashable, Sendable {
    /// The rehearsal's run.
    public let run: String
    /// When it was, UTC in ISO 8601.
    public let at: String
    /// Whether it did the very changes that are signed.
    public let isSamePlan: Bool
    /// Fields that its verification found differing.
    public let differences: Int
    /// Control totals that did not agree.
    public let unequalControls: Int
    /// Gates that were not met.
    public let unmetGates: Int

    /// States it.
    public init(
      run: String, at: String, isSamePlan: Bool, differences: Int, unequalControls: Int,
      unmetGates: Int
    ) {
      self.run = run
      self.at = at
      self.isSamePlan = isSamePlan
      self.differences = differences
      self.unequalControls = unequalControls
      self.unmetGates = unmetGates
    }
  }

  /// Who signs, on one line.
  public let name: String
  /// When, UTC in ISO 8601.
  public let at: String
  /// The run whose plan it is.
  public let run: String
  /// SHA-256 of the plan as `ferry plan --dump` prints it; 64 hexadecimal digits.
  public let planHash: String
  /// SHA-256 of the mapping file; `nil` where the plan has none, or it is not there.
  public let mappingHash: String?
  /// The last rehearsal of the workspace; `nil` where there was none.
  public let rehearsal: Rehearsed?

  /// States it.
  public init(
    name: String, at: String, run: String, planHash: String, mappingHash: String?,
    rehearsal: Rehearsed?
  ) {
    self.name = name
    self.at = at
    self.run = run
    self.planHash = planHash
    self.mappingHash = mappingHash
    self.rehearsal = rehearsal
  }
}

extension Workspace {
  /// Where the sign-offs of its plans are.
  public var signOffsPath: String { "\(path)/signoffs" }
}
