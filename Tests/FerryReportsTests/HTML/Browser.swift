import Foundation

/// A Chromium without a window, to look at pages as people see them.
struct Browser {
  private let executable: URL

  /// The machine's Chromium; `nil` where there is none, or where it can't start.
  ///
  /// A limit on address space, for one, keeps it from starting.
  static let installed: Browser? = {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let places = folders.flatMap { folder in names.map { "\(folder)/\($0)" } }
    let browser = places.first { FileManager.default.isExecutableFile(atPath: $0) }
      .map { Browser(executable: URL(fileURLWithPath: $0)) }
    // A browser that throws or shows nothing is none.
    let isReady = try? browser?.elements(of: "<p>ready</p>").contains("ready")
    return isReady == true ? browser : nil
  }()

  /// The page's elements after its scripts ran.
  func elements(of page: String) throws -> String {
    try withFile(holding: page) { file, folder in
      try run(["--dump-dom", "--virtual-time-budget=5000", file.absoluteString], in: folder)
    }
  }

  /// A picture of the page, as PNG.
  func picture(of page: String, width: Int, height: Int, isDark: Bool = false) throws -> Data {
    try withFile(holding: page) { file, folder in
      let picture = folder.appendingPathComponent("page.png")
      let dark = isDark ? ["--blink-settings=preferredColorScheme=0"] : []
      _ = try run(
        ["--screenshot=\(picture.path)", "--window-size=\(width),\(height)", "--hide-scrollbars"]
          + dark + [file.absoluteString], in: folder)
      return try Data(contentsOf: picture)
    }
  }

  private func withFile<R>(
    holding page: String, _ body: (_ file: URL, _ folder: URL) throws -> R
  ) throws -> R {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("ferry-page-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer {
      // A browser that still closes its profile may hold files; the system clears them later.
      try? FileManager.default.removeItem(at: folder)
    }
    let file = folder.appendingPathComponent("page.html")
    try Data(page.utf8).write(to: file)
    return try body(file, folder)
  }

  private func run(_ arguments: [String], in folder: URL) throws -> String {
    let process = Process()
    process.executableURL = executable
    process.arguments =
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        "--user-data-dir=\(folder.path)/profile",
      ] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }
}
