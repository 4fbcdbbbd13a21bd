import FerryCore
import FerryHTTPStores
import FerryMigration
import FerryRecords
import FerryReports
import Foundation

/// Tells others of a scheduled run: counts, gates and rules, never a value of a cell nor a secret.
struct RunNotice {
  private let invocation: Invocation
  private var language: Language { invocation.console.language }

  /// `nil` where nobody is to be told.
  init?(_ invocation: Invocation) {
    self.invocation = invocation
    guard webhook != nil || invocation.value(ImportOptions.mailCommand.name) != nil else {
      return nil
    }
  }

  /// What became of a run, or of a start of one.
  struct Result {
    let mapping: String
    let status: ExitStatus
    /// `nil` where no run began.
    var summary: RunSummary?
    var failure: (any Failure)?
    /// How many files of the inbox it was about; `nil` without an inbox.
    var fileCount: Int?
  }

  /// Sends it; a receiver that does not answer changes nothing but a line on standard error.
  func send(_ result: Result) async {
    let lines = text(of: result)
    if let webhook { await post(document(of: result, lines), to: webhook) }
    if let command = invocation.value(ImportOptions.mailCommand.name) {
      mail(lines, subject: lines[0], by: command)
    }
  }

  private var webhook: String? {
    let given =
      invocation.value(ImportOptions.webhook.name)
      ?? invocation.environment[ImportOptions.webhookVariable]
    return given.flatMap { $0.isEmpty ? nil : $0 }
  }
}

// MARK: - Contents

extension RunNotice {
  private func text(of result: Result) -> [String] {
    let outcome = result.summary?.outcome.rawValue ?? NoticeWords.notBegun[language]
    var lines = [
      NoticeWords.head.filled(
        with: [result.mapping, outcome, String(result.status.rawValue)], in: language)
    ]
    if let count = result.fileCount {
      lines.append(NoticeWords.files.filled(with: [String(count)], in: language))
    }
    for counts in result.summary?.entities ?? [] {
      let numbers = [
        counts.records, counts.created, counts.updated, counts.merged, counts.rejected,
        counts.conflicted,
      ]
      lines.append(
        NoticeWords.counts.filled(
          with: [SalesChain.entity(counts.entity)?.label[language] ?? counts.entity]
            + numbers.map(String.init),
          in: language))
    }
    let unmet = result.summary?.gates.filter { !$0.isMet }.map(\.name) ?? []
    if !unmet.isEmpty {
      lines.append(
        NoticeWords.gates.filled(with: [unmet.joined(separator: ", ")], in: language))
    }
    let differing = result.summary?.controls.count { !$0.isEqual } ?? 0
    if differing > 0 {
      lines.append(NoticeWords.controls.filled(with: [String(differing)], in: language))
    }
    let faults = result.failure?.findings.map(\.rule.id) ?? []
    if !faults.isEmpty {
      let rules = Set(faults).sorted().joined(separator: ", ")
      lines.append(
        NoticeWords.faults.filled(with: [String(faults.count), rules], in: language))
    }
    if let run = result.summary?.run {
      lines.append(NoticeWords.more.filled(with: [run], in: language))
    }
    return lines
  }

  private func document(of result: Result, _ lines: [String]) -> JSONValue {
    let text = lines.joined(separator: "\n")
    switch invocation.value(ImportOptions.webhookForm.name) {
    case "wecom": return ["msgtype": "text", "text": ["content": .string(text)]]
    case "feishu": return ["msg_type": "text", "content": ["text": .string(text)]]
    default: break
    }
    let findings = result.summary?.findings ?? result.failure?.findings ?? []
    let groups = Dictionary(grouping: findings) { "\($0.rule.id) \($0.severity)" }
    return [
      "text": .string(text), "source": "ferry", "command": "import",
      "mapping": .string(result.mapping), "run": .string(orNull: result.summary?.run),
      "outcome": .string(orNull: result.summary?.outcome.rawValue),
      "exit": .integer(Int(result.status.rawValue)),
      "started_at": .string(orNull: result.summary?.startedAt),
      "finished_at": .string(orNull: result.summary?.finishedAt),
      "files": result.fileCount.map { .integer($0) } ?? .null,
      "entities": .object((result.summary?.entities ?? []).map(entity)),
      "gates": .array(
        (result.summary?.gates ?? []).map { gate in
          ["name": .string(gate.name), "limit": .string(gate.limit), "met": .boolean(gate.isMet)]
        }),
      "findings": .array(
        groups.sorted { $0.key < $1.key }.map { _, group in
          [
            "rule": .string(group[0].rule.id), "severity": .string("\(group[0].severity)"),
            "count": .integer(group.count),
          ]
        }),
    ]
  }

  private func entity(_ counts: EntityCounts) -> JSONValue.Member {
    .init(
      counts.entity,
      [
        "records": .integer(counts.records), "created": .integer(counts.created),
        "updated": .integer(counts.updated), "same": .integer(counts.same),
        "merged": .integer(counts.merged), "skipped": .integer(counts.skipped),
        "rejected": .integer(counts.rejected), "conflicted": .integer(counts.conflicted),
      ])
  }
}

// MARK: - Sending

extension RunNotice {
  private static let timeout = Duration.seconds(20)

  private func post(_ document: JSONValue, to address: String) async {
    let console = invocation.console
    guard let url = URL(string: address), ["http", "https"].contains(url.scheme) else {
      console.complain(NoticeWords.badWebhook[language])
      return
    }
    var request = HTTPRequest(
      "POST", url, headers: ["Content-Type": "application/json; charset=utf-8"],
      body: Array(document.text().utf8), timeout: Self.timeout)
    request.isRepeatable = false
    let transport = CurlTransport()
    defer { transport.close() }
    // The address may hold a token: only its host is shown.
    let host = url.host ?? "–"
    do throws(HTTPFailure) {
      let response = try await transport.send(request)
      guard !(200..<300).contains(response.status) else { return }
      console.complain(
        NoticeWords.refused.filled(with: [host, String(response.status)], in: language))
    } catch {
      console.complain(NoticeWords.unreachable.filled(with: [host, error.reason], in: language))
    }
  }

  private func mail(_ lines: [String], subject: String, by command: String) {
    let process = Process()
    let given = Pipe()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", command]
    process.environment = invocation.environment.merging(["FERRY_SUBJECT": subject]) { $1 }
    process.standardInput = given
    process.standardOutput = FileHandle.nullDevice
    // A command that reads nothing must not end this process.
    let earlier = signal(SIGPIPE, SIG_IGN)
    defer { signal(SIGPIPE, earlier) }
    var status: Int32 = -1
    do {
      try process.run()
      // What it does not read is its own business.
      try? given.fileHandleForWriting.write(
        contentsOf: Data((lines.joined(separator: "\n") + "\n").utf8))
      try? given.fileHandleForWriting.close()
      process.waitUntilExit()
      status = process.terminationStatus
    } catch {}
    if status != 0 {
      invocation.console.complain(
        NoticeWords.mailFailed.filled(with: [String(status)], in: language))
    }
  }
}

private enum NoticeWords {
  static let head = Words(
    en: "ferry import {0}: {1} (exit code {2})", zh: "ferry import {0}：{1}（退出码 {2}）")
  static let notBegun = Words(en: "not begun", zh: "未开始")
  static let files = Words(en: "{0} new {0:file|files} in the inbox", zh: "收件夹中 {0} 个新文件")
  static let counts = Words(
    en:
      "{0}: {1} {1:record|records}: {2} created, {3} updated, {4} merged, {5} rejected, {6} conflicted",
    zh: "{0}：{1} 条记录：新建 {2}，更新 {3}，合并 {4}，拒绝 {5}，冲突 {6}")
  static let gates = Words(
    en: "gates not met, so nothing was applied: {0}", zh: "闸门未达标，未执行任何内容：{0}")
  static let controls = Words(
    en: "{0} control {0:total differs|totals differ}", zh: "{0} 个控制合计不一致")
  static let faults = Words(en: "{0} {0:fault|faults}: {1}", zh: "{0} 个错误：{1}")
  static let more = Words(
    en: "More on the machine: ferry runs {0}", zh: "详情请在该机器上查看：ferry runs {0}")
  static let badWebhook = Words(
    en: "warning: --webhook is no http or https address, so nobody was told.\n"
      + "fix: Give the whole address, or set FERRY_WEBHOOK.",
    zh: "警告：--webhook 不是 http 或 https 地址，未发送通知。\n处理：请写完整地址，或设置 FERRY_WEBHOOK。")
  static let refused = Words(
    en: "warning: the webhook on {0} answered {1}; the run is not affected.",
    zh: "警告：{0} 上的 webhook 返回 {1}；运行不受影响。")
  static let unreachable = Words(
    en: "warning: the webhook on {0} was not reached: {1}; the run is not affected.",
    zh: "警告：无法连接 {0} 上的 webhook：{1}；运行不受影响。")
  static let mailFailed = Words(
    en: "warning: the mail command ended with {0}; the run is not affected.",
    zh: "警告：邮件命令以 {0} 结束；运行不受影响。")
}
