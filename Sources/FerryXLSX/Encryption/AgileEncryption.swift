import FerryCore

/// The encryption of Excel 2010 and later: a key of the package's own, locked by the password's.
///
/// Source: MS-OFFCRYPTO 2.3.4.10–2.3.4.15.
struct AgileEncryption: Sendable {
  /// Salt, cipher and hash of the package or of a password.
  struct Parameters: Sendable {
    let cipher: BlockCipher
    let hash: HashFunction
    let salt: ContiguousArray<UInt8>
  }

  private let package: Parameters
  private let hmacKey: ContiguousArray<UInt8>
  private let hmacValue: ContiguousArray<UInt8>
  private let password: Parameters
  private let spinCount: Int
  private let verifierInput: ContiguousArray<UInt8>
  private let verifierHash: ContiguousArray<UInt8>
  private let keyValue: ContiguousArray<UInt8>

  /// Rounds of hashing that a password may cost.
  ///
  /// Excel writes 100,000, which the standard's own schema allows up to 10,000,000: some seconds.
  static let mostRounds = 10_000_000

  /// Block keys, each for one purpose: 2.3.4.13 and 2.3.4.14.
  private enum Purpose {
    static let verifierInput: ContiguousArray<UInt8> = [
      0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79,
    ]
    static let verifierHash: ContiguousArray<UInt8> = [
      0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E,
    ]
    static let key: ContiguousArray<UInt8> = [0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6]
    static let hmacKey: ContiguousArray<UInt8> = [0x5F, 0xB2, 0xAD, 0x01, 0x0C, 0xB9, 0xE1, 0xF6]
    static let hmacValue: ContiguousArray<UInt8> = [
      0xA0, 0x67, 0x7F, 0x02, 0xB2, 0x2C, 0x84, 0x33,
    ]
  }

  /// Reads what stands in `EncryptionInfo` after its eight bytes of version.
  init(_ xml: ContiguousArray<UInt8>) throws(EncryptionFault) {
    let handler = DescriptorHandler()
    // Some writers leave zeros behind the XML.
    let end = xml.lastIndex { $0 != 0 } ?? -1
    do {
      let parser = XMLEventParser(handler)
      try parser.parse(xml.span.extracting(0..<end + 1), isLast: false)
      try parser.parse(xml.span.extracting(0..<0), isLast: true)
    } catch {
      throw .damaged("EncryptionInfo")
    }
    guard let package = handler.package else { throw .damaged("EncryptionInfo") }
    guard let password = handler.password else {
      throw handler.hasOtherKeys ? .withoutPassword : .damaged("EncryptionInfo")
    }
    self.package = try Self.parameters(package)
    self.password = try Self.parameters(password)
    spinCount = password.value("spinCount").flatMap { Int($0) } ?? -1
    guard spinCount >= 0 else { throw .damaged("EncryptionInfo") }
    guard spinCount <= Self.mostRounds else { throw .tooManyRounds(spinCount) }
    let block = self.password.cipher.blockBytes
    verifierInput = try Self.bytes("encryptedVerifierHashInput", of: password, block)
    verifierHash = try Self.bytes("encryptedVerifierHashValue", of: password, block)
    keyValue = try Self.bytes("encryptedKeyValue", of: password, block)
    // Without the check, or with half of it, the package can be read all the same.
    let packageBlock = self.package.cipher.blockBytes
    hmacKey = (try? Self.bytes("encryptedHmacKey", of: handler.integrity, packageBlock)) ?? []
    hmacValue = (try? Self.bytes("encryptedHmacValue", of: handler.integrity, packageBlock)) ?? []
  }

  private static func parameters(
    _ attributes: [XMLAttribute]
  ) throws(EncryptionFault) -> Parameters {
    let cipherName = attributes.value("cipherAlgorithm") ?? ""
    let chaining = attributes.value("cipherChaining") ?? ""
    let hashName = attributes.value("hashAlgorithm") ?? ""
    let keyBits = attributes.value("keyBits").flatMap { Int($0) } ?? 0
    let algorithms: [String: BlockCipher.Algorithm] = [
      "AES": .aes, "DES": .des, "3DES": .des, "3DES_112": .des, "DESEDE": .des,
    ]
    guard let algorithm = algorithms[cipherName.uppercased()], chaining == "ChainingModeCBC",
      let cipher = BlockCipher(algorithm, keyBits: keyBits, .cbc),
      let hash = HashFunction(named: hashName)
    else { throw .unknown("Agile \(cipherName) \(keyBits) \(chaining) \(hashName)") }
    return Parameters(
      cipher: cipher, hash: hash, salt: try bytes("saltValue", of: attributes, 1))
  }

  private static func bytes(
    _ name: String, of attributes: [XMLAttribute], _ multiple: Int
  ) throws(EncryptionFault) -> ContiguousArray<UInt8> {
    guard let text = attributes.value(name), let bytes = Base64.decoded(text), !bytes.isEmpty,
      bytes.count % multiple == 0
    else { throw .damaged("EncryptionInfo") }
    return bytes
  }

  func unlock(_ text: String) throws(CryptoRefusal) -> PackageKey? {
    let start = try password.hash.hash(password.salt, ContiguousArray(utf16: text))
    let spun = try password.hash.spun(start, count: spinCount)
    let input = try opened(verifierInput, spun, Purpose.verifierInput)
    let expected = try opened(verifierHash, spun, Purpose.verifierHash)
    // The input is as long as the salt; what follows is padding.
    let plain = ContiguousArray(input.prefix(password.salt.count))
    let hash = try password.hash.hash(plain)
    let key = ContiguousArray(
      try opened(keyValue, spun, Purpose.key).prefix(package.cipher.keyBytes))
    guard expected.starts(with: hash), key.count == package.cipher.keyBytes else { return nil }
    return try packageKey(key)
  }

  private func opened(
    _ bytes: ContiguousArray<UInt8>, _ spun: ContiguousArray<UInt8>,
    _ purpose: ContiguousArray<UInt8>
  ) throws(CryptoRefusal) -> ContiguousArray<UInt8> {
    let cipher = password.cipher
    let key = try password.hash.hash(spun, purpose).fitted(to: cipher.keyBytes)
    return try cipher.decrypted(
      bytes, key: key, vector: password.salt.fitted(to: cipher.blockBytes))
  }

  private func packageKey(_ key: ContiguousArray<UInt8>) throws(CryptoRefusal) -> PackageKey {
    let cipher = package.cipher
    let vectors = SegmentVectors(
      hash: package.hash, salt: package.salt, byteCount: cipher.blockBytes)
    var packageKey = PackageKey(cipher: cipher, key: key, vectors: vectors)
    if !hmacKey.isEmpty, !hmacValue.isEmpty {
      let count = package.hash.byteCount
      let hmac = try cipher.decrypted(
        hmacKey, key: key, vector: try vectors.vector(of: Purpose.hmacKey))
      let value = try cipher.decrypted(
        hmacValue, key: key, vector: try vectors.vector(of: Purpose.hmacValue))
      packageKey.integrity = IntegrityCheck(
        hash: package.hash, key: ContiguousArray(hmac.prefix(count)),
        expected: ContiguousArray(value.prefix(count)))
    }
    return packageKey
  }
}

/// Reads the XML of `EncryptionInfo`.
private final class DescriptorHandler: XMLEventHandler {
  private(set) var package: [XMLAttribute]?
  private(set) var integrity: [XMLAttribute] = []
  /// Of the first key that a password opens.
  private(set) var password: [XMLAttribute]?
  private(set) var hasOtherKeys = false
  private var isPassword = true

  func startElement(_ name: String, attributes: [XMLAttribute]) {
    switch name {
    case "keyData": package = package ?? attributes
    case "dataIntegrity": integrity = attributes
    case "keyEncryptor":
      isPassword = attributes.value("uri")?.hasSuffix("/password") ?? true
      hasOtherKeys = hasOtherKeys || !isPassword
    case "encryptedKey" where isPassword: password = password ?? attributes
    default: break
    }
  }

  func endElement(_ name: String) {}

  func text(_ characters: Span<UInt8>) {}
}
