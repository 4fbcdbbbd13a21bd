import FerryCore
import FerryTables
import FerryYAML

// Where a source's table lies, and what becomes of its odd rows: each key overrules one guess of
// the table finder.
extension MappingFileReader {
  static let tableKeys = [
    "header", "range", "table", "totals", "notes", "repeated", "hidden", "merged", "rows",
  ]

  mutating func tableOptions(_ source: YAMLNode) -> TableOptions {
    var options = TableOptions()
    if let node = source["header"] { readHeader(node, into: &options) }
    if let node = source["range"] { options.range = range(node) }
    if let node = source["table"] {
      options.tableNumber = number(node, "table")
      for other in ["header", "range"] where source[other] != nil {
        faults.add(.mappingContradiction, at: node.mark, "table", other, "sources")
      }
    }
    let treatments: [(String, WritableKeyPath<RowPolicy, RowPolicy.Treatment>)] = [
      ("totals", \.totals), ("notes", \.notes), ("repeated", \.repeated), ("hidden", \.hidden),
    ]
    for (key, path) in treatments {
      if let node = source[key], let word = word(node, key, RowPolicy.Treatment.self) {
        options.policy[keyPath: path] = word
      }
    }
    if let node = source["merged"], let word = word(node, "merged", RowPolicy.Merging.self) {
      options.policy.merged = word
    }
    if let node = source["rows"] { readRows(node, into: &options.policy) }
    return options
  }

  /// A row, a list of rows that follow each other, or `none`.
  private mutating func readHeader(_ node: YAMLNode, into options: inout TableOptions) {
    if node.text == "none" {
      options.hasHeader = false
      return
    }
    var rows: [Int] = []
    for item in node.items ?? [node] {
      guard let row = rowRange(item, "header", Self.headerForm) else { return }
      rows += row.prefix(Self.headerLimit + 1)
    }
    guard let first = rows.first, rows == Array(first..<first + rows.count),
      rows.count <= Self.headerLimit
    else {
      faults.add(.mappingExpectedNumber, at: node.mark, "header", Self.headerForm, spelled(node))
      return
    }
    options.headerRows = first...first + rows.count - 1
  }

  private static let headerForm = "3, [3, 4], none"
  private static let rowsForm = "17, 20-25"
  /// How many rows a header may be said to have.
  private static let headerLimit = 10

  private mutating func readRows(_ node: YAMLNode, into policy: inout RowPolicy) {
    guard let entries = entries(node, "rows") else { return }
    check(entries, ["drop", "keep"], under: "rows")
    if let node = node["drop"] { policy.droppedRows = rowRanges(node, "drop") }
    if let node = node["keep"] {
      policy.keptRows = rowRanges(node, "keep")
      let clash = policy.keptRows.first { kept in
        policy.droppedRows.contains { $0.overlaps(kept) }
      }
      if let clash {
        faults.add(.mappingRowTwice, at: node.mark, String(clash.lowerBound))
      }
    }
  }

  private mutating func rowRanges(_ node: YAMLNode, _ key: String) -> [ClosedRange<Int>] {
    (node.items ?? [node]).compactMap { rowRange($0, key, Self.rowsForm) }
  }

  /// A row number, or two with a dash between.
  private mutating func rowRange(
    _ node: YAMLNode, _ key: String, _ form: String
  ) -> ClosedRange<Int>? {
    guard let text = text(node, key) else { return nil }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
      .map { Int($0.filter { $0 != " " }) ?? 0 }
    guard ends.count <= 2, let first = ends.first, let last = ends.last, first > 0, last >= first
    else {
      faults.add(.mappingExpectedNumber, at: node.mark, key, form, text)
      return nil
    }
    return first...last
  }

  private mutating func number(_ node: YAMLNode, _ key: String) -> Int? {
    guard let text = text(node, key) else { return nil }
    if let number = Int(text), number > 0 { return number }
    faults.add(.mappingExpectedNumber, at: node.mark, key, "1, 2, 3 …", text)
    return nil
  }

  private mutating func range(_ node: YAMLNode) -> CellRange? {
    guard let text = text(node, "range") else { return nil }
    if text.contains(":"), let range = CellRange(text) { return range }
    faults.add(.mappingExpectedNumber, at: node.mark, "range", "A3:K200", text)
    return nil
  }

  private func spelled(_ node: YAMLNode) -> String {
    node.text ?? "[" + (node.items ?? []).compactMap(\.text).joined(separator: ", ") + "]"
  }
}
