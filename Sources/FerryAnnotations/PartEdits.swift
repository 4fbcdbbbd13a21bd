import FerryCore
import Foundation

/// Changes to the bytes of a part: what lies between them stays.
struct PartEdits {
  private var edits: [(range: Range<Int>, text: String)] = []

  /// Puts `text` in the place of a range.
  mutating func replace(_ range: Range<Int>, _ text: String) { edits.append((range, text)) }

  /// Puts `text` before the byte at `index`; of several at one place in the order of calling.
  mutating func insert(_ text: String, at index: Int) { edits.append((index..<index, text)) }

  /// The bytes with all changes made; ranges must not overlap.
  func applied(to bytes: ContiguousArray<UInt8>) -> ContiguousArray<UInt8> {
    var result = ContiguousArray<UInt8>()
    result.reserveCapacity(bytes.count + edits.reduce(0) { $0 + $1.text.utf8.count })
    var last = 0
    let sorted = edits.enumerated().sorted {
      ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset)
    }
    for (_, edit) in sorted {
      result.append(contentsOf: bytes[last..<edit.range.lowerBound])
      result.append(contentsOf: edit.text.utf8)
      last = edit.range.upperBound
    }
    result.append(contentsOf: bytes[last...])
    return result
  }
}

/// An element of a small part: its tags and how deep it lies.
struct XMLElement {
  let open: XMLTag
  /// The tag that ends it; the opening one where it is empty.
  let close: XMLTag
  /// 0 for the root.
  let depth: Int

  /// From the opening tag to behind the closing one.
  var range: Range<Int> { open.range.lowerBound..<close.range.upperBound }
  /// What lies between the tags.
  var content: Range<Int> {
    open.kind == .empty
      ? open.range.upperBound..<open.range.upperBound
      : open.range.upperBound..<close.range.lowerBound
  }
}

/// A part that is small enough to be held as a whole, in UTF-8.
struct SmallPart {
  let name: String
  let bytes: ContiguousArray<UInt8>
  /// All elements, in the order of their opening tags.
  let elements: [XMLElement]

  /// Finds the elements; throws where the part is not in UTF-8 or is not closed.
  init(_ name: String, _ bytes: ContiguousArray<UInt8>) throws(AnnotationError) {
    self.name = name
    self.bytes = bytes
    guard let elements = Self.elements(in: bytes) else { throw .oddPart(name) }
    self.elements = elements
  }

  /// The first element of that name without its prefix.
  func first(_ name: StaticString) -> XMLElement? {
    elements.first { isNamed(name, $0) }
  }

  /// Whether an element has that name, its prefix left out.
  func isNamed(_ name: StaticString, _ element: XMLElement) -> Bool {
    bytes.span.equals(name, element.open.name)
  }

  /// All elements of that name.
  func all(_ name: StaticString) -> [XMLElement] {
    elements.filter { isNamed(name, $0) }
  }

  /// The children of an element.
  func children(of parent: XMLElement) -> [XMLElement] {
    elements.filter {
      $0.depth == parent.depth + 1 && parent.content.contains($0.open.range.lowerBound)
    }
  }

  /// An attribute's value.
  func value(_ name: StaticString, of element: XMLElement) -> String? {
    element.open.value(name, in: bytes.span)
  }

  /// The prefix that an element's name has, with its colon.
  func prefix(of element: XMLElement) -> String {
    bytes.span.text(element.open.fullName.lowerBound..<element.open.name.lowerBound)
  }

  /// Adds `text` as the last child of an element, which may be empty so far.
  func append(_ text: String, to element: XMLElement, _ edits: inout PartEdits) {
    guard element.open.kind == .empty else {
      edits.insert(text, at: element.close.range.lowerBound)
      return
    }
    let name = bytes.span.text(element.open.fullName)
    let end = element.open.range.upperBound
    edits.replace(end - 2..<end, ">\(text)</\(name)>")
  }

  /// Gives an element's attribute another value.
  func set(
    _ name: StaticString, _ value: String, of element: XMLElement, _ edits: inout PartEdits
  ) {
    if let range = element.open.attribute(name, in: bytes.span) {
      edits.replace(range, value)
    } else {
      edits.insert(" \(name)=\"\(value)\"", at: element.open.fullName.upperBound)
    }
  }

  private static func elements(in bytes: ContiguousArray<UInt8>) -> [XMLElement]? {
    let span = bytes.span
    guard isUTF8(span) else { return nil }
    var found: [(open: XMLTag, close: XMLTag?, depth: Int)] = []
    var stack: [Int] = []
    var position = 0
    search: while true {
      switch XMLTag.next(in: span, from: position, to: span.count) {
      case .unfinished: return nil
      case .none: break search
      case .tag(let tag):
        position = tag.range.upperBound
        switch tag.kind {
        case .empty: found.append((tag, tag, stack.count))
        case .start:
          found.append((tag, nil, stack.count))
          stack.append(found.count - 1)
        case .end:
          guard let open = stack.popLast() else { return nil }
          found[open].close = tag
        }
      }
    }
    guard stack.isEmpty, !found.isEmpty else { return nil }
    return found.map { XMLElement(open: $0.open, close: $0.close ?? $0.open, depth: $0.depth) }
  }

  /// Whether the part can be patched as UTF-8: no other encoding is declared or shows.
  static func isUTF8(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count >= 2 else { return false }
    if bytes[0] >= 0xFE || bytes[0] == 0 || bytes[1] == 0 { return false }
    let head = bytes.text(0..<min(bytes.count, 200)).lowercased()
    guard let encoding = head.range(of: "encoding=") else { return true }
    guard let end = head.range(of: "?>"), encoding.lowerBound < end.lowerBound else { return true }
    let declared = head[encoding.upperBound..<end.lowerBound]
    return ["utf-8", "utf8", "us-ascii"].contains { declared.dropFirst().hasPrefix($0) }
  }
}
