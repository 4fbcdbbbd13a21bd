import Foundation

/// Measures each stage over generated ledgers, one line of JSON for each.
///
///     ferry-bench run --rows 100000 --formats csv,xlsx --phases read,tables,match --dir DIR
///
/// Files that are not in DIR are generated. Each phase runs in a process of its own, so that its
/// peak memory is its own; `ferry-bench phase` with the same options runs one here.
enum RunCommand {
  static let options = ["rows", "seed", "formats", "phases", "dir", "duplicates", "namesakes"]

  static func run(_ words: [String]) throws {
    let setting = try BenchSetting(words)
    try setting.generateMissing()
    for phase in setting.phases {
      for format in setting.formats.prefix(phase.needsFile ? setting.formats.count : 1) {
        try runChild(setting, phase, format)
      }
    }
  }

  /// The path of this program.
  static var ownProgram: String {
    let link = "/proc/self/exe"
    guard FileManager.default.fileExists(atPath: link) else {
      return Bundle.main.executablePath ?? CommandLine.arguments[0]
    }
    return URL(fileURLWithPath: link).resolvingSymlinksInPath().path
  }

  private static func runChild(
    _ setting: BenchSetting, _ phase: BenchPhase, _ format: LedgerFormat
  ) throws {
    let child = Process()
    child.executableURL = URL(fileURLWithPath: ownProgram)
    child.arguments = ["phase"] + setting.words(for: phase, format)
    try child.run()
    child.waitUntilExit()
    guard child.terminationStatus == 0 else {
      throw BenchError("phase \(phase.rawValue) over \(format.rawValue) ended with an error")
    }
  }

  /// Runs one phase in this process.
  static func runPhase(_ words: [String]) async throws {
    let setting = try BenchSetting(words)
    guard let phase = setting.phases.first, let format = setting.formats.first else { return }
    try setting.generateMissing()
    print(try await phase.measure(setting, format).json())
  }
}

/// What is measured, over what.
struct BenchSetting {
  let rows: Int
  let seed: Int
  let duplicates: Double
  let namesakes: Double
  let folder: String
  let formats: [LedgerFormat]
  let phases: [BenchPhase]

  init(_ words: [String]) throws {
    let options = try BenchOptions(words, known: RunCommand.options)
    rows = try options.number("rows", default: 100_000)
    seed = try options.number("seed", default: 7)
    duplicates = try options.share("duplicates", default: 0.28)
    namesakes = try options.share("namesakes", default: 0)
    let temporary = FileManager.default.temporaryDirectory.appendingPathComponent("ferry-bench")
    folder = options.text("dir", default: temporary.path)
    formats = try options.text("formats", default: "csv,gb,xlsx,inline").split(separator: ",")
      .map { try LedgerFormat.named(String($0)) }
    let all = BenchPhase.allCases.map(\.rawValue).joined(separator: ",")
    phases = try options.text("phases", default: all).split(separator: ",")
      .map { try BenchPhase.named(String($0)) }
  }

  var generator: LedgerGenerator {
    LedgerGenerator(seed: UInt64(seed), duplicates: duplicates, namesakes: namesakes)
  }

  func path(_ format: LedgerFormat) -> String { "\(folder)/\(format.fileName(rows: rows))" }

  func size(_ format: LedgerFormat) throws -> Int {
    let values = try FileManager.default.attributesOfItem(atPath: path(format))
    return values[.size] as? Int ?? 0
  }

  /// The words that give a child process the same setting.
  func words(for phase: BenchPhase, _ format: LedgerFormat) -> [String] {
    [
      "--rows", String(rows), "--seed", String(seed), "--dir", folder, "--formats", format.rawValue,
      "--phases", phase.rawValue, "--duplicates", String(duplicates), "--namesakes",
      String(namesakes),
    ]
  }

  func generateMissing() throws {
    if let words = wordsForMissing { try GenerateCommand.run(words) }
  }

  /// The words after `generate` that make the files which are not there; `nil` where all are.
  var wordsForMissing: [String]? {
    guard phases.contains(where: \.needsFile) else { return nil }
    let missing = formats.filter { !FileManager.default.fileExists(atPath: path($0)) }
    guard !missing.isEmpty else { return nil }
    return [
      "--rows", String(rows), "--seed", String(seed), "--out", folder, "--formats",
      missing.map(\.rawValue).joined(separator: ","), "--duplicates", String(duplicates),
      "--namesakes", String(namesakes), "--level", "6",
    ]
  }
}
