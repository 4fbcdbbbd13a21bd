import Foundation

/// Writes ledgers of customers, contacts and deals, the same rows in each format.
///
///     ferry-bench generate --rows 100000 --seed 7 --out DIR --formats csv,gb,xlsx,inline
///       --header zh|en --duplicates 0.28 --namesakes 0 --level 6
///
/// Beside them stands a mapping for each file, `NAME.yaml`.
enum GenerateCommand {
  private static let options = [
    "rows", "seed", "out", "formats", "header", "duplicates", "namesakes", "level",
  ]

  static func run(_ words: [String]) throws {
    let options = try BenchOptions(words, known: options)
    let rows = try options.number("rows", default: 100_000)
    let folder = options.text("out", default: ".")
    let isChinese = options.text("header", default: "zh") == "zh"
    let generator = LedgerGenerator(
      seed: UInt64(try options.number("seed", default: 7)),
      duplicates: try options.share("duplicates", default: 0.28),
      namesakes: try options.share("namesakes", default: 0))
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let level = Int32(try options.number("level", default: 6))
    let sinks = try options.text("formats", default: "csv,gb,xlsx,inline").split(separator: ",").map
    {
      try sink(LedgerFormat.named(String($0)), rows: rows, folder: folder, isChinese, level)
    }
    try write(generator, rows: rows, isChinese: isChinese, to: sinks)
  }

  private static func sink(
    _ format: LedgerFormat, rows: Int, folder: String, _ isChinese: Bool, _ level: Int32
  ) throws -> any TableSink {
    let file = format.fileName(rows: rows)
    let mapping = LedgerMapping.text(file: file, isChinese: isChinese)
    try Data(mapping.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(file).yaml"))
    let path = "\(folder)/\(file)"
    switch format {
    case .csv: return try CSVSink(path: path, isGB18030: false)
    case .gb: return try CSVSink(path: path, isGB18030: true)
    case .xlsx, .inline:
      guard rows < XLSXSink.mostRows else {
        throw BenchError("a sheet holds \(XLSXSink.mostRows - 1) rows below its header at most")
      }
      return try XLSXSink(path: path, isShared: format == .xlsx, level: level)
    }
  }

  static func write(
    _ generator: LedgerGenerator, rows: Int, isChinese: Bool, to sinks: [any TableSink]
  ) throws {
    let header = isChinese ? LedgerGenerator.chineseHeader : LedgerGenerator.englishHeader
    for sink in sinks { try sink.write(header.map { .text($0) }) }
    for number in 0..<rows {
      let row = generator.row(number)
      for sink in sinks { try sink.write(row) }
    }
    for sink in sinks { try sink.close() }
  }
}

/// The formats that a ledger is written in.
enum LedgerFormat: String, CaseIterable, Sendable {
  /// CSV in UTF-8.
  case csv
  /// CSV in GB18030.
  case gb
  /// A workbook with shared strings.
  case xlsx
  /// A workbook with inline strings.
  case inline

  static func named(_ name: String) throws -> LedgerFormat {
    guard let format = LedgerFormat(rawValue: name) else {
      let names = allCases.map(\.rawValue).joined(separator: ", ")
      throw BenchError("no format \(name); there are \(names)")
    }
    return format
  }

  func fileName(rows: Int) -> String {
    switch self {
    case .csv: "ledger-\(rows).csv"
    case .gb: "ledger-\(rows).gb18030.csv"
    case .xlsx: "ledger-\(rows).xlsx"
    case .inline: "ledger-\(rows).inline.xlsx"
    }
  }
}
