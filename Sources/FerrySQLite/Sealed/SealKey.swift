import CCrypto
import Foundation

/// The key that databases are sealed with: read from a file, never shown.
///
/// The bytes of the file, 32 at least, are taken for random ones: `openssl rand -hex 32` makes
/// such a file. A phrase that a person remembers is none.
public struct SealKey: Hashable, Sendable {
  /// Why a key file can't be used.
  public enum Fault: Error, Hashable, Sendable {
    /// It is not there, or can't be read.
    case unreadable
    /// Others than its owner may read it; the mode is octal.
    case tooOpen(mode: String)
    /// It holds fewer bytes than a key needs.
    case tooShort(byteCount: Int)
  }

  /// A key needs as many bytes as AES-256 takes.
  public static let leastByteCount = 32
  private static let mostByteCount = 1 << 20

  /// 32 bytes.
  let bytes: [UInt8]
  /// Four bytes by which a file knows that it was sealed with this key.
  let check: [UInt8]

  /// Reads a key file; only its owner may have rights to it.
  public init(path: String) throws(Fault) {
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
      let data = FileManager.default.contents(atPath: path), data.count <= Self.mostByteCount
    else { throw .unreadable }
    let mode = attributes[.posixPermissions] as? Int ?? 0
    guard mode & 0o077 == 0 else { throw .tooOpen(mode: String(mode, radix: 8)) }
    // A line break at the end is an editor's, not the key's.
    var content = Array(data)
    while content.last == UInt8(ascii: "\n") || content.last == UInt8(ascii: "\r") {
      content.removeLast()
    }
    guard content.count >= Self.leastByteCount else { throw .tooShort(byteCount: content.count) }
    self.init(content)
  }

  /// Makes the key of random bytes.
  init(_ content: [UInt8]) {
    bytes = Self.digest(Array("ferry seal 1".utf8) + content)
    check = Array(Self.digest(Array("ferry check 1".utf8) + bytes).prefix(4))
  }

  private static func digest(_ input: [UInt8]) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: 32)
    let done = unsafe input.withUnsafeBytes { input in
      unsafe EVP_Digest(input.baseAddress, input.count, &output, nil, EVP_sha256(), nil)
    }
    precondition(done == 1, "libcrypto knows SHA-256")
    return output
  }
}
