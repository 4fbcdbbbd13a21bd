import Foundation

/// What a schedule runs, and the files that make cron or systemd run it.
struct ScheduledJob: Hashable, Sendable {
  /// Of its files: letters, digits, `-` and `_`.
  let name: String
  let times: CronExpression
  /// The whole command line, a word each; paths are absolute.
  let words: [String]
  /// Where it runs.
  let folder: String
  /// Holds secrets such as `PGPASSWORD` or `FERRY_WEBHOOK`, a line each; for its owner alone.
  let environmentFile: String
  /// Where cron's job writes its messages.
  let log: String

  /// One file of a job.
  struct File: Hashable, Sendable {
    let name: String
    let text: String
  }

  /// The service and the timer.
  var units: [File] {
    [
      File(
        name: "ferry-\(name).service",
        text: """
          [Unit]
          Description=ferry import \(name)

          [Service]
          Type=oneshot
          WorkingDirectory=\(Self.plain(folder))
          EnvironmentFile=-\(Self.plain(environmentFile))
          ExecStart=\(words.map(Self.unitWord).joined(separator: " "))
          # A stop ends at a checkpoint; the next run, or `ferry resume`, goes on.
          TimeoutStartSec=infinity
          TimeoutStopSec=10min
          UMask=0077

          """),
      File(
        name: "ferry-\(name).timer",
        text: """
          [Unit]
          Description=times of ferry import \(name)

          [Timer]
          \(times.calendarEvents.map { "OnCalendar=\($0)" }.joined(separator: "\n"))
          Persistent=true

          [Install]
          WantedBy=timers.target

          """),
    ]
  }

  /// The end of the crontab's line, by which it is found again.
  var cronMark: String { "# ferry-\(name)" }

  /// The line of a crontab, without a line break.
  var cronLine: String {
    let variables =
      "f=\(Self.shellWord(environmentFile)); [ -r \"$f\" ] && { set -a; . \"$f\"; set +a; }"
    let command =
      "cd \(Self.shellWord(folder)) && \(words.map(Self.shellWord).joined(separator: " "))"
    let line = "\(variables); \(command) >>\(Self.shellWord(log)) 2>&1"
    // An unescaped percent sign is a line break to cron.
    return "\(times.text) \(line.replacing("%", with: "\\%")) \(cronMark)"
  }

  /// A word as a shell takes it.
  static func shellWord(_ text: String) -> String {
    let plain = text.unicodeScalars.allSatisfy { scalar in
      (scalar.isASCII && scalar.properties.isAlphabetic) || ("0"..."9").contains(scalar)
        || "-_./:=@,+".unicodeScalars.contains(scalar)
    }
    return plain && !text.isEmpty ? text : "'\(text.replacing("'", with: "'\\''"))'"
  }

  /// A word of `ExecStart=`.
  ///
  /// Source: systemd.service(5), "Command lines"; systemd.unit(5), "Specifiers".
  static func unitWord(_ text: String) -> String {
    let safe = text.replacing("%", with: "%%").replacing("$", with: "$$")
    guard shellWord(text) != text else { return safe }
    return "\"\(safe.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
  }

  // A path that is the whole value of a setting needs no quotes.
  private static func plain(_ path: String) -> String { path.replacing("%", with: "%%") }
}
