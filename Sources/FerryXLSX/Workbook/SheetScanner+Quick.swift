import FerryCore

// MARK: - The usual row

extension SheetScanner {
  // `<row r="7" spans="1:9">` and the like, or `</row>`; the position behind it, 0 for any other shape.
  @inline(__always)
  mutating func quickRow(
    _ bytes: Span<UInt8>, at open: Int, count: Int, into batch: inout RowBatch
  ) -> Int {
    let block = bytes.block(at: open)
    if block.firstSix == UsualShapes.rowEnd, open + 6 <= count {
      writer.endRow(&batch)
      depth.close()
      return open + 6
    }
    guard block == UsualShapes.row, depth.hasRoom else { return 0 }
    var number = 0
    let digits = open + 8..<bytes.digits(from: open + 8, &number)
    guard !digits.isEmpty, digits.count < 8, bytes[digits.upperBound] == UInt8(ascii: "\"") else {
      return 0
    }
    guard let end = quickEnd(bytes, digits.upperBound + 1, count: count) else { return 0 }
    label = RowLabel(bytes, digits)
    writer.endRow(&batch)
    writer.startRow(number, isHidden: false)
    depth.open()
    return end
  }

  // The position behind the row's tag. None where it is empty, or holds an `h`, as all names do
  // that may hide a row.
  @inline(__always)
  private func quickEnd(_ bytes: Span<UInt8>, _ start: Int, count: Int) -> Int? {
    var index = start
    var quotes = 0
    while index < count {
      let byte = bytes[index]
      if byte == UInt8(ascii: ">") {
        return quotes & 1 == 0 && bytes[index - 1] != UInt8(ascii: "/") ? index + 1 : nil
      }
      if byte == UInt8(ascii: "\"") { quotes += 1 }
      if byte == UInt8(ascii: "h") || byte == UInt8(ascii: "'") { return nil }
      index += 1
    }
    return nil
  }
}

// MARK: - The usual cell

extension SheetScanner {
  // The position behind the cell; 0 where it has another shape or is not whole in the window.
  @inline(__always)
  mutating func quickCell(
    _ bytes: Span<UInt8>, at open: Int, count: Int, into batch: inout RowBatch
  ) -> Int {
    let head = bytes.block(at: open)
    guard head.firstTwo == UsualShapes.cell else { return 0 }
    var index = open + 2
    var place = CellPlace()
    var style = 0
    var type = UInt8(ascii: "n")
    if head.firstSix == UsualShapes.cellWithPlace {
      index = quickPlace(bytes, open + 6, &place)
      guard index > 0 else { return 0 }
    }
    while bytes[index] == 0x20, index < count {
      guard bytes[index + 2] == UInt8(ascii: "="), bytes[index + 3] == UInt8(ascii: "\"")
      else { return 0 }
      let name = bytes[index + 1]
      index += 4
      switch name {
      case UInt8(ascii: "s"): index = bytes.digits(from: index, &style)
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
    let block = bytes.block(at: index)
    if block.firstFour == UsualShapes.value {
      if type == UInt8(ascii: "s") {
        return quickShared(bytes, index + 4, count: count, place, into: &batch)
      }
      guard type == UInt8(ascii: "n") else { return 0 }
      return quickNumber(bytes, index + 4, count: count, place, style, into: &batch)
    }
    if type == UInt8(ascii: "i"), bytes[index] == UInt8(ascii: ">") {
      return quickInline(bytes, index + 1, count: count, place, into: &batch)
    }
    guard block.firstTwo == UsualShapes.emptyEnd, index + 2 <= count else { return 0 }
    _ = writer.enter(place)
    return index + 2
  }

  // The position behind the quote after the place; 0 where it is written in another way.
  @inline(__always)
  private func quickPlace(_ bytes: Span<UInt8>, _ start: Int, _ place: inout CellPlace) -> Int {
    var index = start
    var column = 0
    while bytes[index] &- UInt8(ascii: "A") < 26, index < start + 3 {
      column = column &* 26 &+ Int(bytes[index] &- 64)
      index += 1
    }
    place.columnIndex = column - 1
    // Nearly always the row's own number.
    if label.begins(bytes.block(at: index)) {
      place.rowNumber = label.rowNumber
      index += label.digitCount
    } else {
      let end = bytes.digits(from: index, &place.rowNumber)
      guard end - index < 8, place.rowNumber > 0, bytes[end] == UInt8(ascii: "\"")
      else { return 0 }
      index = end
    }
    return column > 0 ? index + 1 : 0
  }

  @inline(__always)
  private mutating func quickShared(
    _ bytes: Span<UInt8>, _ start: Int, count: Int, _ place: CellPlace, into batch: inout RowBatch
  ) -> Int {
    var number = 0
    let end = bytes.digits(from: start, &number)
    guard end > start, bytes.block(at: end) == UsualShapes.valueEnd, end + 8 <= count
    else { return 0 }
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
    guard end > start, bytes.block(at: end) == UsualShapes.valueEnd, end + 8 <= count
    else { return 0 }
    if let column = writer.enter(place) {
      writer.writeNumber(bytes.extracting(start..<end), style: style, column: column, to: &batch)
    }
    return end + 8
  }

  @inline(__always)
  private mutating func quickInline(
    _ bytes: Span<UInt8>, _ open: Int, count: Int, _ place: CellPlace, into batch: inout RowBatch
  ) -> Int {
    guard bytes.block(at: open).firstSix == UsualShapes.inline,
      let start = bytes.endOfTextTag(open + 6)
    else { return 0 }
    let (end, isPlain, isASCII) = bytes.run(from: start, count: count)
    guard isPlain, isASCII || XMLText.isUTF8(bytes, start..<end), end > start,
      bytes.block(at: end) == UsualShapes.inlineEnd,
      bytes.block(at: end + 8).firstFive == UsualShapes.inlineCellEnd, end + 13 <= count
    else { return 0 }
    if let column = writer.enter(place) {
      writer.write(
        bytes.extracting(start..<end), type: .text, style: 0, column: column, to: &batch)
    }
    return end + 13
  }
}
