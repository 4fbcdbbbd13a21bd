/// Lines of a mapping, each with a comment that is brought into one column with its neighbours'.
struct MappingLines {
  private struct Line {
    let text: String
    let comment: String
  }

  private var lines: [Line] = []
  /// A comment stands no further to the right than this.
  private static let furthest = 58

  /// A line at a depth of two blanks each.
  mutating func add(_ depth: Int, _ text: String, comment: String = "") {
    let indent = String(repeating: "  ", count: depth)
    lines.append(Line(text: text.isEmpty ? "" : indent + text, comment: comment))
  }

  /// The lines as text; those without a break between them share the column of comments.
  var text: String {
    var result = ""
    for group in lines.split(omittingEmptySubsequences: false, whereSeparator: { $0.text.isEmpty })
    {
      let column =
        group.filter { !$0.comment.isEmpty }.map { Self.width($0.text) }
        .filter { $0 <= Self.furthest }.max() ?? 0
      for line in group {
        guard !line.comment.isEmpty else {
          result += line.text + "\n"
          continue
        }
        let gap = max(2, column + 2 - Self.width(line.text))
        result += line.text + String(repeating: " ", count: gap) + "# " + line.comment + "\n"
      }
      result += "\n"
    }
    while result.hasSuffix("\n\n") { result.removeLast() }
    return result
  }

  /// How many cells of an editor a text takes: two for each Chinese character.
  static func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { sum, scalar in
      let isWide =
        (0x2E80...0xA4CF).contains(scalar.value) || (0xAC00...0xD7A3).contains(scalar.value)
        || (0xF900...0xFAFF).contains(scalar.value) || (0xFE30...0xFE6F).contains(scalar.value)
        || (0xFF01...0xFF60).contains(scalar.value) || (0xFFE0...0xFFE6).contains(scalar.value)
        || (0x20000...0x3FFFD).contains(scalar.value)
      return sum + (isWide ? 2 : 1)
    }
  }
}
