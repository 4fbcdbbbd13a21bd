import CCrypto

/// Seals the pages of one file: AES-256 in Galois/counter mode, a fresh nonce for every write.
///
/// A sealed page is as long as a plain one: SQLite leaves ``reserve`` bytes at its end, which take
/// nonce and tag. The first page begins with ``magic`` in the clear, where a plain file has
/// "SQLite format 3". Random nonces are safe for 2³² pages under one key, 16 TiB.
///
/// Source: NIST SP 800-38D, sections 5.2 and 8.3; layout as SQLite's checksum VFS has it.
@safe
final class PageCipher {
  static let pageSize = 4096
  /// Nonce, tag, and four bytes that tell of the key.
  static let reserve = 32
  /// What a sealed file begins with, 16 bytes.
  static let magic = Array("Ferry sealed 01\0".utf8)
  static let plainMagic = Array("SQLite format 3\0".utf8)
  private static let nonceSize: Int32 = 12
  private static let tagSize: Int32 = 16
  private static let content = pageSize - reserve

  private let sealing: OpaquePointer
  private let opening: OpaquePointer
  private let block: OpaquePointer
  private let unblock: OpaquePointer
  private let check: [UInt8]
  /// A page that is being made.
  let scratch: UnsafeMutableRawPointer

  init?(_ key: SealKey) {
    guard let sealing = unsafe EVP_CIPHER_CTX_new(), let opening = unsafe EVP_CIPHER_CTX_new(),
      let block = unsafe EVP_CIPHER_CTX_new(), let unblock = unsafe EVP_CIPHER_CTX_new()
    else { return nil }
    unsafe (self.sealing, self.opening) = (sealing, opening)
    unsafe (self.block, self.unblock) = (block, unblock)
    check = key.check
    unsafe scratch = .allocate(byteCount: 2 * Self.pageSize, alignment: 16)
    let isReady = unsafe key.bytes.withUnsafeBufferPointer { key in
      unsafe EVP_EncryptInit_ex(sealing, EVP_aes_256_gcm(), nil, key.baseAddress, nil) == 1
        && EVP_DecryptInit_ex(opening, EVP_aes_256_gcm(), nil, key.baseAddress, nil) == 1
        && EVP_EncryptInit_ex(block, EVP_aes_256_ecb(), nil, key.baseAddress, nil) == 1
        && EVP_DecryptInit_ex(unblock, EVP_aes_256_ecb(), nil, key.baseAddress, nil) == 1
        && EVP_CIPHER_CTX_set_padding(block, 0) == 1
        && EVP_CIPHER_CTX_set_padding(unblock, 0) == 1
    }
    guard isReady else { return nil }
  }

  deinit {
    unsafe EVP_CIPHER_CTX_free(sealing)
    unsafe EVP_CIPHER_CTX_free(opening)
    unsafe EVP_CIPHER_CTX_free(block)
    unsafe EVP_CIPHER_CTX_free(unblock)
    unsafe scratch.deallocate()
  }

  /// Seals a page into another one; false where libcrypto failed.
  ///
  /// `number` is zero-based in a database, which tells pages apart that were swapped; −1 where a
  /// page has no place of its own.
  func seal(
    _ page: UnsafeRawPointer, number: Int64, into output: UnsafeMutableRawPointer
  ) -> Bool {
    let start = number == 0 ? Self.magic.count : 0
    let nonce = unsafe (output + Self.content).assumingMemoryBound(to: UInt8.self)
    guard unsafe RAND_bytes(nonce, Self.nonceSize) == 1,
      unsafe EVP_EncryptInit_ex(sealing, nil, nil, nil, nonce) == 1,
      unsafe associate(number, in: sealing, EVP_EncryptUpdate)
    else { return false }
    if number == 0 {
      for (index, byte) in Self.magic.enumerated() {
        unsafe output.storeBytes(of: byte, toByteOffset: index, as: UInt8.self)
      }
    }
    var count: Int32 = 0
    let plain = unsafe (page + start).assumingMemoryBound(to: UInt8.self)
    let sealed = unsafe (output + start).assumingMemoryBound(to: UInt8.self)
    let tag = unsafe nonce + Int(Self.nonceSize)
    guard
      unsafe EVP_EncryptUpdate(sealing, sealed, &count, plain, Int32(Self.content - start)) == 1,
      unsafe EVP_EncryptFinal_ex(sealing, sealed + Int(count), &count) == 1,
      unsafe EVP_CIPHER_CTX_ctrl(sealing, EVP_CTRL_AEAD_GET_TAG, Self.tagSize, tag) == 1
    else { return false }
    for (index, byte) in check.enumerated() { unsafe tag[Int(Self.tagSize) + index] = byte }
    return true
  }

  /// Opens the sealed page in `page`, in its place; false where it is not as it was sealed.
  ///
  /// The reserved bytes become zero, as SQLite left them.
  func open(_ page: UnsafeMutableRawPointer, number: Int64) -> Bool {
    let start = number == 0 ? Self.magic.count : 0
    let nonce = unsafe (page + Self.content).assumingMemoryBound(to: UInt8.self)
    let tag = unsafe nonce + Int(Self.nonceSize)
    guard unsafe EVP_DecryptInit_ex(opening, nil, nil, nil, nonce) == 1,
      unsafe associate(number, in: opening, EVP_DecryptUpdate),
      unsafe EVP_CIPHER_CTX_ctrl(opening, EVP_CTRL_AEAD_SET_TAG, Self.tagSize, tag) == 1
    else { return false }
    var count: Int32 = 0
    let bytes = unsafe (page + start).assumingMemoryBound(to: UInt8.self)
    guard unsafe EVP_DecryptUpdate(opening, bytes, &count, bytes, Int32(Self.content - start)) == 1,
      unsafe EVP_DecryptFinal_ex(opening, bytes + Int(count), &count) == 1
    else { return false }
    if number == 0 {
      for (index, byte) in Self.plainMagic.enumerated() {
        unsafe page.storeBytes(of: byte, toByteOffset: index, as: UInt8.self)
      }
    }
    unsafe (page + Self.content).initializeMemory(as: UInt8.self, repeating: 0, count: Self.reserve)
    return true
  }

  /// Seals 16 bytes in their place; the same bytes come to the same.
  func sealBlock(_ bytes: UnsafeMutableRawPointer) -> Bool {
    let place = unsafe bytes.assumingMemoryBound(to: UInt8.self)
    var count: Int32 = 0
    return unsafe EVP_EncryptUpdate(block, place, &count, place, 16) == 1 && count == 16
  }

  /// Opens 16 bytes in their place.
  func openBlock(_ bytes: UnsafeMutableRawPointer) -> Bool {
    let place = unsafe bytes.assumingMemoryBound(to: UInt8.self)
    var count: Int32 = 0
    return unsafe EVP_DecryptUpdate(unblock, place, &count, place, 16) == 1 && count == 16
  }

  private typealias Update = (
    OpaquePointer?, UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<Int32>?,
    UnsafePointer<UInt8>?, Int32
  ) -> Int32

  private func associate(_ number: Int64, in context: OpaquePointer, _ update: Update) -> Bool {
    var count: Int32 = 0
    var number = number.littleEndian
    return unsafe withUnsafeBytes(of: &number) { bytes in
      let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
      return unsafe update(context, nil, &count, start, Int32(bytes.count)) == 1
    }
  }
}
