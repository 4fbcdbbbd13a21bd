import FerryCore
import FerryMigration
import FerryReports
import Foundation

/// Holds a sign-off against the plan, the figures and the mapping that it tells of.
struct SignOffCheck {
  private let context: RunContext
  private let path: String
  private let reading: SignOffText.Reading

  /// Reads the file; throws where its seal does not hold.
  init(_ context: RunContext, path: String) throws {
    self.context = context
    self.path = path
    reading = try SignOffFolder.read(path)
  }

  func run() throws -> ExitStatus {
    let plan = try self.plan()
    let hash = try PlanDump(plan: plan).hash()
    let text = SignOffText(reading.signOff, of: try plan.summary())
    let mapping = reading.mapping.flatMap { ContentDigest.ofFile(at: $0) }
    let result = SignOffResult(
      signOff: reading.signOff, store: reading.store, isPlan: hash == reading.signOff.planHash,
      areFigures: text.body == reading.body,
      isMapping: mapping.map { $0 == reading.signOff.mappingHash })
    let console = context.invocation.console
    if console.isJSON {
      console.print(console.jsonReport.document(of: result, path: path).text() + "\n")
    } else {
      console.say(console.report.text(of: result))
    }
    return result.isEqual ? .done : .doneWithFindings
  }

  // What is named, what lies beside the folder of sign-offs, or what a workspace in reach knows.
  private func plan() throws -> PlanFile {
    let run = reading.signOff.run
    if let named = context.invocation.positional(0) {
      return try PlanFile(path: named, key: context.key)
    }
    let folder = URL(filePath: path).deletingLastPathComponent().deletingLastPathComponent()
    let beside = Workspace(path: folder.path).planPath(ofRun: run)
    if FileManager.default.fileExists(atPath: beside) {
      return try PlanFile(path: beside, key: context.key)
    }
    let known = try context.knownWorkspaces.lazy
      .compactMap { try RunHistory.run(run, in: $0)?.planPath }.first
    guard let known, FileManager.default.fileExists(atPath: known) else {
      throw SignOffFailure(SignOffRules.planGone, run, path, status: .wrongUsage)
    }
    return try PlanFile(path: known, key: context.key)
  }
}
