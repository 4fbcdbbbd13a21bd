import FerryCore

/// What the parts of an .xlsb say beside its sheets.
///
/// Source: MS-XLSB 2.4.313 (BrtBundleSh), 2.4.834 (BrtWbProp), 2.4.674 (BrtFmt), 2.4.877 (BrtXF),
/// 2.4.807 (BrtSSTItem).
enum BinaryParts {
  private enum Record {
    static let string = 19
    static let format = 44
    static let style = 47
    static let workbook = 153
    static let sheet = 156
    static let startStyles = 617
    static let endStyles = 618
  }

  // Excel's own limit of styles is 65,490.
  private static let mostStyles = 65_536

  /// The list of sheets, and whether day 0 is 1904-01-01.
  static func workbook(
    _ stream: PartStream
  ) throws(XLSXError) -> (sheets: [WorkbookHandler.Sheet], is1904: Bool) {
    var records = BinaryRecords(stream)
    var (sheets, is1904): ([WorkbookHandler.Sheet], Bool) = ([], false)
    while try records.next() {
      switch records.id {
      case Record.workbook: is1904 = records.number32(at: 0) & 1 == 1
      case Record.sheet where sheets.count < Limits.sheets:
        let state = records.number32(at: 0)
        let (id, end) = records.text(at: 8)
        let name = records.text(at: end).text
        sheets.append(
          WorkbookHandler.Sheet(
            name: name, relationshipID: id,
            visibility: state == 0 ? .visible : state == 1 ? .hidden : .veryHidden))
      default: break
      }
    }
    return (sheets, is1904)
  }

  /// The number format of each style.
  static func styles(_ stream: PartStream) throws(XLSXError) -> Styles {
    var records = BinaryRecords(stream)
    var custom: [Int: NumberFormat] = [:]
    var ids: ContiguousArray<Int> = []
    var isInStyles = false
    while try records.next() {
      switch records.id {
      case Record.format:
        custom[records.number16(at: 0)] = NumberFormat(code: records.text(at: 2).text)
      case Record.startStyles: isInStyles = true
      case Record.endStyles: isInStyles = false
      case Record.style where isInStyles && ids.count < mostStyles:
        ids.append(records.number16(at: 2))
      default: break
      }
    }
    return Styles(
      ContiguousArray(ids.map { custom[$0] ?? NumberFormat.builtIn($0) ?? .number }))
  }

  /// The table of shared strings.
  static func strings(_ stream: PartStream) throws(XLSXError) -> SharedStrings {
    // Two bytes a character in the part, three at most as UTF-8.
    var strings = SharedStrings(partBytes: stream.byteCount * 2)
    var records = BinaryRecords(stream)
    var text = ContiguousArray<UInt8>()
    while try records.next() {
      guard records.id == Record.string else { continue }
      text.removeAll(keepingCapacity: true)
      _ = records.appendText(at: 1, to: &text)
      guard strings.hasRoom(for: text.count) else {
        throw stream.error(
          .tooLarge(part: stream.name, limit: "\(Limits.sharedStringBytes >> 20) MiB"))
      }
      strings.append(text.span)
    }
    guard stream.isIntact else { throw stream.error(.damagedPart(stream.name)) }
    return strings
  }
}

/// What stands before and behind the cells of a sheet.
///
/// Source: MS-XLSB 2.4.323 (BrtColInfo), 2.4.712 (BrtMergeCell).
struct BinaryMargins {
  private(set) var merged: [CellRange] = []
  private(set) var hiddenColumns: [ClosedRange<Int>] = []

  private static let column = 60
  private static let mergedCell = 176

  init(_ stream: PartStream) throws(XLSXError) {
    var records = BinaryRecords(stream)
    while try records.next() {
      if records.id == Self.column { readColumn(records) }
      if records.id == Self.mergedCell, merged.count < Limits.mergedRanges { readMerged(records) }
    }
  }

  private mutating func readColumn(_ records: BinaryRecords) {
    let (first, last) = (records.number32(at: 0), records.number32(at: 4))
    let isHidden = records.number16(at: 16) & 1 == 1 || records.number32(at: 8) == 0
    guard isHidden, first <= last, first < Limits.columns else { return }
    hiddenColumns.append(first...min(last, Limits.columns - 1))
  }

  private mutating func readMerged(_ records: BinaryRecords) {
    let rows = (records.number32(at: 0), records.number32(at: 4))
    let columns = (records.number32(at: 8), records.number32(at: 12))
    guard rows.1 < Limits.rows, columns.1 < Limits.columns else { return }
    merged.append(
      CellRange(
        CellAddress(columnIndex: columns.0, rowNumber: rows.0 + 1),
        CellAddress(columnIndex: columns.1, rowNumber: rows.1 + 1)))
  }
}
