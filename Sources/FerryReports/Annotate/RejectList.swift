public import FerryAnnotations
public import FerryCore
public import FerryMapping
public import FerryMigration
public import FerrySQLite
public import FerryTables
import Foundation

/// The rejected rows of one source.
public struct FileRejects: Sendable {
  /// The source's path.
  public let path: String
  /// How it is read.
  public let options: SourceOptions
  /// The tables that the mapping reads from it.
  public let tables: [Table]
  /// The rows, by sheet and row.
  public let rows: [RejectedRow]

  /// The reject file's name: the source's, so that a mended one can take its place; in a folder where
  /// another source has the same name.
  public var fileName: String {
    get throws {
      let name = tables.first?.file ?? (path as NSString).lastPathComponent
      let file = try SourceFile(path: path, options: options)
      let ending = RejectFile.fileExtension(for: file, path)
      let stem = (name as NSString).deletingPathExtension
      return ending.isEmpty ? stem : "\(stem).\(ending)"
    }
  }
}

/// Gathers rejected rows, each with the reasons in words.
///
/// A row counts as rejected where one of the records that it makes was, or where none could be made.
public struct RejectList {
  private let language: Language

  /// Writes reasons in `language`.
  public init(language: Language) { self.language = language }

  private struct RowPlace: Hashable {
    let file: String
    let sheet: String
    let row: Int
  }

  /// The rejected rows by file, in the order of the mapping; only files that have some.
  public func files(
    _ summary: RunSummary, _ tables: [MappedTable], key: SealKey?
  ) throws -> [FileRejects] {
    let reasons = try reasons(summary, key)
    guard !reasons.isEmpty else { return [] }
    var paths: [String] = []
    for table in tables where !paths.contains(table.path) { paths.append(table.path) }
    let byFile = Dictionary(grouping: reasons.keys, by: \.file)
    return paths.compactMap { path in
      let own = tables.filter { $0.path == path }
      guard let first = own.first else { return nil }
      let rows = (byFile[first.table.file] ?? []).sorted { ($0.sheet, $0.row) < ($1.sheet, $1.row) }
        .map {
          RejectedRow(
            sheet: $0.sheet, rowNumber: $0.row,
            reason: (reasons[$0] ?? []).joined(separator: language == .chinese ? "；" : "; "))
        }
      guard !rows.isEmpty else { return nil }
      return FileRejects(
        path: path, options: first.options, tables: own.map(\.table), rows: rows)
    }
  }

  private func reasons(_ summary: RunSummary, _ key: SealKey?) throws -> [RowPlace: [String]] {
    var words: [String: String] = [:]
    var reasons: [RowPlace: [String]] = [:]
    for finding in summary.findings where finding.severity == .error {
      words[finding.rule.id] = words[finding.rule.id] ?? finding.message(in: language)
      guard let place = finding.provenance, let sheet = place.sheet, let row = place.rowNumber
      else { continue }
      let message = finding.message(in: language)
      let cell = place.columnIndex.map { CellAddress.columnName($0) + String(row) + " " } ?? ""
      let own = RowPlace(file: place.file, sheet: sheet, row: row)
      if reasons[own]?.contains(cell + message) != true {
        reasons[own, default: []].append(cell + message)
      }
    }
    guard let path = summary.planPath, summary.entities.contains(where: { $0.rejected > 0 }) else {
      return reasons
    }
    try PlanFile(path: path, key: key).forEachChange(ofKind: "reject") { change in
      guard let place = change.provenance, let sheet = place.sheet, let row = place.rowNumber
      else { return }
      let key = RowPlace(file: place.file, sheet: sheet, row: row)
      if reasons[key] == nil {
        reasons[key] = [change.rule.flatMap { words[$0] } ?? change.rule ?? ""]
      }
    }
    return reasons
  }
}
