internal import FerryCore

/// What a value looks like, whatever its cell's kind says.
enum ValueShape: Int, Hashable, CaseIterable {
  case text
  case number
  case date
  case phone
  case email
  case url
  /// Letters and digits in one word, or many digits: a code.
  case identifier
  case error

  /// Whether data look so and headers do not.
  var isTyped: Bool { self != .text && self != .identifier }

  init(_ bytes: Span<UInt8>, kind: CellKind) {
    switch kind {
    case .date, .datetime, .time, .duration: self = .date
    case .error: self = .error
    case .boolean: self = .text
    case .number: self = Self.looksLikeMobile(bytes) ? .phone : .number
    case .text: self = Self.ofText(bytes)
    }
  }

  init(_ text: String, kind: CellKind) {
    let bytes = ContiguousArray(text.utf8)
    self.init(bytes.span, kind: kind)
  }

  private static func ofText(_ bytes: Span<UInt8>) -> ValueShape {
    guard bytes.count <= TextTraits.mostBytes else {
      return TextTraits.startsAsURL(bytes) ? .url : .text
    }
    return TextTraits(bytes).shape(bytes)
  }

  /// A mobile number of mainland China: eleven digits from 13 to 19.
  static func looksLikeMobile(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count == 11, bytes[0] == UInt8(ascii: "1"), bytes[1] >= UInt8(ascii: "3") else {
      return false
    }
    return DamagedText.isDigits(bytes)
  }
}
