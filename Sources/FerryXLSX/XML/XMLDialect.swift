import FerryCore

/// Whether the byte scanner can read a part, or libxml2 must.
enum XMLDialect: Hashable, Sendable {
  /// UTF-8 without a DTD: what every spreadsheet program writes.
  case plain
  /// UTF-16, another declared encoding, or a DTD.
  case odd

  /// Looks at the first bytes of a part.
  init(_ head: Span<UInt8>) {
    self = Self.isPlain(head) ? .plain : .odd
  }

  private static func isPlain(_ head: Span<UInt8>) -> Bool {
    guard head.count >= 2 else { return true }
    // UTF-16 and UTF-32 show as a byte order mark or as zeros among the first bytes.
    if head[0] >= 0xFE || head[0] == 0 || head[1] == 0 { return false }
    var index = 0
    while index < head.count {
      if head[index] == UInt8(ascii: "<"), index + 1 < head.count {
        if head.matches("<!DOCTYPE", at: index) { return false }
        if head.matches("<?xml", at: index), !declaresUTF8(head, at: index) { return false }
        // The root element: nothing before it made the part odd.
        if head[index + 1] != UInt8(ascii: "!"), head[index + 1] != UInt8(ascii: "?") {
          return true
        }
      }
      index += 1
    }
    return true
  }

  private static func declaresUTF8(_ head: Span<UInt8>, at open: Int) -> Bool {
    guard let end = head.position(of: "?>", from: open, count: head.count),
      let name = head.position(of: "encoding", from: open, count: end)
    else { return true }
    var start = name + 8
    while start < end, head[start] != UInt8(ascii: "\""), head[start] != UInt8(ascii: "'") {
      start += 1
    }
    var value: [UInt8] = []
    start += 1
    while start < end, head[start] != UInt8(ascii: "\""), head[start] != UInt8(ascii: "'") {
      value.append(head[start])
      start += 1
    }
    let encoding = String(decoding: value, as: UTF8.self).lowercased()
    return ["utf-8", "utf8", "us-ascii", "ascii"].contains(encoding)
  }
}
