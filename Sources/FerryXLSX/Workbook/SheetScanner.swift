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
  // These three are the quick path's too.
  var writer: CellWriter
  var label = RowLabel()
  /// What is open around the place that the scanner has come to.
  var depth = TagDepth()
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
        var next = quickCell(bytes, at: open, count: count, into: &batch)
        if next == 0 {
          next = quickRow(bytes, at: open, count: count, into: &batch)
          if next > 0, writer.isFull(batch) { return next }
        }
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
    guard tag.kind != .declaration else { throw MarkupFault.unknownConstruct }
    if phase == .rows, tag.kind == .start || tag.kind == .empty, tag.isNamed("c", in: bytes) {
      return try cell(bytes, tag, count: count, into: &batch)
    }
    try depth.pass(tag)
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
      guard !tag.isNamed("sheetData", in: bytes) else { throw MarkupFault.unknownConstruct }
      if tag.isNamed("row", in: bytes) {
        guard !tag.hasReference(in: bytes) else { throw MarkupFault.unknownConstruct }
        let number = tag.attribute("r", in: bytes)
        label = number.map { RowLabel(bytes, $0) } ?? RowLabel()
        writer.endRow(&batch)
        writer.startRow(
          number.flatMap { bytes.number(in: $0) }, isHidden: RowVisibility.isHidden(tag, in: bytes))
      }
    case .end:
      if tag.isNamed("row", in: bytes) { writer.endRow(&batch) }
      if tag.isNamed("sheetData", in: bytes) {
        writer.endRow(&batch)
        phase = .done
      }
    case .cdata, .other, .declaration: break
    }
    return tag.end
  }
}

// MARK: - Any cell

extension SheetScanner {
  private mutating func cell(
    _ bytes: Span<UInt8>, _ opening: Markup, count: Int, into batch: inout RowBatch
  ) throws(MarkupFault) -> Int? {
    guard !opening.hasReference(in: bytes) else { throw MarkupFault.unknownConstruct }
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
    var depth = depth
    while true {
      let open = bytes.positionOfTag(from: position, count: count)
      guard open < count, let tag = Markup(bytes, at: open, count: count) else { return nil }
      position = tag.end
      if tag.kind == .end, tag.isNamed("c", in: bytes) { return tag.end }
      guard tag.kind == .start else {
        if tag.kind == .empty, tag.isNamed("sheetData", in: bytes) {
          throw MarkupFault.unknownConstruct
        }
        try depth.pass(tag)
        continue
      }
      if tag.isNamed("v", in: bytes) {
        guard let end = try value.readRun(bytes, tag, count: count) else { return nil }
        position = end
      } else if tag.isNamed("is", in: bytes) {
        value.clear()
        let end = try value.read(bytes, from: tag.end, until: "is", depth, count: count)
        guard let end else { return nil }
        type = .text
        position = end
      } else if tag.isNamed("c", in: bytes) || tag.isNamed("row", in: bytes)
        || tag.isNamed("sheetData", in: bytes)
      {
        throw MarkupFault.unknownConstruct
      } else {
        try depth.pass(tag)
      }
    }
  }
}
