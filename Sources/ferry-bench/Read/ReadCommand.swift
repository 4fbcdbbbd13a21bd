import Foundation

/// Measures `ferry cat` against other readers over the same ledgers, in one run.
///
///     ferry-bench read --rows 1000000 --ferry .build/release/ferry --python venv/bin/python
///
/// Contenders take turns, so that a busy machine hits them alike; the figures are medians of whole
/// processes. Peers are the Python packages polars and fastexcel, where the Python named has them.
enum ReadCommand {
  static func run(_ words: [String]) throws {
    let options = try BenchOptions(
      words, known: ["rows", "seed", "formats", "dir", "ferry", "python", "runs"])
    var shared: [String] = []
    for name in ["rows", "seed", "formats", "dir"] {
      let value = options.text(name, default: "")
      if !value.isEmpty { shared += ["--\(name)", value] }
    }
    let setting = try BenchSetting(shared + ["--phases", "read"])
    // In a process of its own: a child's peak counts what its parent holds.
    if let words = setting.wordsForMissing {
      let made = try ChildRun([RunCommand.ownProgram, "generate"] + words, environment: [:])
      guard made.status == 0 else { throw BenchError("the ledgers can't be generated") }
    }
    let ferry = options.text("ferry", default: ".build/release/ferry")
    let python = options.text("python", default: "python3")
    let runs = max(1, try options.number("runs", default: 3))
    print(ReadTable.head)
    for format in setting.formats {
      let path = setting.path(format)
      let contenders = [Contender.ferry(ferry, path)] + Contender.peers(python, path, format)
      for line in try ReadTable(format, contenders, runs: runs).lines { print(line) }
    }
  }
}

/// A program that reads a file.
struct Contender {
  let name: String
  let words: [String]
  let environment: [String: String]
  /// Whether it is what the others are held against.
  let isFerry: Bool

  static func ferry(_ program: String, _ path: String) -> Contender {
    Contender(name: "ferry cat", words: [program, "cat", path], environment: [:], isFerry: true)
  }

  /// Those of the peers that this Python has.
  static func peers(_ python: String, _ path: String, _ format: LedgerFormat) -> [Contender] {
    let all: [(module: String, code: String)] =
      switch format {
      case .xlsx, .inline:
        [
          ("polars", "import sys, polars; polars.read_excel(sys.argv[1], engine='calamine')"),
          (
            "fastexcel",
            "import sys, fastexcel as f; f.read_excel(sys.argv[1]).load_sheet(0).to_arrow()"
          ),
        ]
      case .csv, .gb:
        [
          (
            "polars",
            "import sys, polars; polars.read_csv(sys.argv[1], infer_schema_length=10000, encoding="
              + "'\(format == .gb ? "gb18030" : "utf8")')"
          )
        ]
      }
    return all.filter { has($0.module, python) }.map { module, code in
      Contender(
        name: format == .csv ? "\(module), 1 thread" : module, words: [python, "-c", code, path],
        environment: format == .csv ? ["POLARS_MAX_THREADS": "1"] : [:], isFerry: false)
    }
  }

  private static func has(_ module: String, _ python: String) -> Bool {
    let found = try? ChildRun([python, "-c", "import \(module)"], environment: [:])
    return found?.status == 0  // a Python that is not there has no module either
  }
}

/// The medians of one format's contenders.
struct ReadTable {
  static let head = """
    | file | reader | CPU s | wall s | peak MiB | CPU ratio | wall ratio | memory ratio |
    | --- | --- | --- | --- | --- | --- | --- | --- |
    """

  /// A line a contender, Ferry's with its share of the best peer.
  let lines: [String]

  init(_ format: LedgerFormat, _ contenders: [Contender], runs: Int) throws {
    var all = contenders.map { _ in [ChildRun]() }
    for _ in 0..<runs {
      for (index, contender) in contenders.enumerated() {
        let run = try ChildRun(contender.words, environment: contender.environment)
        guard run.status == 0 else {
          throw BenchError("\(contender.name) over \(format.rawValue) ended with \(run.status)")
        }
        all[index].append(run)
      }
    }
    let medians = all.map(ChildRun.median)
    let peers = zip(contenders, medians).filter { !$0.0.isFerry }.map(\.1)
    lines = zip(contenders, medians).map { contender, median in
      let ratios: [String] =
        contender.isFerry
        ? [
          Self.ratio(median.cpuSeconds, peers.map(\.cpuSeconds)),
          Self.ratio(median.seconds, peers.map(\.seconds)),
          Self.ratio(median.peakMib, peers.map(\.peakMib)),
        ] : ["1", "1", "1"].map { peers.count == 1 ? $0 : "" }
      let figures = [
        Self.text(median.cpuSeconds, 2), Self.text(median.seconds, 2), Self.text(median.peakMib, 0),
      ]
      return "| "
        + ([format.rawValue, contender.name] + figures + ratios).joined(separator: " | ") + " |"
    }
  }

  private static func ratio(_ value: Double, _ peers: [Double]) -> String {
    peers.min().map { text(value / max($0, 1e-9), 2) } ?? "no peer here"
  }

  private static func text(_ value: Double, _ decimals: Int) -> String {
    let factor = decimals == 0 ? 1.0 : 100.0
    let rounded = (value * factor).rounded() / factor
    return decimals == 0 ? String(Int(rounded)) : String(rounded)
  }
}
