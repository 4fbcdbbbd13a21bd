internal import FerryCore

#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// Picks the reader for the file at `path` by its first bytes.
func openContent(path: String, name: String, options: SourceOptions) throws -> any SourceContent {
  let start = try firstBytes(path: path, name: name)
  if start.isEmpty { throw SourceError(.emptyFile, file: name) }
  return try CSVContent(path: path, options: options)
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
