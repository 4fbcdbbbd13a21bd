import FerryCore

/// How a workbook is encrypted, as its stream `EncryptionInfo` says.
///
/// Source: MS-OFFCRYPTO 2.3.4.5 (standard), 2.3.4.6 (extensible), 2.3.4.10 (agile).
enum EncryptionInfo: Sendable {
  case standard(StandardEncryption)
  case agile(AgileEncryption)

  /// Bytes of the stream; those of real workbooks have some hundred to a few thousand.
  static let largest = 1 << 20

  init(_ bytes: ContiguousArray<UInt8>) throws(EncryptionFault) {
    let major = bytes.number16(at: 0)
    let minor = bytes.number16(at: 2)
    switch (major, minor) {
    case (4, 4): self = .agile(try AgileEncryption(ContiguousArray(bytes.dropFirst(8))))
    case (2...4, 2): self = .standard(try StandardEncryption(bytes))
    case (3...4, 3): throw .unknown("Extensible \(major).\(minor)")
    default: throw .unknown("\(major).\(minor)")
    }
  }

  /// Tries a password.
  ///
  /// - Returns: What decrypts the package; `nil` where the password is another.
  func unlock(_ password: String) throws(EncryptionFault) -> PackageKey? {
    do {
      switch self {
      case .standard(let encryption): return try encryption.unlock(password)
      case .agile(let encryption): return try encryption.unlock(password)
      }
    } catch {
      throw .refusedByLibrary
    }
  }
}

/// Why an encrypted workbook can't be opened, whatever the password.
enum EncryptionFault: Error {
  /// The envelope contradicts itself, in that stream.
  case damaged(String)
  /// The way of encryption, as the file names it.
  case unknown(String)
  /// Opened by a certificate or a rights server alone.
  case withoutPassword
  /// Rounds of hashing that the file asks for.
  case tooManyRounds(Int)
  /// libcrypto would not.
  case refusedByLibrary

  var kind: XLSXError.Kind {
    switch self {
    case .damaged(let stream): .damagedEncryption(stream: stream)
    case .unknown(let name): .unknownEncryption(name)
    case .withoutPassword: .withoutPassword
    case .tooManyRounds(let count): .tooManyRounds(count)
    case .refusedByLibrary: .unknownEncryption("libcrypto")
    }
  }
}

/// What turns the bytes of a package back: a cipher, its key, and the vector of each segment.
struct PackageKey: Sendable {
  let cipher: BlockCipher
  let key: ContiguousArray<UInt8>
  /// Gives each segment its own vector; `nil` in ECB.
  let vectors: SegmentVectors?
  /// Tells whether the package is as it was written; `nil` where the file has no such check.
  var integrity: IntegrityCheck?

  /// Bytes that are encrypted as one, MS-OFFCRYPTO 2.3.4.15.
  static let segmentBytes = 4096
}

/// The vectors of segments: the hash of a salt and the segment's number.
struct SegmentVectors: Sendable {
  let hash: HashFunction
  let salt: ContiguousArray<UInt8>
  let byteCount: Int

  func vector(ofSegment index: Int) throws(CryptoRefusal) -> ContiguousArray<UInt8> {
    try vector(of: ContiguousArray((0..<4).map { UInt8(truncatingIfNeeded: index >> (8 * $0)) }))
  }

  func vector(of block: ContiguousArray<UInt8>) throws(CryptoRefusal) -> ContiguousArray<UInt8> {
    try hash.hash(salt, block).fitted(to: byteCount)
  }
}

/// The keyed hash of the encrypted stream, MS-OFFCRYPTO 2.3.4.14.
struct IntegrityCheck: Sendable {
  let hash: HashFunction
  let key: ContiguousArray<UInt8>
  let expected: ContiguousArray<UInt8>
}

extension ContiguousArray<UInt8> {
  /// Cut to `count` bytes, or filled up with 0x36, as MS-OFFCRYPTO 2.3.4.11 has it.
  func fitted(to count: Int) -> Self {
    var fitted = Self(prefix(count))
    fitted += repeatElement(0x36, count: count - fitted.count)
    return fitted
  }

  /// A text as UTF-16, low byte first.
  init(utf16 text: String) {
    self.init(
      text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] })
  }
}
