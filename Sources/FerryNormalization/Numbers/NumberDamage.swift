/// Signs that a spreadsheet has cut a long number: it keeps 15 digits and makes the rest zeros.
///
/// Source: Microsoft, "Excel specifications and limits": number precision, 15 digits.
enum NumberDamage {
  /// The digits that a spreadsheet keeps.
  static let keptDigits = 15

  /// Whether `text`, the value of a number cell, has more digits than a number cell can hold.
  static func hasLostDigits(_ text: Span<UInt8>) -> Bool {
    guard text.count > keptDigits else { return false }
    for index in text.indices where !text[index].isDigit { return false }
    return true
  }
}
