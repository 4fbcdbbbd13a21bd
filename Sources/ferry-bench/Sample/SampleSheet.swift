/// One cell of a sample sheet.
enum SampleCell: Hashable {
  case blank
  case text(String)
  case number(Double, NumberStyle)
  /// A formula and the value that was calculated last.
  case formula(String, Double, NumberStyle)

  /// How a number looks.
  enum NumberStyle: String, Hashable, CaseIterable {
    case general = "General"
    case integer = "0"
    case money = "#,##0.00"
    case date = "yyyy-mm-dd"
    case slashDate = "yyyy/m/d"
    case dateTime = "yyyy-mm-dd hh:mm"
    case percent = "0%"
  }

  /// A true date.
  static func date(_ date: SampleDate, _ style: NumberStyle = .date) -> SampleCell {
    .number(style == .dateTime ? date.serial : Double(date.day + 25_569), style)
  }

  /// A text, or nothing where it is empty.
  static func words(_ text: String) -> SampleCell { text.isEmpty ? .blank : .text(text) }

  /// A whole number.
  static func whole(_ number: Int) -> SampleCell { .number(Double(number), .general) }

  /// An amount in yuan.
  static func yuan(_ yuan: Int) -> SampleCell { .number(Double(yuan), .money) }
}

/// Cells that are shown as one; zero-based.
struct SampleMerge: Hashable {
  let rows: ClosedRange<Int>
  let columns: ClosedRange<Int>
}

/// A sheet as rows of cells.
struct SampleSheet {
  let name: String
  var rows: [[SampleCell]] = []
  var merges: [SampleMerge] = []
  /// Zero-based rows that look like headers.
  var headerRows: Set<Int> = []
  /// Column widths in characters.
  var widths: [Double] = []

  init(_ name: String) { self.name = name }

  /// Adds a title over so many columns.
  mutating func addTitle(_ title: String, columns: Int) {
    merges.append(SampleMerge(rows: rows.count...rows.count, columns: 0...columns - 1))
    rows.append([.text(title)])
  }

  /// Adds a row of column names.
  mutating func addHeader(_ names: [String]) {
    headerRows.insert(rows.count)
    rows.append(names.map { SampleCell.words($0) })
    if widths.isEmpty { widths = names.map { Double(max(10, $0.utf8.count)) } }
  }
}
