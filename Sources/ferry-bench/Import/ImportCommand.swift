import FerryTables
import Foundation

/// Measures `ferry import` of a workbook into SQLite, once into an empty store and once where
/// nothing changed, against a script that only reads and inserts; then its phases one by one.
///
///     ferry-bench imports --file crm.xlsx --script pipe_lean.py --python venv/bin/python
///
/// The file has the columns of a ledger. Ferry and the script take turns; the figures of whole
/// runs are those of the processes. The script is called with the file and a database to write.
enum ImportCommand {
  static func run(_ words: [String]) throws {
    let options = try BenchOptions(
      words, known: ["file", "mapping", "ferry", "python", "script", "dir", "runs"])
    let file = options.text("file", default: "")
    guard !file.isEmpty else { throw BenchError("imports needs --file WORKBOOK") }
    let folder = options.text("dir", default: NSTemporaryDirectory()) + "/ferry-bench-import"
    let place = try ImportPlace(
      folder: folder, file: file, mapping: options.text("mapping", default: ""))
    defer { place.remove() }
    let ferry = options.text("ferry", default: ".build/release/ferry")
    let script = options.text("script", default: "")
    let peer = [options.text("python", default: "python3"), script, file, folder + "/peer.db"]
    print("| run | program | CPU s | wall s | peak MiB | CPU ratio | wall ratio | memory ratio |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for number in 1...max(1, try options.number("runs", default: 1)) {
      let other = script.isEmpty ? nil : try Self.ended(peer, status: [0])
      place.empty()
      for name in ["ferry import", "ferry import, nothing changed"] {
        let run = try Self.ended([ferry] + place.importWords, status: [0, 1])
        print(Self.line("\(number) | \(name)", run, against: other))
      }
      if let other { print(Self.line("\(number) | \(script)", other, against: other)) }
    }
    print("\n| phase | CPU s | wall s | peak MiB so far |\n| --- | --- | --- | --- |")
    place.empty()
    for _ in 1...2 { try Self.showPhases(place) }
  }

  private static func showPhases(_ place: ImportPlace) throws {
    fflush(nil)
    let child = Process()
    child.executableURL = URL(fileURLWithPath: RunCommand.ownProgram)
    child.arguments = ["phases", "--mapping", place.mapping, "--store", place.store]
    try child.run()
    child.waitUntilExit()
    guard child.terminationStatus == 0 else { throw BenchError("the phases ended with an error") }
  }

  /// Findings end `ferry import` with 1.
  private static func ended(_ words: [String], status: Set<Int32>) throws -> ChildRun {
    let run = try ChildRun(words, environment: [:])
    guard status.contains(run.status) else {
      throw BenchError("\(words[0]) ended with \(run.status)")
    }
    return run
  }

  private static func line(_ name: String, _ run: ChildRun, against peer: ChildRun?) -> String {
    var figures = [run.cpuSeconds, run.seconds, run.peakMib.rounded()]
    if let peer {
      figures += [
        run.cpuSeconds / max(peer.cpuSeconds, 1e-9), run.seconds / max(peer.seconds, 1e-9),
        run.peakMib / max(peer.peakMib, 1e-9),
      ]
    }
    let texts = figures.map { String(($0 * 100).rounded() / 100) }
    return "| \(name) | \(texts.joined(separator: " | ")) |"
  }
}

/// A folder with the file, a mapping, and the store that is loaded.
struct ImportPlace {
  let mapping: String
  let store: String
  private let folder: String

  /// Writes the mapping of a ledger where none is given.
  init(folder: String, file: String, mapping: String) throws {
    self.folder = folder
    try? FileManager.default.removeItem(atPath: folder)  // of a run before, where there was one
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let path = URL(fileURLWithPath: file).standardizedFileURL.path
    var text = mapping.isEmpty ? "" : try String(contentsOfFile: mapping, encoding: .utf8)
    if mapping.isEmpty {
      guard let table = try SourceFile(path: path).tables(inSheet: 0).first else {
        throw BenchError("no table in \(file)")
      }
      text = LedgerMapping.text(file: path, names: table.columns.map(\.name))
    }
    self.mapping = folder + "/ledger.yaml"
    store = folder + "/crm.db"
    try Data(text.utf8).write(to: URL(fileURLWithPath: self.mapping))
  }

  /// The words after `ferry` that import the file.
  var importWords: [String] { ["import", mapping, "--to", "sqlite:" + store, "--quiet"] }

  /// Forgets what runs before left.
  func empty() {
    for name in ["ledger.ferry", "crm.db", "crm.db-wal", "crm.db-shm"] {
      // What is not there needs no removal.
      try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    }
  }

  /// Removes the folder; one that can't be removed is only untidy.
  func remove() { try? FileManager.default.removeItem(atPath: folder) }
}
