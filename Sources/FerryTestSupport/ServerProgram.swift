import Foundation

/// Starts the programs that a test's server is made of; they read nothing.
enum ServerProgram {
  /// A program that ended with something else than 0, and the end of what it said.
  struct Failed: Error, CustomStringConvertible {
    let words: [String]
    let status: Int32
    let said: String

    var description: String {
      "\(words.joined(separator: " ")) ended with \(status)\(said.isEmpty ? "" : ":\n\(said)")"
    }
  }

  /// Runs a program to its end.
  static func run(_ words: [String]) throws {
    let process = process(words)
    let said = Pipe()
    process.standardOutput = said
    process.standardError = said
    try process.run()
    let text = try said.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failed(words: words, status: process.terminationStatus, said: end(of: text))
    }
  }

  /// Starts a program and leaves it running; what it says goes to the file `log`.
  static func launch(_ words: [String], log: String) throws -> Process {
    let process = process(words)
    try Data().write(to: URL(filePath: log))
    let file = try FileHandle(forWritingTo: URL(filePath: log))
    process.standardOutput = file
    process.standardError = file
    try process.run()
    return process
  }

  /// Why a program that was launched is not there any more.
  static func failure(_ words: [String], _ process: Process, log: String) -> Failed {
    let text = FileManager.default.contents(atPath: log) ?? Data()
    return Failed(words: words, status: process.terminationStatus, said: end(of: text))
  }

  private static func process(_ words: [String]) -> Process {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.currentDirectoryURL = URL(filePath: "/tmp")
    process.standardInput = FileHandle.nullDevice
    return process
  }

  /// The last lines of what a program said.
  private static func end(of text: Data) -> String {
    String(decoding: text, as: UTF8.self).split(separator: "\n").suffix(20)
      .joined(separator: "\n")
  }
}
