import CMariaDB
import FerryCore
import FerryStores

/// The values of one statement, in the order of its `?`.
struct MariaDBParameters {
  private var bytes = ContiguousArray<UInt8>()
  // `nil` is null.
  private var ranges = ContiguousArray<Range<Int>?>()

  init() {}

  init(_ texts: [String?]) { for text in texts { append(text) } }

  /// How many values there are, and how many bytes they take.
  var count: Int { ranges.count }
  var byteCount: Int { bytes.count }

  /// Adds a text; `nil` is null.
  mutating func append(_ text: String?) {
    guard let text else { return ranges.append(nil) }
    let start = bytes.count
    bytes.append(contentsOf: text.utf8)
    ranges.append(start..<bytes.count)
  }

  /// Adds a value of a page; absent and empty are null.
  mutating func append(_ value: ValueRef, of page: RecordPage) {
    guard value.byteCount > 0 else { return ranges.append(nil) }
    let start = bytes.count
    page.arena.withBytes(of: value) { span in
      for index in span.indices { bytes.append(span[index]) }
    }
    ranges.append(start..<bytes.count)
  }

  /// Lends the values as the library wants them; `nil` where there are none.
  func withBindings<R>(_ body: (UnsafeMutablePointer<MYSQL_BIND>?) -> R) -> R {
    guard !ranges.isEmpty else { return body(nil) }
    return unsafe bytes.withUnsafeBufferPointer { bytes in
      var bindings: [MYSQL_BIND] = unsafe ranges.map { range in
        var binding = unsafe MYSQL_BIND()
        unsafe binding.buffer_type = range == nil ? MYSQL_TYPE_NULL : MYSQL_TYPE_STRING
        if let range, let base = bytes.baseAddress {
          // The library only reads from a parameter.
          unsafe binding.buffer = UnsafeMutableRawPointer(mutating: base + range.lowerBound)
          unsafe binding.buffer_length = UInt(range.count)
        } else if range != nil {
          unsafe binding.buffer_type = MYSQL_TYPE_NULL
        }
        return unsafe binding
      }
      return unsafe bindings.withUnsafeMutableBufferPointer { bindings in
        unsafe body(bindings.baseAddress)
      }
    }
  }
}
