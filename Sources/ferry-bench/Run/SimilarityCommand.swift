import FerryCore
import FerryMatching
import FerryTables
import Foundation

/// Measures the similarities against rapidfuzz: a thousand values of a ledger's column with each of
/// three thousand others.
///
///     ferry-bench similarity --rows 100000 --python venv/bin/python
///
/// Both run on one thread and take the better of their runs; a figure is millions of pairs a second
/// of CPU time. The peer is the Python package rapidfuzz, where the Python named has it.
enum SimilarityCommand {
  private static let columns = ["name", "company", "email", "address"]
  private static let runs = 3

  static func run(_ words: [String]) throws {
    let options = try BenchOptions(words, known: ["rows", "seed", "dir", "python"])
    var shared = ["--formats", "csv", "--phases", "read"]
    for name in ["rows", "seed", "dir"] {
      let value = options.text(name, default: "")
      if !value.isEmpty { shared += ["--\(name)", value] }
    }
    let setting = try BenchSetting(shared)
    try setting.generateMissing()
    let path = setting.path(.csv)
    let peer = peerFigures(options.text("python", default: "python3"), path)
    print("| column | similarity | ferry | rapidfuzz | ratio |\n| --- | --- | --- | --- | --- |")
    for column in columns {
      let values = try SimilarityValues(path: path, column: column)
      for kernel in SimilarityKernel.allCases {
        let own = (0..<runs).map { _ in values.millionPairsPerSecond(kernel) }.max() ?? 0
        let other = peer["\(column)/\(kernel.rawValue)"]
        let figures = [own, other, other.map { own / $0 }].map { figure in
          figure.map { String(format: "%.2f", $0) } ?? "no peer here"
        }
        print("| " + ([column, kernel.rawValue] + figures).joined(separator: " | ") + " |")
      }
    }
  }

  /// Million pairs a second by column and kernel; empty where the Python has no rapidfuzz.
  private static func peerFigures(_ python: String, _ path: String) -> [String: Double] {
    let child = Process()
    let pipe = Pipe()
    child.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    child.arguments = [python, "-c", peerImports + peerProgram, path]
    child.standardOutput = pipe
    child.standardError = FileHandle.nullDevice
    // No such Python is the same as no peer.
    guard (try? child.run()) != nil else { return [:] }
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    child.waitUntilExit()
    let figures = try? JSONDecoder().decode([String: Double].self, from: output)
    return figures ?? [:]
  }

  private static let peerImports =
    "import csv, json, sys, time, numpy; from rapidfuzz import process; "
    + "from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler, OSA\n"

  private static let peerProgram = """
    rows = list(csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8")))
    kernels = {
        "jaro-winkler": JaroWinkler.similarity,
        "damerau-levenshtein": DamerauLevenshtein.distance,
        "optimal-string-alignment": OSA.distance,
    }
    figures = {}
    for column in ("\(columns.joined(separator: "\", \""))"):
        values = [row[column].lower() for row in rows if row[column]]
        for name, kernel in kernels.items():
            best = 0
            for _ in range(\(runs) if name != "damerau-levenshtein" else 1):
                start = time.process_time()
                process.cdist(values[:1000], values[1000:4000], scorer=kernel, workers=1,
                              dtype=numpy.float32 if name == "jaro-winkler" else numpy.int32)
                best = max(best, 3 / (time.process_time() - start))
            figures[column + "/" + name] = best
    print(json.dumps(figures))
    """
}

/// What is measured, by the name of what it is held against.
enum SimilarityKernel: String, CaseIterable {
  case jaroWinkler = "jaro-winkler"
  case damerauLevenshtein = "damerau-levenshtein"
  /// The same kernel of Ferry's; rapidfuzz has one for each of both definitions.
  case alignment = "optimal-string-alignment"
}

/// The values of one column, as code points.
struct SimilarityValues {
  private var units = ContiguousArray<UInt32>()
  private var ends = [0]

  /// The first 4,000 values that are not empty, in lower case.
  init(path: String, column: String) throws {
    let rows = try SourceFile(path: path).rows(ofSheet: 0)
    var batch = RowBatch()
    var index: Int32?
    while ends.count <= 4000, try rows.read(into: &batch) {
      for row in batch.rows.indices {
        let cells = batch.cells(ofRow: row)
        guard let index else {
          index = cells.first { batch.text(of: $0) == column }?.columnIndex
          continue
        }
        guard let cell = cells.first(where: { $0.columnIndex == index }) else { continue }
        units.append(contentsOf: batch.text(of: cell).lowercased().unicodeScalars.map(\.value))
        ends.append(units.count)
      }
    }
    guard ends.count > 4000 else { throw BenchError("no 4,000 values in column \(column)") }
  }

  /// The speed over the first thousand values and each of the three thousand after them.
  func millionPairsPerSecond(_ kernel: SimilarityKernel) -> Double {
    let start = clock()
    let units = units.span
    var sum = 0.0
    for left in stride(from: 0, to: 1000, by: SimilarityPatterns.count) {
      let ranges = (left..<left + SimilarityPatterns.count).map(range)
      if kernel == .jaroWinkler {
        let patterns = SimilarityPatterns(units, ranges)
        for right in 1000..<4000 {
          sum += patterns.jaroWinkler(to: units.extracting(range(right))).sum()
        }
        continue
      }
      for pattern in ranges.map({ SimilarityPattern(units.extracting($0)) }) {
        for right in 1000..<4000 {
          sum += Double(
            pattern.damerauLevenshtein(to: units.extracting(range(right)), atMost: .max))
        }
      }
    }
    precondition(sum > 0, "values that are all alike")
    return 3 / (Double(clock() - start) / Double(CLOCKS_PER_SEC))
  }

  private func range(_ index: Int) -> Range<Int> { ends[index]..<ends[index + 1] }
}
