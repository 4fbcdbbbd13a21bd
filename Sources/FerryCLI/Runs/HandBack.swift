import FerryAnnotations
import FerryCore
import FerryMapping
import FerryMigration
import FerryReports
import FerryTables
import Foundation

/// Writes what goes back to the client: their own files with wrong cells marked and questions asked.
struct HandBack {
  let invocation: Invocation
  let workspace: Workspace
  let mapping: Mapping
  /// Whether the client's files are annotated, too.
  let isAnnotating: Bool

  static let annotate = OptionSpec(
    "--annotate", "PATH",
    en:
      "write the client's files with wrong cells marked and questions asked: a folder, or an .xlsx "
      + "where one file is asked about; without it annotated.xlsx beside the report, for small files",
    zh: "写出标好错误并附问题清单的客户原文件：PATH 为文件夹，只有一个文件有问题时也可为 .xlsx；不指定时，小文件的批注副本写在报告旁")

  static let rejects = OptionSpec(
    "--rejects", "DIR",
    en: "write rejected rows in their source's own layout into DIR, to be mended and loaded alone; "
      + "without it into rejects/ beside the report, for small files",
    zh: "把被拒绝的行按来源文件原有的版式写入 DIR，改好后可单独导入；不指定时，小文件的写在报告旁的 rejects/ 中")

  /// Copies of files up to this size are written unasked; they take no second.
  private static let smallBytes = 8 << 20

  /// Tells before anything is read that a copy would take the place of a client's own file.
  func check() throws {
    if let path = invocation.value("--annotate"), !isFolder(path) { _ = try free(path) }
    guard let folder = invocation.value("--rejects") else { return }
    for table in mapping.mappedTables {
      _ = try free((folder as NSString).appendingPathComponent(table.table.file))
    }
  }

  /// `path`, where no source lies and nothing that is no file.
  private func free(_ path: String) throws -> String {
    guard !mapping.sources.map(FilePlace.resolved).contains(FilePlace.resolved(path)) else {
      throw UsageError(.outputTwice(path), PlanCommand.plan)
    }
    guard FilePlace.isFree(path) else { throw UsageError(.unwritable(path), PlanCommand.plan) }
    return path
  }

  private func isFolder(_ path: String) -> Bool {
    !(path as NSString).pathExtension.lowercased().hasPrefix("xls")
  }

  /// Writes all that goes back, and notes in `summary` where it is.
  func write(_ summary: inout RunSummary) throws {
    let isUnasked = !invocation.has("--mask") && workspace.key == nil
    if isAnnotating { try writeCopies(&summary, isUnasked) }
    try writeRejects(&summary, isUnasked)
  }

  /// Writes the reject files.
  private func writeRejects(_ summary: inout RunSummary, _ isUnasked: Bool) throws {
    let named = invocation.value("--rejects")
    guard named != nil || isUnasked, summary.outcome != .failed else { return }
    let language = invocation.console.language
    let list = RejectList(language: language)
    for file in try list.files(summary, asked(named), key: workspace.key) {
      let folder =
        try named ?? workspace.createReportFolder(ofRun: summary.run) + "/rejects"
      let target = (folder as NSString).appendingPathComponent(try file.fileName)
      try? FileManager.default.createDirectory(
        atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      let path = try free(target)
      try RejectFile(language: language).write(
        file.rows, of: file.path, options: file.options, tables: file.tables, to: path)
      summary.handedBackPaths.append(path)
    }
  }

  /// Writes the annotated copies.
  private func writeCopies(_ summary: inout RunSummary, _ isUnasked: Bool) throws {
    let named = invocation.value("--annotate")
    guard named != nil || isUnasked else { return }
    let language = invocation.console.language
    let files = try QuestionList(language: language, run: summary.run)
      .files(summary.findings, asked(named))
    guard !files.isEmpty else { return }
    for (file, path) in try places(of: files, named, summary.run) {
      summary.findings += try AnnotatedWorkbook(language: language).write(
        file.annotations, of: file.path, options: file.options, to: try free(path))
      summary.handedBackPaths.append(path)
    }
  }

  /// The tables of files that a copy is written of.
  private func asked(_ named: String?) -> [MappedTable] {
    mapping.mappedTables.filter { table in
      if named != nil { return true }
      let size = try? FileManager.default.attributesOfItem(atPath: table.path)[.size] as? Int
      return size ?? .max <= Self.smallBytes
    }
  }

  /// Where each copy goes.
  private func places(
    of files: [FileQuestions], _ named: String?, _ run: String
  ) throws -> [(FileQuestions, String)] {
    var folder = named ?? ""
    if let named, !isFolder(named) {
      if files.count == 1 { return [(files[0], named)] }
      throw UsageError(.unwritable(named), PlanCommand.plan)
    }
    if named == nil {
      folder = try workspace.createReportFolder(ofRun: run)
    } else {
      try? FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    }
    return files.map { file in
      let stem = (file.name as NSString).deletingPathExtension.replacing("/", with: "-")
      let ending = AnnotatedWorkbook.fileExtension(for: file.path)
      let name = files.count == 1 ? "annotated" : "annotated-\(stem)"
      return (file, (folder as NSString).appendingPathComponent("\(name).\(ending)"))
    }
  }
}
