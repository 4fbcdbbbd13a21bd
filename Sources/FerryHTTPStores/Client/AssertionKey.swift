import CCrypto
import Foundation

/// An RSA key that signs what an app says of itself, so that no secret goes over the line.
///
/// Source: RFC 7515, section 7.1 (compact serialization); RFC 7518, section 3.3 (RS256).
struct AssertionKey: Sendable, CustomStringConvertible, CustomReflectable {
  private let der: [UInt8]

  /// Reads a private key in PEM (PKCS #1 or #8) without a passphrase; `nil` where the text is none.
  init?(pem: String) {
    let lines = pem.split(whereSeparator: \.isNewline).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    guard
      let start = lines.firstIndex(where: {
        ["-----BEGIN PRIVATE KEY-----", "-----BEGIN RSA PRIVATE KEY-----"].contains($0)
      }), let end = lines[start...].firstIndex(where: { $0.hasPrefix("-----END ") }),
      let data = Data(base64Encoded: lines[start + 1..<end].joined())
    else { return nil }
    der = Array(data)
    guard signature(of: []) != nil else { return nil }
  }

  var description: String { Secret.shown }
  var customMirror: Mirror { Mirror(self, children: []) }

  /// Claims, signed; `nil` where the key can't sign.
  func assertion(_ claims: JSON) -> String? {
    let header: JSON = ["alg": "RS256", "typ": "JWT"]
    let text = "\(Self.encoded(header.bytes)).\(Self.encoded(claims.bytes))"
    return signature(of: Array(text.utf8)).map { "\(text).\(Self.encoded($0))" }
  }

  private static func encoded(_ bytes: [UInt8]) -> String {
    Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
  }

  private func signature(of bytes: [UInt8]) -> [UInt8]? {
    let key = unsafe der.withUnsafeBufferPointer { buffer in
      var start = buffer.baseAddress
      return unsafe d2i_AutoPrivateKey(nil, &start, buffer.count)
    }
    let context = unsafe EVP_MD_CTX_new()
    defer {
      unsafe EVP_MD_CTX_free(context)
      unsafe EVP_PKEY_free(key)
    }
    guard let key = unsafe key, unsafe EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA,
      unsafe EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key) == 1
    else { return nil }
    var count = Int(unsafe EVP_PKEY_get_size(key))
    var signature: [UInt8] = Array(repeating: 0, count: count)
    guard unsafe EVP_DigestSign(context, &signature, &count, bytes, bytes.count) == 1 else {
      return nil
    }
    return Array(signature.prefix(count))
  }
}
