import FerryCore
import Foundation

/// Puts a job's files where cron or systemd looks, and takes them away again.
struct ScheduleInstaller {
  let job: ScheduledJob
  /// Whether the units are for this user alone, not for the machine.
  let isUser: Bool
  let environment: [String: String]
  /// What goes into the file of variables where it has no such line yet.
  let secrets: [(name: String, value: String)]

  /// Where the units are or will be.
  var unitFolder: String {
    isUser ? "\(Self.settings(environment))/systemd/user" : "/etc/systemd/system"
  }

  /// The folder of a user's settings.
  static func settings(_ environment: [String: String]) -> String {
    if let named = environment["XDG_CONFIG_HOME"], named.hasPrefix("/") { return named }
    return "\(environment["HOME"] ?? FileManager.default.homeDirectoryForCurrentUser.path)/.config"
  }

  /// Writes service and timer, and starts the timer.
  func installUnits() throws {
    try writeVariables()
    try FileManager.default.createDirectory(
      atPath: unitFolder, withIntermediateDirectories: true)
    for unit in job.units {
      try write(unit.text, to: "\(unitFolder)/\(unit.name)", mode: 0o644)
    }
    try systemctl(["daemon-reload"])
    try systemctl(["enable", "--now", "ferry-\(job.name).timer"])
  }

  /// Puts the line into the crontab, in the place of an earlier one of that name.
  func installCronLine() throws {
    try writeVariables()
    try setCrontab(lines: try crontab() + [job.cronLine])
  }

  /// Stops and removes what was installed of that name, by whichever way; gives what was removed.
  func remove() throws -> [String] {
    var removed: [String] = []
    let paths = job.units.map { "\(unitFolder)/\($0.name)" }
      .filter { FileManager.default.fileExists(atPath: $0) }
    if !paths.isEmpty {
      // A timer that is not running is gone all the same.
      _ = try? systemctl(["disable", "--now", "ferry-\(job.name).timer"])
      for path in paths {
        do { try FileManager.default.removeItem(atPath: path) } catch {
          throw UsageError(.unwritable(path))
        }
      }
      removed += paths
      try systemctl(["daemon-reload"])
    }
    if let all = try? Self.run(["crontab", "-l"], environment).output, all.contains(job.cronMark) {
      try setCrontab(lines: try crontab())
      removed.append("crontab: \(job.cronMark)")
    }
    return removed
  }

  private func writeVariables() throws {
    let path = job.environmentFile
    var lines =
      FileManager.default.contents(atPath: path)
      .map { String(decoding: $0, as: UTF8.self).split(separator: "\n").map(String.init) }
      ?? [
        "# Variables of `ferry import` for ferry-\(job.name), NAME=value, such as PGPASSWORD.",
        "# 定时任务所用的变量，每行一个，例如 PGPASSWORD。",
      ]
    for secret in secrets {
      lines.removeAll { $0.hasPrefix("\(secret.name)=") }
      lines.append("\(secret.name)=\(ScheduledJob.shellWord(secret.value))")
    }
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    try write(lines.joined(separator: "\n") + "\n", to: path, mode: 0o600)
  }

  private func write(_ text: String, to path: String, mode: Int) throws {
    let isWritten = FileManager.default.createFile(
      atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: mode])
    guard isWritten else { throw UsageError(.unwritable(path)) }
  }

  /// The lines of the crontab, those of this job left out; none where there is no crontab.
  private func crontab() throws -> [String] {
    let (output, status) = try Self.run(["crontab", "-l"], environment)
    // Only a crontab that is not there is an empty one: another would be lost.
    guard status == 0 || output.contains("no crontab") else {
      throw ScheduleFailure("crontab -l", output)
    }
    guard status == 0 else { return [] }
    return output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      .filter { !$0.hasSuffix(job.cronMark) }
      .reversed().drop { $0.isEmpty }.reversed()
  }

  private func setCrontab(lines: [String]) throws {
    let text = lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
    let (output, status) = try Self.run(["crontab", "-"], environment, input: text)
    guard status == 0 else { throw ScheduleFailure("crontab -", output) }
  }

  private func systemctl(_ words: [String]) throws {
    let whole = ["systemctl"] + (isUser ? ["--user"] : []) + words
    let (output, status) = try Self.run(whole, environment)
    guard status == 0 else { throw ScheduleFailure(whole.joined(separator: " "), output) }
  }

  /// Runs a program to its end; gives all that it said.
  private static func run(
    _ words: [String], _ environment: [String: String], input: String = ""
  ) throws -> (output: String, status: Int32) {
    let process = Process()
    let (said, given) = (Pipe(), Pipe())
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.environment = environment
    process.standardInput = given
    process.standardOutput = said
    process.standardError = said
    do {
      try process.run()
      try given.fileHandleForWriting.write(contentsOf: Data(input.utf8))
      try given.fileHandleForWriting.close()
    } catch {
      throw ScheduleFailure(words.joined(separator: " "), error.localizedDescription)
    }
    let output = try said.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (String(decoding: output, as: UTF8.self), process.terminationStatus)
  }
}

/// The machine's own scheduler did not do what was asked of it.
struct ScheduleFailure: Failure {
  let findings: [Finding]
  var exitStatus: ExitStatus { .doneWithFindings }

  init(_ command: String, _ said: String) {
    let line = said.split(separator: "\n").first.map(String.init) ?? "–"
    findings = [Finding(Self.rule, arguments: [command, line])]
  }

  private static let rule = Rule(
    id: "schedule.not-installed", severity: .error,
    message: Words(en: "`{0}` did not work: {1}", zh: "`{0}` 未成功：{1}"),
    suggestion: Words(
      en: "What was written stays; run the command by hand, or choose --form cron or systemd.",
      zh: "已写出的文件保留；请手工执行该命令，或改用 --form cron 或 systemd。"))
}
