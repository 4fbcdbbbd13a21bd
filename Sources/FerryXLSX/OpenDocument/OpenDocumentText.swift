import FerryCore

/// Puts the text of a cell together from its paragraphs.
///
/// Source: OpenDocument 1.3 Part 3, 6.1.2 (white space), 6.1.3 (s), 6.1.4 (tab), 6.1.5 (line-break).
struct OpenDocumentText {
  /// The text so far, UTF-8; paragraphs end in a line feed.
  private(set) var bytes = ContiguousArray<UInt8>()
  /// Whether it was longer than a cell may be; then what is here is a part of it.
  private(set) var isTooLong = false
  private var paragraphs = 0
  private var depth = 0
  // How deep in what is no text of the cell: how it is read aloud, a note, a drawing.
  private var skipped = 0
  // Blanks in a row count as one, before a paragraph's first word as none. Behind its last word
  // LibreOffice writes a bare blank and reads it again; a line break there is the writer's layout.
  private var owesBlank = false
  private var owesBreak = false
  private var isAtStart = true

  private static let passed: Set<String> = ["annotation", "ruby-text", "note", "frame", "shape"]

  mutating func clear() {
    bytes.removeAll(keepingCapacity: true)
    (paragraphs, depth, skipped) = (0, 0, 0)
  }

  mutating func start(_ name: String, _ attributes: [XMLAttribute]) {
    if skipped > 0 || Self.passed.contains(name) {
      skipped += 1
      return
    }
    if depth > 0 {
      depth += 1
      startInside(name, attributes)
    } else if name == "p" || name == "h" {
      if paragraphs > 0 { bytes.append(UInt8(ascii: "\n")) }
      paragraphs += 1
      depth = 1
      owesBlank = false
      owesBreak = false
      isAtStart = true
    }
  }

  private mutating func startInside(_ name: String, _ attributes: [XMLAttribute]) {
    switch name {
    case "s": add(UInt8(ascii: " "), count: min(attributes.count("c"), Limits.textLength))
    case "tab": add(UInt8(ascii: "\t"))
    case "line-break": add(UInt8(ascii: "\n"))
    default: break
    }
  }

  mutating func end(_ name: String) {
    if skipped > 0 {
      skipped -= 1
    } else if depth > 0 {
      depth -= 1
      if depth == 0, !owesBreak { payBlank() }
    }
  }

  mutating func found(_ characters: Span<UInt8>) {
    guard depth > 0, skipped == 0 else { return }
    guard bytes.count + characters.count <= Limits.elementBytes else {
      isTooLong = true
      return
    }
    for index in characters.indices {
      let byte = characters[index]
      if byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
        owesBlank = !isAtStart
        owesBreak = owesBreak || byte != 0x20
      } else {
        payBlank()
        bytes.append(byte)
        isAtStart = false
      }
    }
  }

  private mutating func add(_ byte: UInt8, count: Int = 1) {
    guard bytes.count + count <= Limits.elementBytes else {
      isTooLong = true
      return
    }
    payBlank()
    bytes.append(contentsOf: repeatElement(byte, count: count))
    // Blanks behind it are text, though they are written as bare blanks.
    isAtStart = false
  }

  private mutating func payBlank() {
    if owesBlank { bytes.append(UInt8(ascii: " ")) }
    owesBlank = false
    owesBreak = false
  }
}
