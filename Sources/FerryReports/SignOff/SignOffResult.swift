import FerryCore
public import FerryMigration

/// What came of holding a sign-off against its plan.
public struct SignOffResult: Hashable, Sendable {
  /// What was signed.
  public let signOff: SignOff
  /// The store as the sign-off names it.
  public let store: String
  /// Whether the plan is the one that was signed.
  public let isPlan: Bool
  /// Whether the figures in the file are those of the plan.
  public let areFigures: Bool
  /// Whether the mapping is as it was; `nil` where it is not there.
  public let isMapping: Bool?

  /// States it.
  public init(
    signOff: SignOff, store: String, isPlan: Bool, areFigures: Bool, isMapping: Bool?
  ) {
    self.signOff = signOff
    self.store = store
    self.isPlan = isPlan
    self.areFigures = areFigures
    self.isMapping = isMapping
  }

  /// Whether all is as it was signed; a mapping that is not there tells nothing.
  public var isEqual: Bool { isPlan && areFigures && isMapping != false }
}

extension TerminalReport {
  /// What was signed, with the figures in short.
  public func text(of signOff: SignOff, _ summary: RunSummary, path: String) -> String {
    var lines = [
      SignOffWords.signed.filled(with: [signOff.name, signOff.run, signOff.at], in: language)
    ]
    lines += summary.entities.map { counts in
      "  "
        + SignOffWords.counts.filled(
          with: [
            ReportWords.entityName(counts.entity, in: language), NumberText.count(counts.records),
            NumberText.count(counts.created), NumberText.count(counts.updated),
            NumberText.count(counts.merged), NumberText.count(counts.rejected),
            NumberText.count(counts.conflicted),
          ], in: language)
    }
    lines.append(SignOffWords.rehearsal(signOff.rehearsal, in: language))
    lines.append(SignOffWords.kept.filled(with: [path], in: language))
    return lines.map(\.safeForTerminal).joined(separator: "\n") + "\n"
  }

  /// What came of a check.
  public func text(of result: SignOffResult) -> String {
    let signOff = result.signOff
    let head = result.isEqual ? SignOffWords.equal : SignOffWords.different
    let lines = [
      head.filled(with: [signOff.name, signOff.run, signOff.at], in: language),
      "  "
        + (result.isPlan ? SignOffWords.samePlan : SignOffWords.otherPlan)
        .filled(with: [String(signOff.planHash.prefix(12))], in: language),
      "  " + (result.areFigures ? SignOffWords.sameFigures : SignOffWords.otherFigures)[language],
      "  " + SignOffWords.mapping(result.isMapping)[language],
      "  " + SignOffWords.rehearsal(signOff.rehearsal, in: language),
    ]
    return lines.map(\.safeForTerminal).joined(separator: "\n") + "\n"
  }
}

extension JSONReport {
  /// A sign-off that was just made.
  public func document(
    of signOff: SignOff, _ summary: RunSummary, path: String
  ) -> JSONValue {
    var members = base(signOff, outcome: "signed", path: path)
    let entities = summary.entities.map { counts in
      JSONValue.Member(
        counts.entity,
        [
          "records": .integer(counts.records), "created": .integer(counts.created),
          "updated": .integer(counts.updated), "same": .integer(counts.same),
          "merged": .integer(counts.merged), "skipped": .integer(counts.skipped),
          "rejected": .integer(counts.rejected), "conflicted": .integer(counts.conflicted),
        ])
    }
    members.append(.init("entities", .object(entities)))
    return .object(members)
  }

  /// What came of a check.
  public func document(of result: SignOffResult, path: String) -> JSONValue {
    let outcome = result.isEqual ? "equal" : "different"
    return .object(
      base(result.signOff, outcome: outcome, path: path) + [
        .init("store", .string(result.store)), .init("plan_equal", .boolean(result.isPlan)),
        .init("figures_equal", .boolean(result.areFigures)),
        .init("mapping_equal", result.isMapping.map { .boolean($0) } ?? .null),
      ])
  }

  private func base(
    _ signOff: SignOff, outcome: String, path: String
  ) -> [JSONValue.Member] {
    let rehearsal: JSONValue =
      signOff.rehearsal.map { rehearsal in
        [
          "run": .string(rehearsal.run), "at": .string(rehearsal.at),
          "same_plan": .boolean(rehearsal.isSamePlan),
          "differences": .integer(rehearsal.differences),
          "unequal_controls": .integer(rehearsal.unequalControls),
          "unmet_gates": .integer(rehearsal.unmetGates),
        ]
      } ?? .null
    return [
      .init("command", "signoff"), .init("outcome", .string(outcome)),
      .init("run", .string(signOff.run)), .init("signed_by", .string(signOff.name)),
      .init("signed_at", .string(signOff.at)), .init("plan_sha256", .string(signOff.planHash)),
      .init("mapping_sha256", .string(orNull: signOff.mappingHash)),
      .init("rehearsal", rehearsal), .init("file", .string(path)),
    ]
  }
}
