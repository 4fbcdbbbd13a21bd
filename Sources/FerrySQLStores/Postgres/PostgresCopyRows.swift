import FerryCore
import FerryStores

/// Rows in the text format of COPY.
///
/// Source: PostgreSQL's manual, COPY, "Text Format".
struct PostgresCopyRows {
  private(set) var bytes = ContiguousArray<UInt8>()
  private var isRowStart = true

  /// Adds a value that needs no escapes.
  mutating func append(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
  }

  /// Adds a value of a page; absent and empty are null.
  mutating func append(_ value: ValueRef, of page: RecordPage) {
    separate()
    guard value.byteCount > 0 else {
      bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "N")])
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
    for index in text.indices {
      let byte = text[index]
      let letter: UInt8? =
        switch byte {
        case UInt8(ascii: "\\"): byte
        case UInt8(ascii: "\t"): UInt8(ascii: "t")
        case UInt8(ascii: "\n"): UInt8(ascii: "n")
        case UInt8(ascii: "\r"): UInt8(ascii: "r")
        default: nil
        }
      if let letter {
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(letter)
      } else {
        bytes.append(byte)
      }
    }
  }
}
