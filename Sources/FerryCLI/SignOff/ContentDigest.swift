import CCrypto
import Foundation

/// SHA-256 of bytes that come piece by piece.
///
/// Source: FIPS 180-4; libcrypto does the work.
@safe struct ContentDigest: ~Copyable {
  private let state: OpaquePointer?

  init() {
    unsafe state = EVP_MD_CTX_new()
    let isReady = unsafe EVP_DigestInit_ex(state, EVP_sha256(), nil)
    precondition(isReady == 1, "libcrypto knows SHA-256")
  }

  deinit { unsafe EVP_MD_CTX_free(state) }

  /// Takes in more bytes.
  func update(_ bytes: UnsafeRawBufferPointer) {
    _ = unsafe EVP_DigestUpdate(state, bytes.baseAddress, bytes.count)
  }

  /// Takes in a text.
  func update(_ text: String) {
    var text = text
    text.withUTF8 { unsafe update(UnsafeRawBufferPointer($0)) }
  }

  /// The digest, 64 hexadecimal digits; nothing may be taken in afterwards.
  func hexadecimal() -> String {
    var bytes = [UInt8](repeating: 0, count: 32)
    _ = unsafe EVP_DigestFinal_ex(state, &bytes, nil)
    return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// The digest of a text.
  static func of(_ text: String) -> String {
    let digest = ContentDigest()
    digest.update(text)
    return digest.hexadecimal()
  }

  /// The digest of a file; `nil` where it can't be read to its end.
  static func ofFile(at path: String) -> String? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    let digest = ContentDigest()
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = unsafe read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return count == 0 ? digest.hexadecimal() : nil }
      unsafe buffer.withUnsafeBytes { bytes in
        unsafe digest.update(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
      }
    }
  }
}
