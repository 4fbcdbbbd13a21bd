internal import FerryCore

// How it works: fifteen digits fit a double, and so does the power of ten that the point stands
// for, so one division rounds right (Clinger's short cut). Anything else takes the long way.

/// A number in plain notation, thousands parted by commas or not.
func plainNumber(_ value: Span<UInt8>) -> Double? {
  var (mantissa, digits, decimals) = (0, 0, 0)
  var sawPoint = false
  var index = 0
  let isNegative = value.count > 0 && value[0] == UInt8(ascii: "-")
  if isNegative { index = 1 }
  while index < value.count {
    let byte = value[index]
    if byte &- UInt8(ascii: "0") < 10 {
      mantissa = mantissa &* 10 &+ Int(byte &- UInt8(ascii: "0"))
      digits += 1
      if sawPoint { decimals += 1 }
    } else if byte == UInt8(ascii: "."), !sawPoint {
      sawPoint = true
    } else if byte != UInt8(ascii: ",") {
      return longNumber(value)
    }
    index += 1
  }
  guard digits > 0, digits <= 15 else { return longNumber(value) }
  let number = Double(mantissa) / powersOfTen[decimals]
  return isNegative ? -number : number
}

private let powersOfTen: [Double] = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
]

/// No number that is written has more bytes.
private let mostBytes = 400

private func longNumber(_ value: Span<UInt8>) -> Double? {
  guard value.count <= mostBytes else { return nil }
  var text = ""
  for index in value.indices where value[index] != UInt8(ascii: ",") {
    guard value[index] < 0x80 else { return nil }
    text.unicodeScalars.append(Unicode.Scalar(value[index]))
  }
  return Double(text)
}
