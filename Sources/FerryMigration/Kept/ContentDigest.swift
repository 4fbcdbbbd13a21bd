import CCrypto
import Foundation

/// SHA-256 over whatever is added, each part with its length, so that no two lists of parts are alike.
@safe
struct ContentDigest: ~Copyable {
  private static let pieceSize = 1 << 20

  private let context: OpaquePointer

  /// Starts one; `nil` where libcrypto would not, out of memory or by a policy of the machine.
  init?() {
    guard let context = unsafe EVP_MD_CTX_new() else { return nil }
    guard unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      unsafe EVP_MD_CTX_free(context)
      return nil
    }
    unsafe self.context = unsafe context
  }

  deinit { unsafe EVP_MD_CTX_free(context) }

  /// Adds a text.
  func add(_ text: String) {
    let bytes = Bytes(text.utf8)
    add(bytes.span)
  }

  /// Adds bytes.
  func add(_ bytes: Span<UInt8>) {
    var count = UInt64(bytes.count).littleEndian
    unsafe withUnsafeBytes(of: &count) { unsafe update($0) }
    unsafe bytes.withUnsafeBytes { unsafe update($0) }
  }

  /// Adds what a file holds.
  ///
  /// - Returns: How many bytes that were; `nil` where it can't be read to its end.
  func add(fileAt path: String) -> Int? {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var piece = Bytes(repeating: 0, count: Self.pieceSize)
    var total = 0
    while true {
      let count = unsafe piece.withUnsafeMutableBytes {
        unsafe read(file, $0.baseAddress, $0.count)
      }
      guard count >= 0 else { return nil }
      guard count > 0 else { break }
      unsafe piece.withUnsafeBytes {
        unsafe update(UnsafeRawBufferPointer(rebasing: $0.prefix(count)))
      }
      total += count
    }
    var length = UInt64(total).littleEndian
    unsafe withUnsafeBytes(of: &length) { unsafe update($0) }
    return total
  }

  /// The digest, 32 bytes; nothing can be added any more.
  func finish() -> Bytes {
    var digest = Bytes(repeating: 0, count: 32)
    unsafe digest.withUnsafeMutableBufferPointer {
      _ = unsafe EVP_DigestFinal_ex(context, $0.baseAddress, nil)
    }
    return digest
  }

  private func update(_ bytes: UnsafeRawBufferPointer) {
    _ = unsafe EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
  }
}
