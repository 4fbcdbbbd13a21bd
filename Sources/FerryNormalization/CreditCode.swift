import FerryCore

/// 统一社会信用代码: 18 signs, the last of them a check digit.
///
/// Source: GB 32100-2015 (法人和其他组织统一社会信用代码编码规则), 5 and appendix A.
public enum CreditCode {
  /// The 31 signs; I, O, S, V and Z are not among them.
  private static let signs = ContiguousArray("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)
  private static let values: ContiguousArray<UInt8> = {
    var values = ContiguousArray<UInt8>(repeating: 255, count: 256)
    for (value, sign) in signs.enumerated() { values[Int(sign)] = UInt8(value) }
    return values
  }()

  /// Whether `code` has 18 signs of the alphabet and the right check digit.
  ///
  /// Letters are in upper case.
  public static func isValid(_ code: Span<UInt8>) -> Bool {
    guard code.count == 18, let check = checkSign(of: code) else { return false }
    return code[17] == check
  }

  /// Whether `code` is one; upper-case letters, nothing around.
  public static func isValid(_ code: String) -> Bool {
    let bytes = ContiguousArray(code.utf8)
    return isValid(bytes.span)
  }

  /// The check sign that belongs to the first 17; `nil` where a sign is none of the alphabet.
  static func checkSign(of code: Span<UInt8>) -> UInt8? {
    guard code.count >= 17 else { return nil }
    var sum = 0
    var weight = 1
    for index in 0..<17 {
      let value = values[Int(code[index])]
      guard value != 255 else { return nil }
      sum += Int(value) * weight
      weight = weight * 3 % 31
    }
    return signs[(31 - sum % 31) % 31]
  }

  /// The code that was most likely meant: signs outside of the alphabet replaced by those they
  /// look like (O by 0, I by 1, Z by 2, S by 5, V by U), where that makes the check digit right.
  static func suggestion(for code: Span<UInt8>) -> String? {
    guard code.count == 18 else { return nil }
    var meant = ContiguousArray<UInt8>()
    for index in code.indices {
      switch code[index] {
      case UInt8(ascii: "O"): meant.append(UInt8(ascii: "0"))
      case UInt8(ascii: "I"): meant.append(UInt8(ascii: "1"))
      case UInt8(ascii: "Z"): meant.append(UInt8(ascii: "2"))
      case UInt8(ascii: "S"): meant.append(UInt8(ascii: "5"))
      case UInt8(ascii: "V"): meant.append(UInt8(ascii: "U"))
      default: meant.append(code[index])
      }
    }
    return isValid(meant.span) ? String(decoding: meant, as: UTF8.self) : nil
  }

  /// Whether `code` is a 15-digit registration number of the time before 2015.
  static func isOldNumber(_ code: Span<UInt8>) -> Bool {
    guard code.count == 15 else { return false }
    for index in code.indices where !code[index].isDigit { return false }
    return true
  }
}

extension FieldNormalizer {
  /// Takes out blanks and dashes, raises letters, and holds the code against its check digit.
  ///
  /// A code that fails is never mended in silence: the finding says what was likely meant.
  func readCreditCode(
    _ text: Span<UInt8>, kind: CellKind, into output: inout ContiguousArray<UInt8>
  ) -> NormalizationResult {
    for index in text.indices {
      let byte = text[index]
      if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "-") { continue }
      output.append(byte.lower == byte ? (byte.isLetter ? byte & 0xDF : byte) : byte)
    }
    let code = output.span
    guard !CreditCode.isValid(code) else { return .value }
    if kind == .number, NumberDamage.hasLostDigits(text) {
      return .invalid(NormalizationIssue(.digitsLost, text.string))
    }
    if let meant = CreditCode.suggestion(for: code) {
      return .invalid(NormalizationIssue(.creditCodeLookalike, text.string, meant))
    }
    if CreditCode.isOldNumber(code) {
      return .invalid(NormalizationIssue(.creditCodeOld, text.string))
    }
    guard code.count == 18, CreditCode.checkSign(of: code) != nil else {
      return .invalid(NormalizationIssue(.creditCodeShape, text.string, String(code.count)))
    }
    return .invalid(NormalizationIssue(.creditCodeCheckDigit, text.string))
  }
}
