import Foundation

/// Names with `*` and `?` in them.
enum Wildcard {
  /// Whether a name is a pattern.
  static func isPattern(_ name: String) -> Bool { name.contains { $0 == "*" || $0 == "?" } }

  /// Whether `name` fits `pattern`: `*` is any run of characters, `?` is one.
  static func matches(_ name: String, _ pattern: String) -> Bool {
    let name = Array(name.precomposedStringWithCanonicalMapping)
    let pattern = Array(pattern.precomposedStringWithCanonicalMapping)
    var (at, next) = (0, 0)
    var star: (pattern: Int, name: Int)?
    while at < name.count {
      if next < pattern.count, pattern[next] == "*" {
        star = (next, at)
        next += 1
      } else if next < pattern.count, pattern[next] == "?" || pattern[next] == name[at] {
        at += 1
        next += 1
      } else if let last = star {
        star = (last.pattern, last.name + 1)
        at = last.name + 1
        next = last.pattern + 1
      } else {
        return false
      }
    }
    return pattern[next...].allSatisfy { $0 == "*" }
  }

  /// The files that a path or pattern means, sorted by name.
  ///
  /// A pattern stands in the last part of the path. Hidden files and the lock files of Excel
  /// (`~$…`) fit no pattern.
  static func files(_ path: String, in folder: String) -> [String] {
    let whole = path.hasPrefix("/") || folder.isEmpty ? path : "\(folder)/\(path)"
    guard isPattern(path) else { return [whole] }
    let parent = (whole as NSString).deletingLastPathComponent
    let pattern = (whole as NSString).lastPathComponent
    // A folder that can't be listed holds no match; the caller complains.
    let names =
      (try? FileManager.default.contentsOfDirectory(atPath: parent.isEmpty ? "." : parent))
    return (names ?? [])
      .filter { !$0.hasPrefix(".") && !$0.hasPrefix("~$") && matches($0, pattern) }
      .sorted()
      .map { parent.isEmpty ? $0 : "\(parent)/\($0)" }
  }
}
