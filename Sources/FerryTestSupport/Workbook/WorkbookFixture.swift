import Foundation

/// A workbook written in code: sheets of cells of every kind, merges, styles, and raw parts.
///
/// ```swift
/// var book = WorkbookFixture(sheet: "客户", rows: [["编号", "建档日期"], ["C-1", .date(2024, 3, 5)]])
/// book.sheets[0].merges = ["A4:B4"]
/// try book.write(to: path)
/// ```
public struct WorkbookFixture: Sendable {
  /// One cell; `nil`, strings, numbers and booleans can be written as literals.
  public indirect enum Cell: Sendable {
    case blank
    /// Text, shared or inline as the workbook says.
    case text(String)
    /// A number, its text written as it stands.
    case number(String)
    case boolean(Bool)
    /// An error, such as `#N/A`.
    case error(String)
    /// A number under a number format, such as `yyyy-mm-dd` or `[h]:mm`.
    case formatted(Double, String)
    /// A number under the built-in number format of that id, such as 14.
    case builtIn(Double, Int)
    /// A formula and its cached value.
    case formula(String, Cell)
    /// Text in several runs, each with its own look.
    case rich([String])
    /// `t="d"`: a date as ISO 8601 text.
    case iso(String)
    /// The whole `<c …>` element, `{ref}` standing for the address.
    case raw(String)
  }

  /// Who sees a sheet.
  public enum Visibility: String, Sendable {
    case visible
    case hidden
    case veryHidden
  }

  /// One sheet.
  public struct Sheet: Sendable {
    /// The name on the tab.
    public var name: String
    /// The cells from A1, row by row; an empty row is left out of the XML.
    public var rows: [[Cell]]
    /// Merged ranges such as `A1:C1`.
    public var merges: [String] = []
    /// Rows that nobody sees, one-based.
    public var hiddenRows: Set<Int> = []
    /// Columns that nobody sees, zero-based.
    public var hiddenColumns: [ClosedRange<Int>] = []
    /// Who sees it.
    public var visibility = Visibility.visible
    /// The whole XML of the sheet, instead of `rows` and `merges`.
    public var rawXML: String?

    /// Makes a sheet of rows that begin in A1.
    public init(_ name: String, rows: [[Cell]] = [], rawXML: String? = nil) {
      self.name = name
      self.rows = rows
      self.rawXML = rawXML
    }
  }

  /// The sheets in the order of the tabs.
  public var sheets: [Sheet]
  /// Whether text goes to the table of shared strings, as Excel does it.
  public var usesSharedStrings = true
  /// Whether day 0 is 1904-01-01.
  public var is1904 = false
  /// How all parts are kept in the archive.
  public var method = ZipFixture.Method.deflated
  /// Parts by name that are added, or take the place of those made here; `nil` leaves one out.
  public var parts: [String: [UInt8]?] = [:]

  /// Makes a workbook.
  public init(_ sheets: [Sheet]) { self.sheets = sheets }

  /// Makes a workbook of one sheet.
  public init(sheet name: String, rows: [[Cell]]) { self.init([Sheet(name, rows: rows)]) }

  /// Makes a workbook of one sheet whose XML is given.
  public init(sheet name: String, rawXML: String) { self.init([Sheet(name, rawXML: rawXML)]) }

  /// The archive, to be broken further.
  public func archive() -> ZipFixture {
    var writer = WorkbookFixtureWriter(self)
    var entries: [ZipFixture.Entry] = []
    for (name, text) in writer.parts() {
      switch parts[name] {
      case .none: entries.append(ZipFixture.Entry(name, text, method: method))
      case .some(.none): continue
      case .some(.some(let bytes)): entries.append(ZipFixture.Entry(name, bytes, method: method))
      }
    }
    let made = Set(entries.map(\.name))
    for name in parts.keys.sorted() where !made.contains(name) {
      if let bytes = parts[name] ?? nil {
        entries.append(ZipFixture.Entry(name, bytes, method: method))
      }
    }
    return ZipFixture(entries)
  }

  /// Writes the workbook to a file.
  public func write(to path: String) throws { try archive().write(to: path) }

  /// Writes the workbook to a fresh temporary file that `body` gets the path of.
  public func withFile<R>(_ body: (String) throws -> R) throws -> R {
    try withTemporaryFile(named: "fixture.xlsx", archive().bytes(), body)
  }
}

/// Writes `bytes` to `name` in a fresh temporary folder, and removes both afterwards.
public func withTemporaryFile<R>(
  named name: String, _ bytes: [UInt8], _ body: (String) throws -> R
) throws -> R {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  // The folder is temporary: one that stays behind is the system's to remove.
  defer { try? FileManager.default.removeItem(at: folder) }
  let file = folder.appendingPathComponent(name)
  try Data(bytes).write(to: file)
  return try body(file.path)
}

// MARK: - Literals

extension WorkbookFixture.Cell: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral
{
  /// Text.
  public init(stringLiteral value: String) { self = .text(value) }
  /// A whole number.
  public init(integerLiteral value: Int) { self = .number(String(value)) }
  /// A number.
  public init(floatLiteral value: Double) { self = .number("\(value)") }
  /// A boolean.
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  /// An empty cell.
  public init(nilLiteral: ()) { self = .blank }

  /// A true date in the 1900 system, shown as `yyyy-mm-dd`; after February 1900.
  public static func date(_ year: Int, _ month: Int, _ day: Int) -> Self {
    .formatted(Double(serialDay(year, month, day)), "yyyy-mm-dd")
  }

  /// A true date and time in the 1900 system, shown as `yyyy-mm-dd hh:mm`.
  public static func datetime(
    _ year: Int, _ month: Int, _ day: Int, _ hour: Int, _ minute: Int
  ) -> Self {
    let fraction = Double(hour * 60 + minute) / 1440
    return .formatted(Double(serialDay(year, month, day)) + fraction, "yyyy-mm-dd hh:mm")
  }

  // Days since 1899-12-30, counted by whole years and months: slow, plain, and not the reader's.
  private static func serialDay(_ year: Int, _ month: Int, _ day: Int) -> Int {
    func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }
    let lengths = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    let years = (1900..<year).reduce(0) { $0 + (isLeap($1) ? 366 : 365) }
    return 1 + years + lengths[..<(month - 1)].reduce(0, +) + day
  }
}
