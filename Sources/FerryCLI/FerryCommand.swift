public import FerryCore
import FerryReports
import Foundation

/// The command line's entry.
public enum FerryCommand {
  /// Runs the command that the process was started with, and exits with its status.
  public static func main() async {
    signal(SIGPIPE, SIG_DFL)
    LargeBlocks.giveBackAtOnce()
    let status = await run(
      Array(CommandLine.arguments.dropFirst()), environment: ProcessInfo.processInfo.environment)
    exit(status.rawValue)
  }

  /// Runs one command line.
  ///
  /// - Parameters:
  ///   - words: The words after `ferry`.
  ///   - environment: The process's environment.
  /// - Returns: What to exit with.
  public static func run(_ words: [String], environment: [String: String]) async -> ExitStatus {
    var invocation = Invocation(
      console: Console(environment: environment), environment: environment)
    do {
      return try await dispatch(words, &invocation)
    } catch let failure as any Failure {
      return report(failure, of: words, to: invocation.console)
    } catch {
      return report(UnforeseenFailure(error), of: words, to: invocation.console)
    }
  }

  static let commands: [CommandSpec] = [
    InspectCommand.spec, CatCommand.spec, DraftCommand.draft, DraftCommand.learn, PlanCommand.plan,
    RehearseCommand.spec, SignOffCommand.spec, ApplyCommand.spec, RunCommands.verify,
    RunCommands.undo,
    PlanCommand.load, RunCommands.resume, ScheduleCommand.spec, ReviewCommand.spec,
    RunsCommand.spec, FiguresCommand.spec,
    MatchCommand.spec, ForgetCommand.spec, StoresCommand.spec, DemoCommand.spec,
    ShellCommands.completion, ShellCommands.manual,
  ]

  private static func dispatch(
    _ words: [String], _ invocation: inout Invocation
  ) async throws -> ExitStatus {
    let isStart = words.isEmpty || (words.count <= 2 && words[0].hasPrefix("--lang"))
    guard !isStart, let name = words.first, !["--help", "-h", "help"].contains(name) else {
      if let language = languageOption(in: words) { invocation.console.language = language }
      guard !isStart else {
        let start = StartText(folder: FileManager.default.currentDirectoryPath)
        invocation.console.print(start.text(in: invocation.console.language))
        return .done
      }
      if words.count > 1, let command = commands.first(where: { $0.name == words[1] }) {
        invocation.console.print(HelpText.page(of: command, in: invocation.console.language))
        return .done
      }
      invocation.console.print(HelpText.overview(of: commands, in: invocation.console.language))
      return .done
    }
    if name == "--version" {
      invocation.console.print("ferry \(FerryVersion.current)\n")
      return .done
    }
    // Errors are told in the language and form that the options ask for.
    if let language = languageOption(in: words) { invocation.console.language = language }
    invocation.console.isJSON = words.contains("--json")
    guard let command = commands.first(where: { $0.name == name }) else {
      throw UsageError(
        .unknownCommand(name, nearest: Nearest.word(to: name, among: commands.map(\.name))))
    }
    try ArgumentParser(command: command).parse(Array(words.dropFirst()), into: &invocation)
    invocation.console.configure(invocation)
    if invocation.has("--help") {
      invocation.console.print(HelpText.page(of: command, in: invocation.console.language))
      return .done
    }
    return try await command.run(invocation)
  }

  private static func languageOption(in words: [String]) -> Language? {
    if let inline = words.first(where: { $0.hasPrefix("--lang=") }) {
      return Language(rawValue: String(inline.dropFirst(7)))
    }
    guard let index = words.firstIndex(of: "--lang"), index + 1 < words.count else { return nil }
    return Language(rawValue: words[index + 1])
  }

  private static func report(
    _ failure: any Failure, of words: [String], to console: Console
  ) -> ExitStatus {
    if console.isJSON {
      let document = console.jsonReport.document(of: failure, command: words.first ?? "")
      console.print(
        document.adding("exit", .integer(Int(failure.exitStatus.rawValue))).text() + "\n")
    }
    console.complain(console.report.text(of: failure))
    return failure.exitStatus
  }
}

/// The version that `ferry --version` prints and plans record.
public enum FerryVersion {
  /// Semantic version of this build.
  public static let current = "0.1.0"
}
