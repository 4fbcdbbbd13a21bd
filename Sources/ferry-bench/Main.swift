import Foundation

/// The data generators and the benchmarks.
@main
enum Main {
  static func main() async {
    let words = Array(CommandLine.arguments.dropFirst())
    guard let command = commands.first(where: { $0.name == words.first }) else {
      let names = commands.map(\.name).joined(separator: "|")
      print("usage: ferry-bench \(names.isEmpty ? "COMMAND" : names) …")
      exit(2)
    }
    do {
      try await command.run(Array(words.dropFirst()))
    } catch {
      FileHandle.standardError.write(Data("ferry-bench: \(error)\n".utf8))
      exit(1)
    }
  }

  /// What there is to run; each command adds its line.
  // Computed: the compiler (6.3.1) crashes on a stored list of async functions here.
  private static var commands: [BenchCommand] {
    [
      BenchCommand(name: "generate") { try GenerateCommand.run($0) },
      BenchCommand(name: "run") { try RunCommand.run($0) },
      BenchCommand(name: "phase") { try await RunCommand.runPhase($0) },
      BenchCommand(name: "sample") { try SampleCommand.run($0) },
    ]
  }
}

/// One command of `ferry-bench`: its name and what runs it with the words after the name.
struct BenchCommand: Sendable {
  let name: String
  let run: @Sendable ([String]) async throws -> Void
}
