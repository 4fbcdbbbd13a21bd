import FerryCore
import FerryMigration

/// Holds a plan against `gates: { signoff: required }`.
///
/// An import makes its plan anew, so that nobody can have signed that file: a sign-off counts for each
/// plan of just the same changes.
struct SignOffGate {
  let workspace: Workspace

  /// Says in `summary` that the plan waits for a person; with `isStopping`, as a gate that is not met
  /// where nobody signed the same plan.
  func check(_ summary: inout RunSummary, isStopping: Bool) throws {
    guard let path = summary.planPath else { return }
    guard isStopping else {
      summary.findings.append(Finding(SignOffRules.awaited, arguments: [path]))
      return
    }
    let signer = try signer(of: PlanFile(path: path, key: workspace.key))
    let gate = GateResult(
      name: "signoff", limit: "required", actual: signer ?? "–", isMet: signer != nil)
    summary.gates.append(gate)
    if !gate.isMet { summary.findings.append(Finding(SignOffRules.unsigned, arguments: [path])) }
  }

  /// Who signed off a plan of the same changes last.
  private func signer(of plan: PlanFile) throws -> String? {
    let signed = try SignOffFolder(workspace: workspace).latest()
    guard !signed.isEmpty else { return nil }
    let hash = try PlanDump(plan: plan).hash()
    return signed.last { $0.planHash == hash }?.name
  }
}
