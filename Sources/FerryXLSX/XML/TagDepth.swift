import FerryCore

/// How many elements are open, for the limit that holds also where nothing is parsed.
struct TagDepth {
  private var depth = 0

  /// Whether another element may be open.
  @inline(__always)
  var hasRoom: Bool { depth < Limits.nesting }

  /// Passes the start tag of an element that is known to lie where it belongs.
  @inline(__always)
  mutating func open() { depth &+= 1 }

  /// Passes the end tag of one.
  @inline(__always)
  mutating func close() { depth &-= 1 }

  /// Passes a tag.
  ///
  /// - Throws: Where more than ``Limits/nesting`` elements are open.
  @inline(__always)
  mutating func pass(_ tag: Markup) throws(MarkupFault) {
    switch tag.kind {
    case .start: depth += 1
    case .end: depth -= 1
    case .empty, .cdata, .other, .declaration: return
    }
    guard depth <= Limits.nesting else { throw MarkupFault.unknownConstruct }
  }

  /// Passes all tags of `bytes` that are whole.
  ///
  /// - Returns: How many bytes were used.
  mutating func pass(_ bytes: Span<UInt8>, count: Int) throws(MarkupFault) -> Int {
    var position = 0
    while true {
      let open = bytes.positionOfTag(from: position, count: count)
      guard open < count else { return count }
      guard let tag = Markup(bytes, at: open, count: count) else { return open }
      try pass(tag)
      position = tag.end
    }
  }
}
