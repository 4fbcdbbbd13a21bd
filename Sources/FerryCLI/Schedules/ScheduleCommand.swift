import FerryCore
import FerryMigration
import FerryReports
import Foundation

/// `ferry schedule`: what makes the machine run an import by itself.
enum ScheduleCommand {
  static let spec = CommandSpec(
    "schedule",
    summary: Words(
      en: "print, or with --install set up, the systemd timer or cron line of an import",
      zh: "打印（加 --install 则安装）定时导入所用的 systemd 定时器或 cron 行"),
    positionals: [PositionalSpec("MAPPING")],
    options: [
      RunOptions.to,
      OptionSpec(
        "--at", "CRON", en: "when, as cron has it: '30 2 * * *', or @daily; the machine's own time",
        zh: "时间，cron 写法：'30 2 * * *' 或 @daily；按本机时间"),
      OptionSpec(
        "--form", "FORM", choices: ["systemd", "cron"],
        en: "which scheduler, systemd where the machine runs it", zh: "用哪种调度器，默认优先 systemd"),
      OptionSpec("--install", en: "set it up on this machine", zh: "在本机安装"),
      OptionSpec("--remove", en: "take it away from this machine", zh: "从本机移除"),
      OptionSpec(
        "--user", en: "units of this user, also where root installs them",
        zh: "安装为当前用户的单元（root 时亦然）"),
      OptionSpec(
        "--name", "NAME", en: "of its files, the mapping's name otherwise",
        zh: "文件的名称，默认取映射文件名"),
      ImportOptions.inbox, ImportOptions.settle, ImportOptions.webhook, ImportOptions.webhookForm,
      ImportOptions.mailCommand,
      OptionSpec(
        "--allow-drift", en: "do not stop at columns and values that are new or missing",
        zh: "列与取值有增减时也不停止"),
      RunOptions.backup, RunOptions.workspace, RunOptions.keyFile, RunOptions.failOn,
    ],
    examples: [
      "ferry schedule Mappings/onboarding.yaml --to sqlite:crm.db --at '30 2 * * *'",
      "ferry schedule nightly.yaml --to sqlite:crm.db --at '*/15 * * * *' --inbox inbox --install",
    ],
    run: run)

  private static func run(_ invocation: Invocation) async throws -> ExitStatus {
    let isRemoval = invocation.has("--remove")
    let (path, url) = try PlanCommand.arguments(
      of: invocation, spec.name, isStoreNeeded: !isRemoval)
    guard isRemoval || FileManager.default.fileExists(atPath: path) else {
      throw UsageError(.noFile(path), spec)
    }
    let job = try job(invocation, mapping: path, store: url)
    let isRoot = getuid() == 0
    let secrets = invocation.value("--webhook").map { [(ImportOptions.webhookVariable, $0)] } ?? []
    let installer = ScheduleInstaller(
      job: job, isUser: !isRoot || invocation.has("--user"), environment: invocation.environment,
      secrets: secrets.map { (name: $0.0, value: $0.1) })
    let isSystemd = form(invocation) == "systemd"
    if isRemoval { return tellRemoved(try installer.remove(), job, invocation.console) }
    if invocation.has("--install") {
      if isSystemd { try installer.installUnits() } else { try installer.installCronLine() }
    }
    tell(job, installer, isSystemd, isInstalled: invocation.has("--install"), invocation.console)
    return .done
  }

  private static func form(_ invocation: Invocation) -> String {
    // The folder is there where systemd is the machine's first process: sd_booted(3).
    invocation.value("--form")
      ?? (FileManager.default.fileExists(atPath: "/run/systemd/system") ? "systemd" : "cron")
  }

  private static func job(
    _ invocation: Invocation, mapping path: String, store url: String
  ) throws -> ScheduledJob {
    let at = invocation.value("--at")
    guard at != nil || invocation.has("--remove") else {
      throw UsageError(.missingArgument("--at CRON"), spec)
    }
    guard let times = CronExpression(at ?? "@daily") else {
      throw UsageError(.badCron(at ?? ""), spec)
    }
    let mapping = absolute(path)
    let given = invocation.value("--name") ?? mapping.deletingPathExtension().lastPathComponent
    let name = fileName(given, of: mapping.path)
    return ScheduledJob(
      name: name, times: times,
      words: words(invocation, mapping: mapping.path, store: url),
      folder: mapping.deletingLastPathComponent().path,
      environmentFile:
        "\(ScheduleInstaller.settings(invocation.environment))/ferry/schedules/\(name).env",
      log: mapping.deletingPathExtension().path + ".log")
  }

  /// A name that systemd takes for a unit's; one that loses letters gets some digits of the mapping's
  /// path, so that no two mappings share it.
  private static func fileName(_ given: String, of mapping: String) -> String {
    let plain = given.unicodeScalars.filter { scalar in
      scalar.isASCII
        && (CharacterSet.alphanumerics.contains(scalar) || "-_".unicodeScalars.contains(scalar))
    }
    let name = String(String.UnicodeScalarView(plain))
    guard name != given else { return name }
    return "\(name.isEmpty ? "import" : name)-\(ContentDigest.of(mapping).prefix(6))"
  }

  /// The command line that the schedule runs.
  private static func words(
    _ invocation: Invocation, mapping: String, store url: String
  ) -> [String] {
    var words = [executable, "import", mapping, "--to", StoreLocator.displayed(url)]
    for option in [ImportOptions.inbox.name, "--workspace", "--key-file"] {
      if let path = invocation.value(option) { words += [option, absolute(path).path] }
    }
    for option in [
      ImportOptions.settle.name, ImportOptions.mailCommand.name, ImportOptions.webhookForm.name,
      "--fail-on", "--lang",
    ] {
      if let value = invocation.value(option) { words += [option, value] }
    }
    if invocation.has("--backup") { words.append("--backup") }
    if !invocation.has("--allow-drift") { words.append(ImportOptions.stopOnDrift.name) }
    return words
  }

  private static var executable: String {
    Bundle.main.executableURL?.resolvingSymlinksInPath().path ?? "ferry"
  }

  private static func absolute(_ path: String) -> URL { URL(filePath: path).standardizedFileURL }
}

// MARK: - Words

extension ScheduleCommand {
  private static func tell(
    _ job: ScheduledJob, _ installer: ScheduleInstaller, _ isSystemd: Bool, isInstalled: Bool,
    _ console: Console
  ) {
    let files =
      isSystemd ? job.units : [ScheduledJob.File(name: "crontab", text: job.cronLine + "\n")]
    let folder = isSystemd ? "\(installer.unitFolder)/" : ""
    if console.isJSON {
      let list = files.map { file -> JSONValue in
        ["path": .string(folder + file.name), "text": .string(file.text)]
      }
      let document: JSONValue = [
        "command": "schedule", "name": .string(job.name),
        "form": .string(isSystemd ? "systemd" : "cron"), "installed": .boolean(isInstalled),
        "runs": .array(job.words.map { .string($0) }), "files": .array(list),
        "variables": .string(job.environmentFile),
      ]
      console.print(document.text() + "\n")
      return
    }
    for file in files { console.print("# \(folder)\(file.name)\n\(file.text)\n") }
    if isInstalled {
      console.say(installed, job.environmentFile)
      if isSystemd, installer.isUser { console.say(linger) }
    } else {
      console.say(printed, job.environmentFile)
    }
  }

  private static func tellRemoved(
    _ removed: [String], _ job: ScheduledJob, _ console: Console
  ) -> ExitStatus {
    if console.isJSON {
      let document: JSONValue = [
        "command": "schedule", "name": .string(job.name),
        "removed": .array(removed.map { .string($0) }),
      ]
      console.print(document.text() + "\n")
    } else if removed.isEmpty {
      console.say(
        Words(en: "Nothing named ferry-{0} is installed.", zh: "没有安装名为 ferry-{0} 的定时任务。"), job.name)
    } else {
      console.say(
        Words(en: "Removed: {0}. Variables stay in {1}.", zh: "已移除：{0}。变量文件 {1} 保留。"),
        removed.joined(separator: ", "), job.environmentFile)
    }
    return .done
  }

  private static let printed = Words(
    en:
      "Nothing is installed yet; --install does it. Passwords and the webhook go into {0} (mode 0600).",
    zh: "尚未安装；加 --install 即安装。密码与 webhook 地址写在 {0}（权限 0600）。")
  private static let installed = Words(
    en:
      "Installed. Passwords and the webhook go into {0}; `ferry runs` shows what ran, --remove takes it away.",
    zh: "已安装。密码与 webhook 地址写在 {0}；`ferry runs` 查看运行记录，--remove 可移除。")
  private static let linger = Words(
    en:
      "A user's timers run while the user is signed in; `loginctl enable-linger` lets them run always.",
    zh: "用户定时器仅在该用户登录时运行；`loginctl enable-linger` 可使其一直运行。")
}
