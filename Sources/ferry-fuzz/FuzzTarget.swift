/// What is fuzzed: one kind of input each.
enum FuzzTarget: String, CaseIterable {
  /// A whole file that should be a workbook.
  case zip
  /// The XML of a sheet, read in three ways that must agree.
  case sheet
  /// The XML of the shared strings, read in three ways that must agree.
  case strings
  /// The XML of the styles.
  case styles
  /// A file of delimited text, read in pieces of two sizes that must agree.
  case csv
  /// The records of an .xls.
  case xls
  /// The records of a sheet of an .xlsb.
  case xlsb
  /// The XML of an .ods.
  case ods

  /// Reads `bytes`, and stops the process where a promise is broken.
  func run(_ bytes: ContiguousArray<UInt8>) {
    switch self {
    case .zip: WorkbookFuzz.readFile(bytes)
    case .sheet: WorkbookFuzz.compareWays(part: "xl/worksheets/sheet1.xml", bytes)
    case .strings: WorkbookFuzz.compareWays(part: "xl/sharedStrings.xml", bytes)
    case .styles: WorkbookFuzz.compareWays(part: "xl/styles.xml", bytes)
    case .csv: CSVFuzz.comparePieces(bytes)
    case .xls: ForeignFuzz.readLegacy(bytes)
    case .xlsb: ForeignFuzz.readBinary(bytes)
    case .ods: ForeignFuzz.readOpenDocument(bytes)
    }
  }
}

/// What came of reading a file.
enum Outcome: Hashable {
  /// Cells and findings, one a line.
  case read([String])
  /// The rule by which it was refused.
  case refused(String)
}

/// Stops the process, so that the fuzzer keeps the input; says what differed.
func broken(_ promise: String, _ outcomes: [Outcome]) -> Never {
  let outcomes = outcomes.map { "\n  \($0)" }.joined()
  fatalError("this does not hold: \(promise)\(outcomes)")
}
