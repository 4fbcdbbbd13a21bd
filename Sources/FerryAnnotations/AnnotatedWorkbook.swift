public import FerryCore
public import FerryTables
import FerryXLSX
import Foundation

/// Writes a copy of a client's file in which wrong cells are coloured and questions are asked.
///
/// An .xlsx or .xlsm is patched: its formats, formulas, charts and pictures stay, and each part that
/// nothing had to be changed in is the same, byte for byte. Of other files a new workbook with their
/// values is made.
///
/// ```swift
/// let mark = CellMark(
///   sheet: "客户台账", address: CellAddress(columnIndex: 2, rowNumber: 14), severity: .error,
///   text: "this is no e-mail address")
/// let findings = try AnnotatedWorkbook(language: .english)
///   .write(Annotations(marks: [mark]), of: "customers.xlsx", to: "annotated.xlsx")
/// ```
public struct AnnotatedWorkbook: Sendable {
  private let language: Language

  /// Excel shows some 65,000 comments of a sheet; more than that nobody mends by hand.
  public static let mostMarks = 50_000

  /// Writes headings in `language`.
  public init(language: Language) { self.language = language }

  /// The ending of the annotated copy of a file: one with macros keeps them.
  public static func fileExtension(for path: String) -> String {
    let ending = (path as NSString).pathExtension.lowercased()
    return ["xlsm", "xltx", "xltm"].contains(ending) ? ending : "xlsx"
  }

  /// Writes the copy.
  ///
  /// - Parameters:
  ///   - annotations: What to write into it.
  ///   - source: The client's file.
  ///   - options: How it is read.
  ///   - path: Where the copy goes; a file that is there is replaced once the copy is whole.
  /// - Returns: What a person must know of the copy, such as that it is a new workbook.
  /// - Throws: Why the source can't be read or the copy not written; no file is left then.
  public func write(
    _ annotations: Annotations, of source: String, options: SourceOptions = SourceOptions(),
    to path: String
  ) throws -> [Finding] {
    let partial = path + ".partial"
    // What is left of an unfinished copy does no harm where it can't be removed.
    defer { try? FileManager.default.removeItem(atPath: partial) }
    var annotations = annotations
    var findings: [Finding] = []
    let place = Provenance(file: (source as NSString).lastPathComponent)
    if annotations.marks.count > Self.mostMarks {
      let left = annotations.marks.count - Self.mostMarks
      annotations.marks.removeLast(left)
      findings.append(
        Finding(
          AnnotationRules.cellsLeftOut, at: place,
          arguments: [String(left), String(Self.mostMarks)]))
    }
    do {
      let archive = try WorkbookArchive(path: source, password: options.password?.text)
      var patch = try WorkbookPatch(archive, annotations, language, to: partial)
      try patch.write()
      if archive.wasEncrypted { findings.append(Finding(AnnotationRules.decrypted, at: place)) }
    } catch let error as AnnotationError where error.isAboutFile {
      throw error
    } catch let error as any Failure {
      // No workbook of this kind, or an odd one: its values can be read all the same, or this says why.
      try NewWorkbook(annotations, language).write(of: source, options: options, to: partial)
      findings.append(
        error is AnnotationError
          ? Finding(
            AnnotationRules.oddWorkbook, at: place,
            arguments: [error.findings.first?.message(in: language) ?? ""])
          : Finding(AnnotationRules.newWorkbook, at: place))
    }
    guard unsafe rename(partial, path) == 0 else { throw AnnotationError.unwritable(path) }
    return findings
  }
}

extension AnnotationError {
  /// Whether the copy's file is at fault, and not the source.
  fileprivate var isAboutFile: Bool {
    switch kind {
    case .unwritable, .noMemory: true
    case .tooLarge, .oddPart: false
    }
  }
}
