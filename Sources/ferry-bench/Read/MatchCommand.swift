import Foundation

/// Measures `ferry match` against Splink over the same customers, in one run.
///
///     ferry-bench match --file crm.csv --script splink_crm.py --python venv/bin/python
///
/// They take turns. Splink's seconds are those that its script prints as `total_cpu_wall`, its own
/// work without Python's start and without scoring; Ferry's are of the whole process, and so is the
/// memory of both.
enum MatchCommand {
  static func run(_ words: [String]) throws {
    let options = try BenchOptions(
      words, known: ["file", "ferry", "python", "script", "dir", "runs"])
    let file = options.text("file", default: "")
    let script = options.text("script", default: "")
    guard !file.isEmpty, !script.isEmpty else {
      throw BenchError("match needs --file CSV and --script SCRIPT")
    }
    let folder = options.text("dir", default: NSTemporaryDirectory())
    let ferry = [
      options.text("ferry", default: ".build/release/ferry"), "match", file,
      "--pairs", folder + "/bench-pairs.csv", "--clusters", folder + "/bench-clusters.csv",
    ]
    let account = folder + "/bench-splink.json"
    let splink = [
      "/bin/sh", "-c", "\"$0\" \"$@\" > '\(account)'",
      options.text("python", default: "python3"), script, file,
    ]
    print("| run | program | CPU s | wall s | peak MiB | CPU ratio | wall ratio | memory ratio |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for run in 1...max(1, try options.number("runs", default: 3)) {
      let own = Figures(try ended(ferry))
      let process = try ended(splink, ["WIDE": "1"])
      let peer = try Figures(process, account: account)
      print(own.line("\(run) | ferry match", against: peer))
      print(peer.line("\(run) | Splink", against: peer))
    }
  }

  private static func ended(
    _ words: [String], _ environment: [String: String] = [:]
  ) throws -> ChildRun {
    let run = try ChildRun(words, environment: environment)
    guard run.status == 0 else { throw BenchError("\(words[0]) ended with \(run.status)") }
    return run
  }

  /// What one run took.
  private struct Figures {
    let cpuSeconds: Double
    let seconds: Double
    let peakMib: Double

    init(_ run: ChildRun) {
      (cpuSeconds, seconds, peakMib) = (run.cpuSeconds, run.seconds, run.peakMib)
    }

    /// Takes the seconds from the account that the script has printed.
    init(_ run: ChildRun, account path: String) throws {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
      guard let total = try JSONDecoder().decode(Account.self, from: bytes).total, total.count == 2
      else { throw BenchError("\(path) has no total_cpu_wall") }
      (cpuSeconds, seconds, peakMib) = (total[0], total[1], run.peakMib)
    }

    private struct Account: Decodable {
      let total: [Double]?
      enum CodingKeys: String, CodingKey { case total = "total_cpu_wall" }
    }

    func line(_ name: String, against peer: Figures) -> String {
      let figures = [
        cpuSeconds, seconds, peakMib.rounded(), cpuSeconds / max(peer.cpuSeconds, 1e-9),
        seconds / max(peer.seconds, 1e-9), peakMib / max(peer.peakMib, 1e-9),
      ]
      return "| \(name) | "
        + figures.map { String(($0 * 100).rounded() / 100) }.joined(separator: " | ") + " |"
    }
  }
}
