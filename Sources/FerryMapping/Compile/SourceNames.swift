import Foundation

/// What places call the files of a mapping: the last part of the path, and of files that share it so
/// much more of the path that no two are called the same.
///
/// Paths are made whole first, so that no name leaves the folder it is put into.
struct SourceNames {
  private let names: [String: String]

  init(_ paths: [String]) {
    var parts: [String: [String]] = [:]
    for path in paths {
      parts[path] = URL(fileURLWithPath: path).standardizedFileURL.pathComponents
    }
    var names: [String: String] = [:]
    for (path, own) in parts {
      // One file, whatever way its path is spelled, has one name.
      let rivals = parts.values.filter { $0.last == own.last && $0 != own }
      let longest = rivals.map { Self.common($0, own) }.max() ?? 0
      names[path] = own.suffix(longest + 1).filter { $0 != "/" }.joined(separator: "/")
    }
    self.names = names
  }

  /// The name; `nil` for a path that was not among them.
  subscript(path: String) -> String? { names[path] }

  /// How many parts two paths have in common at their ends.
  private static func common(_ left: [String], _ right: [String]) -> Int {
    zip(left.reversed(), right.reversed()).prefix { $0 == $1 }.count
  }
}
