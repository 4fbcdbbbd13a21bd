import FerryCore
import Foundation

/// A workbook of a kind that this room refuses, handed on to a program that reads it.
package struct ForeignWorkbook {
  /// Whether its content is still encrypted with a password.
  package let isEncrypted: Bool
  /// Whether all of it is there, as far as its own tables tell.
  package let isWhole: Bool
  private let source: SourceBytes

  /// Looks at the file at `path`, or at the archive inside where it is an encrypted one.
  ///
  /// - Throws: What keeps the file from being read: no password, a wrong one, the system.
  package init(path: String, password: String?) throws(XLSXError) {
    var source = try SourceBytes(path: path)
    if try Container(source) == .encrypted {
      source = SourceBytes(try EncryptedPackage(source, password: password), of: source)
    }
    self.source = source
    guard try Container(source) == .legacyWorkbook else {
      isEncrypted = false
      isWhole = true
      return
    }
    guard let stream = try LegacyStream(source) else {
      isEncrypted = false
      isWhole = false
      return
    }
    let outline = try LegacyOutline(stream)
    isEncrypted = outline.isEncrypted
    isWhole = outline.isWhole
  }

  /// Writes the workbook's bytes to a new file that only its owner may read.
  package func copy(to path: String) throws {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.error(source.name) }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    var offset = 0
    while offset < source.byteCount {
      let piece = try source.read(at: offset, count: Self.pieceBytes)
      guard !piece.isEmpty else { break }
      do {
        try file.write(contentsOf: piece)
      } catch {
        throw Self.error(source.name)
      }
      offset += piece.count
    }
  }

  private static let pieceBytes = 1 << 20

  private static func error(_ name: String) -> XLSXError {
    XLSXError(.unreadable(reason: unsafe String(cString: strerror(errno))), file: name)
  }
}
