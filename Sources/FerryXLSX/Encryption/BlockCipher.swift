import CCrypto

/// A block cipher as workbooks use it: whole blocks, without padding.
struct BlockCipher: Hashable, Sendable {
  enum Algorithm: Hashable, Sendable {
    case aes
    /// DES with three keys, or with one that stands for all three.
    case des
  }

  enum Chaining: Hashable, Sendable {
    case cbc
    case ecb
  }

  let algorithm: Algorithm
  let chaining: Chaining
  /// How long its key is.
  let keyBytes: Int

  /// - Returns: `nil` where no such cipher exists.
  init?(_ algorithm: Algorithm, keyBits: Int, _ chaining: Chaining) {
    let allowed = algorithm == .aes ? [128, 192, 256] : [56, 64, 112, 128, 168, 192]
    guard allowed.contains(keyBits) else { return nil }
    self.algorithm = algorithm
    self.chaining = chaining
    // Of each byte of a DES key one bit is parity, which some count and some don't.
    keyBytes =
      switch (algorithm, keyBits) {
      case (.aes, _): keyBits / 8
      case (.des, ...64): 8
      case (.des, ...128): 16
      case (.des, _): 24
      }
  }

  var blockBytes: Int { algorithm == .aes ? 16 : 8 }

  /// Decrypts whole blocks.
  func decrypted(
    _ bytes: ContiguousArray<UInt8>, key: ContiguousArray<UInt8>, vector: ContiguousArray<UInt8>
  ) throws(CryptoRefusal) -> ContiguousArray<UInt8> {
    var bytes = bytes
    try Decryption(self).decrypt(&bytes, bytes.indices, key: key, vector: vector)
    return bytes
  }

  fileprivate func fullKey(_ key: ContiguousArray<UInt8>) -> ContiguousArray<UInt8> {
    guard algorithm == .des, key.count < 24 else { return key }
    // One key three times is plain DES; of two keys the first is used again.
    return ContiguousArray((0..<24).map { key[$0 % key.count] })
  }

  fileprivate var method: OpaquePointer? {
    switch (algorithm, chaining, keyBytes) {
    case (.des, .cbc, _): unsafe EVP_des_ede3_cbc()
    case (.des, .ecb, _): unsafe EVP_des_ede3_ecb()
    case (.aes, .cbc, 16): unsafe EVP_aes_128_cbc()
    case (.aes, .cbc, 24): unsafe EVP_aes_192_cbc()
    case (.aes, .cbc, _): unsafe EVP_aes_256_cbc()
    case (.aes, .ecb, 16): unsafe EVP_aes_128_ecb()
    case (.aes, .ecb, 24): unsafe EVP_aes_192_ecb()
    case (.aes, .ecb, _): unsafe EVP_aes_256_ecb()
    }
  }
}

/// A decryption that can be used again with other keys and vectors.
@safe
struct Decryption: ~Copyable {
  private let cipher: BlockCipher
  private let context: OpaquePointer

  init(_ cipher: BlockCipher) throws(CryptoRefusal) {
    guard let context = unsafe EVP_CIPHER_CTX_new() else { throw CryptoRefusal() }
    self.cipher = cipher
    unsafe self.context = unsafe context
  }

  deinit { unsafe EVP_CIPHER_CTX_free(context) }

  /// Decrypts a range in place.
  ///
  /// - Parameters:
  ///   - bytes: What is decrypted.
  ///   - range: Its length is a multiple of the block's.
  ///   - key: As long as the cipher says.
  ///   - vector: As long as a block; ignored in ECB.
  /// - Throws: Where libcrypto would not.
  func decrypt(
    _ bytes: inout ContiguousArray<UInt8>, _ range: Range<Int>, key: ContiguousArray<UInt8>,
    vector: ContiguousArray<UInt8>
  ) throws(CryptoRefusal) {
    precondition(key.count == cipher.keyBytes, "a key of another length")
    precondition(range.count % cipher.blockBytes == 0, "a block is not whole")
    precondition(
      cipher.chaining == .ecb || vector.count == cipher.blockBytes, "a vector of another length")
    guard !range.isEmpty else { return }
    let key = cipher.fullKey(key)
    let started = unsafe key.withUnsafeBufferPointer { key in
      unsafe vector.withUnsafeBufferPointer { vector in
        unsafe EVP_DecryptInit_ex(
          context, cipher.method, nil, key.baseAddress, vector.baseAddress)
      }
    }
    guard started == 1, unsafe EVP_CIPHER_CTX_set_padding(context, 0) == 1 else {
      throw CryptoRefusal()
    }
    var count: Int32 = 0
    let done = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
      let place = unsafe buffer.baseAddress?.advanced(by: range.lowerBound)
      return unsafe EVP_DecryptUpdate(context, place, &count, place, Int32(range.count))
    }
    guard done == 1, Int(count) == range.count else { throw CryptoRefusal() }
  }
}
