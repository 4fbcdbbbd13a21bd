import Foundation

/// Starts the programs that a test's server is made of; they read nothing and say nothing.
enum ServerProgram {
  /// A program that ended with something else than 0.
  struct Failed: Error {
    let words: [String]
    let status: Int32
  }

  /// Runs a program to its end.
  static func run(_ words: [String]) throws {
    let process = try launch(words)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failed(words: words, status: process.terminationStatus)
    }
  }

  /// Starts a program and leaves it running.
  static func launch(_ words: [String]) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.currentDirectoryURL = URL(filePath: "/tmp")
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }
}
