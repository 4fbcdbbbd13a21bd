import FerryCore
import FerryStores

/// Rows in the text format of COPY.
///
/// Source: PostgreSQL's manual, COPY, "Text Format".
struct PostgresCopyRows {
  /// So many bytes go to the server at once: it works on them while the next ones are made.
  private static let chunkSize = 1 << 18

  private(set) var bytes = ContiguousArray<UInt8>()
  private var isRowStart = true

  /// Whether it is time to send what there is.
  var isFull: Bool { bytes.count >= Self.chunkSize }

  /// Forgets what was sent and keeps the memory.
  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  /// Adds a value that needs no escapes.
  mutating func append(plain text: Span<UInt8>) {
    separate()
    bytes.append(copying: text)
  }

  /// Adds a value that needs no escapes.
  mutating func append(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
  }

  /// Adds a value of a page; absent and empty are null.
  mutating func append(_ value: ValueRef, of page: RecordPage) {
    separate()
    guard value.byteCount > 0 else {
      bytes.append(UInt8(ascii: "\\"))
      bytes.append(UInt8(ascii: "N"))
      return
    }
    page.arena.withBytes(of: value) { appendEscaped($0) }
  }

  /// Ends the row.
  mutating func endRow() {
    bytes.append(UInt8(ascii: "\n"))
    isRowStart = true
  }

  private mutating func separate() {
    if !isRowStart { bytes.append(UInt8(ascii: "\t")) }
    isRowStart = false
  }

  private mutating func appendEscaped(_ text: Span<UInt8>) {
    var start = 0
    for index in text.indices {
      let byte = text[index]
      let letter: UInt8
      switch byte {
      case UInt8(ascii: "\\"): letter = byte
      case UInt8(ascii: "\t"): letter = UInt8(ascii: "t")
      case UInt8(ascii: "\n"): letter = UInt8(ascii: "n")
      case UInt8(ascii: "\r"): letter = UInt8(ascii: "r")
      default: continue
      }
      bytes.append(copying: text.extracting(start..<index))
      bytes.append(UInt8(ascii: "\\"))
      bytes.append(letter)
      start = index + 1
    }
    bytes.append(copying: text.extracting(start..<text.count))
  }
}
