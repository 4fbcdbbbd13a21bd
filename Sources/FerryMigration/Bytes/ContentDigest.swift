import CCrypto
import Foundation

/// SHA-256 of bytes that come piece by piece.
///
/// Source: FIPS 180-4; libcrypto does the work.
@safe
public struct ContentDigest: ~Copyable {
  private static let pieceSize = 1 << 20

  private let state: OpaquePointer?

  /// Starts one.
  public init() {
    unsafe state = EVP_MD_CTX_new()
    let isReady = unsafe EVP_DigestInit_ex(state, EVP_sha256(), nil)
    precondition(isReady == 1, "libcrypto knows SHA-256")
  }

  deinit { unsafe EVP_MD_CTX_free(state) }

  /// Takes in more bytes.
  public func update(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBytes { unsafe update($0) }
  }

  /// Takes in a text.
  public func update(_ text: String) {
    var text = text
    text.withUTF8 { unsafe update(UnsafeRawBufferPointer($0)) }
  }

  /// Takes in what a file holds.
  ///
  /// - Returns: How many bytes that were; `nil` where it can't be read to its end.
  public func update(fileAt path: String) -> Int? {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var piece = Bytes(repeating: 0, count: Self.pieceSize)
    var total = 0
    while true {
      let count = unsafe piece.withUnsafeMutableBytes {
        unsafe read(file, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return count == 0 ? total : nil }
      update(piece.span.extracting(first: count))
      total += count
    }
  }

  /// The digest, 32 bytes; nothing may be taken in afterwards.
  public func finish() -> ContiguousArray<UInt8> {
    var digest = Bytes(repeating: 0, count: 32)
    unsafe digest.withUnsafeMutableBufferPointer {
      _ = unsafe EVP_DigestFinal_ex(state, $0.baseAddress, nil)
    }
    return digest
  }

  /// The digest, 64 hexadecimal digits; nothing may be taken in afterwards.
  public func hexadecimal() -> String {
    finish().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// The digest of a text, in hexadecimal digits.
  public static func of(_ text: String) -> String {
    let digest = ContentDigest()
    digest.update(text)
    return digest.hexadecimal()
  }

  /// The digest of a file, in hexadecimal digits; `nil` where it can't be read to its end.
  public static func ofFile(at path: String) -> String? {
    let digest = ContentDigest()
    return digest.update(fileAt: path) == nil ? nil : digest.hexadecimal()
  }

  private func update(_ bytes: UnsafeRawBufferPointer) {
    _ = unsafe EVP_DigestUpdate(state, bytes.baseAddress, bytes.count)
  }
}
