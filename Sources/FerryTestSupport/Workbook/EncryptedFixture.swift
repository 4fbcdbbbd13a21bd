import Foundation

/// A workbook encrypted in code, as Excel does it.
///
/// Source: MS-OFFCRYPTO 2.3.4.5–2.3.4.9 (standard) and 2.3.4.10–2.3.4.15 (agile). Salts and keys
/// are fixed numbers, so that the same fixture has the same bytes.
public struct EncryptedFixture: Sendable {
  /// The way of encryption.
  public enum Way: Hashable, Sendable {
    /// Excel 2007: AES in ECB.
    case standard(keyBits: Int)
    /// Excel 2010 and later: AES in CBC, and a hash of this name, such as `SHA512`.
    case agile(keyBits: Int, hash: String)
  }

  /// The way of encryption.
  public var way: Way
  /// What opens it.
  public var password: String
  /// Rounds of hashing in the agile way; Excel's 100,000 would make tests slow.
  public var spinCount = 1000
  /// What the agile descriptor says instead of ``spinCount``.
  public var claimedSpinCount: Int?
  /// Whether the check of the content is wrong.
  public var hasWrongIntegrity = false
  /// The key encryptor's kind; Excel's other one is `certificate`.
  public var keyEncryptor = "password"

  /// States how to encrypt.
  public init(_ way: Way, password: String) {
    self.way = way
    self.password = password
  }

  /// The encrypted file's envelope, holding `archive`.
  public func envelope(of archive: [UInt8]) -> CompoundFixture {
    let (info, package) =
      switch way {
      case .standard(let keyBits): standard(archive, keyBits)
      case .agile(let keyBits, let hash): agile(archive, keyBits, hash)
      }
    return CompoundFixture([("EncryptionInfo", info), ("EncryptedPackage", package)])
  }

  private static func salt(_ seed: UInt8, _ count: Int = 16) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: 37 &* $0 + Int(seed)) }
  }

  private static func little(_ number: Int, _ count: Int = 4) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  private static func padded(_ bytes: [UInt8], to block: Int) -> [UInt8] {
    bytes + [UInt8](repeating: 0, count: (block - bytes.count % block) % block)
  }

  private static func fitted(_ bytes: [UInt8], to count: Int) -> [UInt8] {
    Array((bytes + [UInt8](repeating: 0x36, count: count)).prefix(count))
  }

  private func spun(_ hash: String, _ salt: [UInt8], _ count: Int) -> [UInt8] {
    let units = password.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    return (0..<count).reduce(FixtureCrypto.hash(hash, salt + units)) { last, round in
      FixtureCrypto.hash(hash, Self.little(round) + last)
    }
  }
}

// MARK: - Standard

extension EncryptedFixture {
  private func standard(_ archive: [UInt8], _ keyBits: Int) -> (info: [UInt8], package: [UInt8]) {
    let salt = Self.salt(3)
    let final = FixtureCrypto.hash("SHA1", spun("SHA1", salt, 50_000) + [0, 0, 0, 0])
    let long = [0x36, 0x5C].flatMap { pad in
      FixtureCrypto.hash("SHA1", (0..<64).map { pad ^ ($0 < final.count ? final[$0] : 0) })
    }
    let key = Array(long.prefix(keyBits / 8))
    func encrypted(_ bytes: [UInt8]) -> [UInt8] {
      FixtureCrypto.encrypted(
        "aes-\(keyBits)-ecb", Self.padded(bytes, to: 16), key: key, vector: [0])
    }
    let algorithm = [128: 0x660E, 192: 0x660F][keyBits] ?? 0x6610
    let name = "Microsoft Enhanced RSA and AES Cryptographic Provider\0"
    var header = [0x24, 0, algorithm, 0x8004, keyBits, 0x18, 0, 0].flatMap { Self.little($0) }
    header += name.utf16.flatMap { Self.little(Int($0), 2) }
    let verifier = Self.salt(5)
    var info = [4, 0, 2, 0] + Self.little(0x24) + Self.little(header.count) + header
    info += Self.little(16) + salt + encrypted(verifier) + Self.little(20)
    info += encrypted(FixtureCrypto.hash("SHA1", verifier))
    return (info, Self.little(archive.count, 8) + encrypted(archive))
  }
}

// MARK: - Agile

extension EncryptedFixture {
  private func agile(
    _ archive: [UInt8], _ keyBits: Int, _ hash: String
  ) -> (info: [UInt8], package: [UInt8]) {
    let cipher = "aes-\(keyBits)-cbc"
    let salts = (package: Self.salt(7), password: Self.salt(11))
    let key = Self.salt(13, keyBits / 8)
    func vector(_ block: [UInt8]) -> [UInt8] {
      Self.fitted(FixtureCrypto.hash(hash, salts.package + block), to: 16)
    }
    var package = Self.little(archive.count, 8)
    for start in stride(from: 0, to: archive.count, by: 4096) {
      let segment = Array(archive[start..<min(start + 4096, archive.count)])
      package += FixtureCrypto.encrypted(
        cipher, Self.padded(segment, to: 16), key: key, vector: vector(Self.little(start / 4096)))
    }
    let hmacKey = Self.salt(17, FixtureCrypto.hash(hash, []).count)
    var hmac = FixtureCrypto.hmac(hash, key: hmacKey, package)
    if hasWrongIntegrity { hmac[0] ^= 1 }
    let lockedKey = FixtureCrypto.encrypted(
      cipher, Self.padded(hmacKey, to: 16), key: key,
      vector: vector([0x5F, 0xB2, 0xAD, 0x01, 0x0C, 0xB9, 0xE1, 0xF6]))
    let lockedHMAC = FixtureCrypto.encrypted(
      cipher, Self.padded(hmac, to: 16), key: key,
      vector: vector([0xA0, 0x67, 0x7F, 0x02, 0xB2, 0x2C, 0x84, 0x33]))
    let spun = spun(hash, salts.password, spinCount)
    let parameters = """
      saltSize="16" blockSize="16" keyBits="\(keyBits)" hashSize="\(hmacKey.count)" \
      cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="\(hash)"
      """
    func locked(_ bytes: [UInt8], _ purpose: [UInt8]) -> String {
      let lock = Self.fitted(FixtureCrypto.hash(hash, spun + purpose), to: keyBits / 8)
      return Self.base64(
        FixtureCrypto.encrypted(
          cipher, Self.padded(bytes, to: 16), key: lock, vector: salts.password))
    }
    let verifier = Self.salt(19)
    let uri = "http://schemas.microsoft.com/office/2006"
    let xml = """
      <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
      <encryption xmlns="\(uri)/encryption" xmlns:p="\(uri)/keyEncryptor/password">\
      <keyData \(parameters) saltValue="\(Self.base64(salts.package))"/>\
      <dataIntegrity encryptedHmacKey="\(Self.base64(lockedKey))" \
      encryptedHmacValue="\(Self.base64(lockedHMAC))"/>\
      <keyEncryptors><keyEncryptor uri="\(uri)/keyEncryptor/\(keyEncryptor)">\
      <p:encryptedKey spinCount="\(claimedSpinCount ?? spinCount)" \(parameters) \
      saltValue="\(Self.base64(salts.password))" \
      encryptedVerifierHashInput="\(locked(verifier, [0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79]))" \
      encryptedVerifierHashValue="\(locked(FixtureCrypto.hash(hash, verifier), [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E]))" \
      encryptedKeyValue="\(locked(key, [0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6]))"/>\
      </keyEncryptor></keyEncryptors></encryption>
      """
    return ([4, 0, 4, 0, 0x40, 0, 0, 0] + Array(xml.utf8), package)
  }

  private static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
}
