import Foundation

/// The data generators and the benchmarks.
@main
enum Main {
  static func main() async {
    let words = Array(CommandLine.arguments.dropFirst())
    guard let command = commands.first(where: { $0.name == words.first }) else {
      print(usage)
      exit(["--help", "-h"].contains(words.first) ? 0 : 2)
    }
    do {
      try await command.run(Array(words.dropFirst()))
    } catch {
      FileHandle.standardError.write(Data("ferry-bench: \(error)\n".utf8))
      exit(1)
    }
  }

  private static let usage = """
    usage: ferry-bench COMMAND [options]

      generate  a ledger of customers, contacts and deals, with known duplicates in a truth column
                --rows N --seed N --out FOLDER --formats csv,gb,xlsx,inline
                --duplicates SHARE --namesakes SHARE --level 0…9
      run       read, tables, map, match, plan and import, each in a process of its own; JSON lines with
                CPU seconds and peak memory
                --rows N --seed N --formats … --phases … --dir FOLDER
      read      ferry cat against polars and fastexcel over the same files, taking turns: a table of CPU
                seconds, wall seconds, peak memory and ratios
                --rows N --seed N --formats … --dir FOLDER --ferry PROGRAM --python PROGRAM --runs N
      match     ferry match against a script that runs Splink over the same customers, taking turns
                --file CSV --script SCRIPT --ferry PROGRAM --python PROGRAM --dir FOLDER --runs N
      similarity
                Jaro-Winkler and Damerau-Levenshtein against rapidfuzz: million pairs a second of CPU
                --rows N --seed N --dir FOLDER --python PROGRAM
      imports   a ledger into SQLite, and again where nothing changed, taking turns with a script that only
                reads and inserts; then CPU seconds and peak memory by phase
                --file WORKBOOK --script SCRIPT --ferry PROGRAM --python PROGRAM --mapping FILE
                --dir FOLDER --runs N
      double    a CRM product's double on 127.0.0.1, until it is ended; prints its address
                fxiaoke|hubspot|salesforce|odoo|espocrm --port N --users NAMES --calls N --window MILLISECONDS --quota N --keys unique|loose --audit on|off --currencies CODES --properties NAMES --fields NAMES
                --faults SEED --share SHARE --kinds KINDS --script KIND@CALL,KIND@PATH:CALL
                --delay MILLISECONDS --silence MILLISECONDS --lag-reads N --lag-ms MILLISECONDS
      pace      how much of a product's limit its adapter reaches, over a double that answers late; JSON lines
                fxiaoke|hubspot|salesforce|odoo|espocrm|all --records N --delay MILLISECONDS --least PERCENT
      load      the SQL stores loading a ledger, against a C program over SQLite, PostgreSQL's own COPY and
                DuckDB: a table of CPU seconds, wall seconds and ratios
                --rows N --seed N --dir FOLDER --runs N --limit PROGRAM --postgres URL --python PROGRAM
      phase     one phase in this process; `run` calls it
      sample    the files of SampleData: ferry-bench sample FOLDER [--seed N]

    example: ferry-bench run --rows 100000 --formats xlsx --phases read,map,import
    """

  /// What there is to run; each command adds its line.
  // Computed: the compiler (6.3.1) crashes on a stored list of async functions here.
  private static var commands: [BenchCommand] {
    [
      BenchCommand(name: "generate") { try GenerateCommand.run($0) },
      BenchCommand(name: "run") { try RunCommand.run($0) },
      BenchCommand(name: "read") { try ReadCommand.run($0) },
      BenchCommand(name: "match") { try MatchCommand.run($0) },
      BenchCommand(name: "similarity") { try SimilarityCommand.run($0) },
      BenchCommand(name: "imports") { try ImportCommand.run($0) },
      BenchCommand(name: "phases") { try await PhasesCommand.run($0) },
      BenchCommand(name: "double") { try DoubleCommand.run($0) },
      BenchCommand(name: "pace") { try await PaceCommand.run($0) },
      BenchCommand(name: "phase") { try await RunCommand.runPhase($0) },
      BenchCommand(name: "load") { try LoadCommand.run($0) },
      BenchCommand(name: "load-phase") { try await LoadPhase.run($0) },
      BenchCommand(name: "sample") { try SampleCommand.run($0) },
    ]
  }
}

/// One command of `ferry-bench`: its name and what runs it with the words after the name.
struct BenchCommand: Sendable {
  let name: String
  let run: @Sendable ([String]) async throws -> Void
}
