import FerryCore
import FerryMapping
import FerryMigration
import FerryReports
import Foundation

/// `ferry import --inbox`: loads a delivery and puts its files away.
struct InboxImport {
  private let invocation: Invocation
  private let mappingPath: String
  private let inbox: Inbox
  private var console: Console { invocation.console }

  init(_ invocation: Invocation, folder: String) throws {
    self.invocation = invocation
    mappingPath = invocation.positional(0) ?? ""
    let workspace = try RunContext(invocation).workspace(besideMapping: mappingPath)
    inbox = Inbox(
      folder: URL(filePath: folder).standardizedFileURL.path,
      settleSeconds: try Self.settleSeconds(invocation), ledger: InboxLedger(workspace))
  }

  private static let longestSettle = 3600.0

  private static func settleSeconds(_ invocation: Invocation) throws(UsageError) -> Double {
    let option = ImportOptions.settle.name
    guard let text = invocation.value(option) else { return 10 }
    guard let seconds = Double(text), seconds >= 0, seconds <= longestSettle else {
      throw UsageError(.badValue(option, text, choices: ["1", "10", "60"]), "import")
    }
    return seconds
  }

  /// Does what there is to do.
  ///
  /// `load` imports the files for which its filter is true, and tells of the run that it made.
  func run(
    _ load: (_ isTaken: @escaping @Sendable (String) -> Bool) async throws -> (
      ExitStatus, RunSummary
    )
  ) async throws -> ExitStatus {
    let patterns = try Mapping.sourcePatterns(path: mappingPath)
    try inbox.ledger.prepare()
    guard inbox.ledger.lock() else { throw InboxFailure(.locked, inbox.folder) }
    let look = try inbox.look(for: patterns)
    tell(look)
    guard !look.delivery.isEmpty else { return .done }
    guard !look.isKnown else { return try putAway(look.delivery) }
    do {
      let taken = Set(look.delivery.map(\.path))
      let folder = inbox.folder
      let (status, summary) = try await load { path in
        let whole = URL(filePath: path).standardizedFileURL
        // What lies elsewhere is no part of a delivery.
        return whole.deletingLastPathComponent().path != folder || taken.contains(whole.path)
      }
      try end(look.delivery, status, summary)
      await notify(look, status, summary, nil)
      return status
    } catch let failure as any Failure {
      try end(look.delivery, failure)
      await notify(look, failure.exitStatus, nil, failure)
      throw failure
    }
  }

  private func notify(
    _ look: Inbox.Look, _ status: ExitStatus, _ summary: RunSummary?, _ failure: (any Failure)?
  ) async {
    let name = (mappingPath as NSString).lastPathComponent
    await RunNotice(invocation)?.send(
      .init(
        mapping: name, status: status, summary: summary, failure: failure,
        fileCount: look.delivery.count))
  }

  // MARK: - Putting away

  private func putAway(_ files: [Inbox.File]) throws -> ExitStatus {
    let folder = try inbox.put(files, into: "done", named: "\(stamp)-known")
    console.say(InboxWords.known, String(files.count), folder)
    return .done
  }

  private func end(
    _ files: [Inbox.File], _ status: ExitStatus, _ summary: RunSummary
  ) throws {
    switch summary.outcome {
    case .applied, .partial:
      try inbox.ledger.remember(files.map(\.digest))
      let folder = try inbox.put(files, into: "done", named: summary.run)
      try copyReports(of: summary, to: folder)
      console.say(InboxWords.done, String(files.count), folder)
    case .planned:
      let folder = try inbox.put(files, into: "failed", named: summary.run)
      try copyReports(of: summary, to: folder)
      console.complain(
        InboxWords.failed.filled(with: [String(files.count), folder], in: console.language))
    case .stopped, .failed:
      console.complain(
        InboxWords.left.filled(with: [String(files.count), inbox.folder], in: console.language))
    }
  }

  /// Files that are at fault themselves fail; where store, rights or another run are, they stay.
  private func end(_ files: [Inbox.File], _ failure: any Failure) throws {
    let isOfFiles =
      failure is MappingError || failure.exitStatus == .unreadableSource
      || failure.exitStatus == .brokenInvariant
    guard isOfFiles else {
      console.complain(
        InboxWords.left.filled(with: [String(files.count), inbox.folder], in: console.language))
      return
    }
    let folder = try inbox.put(files, into: "failed", named: stamp)
    var report = console.report
    report.usesColor = false
    let path = "\(folder)/error.txt"
    guard
      FileManager.default.createFile(
        atPath: path, contents: Data((report.text(of: failure) + "\n").utf8))
    else { throw UsageError(.unwritable(path)) }
    console.complain(
      InboxWords.failed.filled(with: [String(files.count), folder], in: console.language))
  }

  private func copyReports(of summary: RunSummary, to folder: String) throws {
    guard let page = summary.reportPath else { return }
    let source = (page as NSString).deletingLastPathComponent
    for name in (try? FileManager.default.contentsOfDirectory(atPath: source)) ?? [] {
      // A report that can't be copied is still in the workspace.
      try? FileManager.default.copyItem(atPath: "\(source)/\(name)", toPath: "\(folder)/\(name)")
    }
  }

  private var stamp: String {
    Date().formatted(.iso8601).replacing("-", with: "").replacing(":", with: "")
  }

  private func tell(_ look: Inbox.Look) {
    for (words, names) in [
      (InboxWords.unsettled, look.unsettled), (InboxWords.missing, look.missing),
      (InboxWords.absent, look.missing.isEmpty ? look.absent : []),
      (InboxWords.strange, look.strange),
    ] where !names.isEmpty {
      console.say(words, names.joined(separator: ", "))
    }
    if look.delivery.isEmpty, look.missing.isEmpty, look.unsettled.isEmpty {
      console.say(InboxWords.nothing, inbox.folder)
    }
  }
}

/// The inbox can't be worked on.
struct InboxFailure: Failure {
  enum Kind { case locked }

  let findings: [Finding]
  var exitStatus: ExitStatus { .workspaceLocked }

  init(_ kind: Kind, _ folder: String) {
    findings = [Finding(Self.locked, arguments: [folder])]
  }

  private static let locked = Rule(
    id: "inbox.locked", severity: .error,
    message: Words(
      en: "another run is working on the inbox {0}", zh: "另一次运行正在处理收件夹 {0}"),
    suggestion: Words(
      en: "Wait until it has ended; a schedule comes back by itself.",
      zh: "请等其结束；定时任务会自行再来。"))
}

enum InboxWords {
  static let nothing = Words(en: "Nothing new is in {0}.", zh: "{0} 中没有新文件。")
  static let unsettled = Words(
    en: "Still being written, left for the next time: {0}", zh: "仍在写入，留待下次：{0}")
  static let missing = Words(
    en: "The delivery is not whole yet, nothing was loaded; a file is missing for: {0}\n"
      + "fix: It is loaded once the file is there. A source that need not come each time gets "
      + "`absent: keep` in the mapping: its records then stay as they are.",
    zh: "文件尚未到齐，未导入任何内容；还缺：{0}\n"
      + "处理：文件到齐后会自动导入。若某个来源不必每次都有，请在映射中为它写上 `absent: keep`，其记录将保持不变。")
  static let absent = Words(
    en: "No file this time for: {0}; what was loaded of it before stays as it is.",
    zh: "本次没有 {0} 的文件；此前导入的内容保持不变。")
  static let strange = Words(
    en: "Files that fit no source of the mapping were left alone: {0}",
    zh: "以下文件不符合映射中的任何来源，未处理：{0}")
  static let known = Words(
    en: "The content of {0} {0:file was|files was} loaded before; moved to {1}.",
    zh: "{0} 个文件的内容此前已导入；已移到 {1}。")
  static let done = Words(
    en: "{0} {0:file|files} loaded and moved, with the report, to {1}.",
    zh: "已导入 {0} 个文件，并连同报告移到 {1}。")
  static let failed = Words(
    en: "{0} {0:file was|files were} not loaded and moved, with the reason, to {1}.\n"
      + "fix: Mend the file or the mapping, then put the file back into the inbox.",
    zh: "{0} 个文件未导入，已连同原因移到 {1}。\n处理：请改正文件或映射，再把文件放回收件夹。")
  static let left = Words(
    en: "{0} {0:file stays|files stay} in {1} for the next run.", zh: "{0} 个文件留在 {1}，待下次运行。")
}
