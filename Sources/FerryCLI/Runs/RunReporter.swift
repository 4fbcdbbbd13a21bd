import FerryCore
import FerryMigration
import FerryReports
import Foundation

/// Tells what a run did: files beside it, words on standard error or JSON on standard output.
struct RunReporter {
  let invocation: Invocation
  let workspace: Workspace
  let progress: ProgressLine
  /// What goes back to the client; `nil` where nothing does.
  var handBack: HandBack?

  /// Writes the reports, says what was done, and gives the exit code.
  func report(_ summary: RunSummary, figures: RunFigures) throws -> ExitStatus {
    progress.end()
    var summary = summary
    summary.figures = figures.after
    summary.figuresBefore = figures.before
    let status = status(of: summary)
    // A disk that is full must not hide what became of the run.
    var failure: (any Failure)?
    do {
      try handBack?.write(&summary)
    } catch let error as any Failure {
      failure = error
    }
    if invocation.has("--mask") {
      var mask = ValueMask()
      summary = mask.masked(summary)
    }
    let console = invocation.console
    let showsValues = invocation.has("--show-values") && !invocation.has("--mask")
    do {
      try writeFiles(&summary)
    } catch let error as any Failure {
      summary.reportPath = nil
      failure = failure ?? error
    }
    if console.isJSON {
      console.print(document(of: summary, showsValues: showsValues))
    } else {
      var report = console.report
      report.showsValues = showsValues
      console.say(report.text(of: summary))
    }
    guard let failure else { return status }
    console.complain(console.report.text(of: failure))
    return .storeFailed
  }

  /// Writes page and document.
  private func writeFiles(_ summary: inout RunSummary) throws {
    let folder = try workspace.createReportFolder(ofRun: summary.run)
    let page = "\(folder)/report.html"
    summary.reportPath = page
    let html = HTMLReport(language: invocation.console.language)
    try write(html.page(of: summary, changes: try changes(of: summary)), to: page)
    let ticket = MarkdownReport(language: invocation.console.language)
    try write(ticket.text(of: summary), to: "\(folder)/report.md")
    try write(document(of: summary, showsValues: true), to: "\(folder)/report.json")
  }

  /// What the page can be searched for; nothing where values are masked, or the plan is gone.
  private func changes(of summary: RunSummary) throws -> ReportChanges? {
    guard !invocation.has("--mask"), let path = summary.planPath,
      FileManager.default.fileExists(atPath: path)
    else { return nil }
    return try ReportChanges(of: PlanFile(path: path, key: workspace.key), summary)
  }

  // The document beside the journal tells all, the one on standard output what a log may hold.
  private func document(of summary: RunSummary, showsValues: Bool) -> String {
    var report = invocation.console.jsonReport
    report.showsValues = showsValues
    return report.document(of: summary).text() + "\n"
  }

  private func write(_ text: String, to path: String) throws {
    let isWritten = FileManager.default.createFile(
      atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
    guard isWritten else { throw UsageError(.unwritable(path)) }
  }

  /// The exit code that the run's outcome asks for.
  private func status(of summary: RunSummary) -> ExitStatus {
    switch summary.outcome {
    case .failed, .stopped: return .storeFailed
    case .partial: return .doneWithFindings
    case .planned, .applied: break
    }
    let differs = !summary.differences.isEmpty || summary.controls.contains { !$0.isEqual }
    if differs || summary.gates.contains(where: { !$0.isMet }) { return .doneWithFindings }
    guard summary.readsSources else { return .done }
    let limit = invocation.value("--fail-on").map { $0 == "never" ? nil : Severity(rawValue: $0) }
    guard let least = limit ?? .error else { return .done }
    return summary.findings.contains { $0.severity >= least } ? .doneWithFindings : .done
  }
}
