import FerryCore
import FerryMigration
import FerryReports

/// A plan as lines of JSON, the same for each plan of the same input and store.
struct PlanDump {
  let plan: PlanFile

  /// Calls `body` with each line, its line break included.
  func forEachLine(_ body: (String) -> Void) throws {
    let report = JSONReport(language: .english)
    try plan.forEachRecord { body(report.document(of: $0).text() + "\n") }
    for note in try plan.notes() { body(report.document(of: note).text() + "\n") }
  }

  /// SHA-256 of all lines: what `ferry plan --dump PLAN | sha256sum` prints.
  func hash() throws -> String {
    let digest = ContentDigest()
    try forEachLine { digest.update($0) }
    return digest.hexadecimal()
  }
}
