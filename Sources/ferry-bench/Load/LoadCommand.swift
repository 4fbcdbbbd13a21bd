import Foundation

/// Measures what the SQL stores take to load a ledger, each against a program that does nothing else,
/// in one run.
///
///     ferry-bench load --rows 1000000 --limit sqlite_ins --postgres postgres:///bench --python PYTHON
///
/// `--limit` is a program that inserts prepared fields through SQLite's C API and prints its seconds
/// as JSON; it is called with a mode, a file of fields and a file for the database. For PostgreSQL the
/// server itself reads the same rows from a file, which a superuser alone may ask for; DuckDB loads
/// the same CSV where the Python named has it and its PostgreSQL extension.
enum LoadCommand {
  static func run(_ words: [String]) throws {
    let options = try BenchOptions(
      words, known: ["rows", "seed", "dir", "runs", "limit", "postgres", "python"])
    var shared = ["--formats", "csv"]
    for name in ["rows", "seed", "dir"] {
      let value = options.text(name, default: "")
      if !value.isEmpty { shared += ["--\(name)", value] }
    }
    let setting = try BenchSetting(shared)
    try FileManager.default.createDirectory(
      atPath: setting.folder, withIntermediateDirectories: true)
    print("| load | CPU s | wall s | against | CPU s | wall s | CPU ratio | wall ratio |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for _ in 1...max(1, try options.number("runs", default: 3)) {
      try measureSQLite(setting, shared, limit: options.text("limit", default: ""))
      let url = options.text("postgres", default: "")
      guard !url.isEmpty else { continue }
      try PostgresPeers(setting, shared, url: url, python: options.text("python", default: ""))
        .measure()
    }
  }

  private static func measureSQLite(
    _ setting: BenchSetting, _ shared: [String], limit: String
  ) throws {
    let path = "\(setting.folder)/load.db"
    try? FileManager.default.removeItem(atPath: path)  // of a run before
    let own = try LoadFigures(phase: .sqlite, target: path, shared)
    try FileManager.default.removeItem(atPath: path)
    guard !limit.isEmpty else { return print(own.line("SQLite, new table", [])) }
    let fields = "\(setting.folder)/load-\(setting.rows).fields"
    if !FileManager.default.fileExists(atPath: fields) {
      try LoadRows(setting).writeFields(to: fields)
    }
    // Write-ahead log, a unique index made after the load: as the store does it.
    let peer = try LoadFigures(program: [limit, "w1l", fields, path])
    print(own.line("SQLite, new table", [("C, index after", peer)]))
  }
}

/// CPU and wall seconds of one load.
struct LoadFigures {
  let cpuSeconds: Double
  let seconds: Double

  /// Reads the line of JSON that a program prints.
  init(program words: [String]) throws {
    let account = try JSONDecoder().decode(Account.self, from: try Self.output(of: words))
    cpuSeconds = account.cpu
    seconds = account.wall
  }

  /// Runs a phase in a process of its own.
  init(phase: LoadPhase, target: String, _ shared: [String]) throws {
    try self.init(
      program: [RunCommand.ownProgram, "load-phase", phase.rawValue, target] + shared)
  }

  /// Runs a program and takes what the system says of it.
  init(whole words: [String]) throws {
    let run = try ChildRun(words, environment: [:])
    guard run.status == 0 else { throw BenchError("\(words[0]) ended with \(run.status)") }
    (cpuSeconds, seconds) = (run.cpuSeconds, run.seconds)
  }

  private struct Account: Decodable {
    let cpu: Double
    let wall: Double

    private enum CodingKeys: String, CodingKey {
      case cpu = "cpu_s"
      case wall = "wall_s"
      case ownCPU = "cpu_seconds"
      case ownWall = "seconds"
    }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      let isOwn = values.contains(.ownCPU)
      cpu = try values.decode(Double.self, forKey: isOwn ? .ownCPU : .cpu)
      wall = try values.decode(Double.self, forKey: isOwn ? .ownWall : .wall)
    }
  }

  private static func output(of words: [String]) throws -> Data {
    let child = Process()
    let pipe = Pipe()
    child.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    child.arguments = words
    child.standardOutput = pipe
    try child.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    child.waitUntilExit()
    guard child.terminationStatus == 0 else {
      throw BenchError("\(words[0]) ended with \(child.terminationStatus)")
    }
    return output
  }

  /// A line of the table for each of those that it is held against.
  func line(_ name: String, _ peers: [(name: String, figures: LoadFigures)]) -> String {
    guard !peers.isEmpty else { return Self.row([name] + texts + ["", "", "", "", ""]) }
    return peers.map { peer, figures in
      Self.row(
        [name] + texts + [peer] + figures.texts + [
          Self.text(cpuSeconds / max(figures.cpuSeconds, 1e-9)),
          Self.text(seconds / max(figures.seconds, 1e-9)),
        ])
    }.joined(separator: "\n")
  }

  private var texts: [String] { [Self.text(cpuSeconds), Self.text(seconds)] }

  private static func text(_ value: Double) -> String { String((value * 100).rounded() / 100) }

  private static func row(_ cells: [String]) -> String {
    "| " + cells.joined(separator: " | ") + " |"
  }
}
