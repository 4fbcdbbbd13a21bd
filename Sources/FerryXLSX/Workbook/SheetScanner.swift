import FerryCore

// How it works: almost every cell in the world is `<c r="B7" s="3" t="s"><v>41</v></c>`, or the
// same as a number or an inline string. `quickCell` reads exactly these shapes in one pass over
// the bytes; whatever else stands there (formulas, prefixes, other attributes, CDATA) goes through
// `Markup`, a few times slower. Both write through `CellWriter`. An element that is not whole in
// the window is left for the next turn. When changing a shape, run the tests that hold both ways
// and libxml2 against each other.

/// Reads the rows of a sheet's XML into batches.
///
/// Source: ECMA-376 Part 1, 18.3.1.80 (sheetData), 18.3.1.73 (row), 18.3.1.4 (c).
struct SheetScanner {
  /// Where in the part the scanner is.
  enum Phase {
    case beforeRows
    case rows
    case done
  }

  private(set) var phase = Phase.beforeRows
  private(set) var writer: CellWriter
  private var value = CellText()
  private let usesQuickCells: Bool

  init(writer: CellWriter, usesQuickCells: Bool = true) {
    self.writer = writer
    self.usesQuickCells = usesQuickCells
  }

  /// Takes whole elements from the front of `bytes`, until they end or `batch` is full.
  ///
  /// - Returns: How many bytes were used.
  mutating func scan(
    _ bytes: Span<UInt8>, count: Int, into batch: inout RowBatch
  ) throws(MarkupFault) -> Int {
    var position = 0
    while phase != .done {
      let open = bytes.positionOfTag(from: position, count: count)
      guard open < count else { return count }
      if phase == .rows, usesQuickCells {
        let next = quickCell(bytes, at: open, count: count, into: &batch)
        if next > 0 {
          position = next
          continue
        }
      }
      guard let tag = Markup(bytes, at: open, count: count) else { return open }
      guard let next = try step(bytes, tag, count: count, into: &batch) else { return open }
      position = next
      if writer.isFull(batch) { return position }
    }
    return position
  }

  /// Brings all values that were put off; to be called before the batch is given away.
  mutating func finish(_ batch: inout RowBatch) { writer.finish(&batch) }

  private mutating func step(
    _ bytes: Span<UInt8>, _ tag: Markup, count: Int, into batch: inout RowBatch
  ) throws(MarkupFault) -> Int? {
    if phase == .beforeRows {
      if tag.isNamed("sheetData", in: bytes) {
        phase = tag.kind == .start ? .rows : .done
      } else if tag.kind == .end, tag.isNamed("worksheet", in: bytes) {
        phase = .done
      }
      return tag.end
    }
    switch tag.kind {
    case .start, .empty:
      if tag.isNamed("c", in: bytes) { return try cell(bytes, tag, count: count, into: &batch) }
      if tag.isNamed("row", in: bytes) {
        writer.endRow(&batch)
        writer.startRow(
          tag.attribute("r", in: bytes).flatMap { bytes.number(in: $0) },
          isHidden: RowVisibility.isHidden(tag, in: bytes))
      }
    case .end:
      if tag.isNamed("row", in: bytes) { writer.endRow(&batch) }
      if tag.isNamed("sheetData", in: bytes) {
        writer.endRow(&batch)
        phase = .done
      }
    case .cdata, .other: break
    }
    return tag.end
  }
}

// MARK: - Any cell

extension SheetScanner {
  private mutating func cell(
    _ bytes: Span<UInt8>, _ opening: Markup, count: Int, into batch: inout RowBatch
  ) throws(MarkupFault) -> Int? {
    value.clear()
    var type = CellType(bytes, opening.attribute("t", in: bytes))
    var end = opening.end
    if opening.kind == .start {
      guard let behind = try content(bytes, from: opening.end, &type, count: count)
      else { return nil }
      end = behind
    }
    let place = CellPlace(bytes, opening.attribute("r", in: bytes))
    guard let column = writer.enter(place) else { return end }
    let style = opening.attribute("s", in: bytes).flatMap { bytes.number(in: $0) } ?? 0
    let decoded = value.bytes
    writer.write(decoded.span, type: type, style: style, column: column, to: &batch)
    return end
  }

  // Gathers the value up to `</c>`; nil where that is not in the window yet.
  private mutating func content(
    _ bytes: Span<UInt8>, from start: Int, _ type: inout CellType, count: Int
  ) throws(MarkupFault) -> Int? {
    var position = start
    while true {
      let open = bytes.positionOfTag(from: position, count: count)
      guard open < count, let tag = Markup(bytes, at: open, count: count) else { return nil }
      position = tag.end
      if tag.kind == .end, tag.isNamed("c", in: bytes) { return tag.end }
      guard tag.kind == .start else { continue }
      if tag.isNamed("v", in: bytes) {
        guard let end = try value.readRun(bytes, tag, count: count)
        else { return nil }
        position = end
      } else if tag.isNamed("is", in: bytes) {
        value.clear()
        guard let end = try value.read(bytes, from: tag.end, until: "is", count: count)
        else { return nil }
        type = .text
        position = end
      } else if tag.isNamed("c", in: bytes) || tag.isNamed("row", in: bytes) {
        throw MarkupFault.crossedTags(at: open)
      }
    }
  }
}

// MARK: - The usual cell

extension SheetScanner {
  // The position behind the cell; 0 where it has another shape or is not whole in the window.
  @inline(__always)
  private mutating func quickCell(
    _ bytes: Span<UInt8>, at open: Int, count: Int, into batch: inout RowBatch
  ) -> Int {
    guard bytes[open + 1] == UInt8(ascii: "c") else { return 0 }
    var index = open + 2
    var place = CellPlace()
    var style = 0
    var type = UInt8(ascii: "n")
    while bytes[index] == 0x20, index < count {
      guard bytes[index + 2] == UInt8(ascii: "="), bytes[index + 3] == UInt8(ascii: "\"")
      else { return 0 }
      let name = bytes[index + 1]
      index += 4
      switch name {
      case UInt8(ascii: "r"): index = quickPlace(bytes, index, &place)
      case UInt8(ascii: "s"): index = quickNumber(bytes, index, &style)
      case UInt8(ascii: "t"):
        type = bytes[index]
        if bytes[index + 1] == UInt8(ascii: "\"") {
          index += 1
        } else if bytes.matches("inlineStr", at: index) {
          index += 9
        } else {
          return 0
        }
      default: return 0
      }
      guard bytes[index] == UInt8(ascii: "\"") else { return 0 }
      index += 1
    }
    if bytes[index] == UInt8(ascii: "/"), bytes[index + 1] == UInt8(ascii: ">"), index + 2 <= count
    {
      _ = writer.enter(place)
      return index + 2
    }
    guard bytes[index] == UInt8(ascii: ">"), bytes[index + 1] == UInt8(ascii: "<") else { return 0 }
    if type == UInt8(ascii: "i") {
      return quickInline(bytes, index + 1, count: count, place, into: &batch)
    }
    guard bytes[index + 2] == UInt8(ascii: "v"), bytes[index + 3] == UInt8(ascii: ">")
    else { return 0 }
    if type == UInt8(ascii: "s") {
      return quickShared(bytes, index + 4, count: count, place, into: &batch)
    }
    guard type == UInt8(ascii: "n") else { return 0 }
    return quickNumber(bytes, index + 4, count: count, place, style, into: &batch)
  }

  @inline(__always)
  private func quickPlace(_ bytes: Span<UInt8>, _ start: Int, _ place: inout CellPlace) -> Int {
    var index = start
    var column = 0
    while bytes[index] &- UInt8(ascii: "A") < 26, index < start + 3 {
      column = column &* 26 &+ Int(bytes[index] &- 64)
      index += 1
    }
    var row = 0
    let digitsEnd = index + 8
    while bytes[index] &- UInt8(ascii: "0") <= 9, index < digitsEnd {
      row = row &* 10 &+ Int(bytes[index] &- 48)
      index += 1
    }
    // A position that holds no quote sends the cell the other way.
    guard column > 0, row > 0 else { return start - 2 }
    place.columnIndex = column - 1
    place.rowNumber = row
    return index
  }

  @inline(__always)
  private func quickNumber(_ bytes: Span<UInt8>, _ start: Int, _ number: inout Int) -> Int {
    var index = start
    while bytes[index] &- UInt8(ascii: "0") <= 9, index < start + 10 {
      number = number &* 10 &+ Int(bytes[index] &- 48)
      index += 1
    }
    return index
  }

  @inline(__always)
  private mutating func quickShared(
    _ bytes: Span<UInt8>, _ start: Int, count: Int, _ place: CellPlace, into batch: inout RowBatch
  ) -> Int {
    var number = 0
    let end = quickNumber(bytes, start, &number)
    guard end > start, bytes.matches("</v></c>", at: end), end + 8 <= count else { return 0 }
    if let column = writer.enter(place) {
      writer.writeShared(number, column: column, to: &batch)
    }
    return end + 8
  }

  @inline(__always)
  private mutating func quickNumber(
    _ bytes: Span<UInt8>, _ start: Int, count: Int, _ place: CellPlace, _ style: Int,
    into batch: inout RowBatch
  ) -> Int {
    var end = start
    while end < count, bytes[end] != UInt8(ascii: "<") {
      guard bytes[end] != UInt8(ascii: "&"), bytes[end] &- 0x21 < 0x5E else { return 0 }
      end += 1
    }
    guard end > start, bytes.matches("</v></c>", at: end), end + 8 <= count else { return 0 }
    if let column = writer.enter(place) {
      writer.writeNumber(bytes.extracting(start..<end), style: style, column: column, to: &batch)
    }
    return end + 8
  }

  @inline(__always)
  private mutating func quickInline(
    _ bytes: Span<UInt8>, _ open: Int, count: Int, _ place: CellPlace, into batch: inout RowBatch
  ) -> Int {
    guard bytes.matches("<is><t", at: open) else { return 0 }
    var start = open + 7
    if bytes.matches(" xml:space=\"preserve\">", at: start - 1) {
      start += 21
    } else if bytes[start - 1] != UInt8(ascii: ">") {
      return 0
    }
    var end = start
    var allBits: UInt8 = 0
    while end < count, bytes[end] != UInt8(ascii: "<") {
      let byte = bytes[end]
      guard byte != UInt8(ascii: "&"), byte != 0x0D, byte != UInt8(ascii: "_") else { return 0 }
      allBits |= byte
      end += 1
    }
    guard allBits < 0x80 || XMLText.isUTF8(bytes, start..<end) else { return 0 }
    guard end > start, bytes.matches("</t></is></c>", at: end), end + 13 <= count else { return 0 }
    if let column = writer.enter(place) {
      writer.write(
        bytes.extracting(start..<end), type: .text, style: 0, column: column, to: &batch)
    }
    return end + 13
  }
}
