import FerryReports

/// Where `ferry cat` prints: lines as they come, or the cells as one JSON document.
struct CatOutput {
  private var output = StandardOutput()
  private let isDocument: Bool
  private var isFirst = true

  /// Begins; a file's name begins a document.
  init(asDocumentOf file: String?) {
    isDocument = file != nil
    guard let file else { return }
    output.write(ContiguousArray("{\"file\":\(JSONValue.string(file).text()),\"cells\":[".utf8))
  }

  /// Writes whole lines.
  mutating func write(_ lines: ContiguousArray<UInt8>) {
    guard isDocument, !lines.isEmpty else { return output.write(lines) }
    // A line feed inside a JSON string is escaped, so each one that is left ends a cell.
    var cells = lines
    cells.removeLast()
    for index in cells.indices where cells[index] == UInt8(ascii: "\n") {
      cells[index] = UInt8(ascii: ",")
    }
    if !isFirst { output.write([UInt8(ascii: ",")]) }
    isFirst = false
    output.write(cells)
  }

  /// Ends a document.
  mutating func end() {
    if isDocument { output.write(ContiguousArray("]}\n".utf8)) }
  }
}
