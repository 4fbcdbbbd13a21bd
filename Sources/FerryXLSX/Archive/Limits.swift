/// What the reader takes from a file that anyone may have made.
///
/// Each limit lies far above what a spreadsheet program writes; a file beyond one is refused.
enum Limits {
  /// Entries of an archive; a workbook of 1,000 sheets with drawings has some 10,000.
  static let entries = 200_000
  /// Bytes of the central directory: 200,000 entries of 200 bytes, and as much again.
  static let directoryBytes = 80 << 20
  /// Bytes of a part that is read as a whole (workbook, relationships, styles); styles of
  /// 64,000 cell formats, Excel's own limit, take about 10 MB.
  static let wholePartBytes = 64 << 20
  /// Bytes of a sheet, inflated: 1,048,576 rows × 500 columns of 30 bytes are 15 GB.
  static let sheetBytes = 16 << 30
  /// Bytes of all shared strings; positions in their arena are 32 bits.
  static let sharedStringBytes = 3 << 30
  /// Shared strings; Excel's own sheets have at most 17 thousand million cells, but a table of
  /// more than 2^30 entries would not fit in any memory that Ferry is run in.
  static let sharedStrings = 1 << 30
  /// Bytes of one cell or shared string in XML.
  ///
  /// Excel holds 32,767 characters, each at most 10 bytes as a reference; rich text adds its
  /// formats. 8 MiB leaves room for foreign writers, and is half of what a `ByteArena` takes.
  static let elementBytes = 8 << 20
  /// Bytes of the values of one batch, which may be a single row.
  ///
  /// 2,000 cells of Excel's longest text; a row of more is no row of a table, but one long shared
  /// string named again and again by a small file.
  static let batchBytes = 64 << 20
  /// Bytes of the values of a sheet whose rows stand out of order, and have to be sorted.
  static let sortedBytes = 128 << 20
  /// Rows of a sheet, ECMA-376 Part 1, 18.3.1.73 and Excel's specification.
  static let rows = 1_048_576
  /// Columns of a sheet, Excel's specification (XFD).
  static let columns = 16_384
  /// Elements inside each other.
  ///
  /// Excel writes fewer than 30; libxml2 stops at 256 by itself, since programs that walk a document
  /// by recursion run out of stack.
  static let nesting = 256
  /// Characters (UTF-16 units) of a cell, Excel's specification.
  ///
  /// Other programs write more: then all of it is read, and said.
  static let textLength = 32_767
  /// How many times larger than in the file a part may be that has ``packedBytes`` or more.
  ///
  /// Deflate reaches 1,032 at most. Sheets that programs write reach 30; one with a million equal
  /// rows reaches about 100.
  static let ratio = 200
  /// Bytes of a part, inflated, below which ``ratio`` does not count: so much does no harm.
  static let packedBytes = 32 << 20
  /// Sheets of a workbook; Excel is bound by memory alone.
  static let sheets = 10_000
  /// Merged ranges of a sheet that are kept.
  static let mergedRanges = 1_000_000
}
