import FerryCore
import FerryTables

/// All tables of some files.
struct FolderSurvey {
  private(set) var tables: [TableSurvey] = []
  /// Sheets without a table, files that can't be read, and what the readers found.
  private(set) var notes: [Finding] = []

  /// Reads the files in their order.
  init(paths: [String], options: SourceOptions, region: String) throws {
    var unread: [any Failure] = []
    for path in paths {
      do {
        try read(path, options, region)
      } catch let failure as any Failure where failure.exitStatus == .unreadableSource {
        // The other files of a folder are read all the same.
        unread.append(failure)
      }
    }
    if let first = unread.first, tables.isEmpty { throw first }
    notes += unread.flatMap(\.findings)
  }

  private mutating func read(_ path: String, _ options: SourceOptions, _ region: String) throws {
    let file = try SourceFile(path: path, options: options)
    let sheets = file.sheets.indices.filter { file.sheets[$0].isWorksheet }
    let visible = sheets.filter { !file.sheets[$0].isHidden }
    for sheet in sheets {
      do {
        try read(file, sheet, path, needsSheet: visible != [sheet], region)
      } catch let failure as any Failure where sheets.count > 1 {
        notes += failure.findings.map {
          Finding($0.rule, at: $0.provenance, arguments: $0.arguments, severity: .info)
        }
      }
    }
  }

  private mutating func read(
    _ file: SourceFile, _ sheet: Int, _ path: String, needsSheet: Bool, _ region: String
  ) throws {
    let found = try file.tables(inSheet: sheet)
    for table in found where !table.isForm {
      let survey = try TableSurvey(
        table, of: file, path: path, needsSheet: needsSheet, needsNumber: found.count > 1,
        region: region)
      if survey.rowCount > 0 { tables.append(survey) }
    }
  }
}
