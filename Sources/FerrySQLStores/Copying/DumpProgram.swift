import FerryStores
import Foundation

/// A database's own program that writes a copy of it.
struct DumpProgram {
  /// The names it goes by, the best first.
  let names: [String]
  let arguments: [String]
  /// What is set for it beside this process's own variables.
  var environment: [String: String] = [:]

  /// Runs it to its end.
  func run(store: String) throws(StoreError) {
    guard let path = found else {
      throw SQLStoreRules.error(.refused, SQLStoreRules.copyProgramMissing, store, names[0])
    }
    let process = Process()
    let errors = Pipe()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    let said: String
    do {
      try process.run()
      said = String(
        decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    } catch {
      throw SQLStoreRules.error(
        .refused, SQLStoreRules.copyFailed, store, error.localizedDescription)
    }
    process.waitUntilExit()
    guard process.terminationReason == .exit, process.terminationStatus == 0 else {
      let line = said.split(separator: "\n").first.map(String.init) ?? names[0]
      throw SQLStoreRules.error(.refused, SQLStoreRules.copyFailed, store, line)
    }
  }

  private var found: String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return names.lazy.flatMap { name in folders.lazy.map { "\($0)/\(name)" } }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// A text as one word of a shell's command line.
  static func quoted(_ text: String) -> String {
    "'\(text.replacing("'", with: "'\\''"))'"
  }
}
