import CCrypto

/// One-shot calls of libcrypto, for writing encrypted fixtures.
enum FixtureCrypto {
  static func hash(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
    var hash = [UInt8](repeating: 0, count: 64)
    var count: UInt32 = 0
    let status = unsafe bytes.withUnsafeBufferPointer { source in
      unsafe hash.withUnsafeMutableBufferPointer { target in
        unsafe EVP_Digest(
          source.baseAddress, source.count, target.baseAddress, &count, EVP_get_digestbyname(name),
          nil)
      }
    }
    precondition(status == 1, "libcrypto has no \(name)")
    return Array(hash.prefix(Int(count)))
  }

  static func hmac(_ name: String, key: [UInt8], _ bytes: [UInt8]) -> [UInt8] {
    var hash = [UInt8](repeating: 0, count: 64)
    var count = 0
    _ = unsafe hash.withUnsafeMutableBufferPointer { target in
      unsafe EVP_Q_mac(
        nil, "HMAC", nil, name, nil, key, key.count, bytes, bytes.count, target.baseAddress,
        target.count, &count)
    }
    precondition(count > 0, "libcrypto has no HMAC with \(name)")
    return Array(hash.prefix(count))
  }

  /// Encrypts whole blocks by a cipher such as `aes-256-cbc`.
  static func encrypted(
    _ cipher: String, _ bytes: [UInt8], key: [UInt8], vector: [UInt8]
  ) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: bytes.count + 32)
    var count: Int32 = 0
    let context = unsafe EVP_CIPHER_CTX_new()
    defer { unsafe EVP_CIPHER_CTX_free(context) }
    let started = unsafe EVP_EncryptInit_ex(
      context, EVP_get_cipherbyname(cipher), nil, key, vector)
    unsafe EVP_CIPHER_CTX_set_padding(context, 0)
    let done = unsafe output.withUnsafeMutableBufferPointer { target in
      unsafe EVP_EncryptUpdate(context, target.baseAddress, &count, bytes, Int32(bytes.count))
    }
    precondition(started == 1 && done == 1 && count == bytes.count, "could not encrypt: \(cipher)")
    return Array(output.prefix(bytes.count))
  }
}
