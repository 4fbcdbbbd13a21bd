internal import FerryCore
internal import FerryXLSX

#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// Picks the reader for the file at `path` by its first bytes.
func openContent(path: String, name: String, options: SourceOptions) throws -> any SourceContent {
  let start = try firstBytes(path: path, name: name)
  if start.isEmpty { throw SourceError(.emptyFile, file: name) }
  if let kind = foreignKind(start) {
    guard try kind == .xml && SheetSources.isFlatOpenDocument(path: path) else {
      let isExcels = try kind == .xml && SheetSources.isExcel2003XML(path: path)
      throw SourceError(.notATable(isExcels ? .excel2003XML : kind), file: name)
    }
    return try WorkbookContent(path: path, name: name, options: options)
  }
  // A name that promises a workbook is held to it: text under such a name was damaged or renamed,
  // and the reader of workbooks says so.
  if isWorkbook(start) || isNamedAsWorkbook(name) {
    return try WorkbookContent(path: path, name: name, options: options)
  }
  return try CSVContent(path: path, options: options)
}

/// Whether the bytes start a ZIP archive (.xlsx) or a compound file (.xls, a password).
///
/// Source: PKWARE APPNOTE 6.3.10, 4.3.7 and 4.3.16; MS-CFB 2.2.
private func isWorkbook(_ start: [UInt8]) -> Bool {
  let signatures: [[UInt8]] = [
    [0x50, 0x4B, 3, 4], [0x50, 0x4B, 5, 6], [0x50, 0x4B, 7, 8],
    [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
  ]
  if signatures.contains(where: { start.starts(with: $0) }) { return true }
  // The first record of an .xls of Excel 2 to 4.
  return start.count >= 4 && start[0] == 9 && start[1] & 0xF9 == 0 && start[3] == 0
}

private func isNamedAsWorkbook(_ name: String) -> Bool {
  [".xlsx", ".xlsm", ".xltx", ".xltm"].contains { name.lowercased().hasSuffix($0) }
}

/// What the file is where it is plainly neither a workbook nor text with delimiters.
private func foreignKind(_ start: [UInt8]) -> SourceError.ForeignKind? {
  let signatures: [(SourceError.ForeignKind, [UInt8])] = [
    (.pdf, Array("%PDF-".utf8)), (.richText, Array("{\\rtf".utf8)),
    (.image, [0x89, 0x50, 0x4E, 0x47]), (.image, [0xFF, 0xD8, 0xFF]), (.image, Array("GIF8".utf8)),
    (.archive, [0x1F, 0x8B]), (.archive, Array("Rar!".utf8)),
    (.archive, [0x37, 0x7A, 0xBC, 0xAF]), (.database, Array("SQLite f".utf8)),
  ]
  if let found = signatures.first(where: { start.starts(with: $0.1) }) { return found.0 }
  // A bitmap of Windows: two letters, its size, and zeros that no text has.
  if start.starts(with: "BM".utf8), start.dropFirst(6) == [0, 0] { return .image }
  let text = String(decoding: start.drop { $0 <= 0x20 }, as: UTF8.self).lowercased()
  if text.hasPrefix("<?xml") { return .xml }
  return ["<html", "<!doct", "<table", "<meta"].contains { text.hasPrefix($0) } ? .webPage : nil
}

/// The first eight bytes, fewer where the file is shorter.
private func firstBytes(path: String, name: String) throws(SourceError) -> [UInt8] {
  var status = stat()
  guard unsafe stat(path, &status) == 0 else { throw SourceError(kind(errno), file: name) }
  switch status.st_mode & S_IFMT {
  case S_IFREG: break
  case S_IFDIR: throw SourceError(.folder, file: name)
  default: throw SourceError(.notAFile, file: name)
  }
  let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw SourceError(kind(errno), file: name) }
  defer { close(descriptor) }
  var bytes = [UInt8](repeating: 0, count: 8)
  let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, 8) }
  guard count >= 0 else { throw SourceError(kind(errno), file: name) }
  return Array(bytes.prefix(count))
}

private func kind(_ number: Int32) -> SourceError.Kind {
  switch number {
  case ENOENT, ENOTDIR: return .missing
  case EACCES, EPERM: return .forbidden
  default:
    guard let text = unsafe strerror(number) else { return .unreadable(String(number)) }
    return unsafe .unreadable(String(cString: text))
  }
}
