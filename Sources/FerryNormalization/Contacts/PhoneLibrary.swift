import CPhoneNumber

/// The one caller of libphonenumber.
enum PhoneLibrary {
  /// What the library says of a number.
  enum Verdict: Hashable {
    case valid
    /// Complete, but in no range that the library knows.
    case unknownRange
    case tooShort
    case tooLong
    case unknownCountry
    case notANumber
  }

  /// Room for E.164 (16) and an extension (`;ext=` and 20 digits).
  private static let capacity = 64

  /// Reads `text` as dialled in `region` and adds E.164, with `;ext=`, to `output`.
  static func read(
    _ text: Span<UInt8>, region: String, into output: inout ContiguousArray<UInt8>
  ) -> Verdict {
    let start = output.count
    for _ in 0..<capacity { output.append(0) }
    var written = 0
    let verdict = unsafe text.withUnsafeBytes { bytes in
      unsafe output.withUnsafeMutableBytes { buffer in
        unsafe ferry_phone_read(
          bytes.assumingMemoryBound(to: CChar.self).baseAddress, bytes.count, region,
          buffer.assumingMemoryBound(to: CChar.self).baseAddress.map { unsafe $0 + start },
          capacity, &written)
      }
    }
    output.removeLast(capacity - written)
    return Verdict(verdict)
  }
}

extension PhoneLibrary.Verdict {
  fileprivate init(_ verdict: ferry_phone_verdict) {
    switch verdict {
    case FERRY_PHONE_VALID: self = .valid
    case FERRY_PHONE_UNKNOWN_RANGE: self = .unknownRange
    case FERRY_PHONE_TOO_SHORT: self = .tooShort
    case FERRY_PHONE_TOO_LONG: self = .tooLong
    case FERRY_PHONE_UNKNOWN_COUNTRY: self = .unknownCountry
    default: self = .notANumber
    }
  }
}
