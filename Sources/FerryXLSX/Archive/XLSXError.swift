public import FerryCore

/// Why a workbook can't be read.
public struct XLSXError: Failure, Hashable {
  /// What is the matter.
  public enum Kind: Hashable, Sendable {
    /// The system would not open or read the file; its reason.
    case unreadable(reason: String)
    /// The file has no bytes.
    case empty
    /// The file is no ZIP archive, hence no workbook.
    case notAWorkbook
    /// The archive has lost its end.
    case truncated
    /// The archive's directory or an entry contradicts itself.
    case damagedArchive
    /// The workbook is encrypted with a password.
    case passwordProtected
    /// The workbook is encrypted with another password than the one given.
    case wrongPassword
    /// The workbook is encrypted for a certificate or by a rights server; no password opens it.
    case withoutPassword
    /// The workbook is encrypted in a way that Ferry doesn't know, as the file names it.
    case unknownEncryption(String)
    /// The workbook wants more rounds of hashing for a password than Ferry does.
    case tooManyRounds(Int)
    /// A stream of the encrypted workbook's envelope is broken or not there.
    case damagedEncryption(stream: String)
    /// A compound file without a workbook: an old document of another program.
    case otherCompound
    /// The workbook is an .xls older than Excel 97, or an encrypted one, whatever its name says.
    case legacyWorkbook
    /// The workbook is an .xls whose records can't be followed.
    case damagedRecords
    /// The workbook is an .xlsb.
    case binaryWorkbook
    /// The file is an OpenDocument spreadsheet.
    case openDocument
    /// The file is an OpenDocument spreadsheet that is encrypted with a password.
    case encryptedDocument
    /// The archive holds something other than a workbook.
    case otherDocument
    /// A part that the workbook refers to is not there.
    case missingPart(String)
    /// The bytes of a part can't be inflated, or end early.
    case damagedPart(String)
    /// A part is kept by a method that Ferry doesn't know: its number in the ZIP format.
    case unknownMethod(part: String, method: Int)
    /// A part of the archive has a password of its own.
    case encryptedPart(String)
    /// The XML of a part is broken, or uses entities of its own; the byte and the reason.
    case malformedXML(part: String, offset: Int, reason: String)
    /// A part has a document type declaration, which may define entities or name files.
    case documentType(part: String)
    /// Elements of a part lie too deep in each other.
    case tooDeep(part: String)
    /// A cell lies beyond the last row or column.
    case cellOutside(sheet: String, rowNumber: Int, columnIndex: Int)
    /// A part is not as long as the archive says.
    case wrongSize(part: String)
    /// Two entries of the archive, or one and the archive's directory, share bytes of the file.
    case overlap(part: String, other: String)
    /// A part is packed tighter than any sheet can be; how many bytes it says it has.
    case bomb(part: String, byteCount: Int)
    /// A part goes beyond one of the limits.
    case tooLarge(part: String, limit: String)
    /// The sheet at this index is a chart or a dialog, or there is none.
    case noWorksheet(name: String)
  }

  /// What is the matter.
  public let kind: Kind
  /// The file's name without its folders.
  public let file: String

  /// States what is the matter with a file.
  public init(_ kind: Kind, file: String) {
    self.kind = kind
    self.file = file
  }

  /// The kind in words.
  public var findings: [Finding] {
    [Finding(rule, at: provenance, arguments: arguments)]
  }

  /// Always 3, a source that can't be read.
  public var exitStatus: ExitStatus { .unreadableSource }
}

extension XLSXError {
  private var provenance: Provenance {
    guard case .cellOutside(let sheet, let row, let column) = kind else {
      return Provenance(file: file)
    }
    return Provenance(file: file, sheet: sheet, rowNumber: row, columnIndex: column)
  }

  private var rule: Rule {
    switch kind {
    case .unreadable: XLSXRules.unreadable
    case .empty: XLSXRules.empty
    case .notAWorkbook: XLSXRules.notAWorkbook
    case .truncated: XLSXRules.truncated
    case .damagedArchive: XLSXRules.damagedArchive
    case .passwordProtected: XLSXRules.passwordProtected
    case .wrongPassword: XLSXRules.wrongPassword
    case .withoutPassword: XLSXRules.withoutPassword
    case .unknownEncryption: XLSXRules.unknownEncryption
    case .tooManyRounds: XLSXRules.tooManyRounds
    case .damagedEncryption: XLSXRules.damagedEncryption
    case .otherCompound: XLSXRules.otherCompound
    case .legacyWorkbook: XLSXRules.legacyWorkbook
    case .damagedRecords: XLSXRules.damagedRecords
    case .binaryWorkbook: XLSXRules.binaryWorkbook
    case .openDocument: XLSXRules.openDocument
    case .encryptedDocument: XLSXRules.encryptedDocument
    case .otherDocument: XLSXRules.otherDocument
    case .missingPart: XLSXRules.missingPart
    case .damagedPart: XLSXRules.damagedPart
    case .unknownMethod: XLSXRules.unknownMethod
    case .encryptedPart: XLSXRules.encryptedPart
    case .malformedXML: XLSXRules.malformedXML
    case .tooLarge: XLSXRules.tooLarge
    case .documentType: XLSXRules.documentType
    case .tooDeep: XLSXRules.tooDeep
    case .cellOutside: XLSXRules.cellOutside
    case .wrongSize: XLSXRules.wrongSize
    case .overlap: XLSXRules.overlap
    case .bomb: XLSXRules.bomb
    case .noWorksheet: XLSXRules.noWorksheet
    }
  }

  private var arguments: [String] {
    switch kind {
    case .unreadable(let reason): [reason]
    case .missingPart(let part), .damagedPart(let part), .encryptedPart(let part),
      .documentType(let part), .wrongSize(let part):
      [part]
    case .tooDeep(let part): [part, String(Limits.nesting)]
    case .overlap(let part, let other): [part, other]
    case .bomb(let part, let byteCount): [part, String(byteCount >> 20), String(Limits.ratio)]
    case .unknownEncryption(let name), .damagedEncryption(let name): [name]
    case .tooManyRounds(let count): [String(count), String(AgileEncryption.mostRounds)]
    case .unknownMethod(let part, let method): [part, String(method)]
    case .malformedXML(let part, let offset, let reason): [part, String(offset), reason]
    case .tooLarge(let part, let limit): [part, limit]
    case .noWorksheet(let name): [name]
    default: []
    }
  }
}
