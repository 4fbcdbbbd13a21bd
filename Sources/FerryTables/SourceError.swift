public import FerryCore

/// Why a source could not be opened, or has no table.
public struct SourceError: Failure, Hashable {
  /// What happened.
  public enum Kind: Hashable, Sendable {
    /// There is nothing at the path.
    case missing
    /// The path is a folder.
    case folder
    /// It is neither a file nor a folder.
    case notAFile
    /// The file may not be read.
    case forbidden
    /// The system gave these words.
    case unreadable(String)
    /// The file has no bytes.
    case emptyFile
    /// It is plainly a file of another kind.
    case notATable(ForeignKind)
    /// No row of the sheet holds anything.
    case emptySheet(String)
    /// The sheet is a chart.
    case noCells(String)
    /// The file has no such sheet; these it has.
    case noSuchSheet(String, available: [String])
    /// The sheet has fewer tables than the one wanted.
    case noSuchTable(Int, sheet: String, count: Int)
    /// The rows that the options name hold nothing.
    case emptyRange(String)
    /// A reader below refused the file, in these words.
    case refused([Finding])
  }

  /// Files that people send by mistake, or that only look like workbooks.
  public enum ForeignKind: String, Hashable, Sendable {
    case pdf
    case richText
    case image
    case archive
    case database
    case xml
    /// A spreadsheet of Excel 2003 as XML, mostly under the name of an .xls.
    case excel2003XML
    case webPage
  }

  /// What happened.
  public let kind: Kind
  /// The file's name, without its folders.
  public let file: String
  private let status: ExitStatus

  /// States the error.
  public init(_ kind: Kind, file: String, exitStatus: ExitStatus? = nil) {
    self.kind = kind
    self.file = file
    status = exitStatus ?? Self.usualStatus(of: kind)
  }

  /// Usage where a name or a range is at fault, an unreadable source otherwise.
  public var exitStatus: ExitStatus { status }

  private static func usualStatus(of kind: Kind) -> ExitStatus {
    switch kind {
    case .noSuchSheet, .noSuchTable, .emptyRange: .wrongUsage
    default: .unreadableSource
    }
  }
}
