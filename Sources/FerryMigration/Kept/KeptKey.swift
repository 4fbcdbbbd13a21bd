import FerryMapping
import Foundation

/// What the records of an input follow from: the program, the mapping, and every byte of the sources.
struct KeptKey: Hashable {
  /// Raise it with each change of what is kept, see ``KeptInput``.
  private static let version = "1"

  /// 32 bytes.
  let digest: Bytes
  // How the sources' files stood when they were read for the digest.
  private let states: [FileState?]
  private let sources: [String]

  /// Reads the sources of a mapping; `nil` where they hold fewer bytes, or can't be read.
  init?(_ mapping: Mapping, leastBytes: Int) {
    let states = mapping.sources.map { FileState($0) }
    guard states.reduce(0, { $0 + ($1?.size ?? 0) }) >= leastBytes else { return nil }
    let digest = ContentDigest()
    for part in [Self.version] + Self.program + [mapping.path] { digest.add(part: part) }
    digest.add(length: mapping.bytes.count)
    digest.update(mapping.bytes.span)
    for path in mapping.sources {
      digest.add(part: path)
      guard let length = digest.update(fileAt: path) else { return nil }
      digest.add(length: length)
    }
    for line in mapping.owners?.lines ?? [] { digest.add(part: "\(line)") }
    self.digest = digest.finish()
    self.states = states
    sources = mapping.sources
  }

  /// Whether the sources' files stand as they did when they were read.
  var isCurrent: Bool { sources.map { FileState($0) } == states }

  /// The program and what it is loaded with, as files of a size and an age: another version may read
  /// the same sheet in another way.
  private static let program =
    programFiles(maps: text(ofFileAt: "/proc/self/maps")).map { path in
      "\(path) \(FileState(path)?.text ?? "-")"
    } + [ProcessInfo.processInfo.operatingSystemVersionString]

  /// The program and, of what Linux says is in its memory, what may be executed; elsewhere libraries
  /// come with the system, whose version counts.
  static func programFiles(maps: String) -> [String] {
    var paths: Set = [Bundle.main.executablePath ?? CommandLine.arguments.first ?? ""]
    for line in maps.split(separator: "\n") {
      // `address rights offset device inode path`
      let parts = line.split(separator: " ", maxSplits: 2)
      guard parts.count == 3, parts[1].contains("x"), let start = line.firstIndex(of: "/")
      else { continue }
      paths.insert(String(line[start...]))
    }
    return paths.sorted()
  }

  /// The text of a file that the kernel makes piece by piece and gives no size; empty where there is
  /// none.
  private static func text(ofFileAt path: String) -> String {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return "" }
    defer { close(file) }
    var text = Bytes()
    var piece = Bytes(repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe piece.withUnsafeMutableBytes {
        unsafe read(file, $0.baseAddress, $0.count)
      }
      guard count > 0 else { return text.text }
      text.append(contentsOf: piece.prefix(count))
    }
  }
}

// Each part goes in with its length, so that no two lists of parts are alike.
extension ContentDigest {
  fileprivate func add(part text: String) {
    add(length: text.utf8.count)
    update(text)
  }

  fileprivate func add(length: Int) {
    let bytes = (0..<8).map { UInt8(truncatingIfNeeded: length >> ($0 * 8)) }
    update(bytes.span)
  }
}

/// A file's size and when it was written.
private struct FileState: Hashable {
  let size: Int
  let modified: Date

  init?(_ path: String) {
    guard let found = try? FileManager.default.attributesOfItem(atPath: path),
      let size = found[.size] as? NSNumber, let modified = found[.modificationDate] as? Date
    else { return nil }
    self.size = size.intValue
    self.modified = modified
  }

  var text: String { "\(size) \(modified.timeIntervalSinceReferenceDate)" }
}
