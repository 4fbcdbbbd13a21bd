internal import Foundation

/// Where LibreOffice may be, and where its files may lie while it works.
struct OfficePlaces: Sendable {
  private let folders: [String]
  /// The folder for folders that are gone when a conversion ends.
  let temporaryFolder: String

  private static let names = ["soffice", "libreoffice"]
  /// Where its installer puts it on macOS, which no `PATH` has.
  private static let macOSFolder = "/Applications/LibreOffice.app/Contents/MacOS"

  init(environment: [String: String]) {
    // A relative folder would let the place where Ferry was started decide what it runs.
    let path = environment["PATH", default: ""].split(separator: ":").map(String.init)
    folders = path.filter { $0.hasPrefix("/") } + [Self.macOSFolder]
    let named = environment["TMPDIR", default: ""]
    temporaryFolder = named.hasPrefix("/") ? named : "/tmp"
  }

  /// The path of the program; `nil` where there is none.
  func program() -> String? {
    for folder in folders {
      for name in Self.names {
        let path = "\(folder)/\(name)"
        if FileManager.default.isExecutableFile(atPath: path) { return path }
      }
    }
    return nil
  }
}
