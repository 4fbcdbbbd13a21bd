import FerryCore

/// Numbers as they stand in a workbook's XML, and as Ferry writes them.
///
/// Ferry writes the shortest decimal that reads back to the same double, without an exponent
/// below 1e21. A decimal of at most 15 significant digits is that already once idle zeros are
/// gone, since no two of them share a double; only longer ones need to be parsed.
enum NumberText {
  /// Appends the number in `text`.
  ///
  /// - Returns: False, with nothing appended, where the text is no finite number.
  static func append(_ text: Span<UInt8>, to output: inout ContiguousArray<UInt8>) -> Bool {
    if isPlain(text) {
      output.append(copying: text)
      return true
    }
    guard let value = parse(text) else { return false }
    append(value, to: &output)
    return true
  }

  /// Appends a finite number.
  static func append(_ value: Double, to output: inout ContiguousArray<UInt8>) {
    let parts = DecimalParts(value.magnitude)
    if value < 0 { output.append(UInt8(ascii: "-")) }
    parts.append(to: &output)
  }

  /// Reads a number; `nil` where the text is none, or not finite.
  static func parse(_ text: Span<UInt8>) -> Double? {
    if let value = exact(text) { return value }
    let range = XMLText.trimmed(text, 0..<text.count)
    guard !range.isEmpty, range.count <= 400 else { return nil }
    var characters: [UInt8] = []
    characters.reserveCapacity(range.count)
    for index in range {
      let byte = text[index]
      // Letters other than the exponent's would let "nan", "inf" and hexadecimals through.
      let isPart =
        byte &- UInt8(ascii: "0") <= 9 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: "+") || byte | 0x20 == UInt8(ascii: "e")
      guard isPart else { return nil }
      characters.append(byte)
    }
    guard let value = Double(String(decoding: characters, as: UTF8.self)), value.isFinite
    else { return nil }
    return value
  }

  // Digits with at most one point within, no idle zeros, at most 15 digits in all: its own
  // shortest form.
  @inline(__always)
  private static func isPlain(_ text: Span<UInt8>) -> Bool {
    let count = text.count
    guard count > 0, count <= 16 else { return false }
    let start = text[0] == UInt8(ascii: "-") ? 1 : 0
    var digits = 0
    var point = -1
    for index in start..<count {
      let byte = text[index]
      if byte &- UInt8(ascii: "0") <= 9 {
        digits += 1
      } else if byte == UInt8(ascii: "."), point < 0 {
        point = index
      } else {
        return false
      }
    }
    guard digits > 0, digits <= 15 else { return false }
    let integerEnd = point < 0 ? count : point
    if point >= 0, point == count - 1 || text[count - 1] == UInt8(ascii: "0") { return false }
    guard integerEnd > start else { return false }
    if text[start] == UInt8(ascii: "0") {
      return integerEnd == start + 1 && (point > 0 || start == 0)
    }
    return true
  }

  // Exact where the digits fit in 53 bits and the power of ten is exact too: one rounding alone
  // (W. Clinger, "How to Read Floating Point Numbers Accurately", PLDI 1990).
  private static func exact(_ text: Span<UInt8>) -> Double? {
    guard text.count > 0, text.count <= 18 else { return nil }
    let start = text[0] == UInt8(ascii: "-") ? 1 : 0
    var mantissa: UInt64 = 0
    var digits = 0
    var decimals = -1
    for index in start..<text.count {
      let byte = text[index]
      if byte &- UInt8(ascii: "0") <= 9 {
        mantissa = mantissa * 10 + UInt64(byte &- UInt8(ascii: "0"))
        digits += 1
        if decimals >= 0 { decimals += 1 }
      } else if byte == UInt8(ascii: "."), decimals < 0 {
        decimals = 0
      } else {
        return nil
      }
    }
    guard digits > 0, digits <= 15 else { return nil }
    let value = Double(mantissa) / powers[max(0, decimals)]
    return start == 1 ? -value : value
  }

  private static let powers: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
  ]
}

/// The shortest digits of a number and the place of its point.
private struct DecimalParts {
  // Without zeros at either end; empty for 0.
  private let digits: [UInt8]
  // How many digits stand before the point; may be negative or beyond the digits.
  private let integerDigits: Int

  init(_ value: Double) {
    // `description` is the shortest text that reads back (SwiftDtoa), sometimes with exponent.
    var digits: [UInt8] = []
    var point: Int?
    var exponent = 0
    let text = Array(value.description.utf8)
    for (index, byte) in text.enumerated() {
      if byte == UInt8(ascii: ".") {
        point = digits.count
      } else if byte == UInt8(ascii: "e") {
        exponent = Int(String(decoding: text[(index + 1)...], as: UTF8.self)) ?? 0
        break
      } else {
        digits.append(byte)
      }
    }
    let leading = digits.prefix { $0 == UInt8(ascii: "0") }.count
    integerDigits = (point ?? digits.count) + exponent - leading
    digits.removeFirst(leading)
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    self.digits = digits
  }

  func append(to output: inout ContiguousArray<UInt8>) {
    let zero = UInt8(ascii: "0")
    if digits.isEmpty {
      output.append(zero)
    } else if integerDigits > 21 {
      output.append(digits[0])
      if digits.count > 1 {
        output.append(UInt8(ascii: "."))
        output.append(contentsOf: digits[1...])
      }
      output.append(contentsOf: "e+\(integerDigits - 1)".utf8)
    } else if integerDigits <= 0 {
      output.append(contentsOf: "0.".utf8)
      output.append(contentsOf: repeatElement(zero, count: -integerDigits))
      output.append(contentsOf: digits)
    } else if integerDigits >= digits.count {
      output.append(contentsOf: digits)
      output.append(contentsOf: repeatElement(zero, count: integerDigits - digits.count))
    } else {
      output.append(contentsOf: digits[..<integerDigits])
      output.append(UInt8(ascii: "."))
      output.append(contentsOf: digits[integerDigits...])
    }
  }
}
