import FerryCore

// How it works: a sheet's XML passes through in pieces. What stands before the rows is held until
// it is whole, for the columns' styles and the tab's selection; rows pass untouched unless a cell of
// theirs is marked, and such a row is held until it is whole; what stands behind the rows is held
// for the one element that may have to be put in there. So memory does not grow with the rows.
// When changing it: a row or cell may leave out its address, and then follows the one before it.

/// Colours marked cells of a sheet, and ties the sheet to its comments.
final class SheetPatcher {
  private enum Phase {
    case head
    case rows
    case tail
  }

  private let part: String
  private let marks: [CellMark]
  private let styles: StyleBook
  /// The element that names the drawing of the comments; `nil` where the sheet has it already.
  private let legacyDrawing: String?
  private let put: (Span<UInt8>) throws -> Void
  private var phase = Phase.head
  private var buffer = ContiguousArray<UInt8>()
  /// How much of ``buffer`` is given away; it is dropped when more comes.
  private var given = 0
  /// Where in ``buffer`` to look on.
  private var position = 0
  private var nextMark = 0
  private var lastRow = 0
  private var rowPatcher: RowPatcher
  private var prefix = ""
  /// How deep the bytes behind the rows begin: inside `sheetData`, whose end comes first, or behind it.
  private var tailDepth = 2

  /// Longer than any head, row or tail that a program writes.
  private static let mostHeld = 96 << 20

  /// Prepares to patch the sheet of `part`; `marks` are in the order of the sheet.
  init(
    part: String, marks: [CellMark], styles: StyleBook, legacyDrawing: String?,
    put: @escaping (Span<UInt8>) throws -> Void
  ) {
    self.part = part
    self.marks = marks
    self.styles = styles
    self.legacyDrawing = legacyDrawing
    self.put = put
    rowPatcher = RowPatcher(styles: styles)
  }

  /// Takes the next bytes of the part.
  func take(_ bytes: Span<UInt8>) throws {
    buffer.removeSubrange(..<given)
    position -= given
    given = 0
    guard buffer.count + bytes.count < Self.mostHeld else {
      throw AnnotationError.oddPart(part)
    }
    unsafe bytes.withUnsafeBufferPointer { unsafe buffer.append(contentsOf: $0) }
    try work()
  }

  /// Ends the part.
  func finish() throws {
    guard phase == .tail else { throw AnnotationError.oddPart(part) }
    guard let legacyDrawing else { return try give(to: buffer.count) }
    let place = try placeOfDrawing()
    try give(to: place)
    try give(legacyDrawing)
    try give(to: buffer.count)
  }

  private func work() throws {
    if phase == .head { try readHead() }
    while phase == .rows, try readRows() {}
  }

  // MARK: - Output

  /// Gives away the bytes before `end`.
  private func give(to end: Int) throws {
    let bytes = buffer
    if end > given { try put(bytes.span.extracting(given..<end)) }
    given = end
    position = end
  }

  private func give(_ text: String) throws {
    let bytes = ContiguousArray(text.utf8)
    try put(bytes.span)
  }

  // MARK: - Head

  private func readHead() throws {
    let bytes = buffer
    let span = bytes.span
    var place = 0
    while case .tag(let tag) = XMLTag.next(in: span, from: place, to: span.count) {
      place = tag.range.upperBound
      guard tag.kind != .end, span.equals("sheetData", tag.name) else { continue }
      guard SmallPart.isUTF8(span) else { throw AnnotationError.oddPart(part) }
      prefix = span.text(tag.fullName.lowerBound..<tag.name.lowerBound)
      rowPatcher.prefix = prefix
      try giveHead(tag)
      return
    }
  }

  private func giveHead(_ sheetData: XMLTag) throws {
    let bytes = ContiguousArray(buffer[..<sheetData.range.upperBound])
    let span = bytes.span
    var edits = PartEdits()
    var place = 0
    while case .tag(let tag) = XMLTag.next(in: span, from: place, to: span.count) {
      place = tag.range.upperBound
      if span.equals("col", tag.name) { rowPatcher.addColumn(tag, span) }
      // The sheet of questions is the one that is selected now: two would be edited together.
      if span.equals("sheetView", tag.name), let range = tag.wholeAttribute("tabSelected", in: span)
      {
        edits.replace(range, "")
      }
    }
    let isEmpty = sheetData.kind == .empty
    if isEmpty {
      let end = sheetData.range.upperBound
      edits.replace(end - 2..<end, ">")
    }
    let head = edits.applied(to: bytes)
    try put(head.span)
    given = sheetData.range.upperBound
    position = given
    phase = .rows
    guard isEmpty else { return }
    try giveMissing(before: .max)
    try give("</\(prefix)sheetData>")
    phase = .tail
    tailDepth = 1
  }

  // MARK: - Rows

  /// Passes rows; false where more bytes are needed.
  private func readRows() throws -> Bool {
    let bytes = buffer
    let span = bytes.span
    while let open = span.position(of: UInt8(ascii: "<"), from: position, to: span.count) {
      // A tag of which too little is there to tell it.
      guard open + prefix.utf8.count + 12 <= span.count else { return try wait(at: open) }
      if isRow(span, open) || isOther(span, open) {
        guard case .tag(let tag) = XMLTag.next(in: span, from: open, to: span.count) else {
          return try wait(at: open)
        }
        if tag.range.lowerBound != open {
          // A comment or CDATA, passed as a whole.
          position = tag.range.lowerBound
          continue
        }
        return try readRow(tag)
      }
      if isEnd(span, open) {
        try give(to: open)
        try giveMissing(before: .max)
        phase = .tail
        return false
      }
      position = open + 1
    }
    return try wait(at: span.count)
  }

  // Gives away what is behind us, and waits for more.
  private func wait(at place: Int) throws -> Bool {
    try give(to: place)
    return false
  }

  private func isRow(_ span: Span<UInt8>, _ open: Int) -> Bool {
    let start = open + 1 + prefix.utf8.count
    guard span.equals("row", start..<start + 3), isPrefixed(span, open + 1) else { return false }
    let next = span[start + 3]
    return next.isSpace || next == UInt8(ascii: ">") || next == UInt8(ascii: "/")
  }

  private func isEnd(_ span: Span<UInt8>, _ open: Int) -> Bool {
    let start = open + 2 + prefix.utf8.count
    return span[open + 1] == UInt8(ascii: "/") && isPrefixed(span, open + 2)
      && span.equals("sheetData", start..<min(start + 9, span.count))
  }

  private func isOther(_ span: Span<UInt8>, _ open: Int) -> Bool {
    span[open + 1] == UInt8(ascii: "!") || span[open + 1] == UInt8(ascii: "?")
  }

  private func isPrefixed(_ span: Span<UInt8>, _ start: Int) -> Bool {
    var index = start
    for byte in prefix.utf8 {
      guard span[index] == byte else { return false }
      index += 1
    }
    return true
  }

  private func readRow(_ tag: XMLTag) throws -> Bool {
    let bytes = buffer
    let span = bytes.span
    let row = tag.number("r", in: span) ?? lastRow + 1
    if nextMark < marks.count, marks[nextMark].address.rowNumber < row {
      guard row > lastRow else { throw AnnotationError.oddPart(part) }
      try give(to: tag.range.lowerBound)
      try giveMissing(before: row)
      return true
    }
    guard nextMark < marks.count, marks[nextMark].address.rowNumber == row else {
      lastRow = row
      position = tag.range.upperBound
      return true
    }
    guard let end = endOfRow(tag) else { return try wait(at: tag.range.lowerBound) }
    try give(to: tag.range.lowerBound)
    let whole = ContiguousArray(bytes[tag.range.lowerBound..<end])
    given = end
    position = end
    lastRow = row
    let patched = rowPatcher.patched(whole, row: row, takeMarks(of: row))
    try put(patched.span)
    return true
  }

  private func endOfRow(_ tag: XMLTag) -> Int? {
    guard tag.kind == .start else { return tag.range.upperBound }
    let bytes = buffer
    let span = bytes.span
    var place = tag.range.upperBound
    while case .tag(let next) = XMLTag.next(in: span, from: place, to: span.count) {
      place = next.range.upperBound
      if next.kind == .end, span.equals("row", next.name) { return place }
    }
    return nil
  }

  private func takeMarks(of row: Int) -> [CellMark] {
    let start = nextMark
    while nextMark < marks.count, marks[nextMark].address.rowNumber == row { nextMark += 1 }
    return Array(marks[start..<nextMark])
  }

  /// Writes rows that the sheet leaves out and that have marked cells.
  private func giveMissing(before row: Int) throws {
    while nextMark < marks.count, marks[nextMark].address.rowNumber < row {
      let number = marks[nextMark].address.rowNumber
      // A row that came before its predecessors can't be gone back to.
      guard number > lastRow else { throw AnnotationError.oddPart(part) }
      lastRow = number
      try give(rowPatcher.newRow(number, takeMarks(of: number)))
    }
  }

  // MARK: - Tail

  // Source: ECMA-376 Part 1, 18.3.1.99 (the order of a worksheet's elements).
  private static let followers: [StaticString] = [
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst", "AlternateContent",
  ]

  private func placeOfDrawing() throws -> Int {
    let bytes = buffer
    let span = bytes.span
    var place = given
    var depth = tailDepth
    while case .tag(let tag) = XMLTag.next(in: span, from: place, to: span.count) {
      place = tag.range.upperBound
      switch tag.kind {
      case .start, .empty:
        for name in Self.followers where depth == 1 && span.equals(name, tag.name) {
          return tag.range.lowerBound
        }
        if tag.kind == .start { depth += 1 }
      case .end:
        depth -= 1
        if depth == 0 { return tag.range.lowerBound }
      }
    }
    throw AnnotationError.oddPart(part)
  }
}
