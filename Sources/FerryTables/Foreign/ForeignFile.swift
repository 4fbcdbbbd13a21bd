internal import FerryCore
internal import FerryXLSX

/// A workbook that LibreOffice reads for Ferry: an .xls older than Excel 97, or an encrypted one.
struct ForeignFile {
  /// What LibreOffice calls its reader of all .xls.
  ///
  /// Named, since it guesses otherwise, and reads what is damaged as text with delimiters.
  static let filter = "MS Excel 97"

  let path: String
  /// The name without folders, which stands in messages.
  let name: String

  /// The file that FerryXLSX refused; `nil` where LibreOffice would be of no help.
  init?(path: String, name: String, refusedAs error: XLSXError.Kind) {
    guard error == .legacyWorkbook else { return nil }
    self.path = path
    self.name = name
  }

  /// What went wrong, as an error about this file.
  func error(_ fault: OfficeFault) -> SourceError {
    var status: ExitStatus?
    if case .stopped = fault { status = .storeFailed }
    let (rule, arguments) = ForeignRules.words(of: fault)
    let finding = Finding(rule, at: Provenance(file: name), arguments: arguments)
    return SourceError(.refused([finding]), file: name, exitStatus: status)
  }
}

/// Why a conversion came to nothing.
enum OfficeFault: Error, Hashable {
  /// There is no room or no right for its files; the system's words.
  case noFolder(String)
  /// The program could not be started; the system's words.
  case notStarted(String)
  /// It did not end in this time.
  case tooSlow(seconds: Int64)
  /// Ferry was asked to stop by this signal.
  case stopped(Int32)
  /// It ended and left neither a workbook nor a word.
  case crashed
  /// It says that it can't read the file.
  case refused
  /// The file is encrypted, and no password was given.
  case noPassword
  /// The file is encrypted, and the password did not open it.
  case wrongPassword
}
