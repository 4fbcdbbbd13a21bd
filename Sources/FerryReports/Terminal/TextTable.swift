/// A table for a terminal: columns that line up, also where Chinese stands in them.
///
/// A cell is one line; what doesn't fit the width is cut in the widest left-aligned columns.
///
///     var table = TextTable([.init("Entity"), .init("created", alignment: .right)])
///     table.add(["客户", "76"])
///     print(table.text(width: 80))
public struct TextTable: Sendable {
  /// On which side of its column a cell stands.
  public enum Alignment: Hashable, Sendable {
    case left
    case right
  }

  /// One column.
  public struct Column: Hashable, Sendable {
    /// Its head.
    public let title: String
    /// Where its cells and head stand.
    public let alignment: Alignment

    /// States a column.
    public init(_ title: String, alignment: Alignment = .left) {
      self.title = title
      self.alignment = alignment
    }
  }

  /// The columns.
  public let columns: [Column]
  /// The rows, a cell for each column.
  public private(set) var rows: [[String]] = []

  /// Starts a table; columns without any title make one without a head.
  public init(_ columns: [Column]) { self.columns = columns }

  /// Adds a row; missing cells are empty, control characters are made visible.
  public mutating func add(_ cells: [String]) {
    let cells = cells.prefix(columns.count).map(\.safeForTerminal)
    rows.append(cells + Array(repeating: "", count: columns.count - cells.count))
  }

  /// The table's lines, each with a line break, indented, `width` cells wide at most.
  ///
  /// `paintHead` gets the head's line and may colour it.
  public func text(
    width: Int, indent: Int = 2, paintHead: (String) -> String = { $0 }
  ) -> String {
    guard !columns.isEmpty else { return "" }
    let widths = fitted(to: width - indent - 2 * (columns.count - 1))
    let margin = String(repeating: " ", count: indent)
    var result = ""
    if columns.contains(where: { !$0.title.isEmpty }) {
      result += margin + paintHead(line(columns.map(\.title), widths)) + "\n"
    }
    for row in rows { result += margin + line(row, widths) + "\n" }
    return result
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    var result = ""
    for (index, cell) in cells.enumerated() {
      let text = cell.cut(toWidth: widths[index])
      let padding = String(repeating: " ", count: max(0, widths[index] - text.displayWidth))
      let gap = index == 0 ? "" : "  "
      result += columns[index].alignment == .left ? gap + text + padding : gap + padding + text
    }
    while result.last == " " { result.removeLast() }
    return result
  }

  // Takes from the widest left-aligned column until all fit; 8 cells stay.
  private func fitted(to room: Int) -> [Int] {
    var widths = columns.indices.map { index in
      rows.reduce(columns[index].title.displayWidth) { max($0, $1[index].displayWidth) }
    }
    while widths.reduce(0, +) > room {
      let widest = columns.indices.filter { columns[$0].alignment == .left }
        .max { widths[$0] < widths[$1] }
      guard let widest, widths[widest] > 8 else { break }
      widths[widest] -= 1
    }
    return widths
  }
}
