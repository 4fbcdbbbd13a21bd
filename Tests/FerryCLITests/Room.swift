import Foundation
import Testing

/// A temp folder of one test's own, in which it runs `ferry` as a user does.
struct Room {
  let folder: URL

  struct Result {
    let output: String
    let errors: String
    let status: Int32
  }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "ferry-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// Starts with a copy of another folder.
  init(copying source: URL) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "ferry-\(UUID().uuidString)")
    try FileManager.default.copyItem(at: source, to: folder)
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  /// Where the test's own build put the `ferry` executable.
  static var products: String {
    URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().path
  }

  /// Runs a shell line in the folder, with `ferry` on the path.
  func run(_ line: String, _ extra: [String: String] = [:]) throws -> Result {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = folder
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    process.environment = ["PATH": "\(Self.products):\(path)", "LANG": "C", "HOME": folder.path]
      .merging(extra) { $1 }
    let output = folder.appending(path: ".stdout-\(UUID().uuidString)")
    let errors = folder.appending(path: ".stderr-\(UUID().uuidString)")
    for file in [output, errors] {
      try Data().write(to: file)
    }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return Result(
      output: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8), status: process.terminationStatus)
  }

  /// The path of a file in the folder.
  func path(_ name: String) -> String { folder.appending(path: name).path }

  /// A file's bytes; `nil` where it is not there.
  func bytes(of name: String) -> Data? { FileManager.default.contents(atPath: path(name)) }

  /// Writes a file into the folder.
  func write(_ text: String, to name: String) throws {
    try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
  }
}
