import FerryCore

/// Puts the text of one cell or shared string together from libxml2's events.
struct TextEvents {
  private(set) var text = CellText()
  private var piece = ContiguousArray<UInt8>()
  private var phoneticDepth = 0
  private var isInText = false
  /// Whether a text was longer than a cell may be; then what is here is a part of it.
  private(set) var isTooLong = false

  mutating func clear() {
    text.clear()
    isInText = false
    phoneticDepth = 0
  }

  mutating func start(_ name: String) {
    switch name {
    case "rPh": phoneticDepth += 1
    case "t" where phoneticDepth == 0, "v":
      isInText = true
      piece.removeAll(keepingCapacity: true)
    default: break
    }
  }

  mutating func end(_ name: String) {
    switch name {
    case "rPh": phoneticDepth -= 1
    case "t" where isInText, "v" where isInText:
      let characters = piece
      text.append(decoded: characters.span)
      isInText = false
    default: break
    }
  }

  mutating func found(_ characters: Span<UInt8>) {
    guard isInText else { return }
    let byteCount = text.bytes.count + piece.count + characters.count
    isTooLong = isTooLong || byteCount > Limits.elementBytes
    if !isTooLong { piece.append(copying: characters) }
  }
}

/// Reads shared strings through libxml2.
final class SharedStringEvents: XMLEventHandler {
  private(set) var strings: SharedStrings
  private var item = TextEvents()
  /// Whether the table would go beyond its limits; then it stands as it was.
  private(set) var isFull = false
  /// Whether a string was longer than it may be.
  var isTooLong: Bool { item.isTooLong }

  init(_ strings: SharedStrings = SharedStrings()) { self.strings = strings }

  func startElement(_ name: String, attributes: [XMLAttribute]) {
    if name == "si" { item.clear() } else { item.start(name) }
  }

  func endElement(_ name: String) {
    item.end(name)
    guard name == "si" else { return }
    let bytes = item.text.bytes
    isFull = isFull || !strings.hasRoom(for: bytes.count)
    if !isFull { strings.append(bytes.span) }
  }

  func text(_ characters: Span<UInt8>) { item.found(characters) }
}

/// Reads a sheet through libxml2: for odd encodings, and for tests to hold the scanner against.
final class SheetEvents: XMLEventHandler {
  private(set) var writer: CellWriter
  /// Where the cells go.
  private(set) var batch = RowBatch()
  private(set) var isDone = false
  /// Whether the batch should be given away.
  var isFull: Bool { writer.isFull(batch) }
  /// Whether a text or a row is larger than it may be.
  var isTooLarge: Bool { value.isTooLong || writer.isRowTooLarge }
  /// How many `sheetData` are open; more than one in no file that a program wrote.
  private var openSheetData = 0
  private var isInRows: Bool { openSheetData > 0 }
  private var value = TextEvents()
  private var isInCell = false
  private var isInInline = false
  private var place = CellPlace()
  private var type = CellType.number
  private var style = 0

  init(writer: CellWriter) { self.writer = writer }

  func startElement(_ name: String, attributes: [XMLAttribute]) {
    if name == "sheetData", !isDone, !isInInline { openSheetData += 1 }
    guard isInRows, !isDone else { return }
    // Whatever else stands in an inline string, it is no cell, row or value.
    if isInInline {
      if name != "v" { value.start(name) }
      return
    }
    switch name {
    case "row": startRow(attributes)
    case "c": startCell(attributes)
    case "is":
      value.clear()
      type = .text
      isInInline = true
    case "t": break
    default: if isInCell { value.start(name) }
    }
  }

  func endElement(_ name: String) {
    guard isInRows, !isDone else { return }
    if isInInline {
      if name == "is" { isInInline = false } else { value.end(name) }
      return
    }
    switch name {
    case "row": writer.endRow(&batch)
    case "c": endCell()
    case "sheetData":
      openSheetData -= 1
      guard openSheetData == 0 else { break }
      writer.endRow(&batch)
      isDone = true
    default: if isInCell { value.end(name) }
    }
  }

  func text(_ characters: Span<UInt8>) { value.found(characters) }

  /// Takes the rows so far away, and goes on with the memory of `other`.
  func exchange(_ other: inout RowBatch) {
    writer.finish(&batch)
    swap(&batch, &other)
    batch.removeAll()
  }

  private func startRow(_ attributes: [XMLAttribute]) {
    writer.endRow(&batch)
    let number = attributes.value("r").map { ContiguousArray($0.utf8) }
    writer.startRow(
      number.flatMap { $0.span.number(in: 0..<$0.count) },
      isHidden: RowVisibility.isHidden(
        hidden: attributes.value("hidden"), size: attributes.value("ht")))
  }

  private func startCell(_ attributes: [XMLAttribute]) {
    value.clear()
    isInCell = true
    let name = ContiguousArray((attributes.value("t") ?? "n").utf8)
    type = CellType(name.span, 0..<name.count)
    let reference = ContiguousArray((attributes.value("r") ?? "").utf8)
    place = CellPlace(reference.span, 0..<reference.count)
    let number = ContiguousArray((attributes.value("s") ?? "").utf8)
    style = number.span.number(in: 0..<number.count) ?? 0
  }

  private func endCell() {
    isInCell = false
    guard let column = writer.enter(place) else { return }
    let bytes = value.text.bytes
    writer.write(bytes.span, type: type, style: style, column: column, to: &batch)
  }
}
