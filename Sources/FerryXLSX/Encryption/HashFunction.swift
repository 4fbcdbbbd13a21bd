import CCrypto

/// libcrypto would not do what was asked: out of memory, or a policy of the machine forbids it.
struct CryptoRefusal: Error {}

/// A hash function, by the name that MS-OFFCRYPTO 2.3.4.10 gives it.
enum HashFunction: String, CaseIterable, Sendable {
  case md5 = "MD5"
  case sha1 = "SHA1"
  case sha256 = "SHA256"
  case sha384 = "SHA384"
  case sha512 = "SHA512"

  /// Finds it by name; some programs write `SHA-1` and the like.
  init?(named name: String) {
    guard let found = Self(rawValue: name.uppercased().replacing("-", with: "")) else {
      return nil
    }
    self = found
  }

  /// How many bytes a hash has.
  var byteCount: Int {
    switch self {
    case .md5: 16
    case .sha1: 20
    case .sha256: 32
    case .sha384: 48
    case .sha512: 64
    }
  }

  /// How many bytes go into one round of it, for HMAC.
  var blockBytes: Int { self == .sha384 || self == .sha512 ? 128 : 64 }

  /// The hash of the parts, one after the other.
  func hash(_ parts: ContiguousArray<UInt8>...) throws(CryptoRefusal) -> ContiguousArray<UInt8> {
    var digest = try Digest(self)
    for part in parts { try digest.update(part, part.indices) }
    return try digest.finish()
  }

  /// `start`, hashed `count` times more, each time with the round's number in front.
  ///
  /// Source: MS-OFFCRYPTO 2.3.4.7 and 2.3.4.11: H(n) = hash(n as 32 bits, low byte first, H(n-1)).
  func spun(
    _ start: ContiguousArray<UInt8>, count: Int
  ) throws(CryptoRefusal) -> ContiguousArray<UInt8> {
    var digest = try Digest(self)
    var hash = start
    var number = ContiguousArray<UInt8>(repeating: 0, count: 4)
    for round in 0..<count {
      for index in 0..<4 { number[index] = UInt8(truncatingIfNeeded: round >> (8 * index)) }
      try digest.update(number, number.indices)
      try digest.update(hash, hash.indices)
      try digest.finish(into: &hash)
    }
    return hash
  }

  fileprivate var method: OpaquePointer? {
    switch self {
    case .md5: unsafe EVP_md5()
    case .sha1: unsafe EVP_sha1()
    case .sha256: unsafe EVP_sha256()
    case .sha384: unsafe EVP_sha384()
    case .sha512: unsafe EVP_sha512()
    }
  }
}

/// A hash in the making; after ``finish()`` it begins anew.
@safe
struct Digest: ~Copyable {
  private let function: HashFunction
  private let context: OpaquePointer
  private var isStarted = false

  init(_ function: HashFunction) throws(CryptoRefusal) {
    guard let context = unsafe EVP_MD_CTX_new() else { throw CryptoRefusal() }
    self.function = function
    unsafe self.context = unsafe context
  }

  deinit { unsafe EVP_MD_CTX_free(context) }

  mutating func update(
    _ bytes: ContiguousArray<UInt8>, _ range: Range<Int>
  ) throws(CryptoRefusal) {
    try startOnce()
    let bytes = bytes.span.extracting(range)
    let status = unsafe bytes.withUnsafeBytes { part in
      unsafe EVP_DigestUpdate(context, part.baseAddress, part.count)
    }
    guard status == 1 else { throw CryptoRefusal() }
  }

  mutating func finish() throws(CryptoRefusal) -> ContiguousArray<UInt8> {
    var hash = ContiguousArray<UInt8>(repeating: 0, count: function.byteCount)
    try finish(into: &hash)
    return hash
  }

  /// Writes the hash to `hash`, which has its size already.
  mutating func finish(into hash: inout ContiguousArray<UInt8>) throws(CryptoRefusal) {
    precondition(hash.count == function.byteCount, "no room for the hash")
    try startOnce()
    let status = unsafe hash.withUnsafeMutableBufferPointer { target in
      unsafe EVP_DigestFinal_ex(context, target.baseAddress, nil)
    }
    guard status == 1 else { throw CryptoRefusal() }
    isStarted = false
  }

  private mutating func startOnce() throws(CryptoRefusal) {
    guard !isStarted else { return }
    guard unsafe EVP_DigestInit_ex(context, function.method, nil) == 1 else {
      throw CryptoRefusal()
    }
    isStarted = true
  }
}

/// A keyed hash in the making (RFC 2104).
struct KeyedDigest: ~Copyable {
  private let function: HashFunction
  private let outerKey: ContiguousArray<UInt8>
  private var inner: Digest

  init(
    _ function: HashFunction, key: ContiguousArray<UInt8>
  ) throws(CryptoRefusal) {
    var key = key.count > function.blockBytes ? try function.hash(key) : key
    key += repeatElement(0, count: function.blockBytes - key.count)
    let innerKey = ContiguousArray(key.map { $0 ^ 0x36 })
    var inner = try Digest(function)
    try inner.update(innerKey, innerKey.indices)
    self.function = function
    self.inner = inner
    outerKey = ContiguousArray(key.map { $0 ^ 0x5C })
  }

  mutating func update(
    _ bytes: ContiguousArray<UInt8>, _ range: Range<Int>
  ) throws(CryptoRefusal) {
    try inner.update(bytes, range)
  }

  mutating func finish() throws(CryptoRefusal) -> ContiguousArray<UInt8> {
    try function.hash(outerKey, try inner.finish())
  }
}
