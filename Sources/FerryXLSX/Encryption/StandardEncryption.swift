/// The encryption of Excel 2007: AES in ECB, SHA-1.
///
/// Source: MS-OFFCRYPTO 2.3.2 (header), 2.3.3 (verifier), 2.3.4.5–2.3.4.9.
struct StandardEncryption: Sendable {
  private let cipher: BlockCipher
  private let salt: ContiguousArray<UInt8>
  private let verifier: ContiguousArray<UInt8>
  private let verifierHash: ContiguousArray<UInt8>

  /// Rounds of hashing, 2.3.4.7.
  private static let spinCount = 50_000
  private static let saltBytes = 16

  /// Reads the stream `EncryptionInfo`.
  init(_ bytes: ContiguousArray<UInt8>) throws(EncryptionFault) {
    let header = 12
    let flags = bytes.number32(at: 4)
    let verifier = header + bytes.number32(at: 8)
    let hashStart = verifier + 4 + Self.saltBytes + 16 + 4
    guard bytes.number32(at: 8) >= 32, bytes.count >= hashStart + 32,
      bytes.number32(at: verifier) == Self.saltBytes
    else { throw .damaged("EncryptionInfo") }
    cipher = try Self.cipher(bytes, header, flags)
    salt = ContiguousArray(bytes[verifier + 4..<verifier + 20])
    self.verifier = ContiguousArray(bytes[verifier + 20..<verifier + 36])
    verifierHash = ContiguousArray(bytes[hashStart..<hashStart + 32])
  }

  private static func cipher(
    _ bytes: ContiguousArray<UInt8>, _ header: Int, _ flags: Int
  ) throws(EncryptionFault) -> BlockCipher {
    let isExternal = flags & 0x10 != 0
    let isAES = flags & 0x20 != 0
    let algorithm = bytes.number32(at: header + 8)
    let names = [0x660E: 128, 0x660F: 192, 0x6610: 256]
    let keyBits = names[algorithm] ?? (algorithm == 0 && isAES ? 128 : 0)
    let hash = bytes.number32(at: header + 12)
    guard !isExternal, hash == 0x8004 || hash == 0,
      let cipher = BlockCipher(.aes, keyBits: keyBits, .ecb)
    else { throw .unknown("Standard \(String(algorithm, radix: 16))") }
    return cipher
  }

  func unlock(_ password: String) throws(CryptoRefusal) -> PackageKey? {
    let hash = HashFunction.sha1
    let start = try hash.hash(salt, ContiguousArray(utf16: password))
    let spun = try hash.spun(start, count: Self.spinCount)
    let final = try hash.hash(spun, [0, 0, 0, 0])
    var long = ContiguousArray<UInt8>()
    for pad: UInt8 in [0x36, 0x5C] {
      let block = (0..<64).map { pad ^ ($0 < final.count ? final[$0] : 0) }
      long += try hash.hash(ContiguousArray(block))
    }
    let key = ContiguousArray(long.prefix(cipher.keyBytes))
    let plain = try cipher.decrypted(verifier, key: key, vector: [])
    let expected = try cipher.decrypted(verifierHash, key: key, vector: [])
    guard try hash.hash(plain).elementsEqual(expected.prefix(hash.byteCount)) else { return nil }
    return PackageKey(cipher: cipher, key: key, vectors: nil)
  }
}
