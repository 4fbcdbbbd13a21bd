import Foundation
import Testing

@testable import FerryCLI

@Suite("ferry schedule")
struct ScheduleTests {
  private func room() throws -> Room {
    let room = try Room()
    try room.write("ferry: 1\nsources: []\n", to: "夜 100%.yaml")
    try room.write("#!/bin/sh\necho \"$@\" >> \"$HOME/systemctl.txt\"\n", to: "systemctl")
    try room.write(
      "#!/bin/sh\ncase $1 in -l) cat \"$HOME/tab\";; *) cat > \"$HOME/tab.new\"; mv \"$HOME/tab.new\" \"$HOME/tab\";; esac\n",
      to: "crontab")
    #expect(try room.run("chmod +x systemctl crontab").status == 0)
    return room
  }

  private static let line =
    "PATH=$PWD:$PATH ferry schedule '夜 100%.yaml' --to sqlite:'我的 $库.db' --at '30 2 * * 1-5'"

  @Test(arguments: [
    ("30 2 * * *", ["*-*-* 02:30:00"]),
    ("*/20 8-10 * * *", ["*-*-* 08,09,10:00,20,40:00"]),
    ("0 0 1,15 * 1", ["*-*-01,15 00:00:00", "Mon *-*-* 00:00:00"]),
    ("5 4 * jan-mar sun", ["Sun *-01,02,03-* 04:05:00"]),
    ("0 12 * * 7", ["Sun *-*-* 12:00:00"]), ("0 12 * * 0-7", ["*-*-* 12:00:00"]),
    ("50/5 * * * *", ["*-*-* *:50,55:00"]), ("@hourly", ["*-*-* *:00:00"]),
  ])
  func `times of cron in the words of systemd`(_ cron: String, _ events: [String]) throws {
    let times = try #require(CronExpression(cron))
    #expect(times.calendarEvents == events)
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze") else { return }
    let room = try Room()
    defer { room.remove() }
    for event in times.calendarEvents {
      let checked = try room.run("systemd-analyze calendar '\(event)'")
      #expect(checked.status == 0, "\(checked.errors)")
    }
  }

  @Test(arguments: [
    "", "* * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8",
    "*/0 * * * *",
    "5-1 * * * *", "1,,2 * * * *", "a * * * *", "@never", "* * * * * *", "-1 * * * *",
  ])
  func `what is no time of cron is told`(_ cron: String) throws {
    #expect(CronExpression(cron) == nil)
    let room = try room()
    defer { room.remove() }
    let result = try room.run("ferry schedule '夜 100%.yaml' --to sqlite:c.db --at '\(cron)'")
    #expect(result.status == 2 && result.errors.contains("30 2 * * *"), "\(result.errors)")
  }

  @Test func `units that systemd takes are printed, installed and removed`() throws {
    let room = try room()
    defer { room.remove() }
    let printed = try room.run(Self.line + " --form systemd --user")
    #expect(printed.status == 0, "\(printed.errors)")
    #expect(printed.output.contains("OnCalendar=Mon,Tue,Wed,Thu,Fri *-*-* 02:30:00"))
    #expect(printed.output.contains("100%%") && printed.output.contains("$$库"))
    #expect(try room.run("ls .config systemctl.txt").status == 2)

    let secret = "--webhook 'https://example.invalid/s3cret'"
    let installed = try room.run(
      Self.line + " --form systemd --user --install --name nightly --inbox 收件 \(secret)")
    #expect(installed.status == 0, "\(installed.errors)")
    let units = ".config/systemd/user/ferry-nightly"
    #expect(
      try room.run("grep -rl s3cret .config").output == ".config/ferry/schedules/nightly.env\n")
    #expect(try room.run("stat -c %a .config/ferry/schedules/nightly.env").output == "600\n")
    #expect(
      try room.run("cat systemctl.txt").output
        == "--user daemon-reload\n--user enable --now ferry-nightly.timer\n")
    if FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze") {
      let verified = try room.run(
        "systemd-analyze verify --user $PWD/\(units).service $PWD/\(units).timer")
      #expect(!verified.errors.contains("ferry-nightly"), "\(verified.errors)")
    }
    let removed = try room.run(Self.line + " --remove --name nightly --user")
    #expect(removed.status == 0 && removed.errors.contains("ferry-nightly.timer"))
    #expect(try room.run("ls \(units).timer").status == 2)
  }

  @Test func `a line of cron is put in once, runs, and is taken out`() throws {
    let room = try room()
    defer { room.remove() }
    try room.write("MAILTO=ops\n1 1 * * * true\n", to: "tab")
    for _ in 0..<2 {
      #expect(try room.run(Self.line + " --form cron --install").status == 0)
    }
    let tab = try room.run("cat tab").output
    let lines = tab.split(separator: "\n")
    #expect(lines.count == 3 && lines[2].hasPrefix("30 2 * * 1-5 "))
    // What cron does: an escaped percent sign is one.
    let command = lines[2].dropFirst("30 2 * * 1-5 ".count).replacing("\\%", with: "%")
    let run = try room.run(String(command))
    #expect(run.status == 2, "the mapping has no source")
    #expect(try room.run("cat '夜 100%.log'").output.contains("夜 100%.yaml"))
    #expect(try room.run(Self.line + " --remove").status == 0)
    #expect(try room.run("cat tab").output == "MAILTO=ops\n1 1 * * * true\n")
  }

  @Test func `says what is missing, as JSON what it would do, and what did not work`() throws {
    let room = try room()
    defer { room.remove() }
    let noTime = try room.run("ferry schedule '夜 100%.yaml' --to sqlite:c.db")
    #expect(noTime.status == 2 && noTime.errors.contains("--at"))
    let noFile = try room.run("ferry schedule no.yaml --to sqlite:c.db --at @daily")
    #expect(noFile.status == 2 && noFile.errors.contains("no.yaml"))
    let json = try room.run(Self.line + " --json --form systemd")
    struct Document: Decodable {
      let runs: [String]
      let installed: Bool
    }
    let document = try JSONDecoder().decode(Document.self, from: Data(json.output.utf8))
    #expect(document.runs.contains("--stop-on-drift") && !document.installed)
    #expect(document.runs[0].hasSuffix("/ferry"))
    try room.write("#!/bin/sh\necho no bus >&2; exit 1\n", to: "systemctl")
    #expect(try room.run("chmod +x systemctl").status == 0)
    let failed = try room.run(Self.line + " --form systemd --user --install --lang zh")
    #expect(failed.status == 1 && failed.errors.contains("no bus"), "\(failed.errors)")
  }
}
